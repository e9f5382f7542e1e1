import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { teamcityMessage } from "../../src/text/teamcity.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { messagesIn } from "../oracles/teamcity.js";

test("whatever a value holds, it comes back, and nothing else does", (t) => {
  const check = (text: string): void => {
    const line = teamcityMessage("testFailed", { name: text, details: `a${text}`, gone: undefined, n: 3 });
    t.regex(line, /^[\x20-\x7e]+$/);
    t.deepEqual(messagesIn(line), [
      { name: "testFailed", attributes: { name: text, details: `a${text}`, n: "3" } },
    ]);
  };
  check(EVERYTHING);
  check("||'|[']|n|0x0041");
  fc.assert(fc.property(hostileText(), check), { numRuns: amount(5000, 833) });
});

test("the reader is not toothless", (t) => {
  for (const line of [
    "x",
    "##teamcity[a b='|z']",
    "##teamcity[a b='[']",
    "##teamcity[a b='x]",
    "##teamcity[a] ",
  ])
    t.throws(() => messagesIn(line), undefined, line);
});
