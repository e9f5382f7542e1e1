import test from "ava";
import fc from "fast-check";
import { defang, workflowCommand } from "../../src/text/workflow.js";
import { visible } from "../../src/text/visible.js";
import { commandsIn, foreignCommandsIn } from "../oracles/actions-runner.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { isPlain } from "../oracles/terminal.js";

test("a command comes back through the runner's parser", (t) => {
  const check = (title: string, message: string): void => {
    const output = `${workflowCommand("error", { title, file: "a b,c:d.c", line: 3, col: undefined }, message)}\n`;
    const [command, ...more] = commandsIn(output);
    t.deepEqual(more, []);
    t.is(command?.name, "error");
    t.is(command?.data, message);
    t.deepEqual(command?.properties, { file: "a b,c:d.c", line: "3", ...(title === "" ? {} : { title }) });
  };
  check(EVERYTHING, EVERYTHING);
  fc.assert(fc.property(hostileText(), hostileText(), check));
});

test("defanged text holds no command, wherever it is put in a line", (t) => {
  const check = (text: string): void => {
    const tame = defang(text);
    for (const output of [tame, `x ${tame}`, ` ${tame}`, `x\n${tame}\ny`]) {
      t.deepEqual(commandsIn(output), []);
      t.deepEqual(foreignCommandsIn(output), []);
      t.false(/##(?:vso|teamcity)?\[/.test(output));
    }
    t.true(isPlain(tame));
  };
  check(EVERYTHING);
  check("##" + "x".repeat(1_000_000) + "[");
  fc.assert(fc.property(hostileText(), check));
});

test("defang leaves ordinary text alone", (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/##|::/.test(text));
      t.is(defang(text), visible(text));
    }),
  );
  t.is(defang("std::vector ## a[0]"), "std::vector ## a[0]");
  t.is(defang("::error::x"), ":\\:error::x");
  t.is(defang("a ##[error]x ##vso[y]"), "a ##\\[error]x ##vso\\[y]");
});
