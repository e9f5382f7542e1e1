/** Breakpoints of an editor as commands of gdb, with a gdb that is played. */
import test from "ava";
import {
  setBreakpoints,
  setDataBreakpoints,
  setFunctionBreakpoints,
  setInstructionBreakpoints,
} from "../../src/dap/breakpoints.js";
import { logged } from "../../src/dap/log-point.js";
import { played } from "./played.js";

const FILES = [
  "-file-list-exec-source-files",
  { files: [{ file: "src/a.c", fullname: "/build/src/a.c" }, { fullname: "/build/odd.c" }] },
] as const;

test("lines of a file, in the editor's own count, and the files are asked for once", async (t) => {
  const place = { number: "3.1", line: "9", fullname: "/build/src/a.c" };
  const { live, commands } = played({
    answers: [FILES, ['-break-insert -c "i > 1" -i 4', { bkpt: { number: "3", locations: [place] } }]],
    lineOffset: -1,
  });
  const source = { path: "/home/me/src/a.c" };
  const wish = { line: 8, condition: "i > 1", hitCondition: ">= 5" };
  const { breakpoints } = await setBreakpoints(live, { source, breakpoints: [wish, { line: 19 }] });
  t.deepEqual(breakpoints, [
    { verified: true, id: 3, line: 8, source: { path: "/build/src/a.c" } },
    { verified: true, id: 1, line: 0 },
  ]);
  await setBreakpoints(live, { source });
  t.deepEqual(commands.slice(1), [
    '-break-insert -c "i > 1" -i 4 --source "/build/src/a.c" --line 9',
    '-break-insert --source "/build/src/a.c" --line 20',
    "-break-delete 3 1",
  ]);
  t.deepEqual(live.placed.size, 0);
  const nameless = await setBreakpoints(live, { source: {}, breakpoints: [{ line: 1 }] });
  t.like(nameless.breakpoints, [{ verified: false, message: "the image has no code of this file" }]);
});

test("functions and instructions, and a count that is none", async (t) => {
  const { live, commands } = played();
  await setFunctionBreakpoints(live, { breakpoints: [{ name: "f", hitCondition: " " }] });
  const at = { instructionReference: "0x1000" };
  const wishes = [at, { ...at, offset: -4 }, { ...at, hitCondition: "often" }];
  const answer = await setInstructionBreakpoints(live, { breakpoints: wishes });
  t.deepEqual(
    answer.breakpoints.map(({ verified }) => verified),
    [true, true, false],
  );
  t.deepEqual(commands, [
    '-break-insert "f"',
    '-break-insert "*(0x1000 + 0)"',
    '-break-insert "*(0x1000 + -4)"',
  ]);
});

test("memory is watched for what the editor asks for, and what gdb refuses does not stay", async (t) => {
  const { live, commands } = played({
    answers: [
      ["-break-watch -r", { "hw-rwpt": { number: "2", exp: "x" } }],
      ["-break-watch -a", { "hw-awpt": { number: "3", exp: "x" } }],
      ["-break-watch", { wpt: { number: "1", exp: "x" } }],
      ["-break-condition 3", 'No symbol "nothing" in current context.'],
    ],
  });
  const dataId = "*(int *)0x2000";
  const { breakpoints } = await setDataBreakpoints(live, {
    breakpoints: [
      { dataId },
      { dataId, accessType: "read", condition: "x > 1", hitCondition: "3" },
      { dataId, accessType: "readWrite", condition: "nothing" },
      { dataId, hitCondition: "often" },
    ],
  });
  t.like(breakpoints, [
    { verified: true, id: 1 },
    { verified: true, id: 2 },
    { verified: false, message: 'No symbol "nothing" in current context.' },
    { verified: false, message: "a hit count is a number, as 5 or >= 5" },
  ]);
  t.deepEqual(commands, [
    '-break-watch "*(int *)0x2000"',
    '-break-watch -r "*(int *)0x2000"',
    "-break-condition 2 x > 1",
    "-break-after 2 2",
    '-break-watch -a "*(int *)0x2000"',
    "-break-condition 3 nothing",
    "-break-delete 3",
  ]);
  t.deepEqual([...live.placed.keys()], ["1", "2"]);
  await setDataBreakpoints(live, { breakpoints: [] });
  t.is(commands.at(-1), "-break-delete 1 2");
});

test("the text of a log point, with values and without", async (t) => {
  const { live } = played({
    answers: [
      ['-data-evaluate-expression "x"', { value: "3" }],
      ['-data-evaluate-expression "y"', "No symbol"],
      ["-data-evaluate-expression", {}],
    ],
  });
  t.is(await logged(live, "x is {x}, {y}{z}."), "x is 3, {y: No symbol}.");
  t.is(await logged(live, "no braces"), "no braces");
});
