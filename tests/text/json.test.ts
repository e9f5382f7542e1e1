import test from "ava";
import fc from "fast-check";
import { jsonLine } from "../../src/text/json.js";
import { commandsIn, foreignCommandsIn } from "../oracles/actions-runner.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { isPlain } from "../oracles/terminal.js";

test("the same value, on one plain line, without a command", (t) => {
  const check = (text: string): void => {
    const value = { [text]: [text, { a: text }], b: null, c: 1.5 };
    const line = jsonLine(value);
    t.deepEqual(JSON.parse(line), JSON.parse(JSON.stringify(value)));
    t.true(isPlain(line) && !line.includes("\n"));
    t.deepEqual(commandsIn(line), []);
    t.deepEqual(foreignCommandsIn(line), []);
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check));
});
