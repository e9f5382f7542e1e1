/** How a guest runs, and what is made of its stops, with a gdb that is played. */
import test from "ava";
import { stepBack } from "../../src/dap/backwards.js";
import { REQUESTS } from "../../src/dap/requests.js";
import { goOn, next, pause, stepIn, stepOut, stopped, taken } from "../../src/dap/run-control.js";
import { stackTrace, threads } from "../../src/dap/stack.js";
import type { MiTuple } from "../../src/mi/records.js";
import { CASE, type Played, played, type Playing } from "./played.js";

const IN_CASE = { addr: "0x1010", func: CASE.symbol, line: "7" };
const STACK = [
  { addr: "0x9000", func: "uk_test_on_failure", file: "guest/lib/uktest/result.c" },
  { addr: "0x9100", func: "uktest_conclude", file: "guest/lib/uktest/result.c" },
  IN_CASE,
];
const CALL = { asm_insns: [{ address: "0x100b" }, { address: "0x1010" }] };
const SAID = "uktest: s.c: expected one";

/** A guest that has stopped at a failure, below two frames of machinery. */
async function failed(playing: Playing = {}): Promise<Played> {
  const one = played({
    ...{ console: SAID, ...playing },
    answers: [
      ...(playing.answers ?? []),
      ["-stack-list-frames --thread", { stack: STACK }],
      ["-stack-list-frames", { stack: STACK.slice(1) }],
      ["-data-disassemble", CALL],
    ],
  });
  one.live.placed.set("90", { kind: "red", stop: { place: "uk_test_on_failure", kind: "assertion" } });
  await goOn(one.live);
  await stopped(one.live, hitOf("90", STACK[0]));
  one.commands.length = 0;
  one.said.length = 0;
  return one;
}

const hitOf = (number: string, frame: MiTuple = {}): MiTuple => ({
  ...{ reason: "breakpoint-hit", bkptno: number, "thread-id": "1", frame },
});
const endOf = (reason: string, frame: MiTuple = IN_CASE): MiTuple => ({ reason, frame });
const atLine = (line: string): MiTuple => ({ ...IN_CASE, line });
const reasons = ({ said }: Played): readonly unknown[] =>
  said.map(([event, body]) => `${event} ${(body as { reason: string }).reason}`);

test("a step from the machinery leaves it, and is done where another line begins", async (t) => {
  const one = await failed();
  await next(one.live, { threadId: 1 });
  t.deepEqual(one.commands, ["-exec-finish --thread 1 --frame 1"]);
  await stopped(one.live, endOf("function-finished"));
  t.is(one.commands.at(-1), "-exec-next", "it is the line of the failure still");
  t.deepEqual(one.said, []);
  await stopped(one.live, endOf("end-stepping-range", atLine("8")));
  t.deepEqual(reasons(one), ["stopped step"]);

  const last = await failed();
  await next(last.live, { threadId: 1 });
  await stopped(last.live, endOf("function-finished", atLine("8")));
  t.false(last.commands.includes("-exec-next"), "what follows the call is the next line");
  t.deepEqual(reasons(last), ["stopped step"]);
});

test("steps of each kind, in the machinery and outside of it", async (t) => {
  const steps = [
    [next, {}, "-exec-next", "-exec-next"],
    [next, { granularity: "instruction" }, "-exec-next-instruction", "-exec-next-instruction"],
    [stepIn, {}, "-exec-step", "-exec-next"],
    [stepIn, { granularity: "instruction" }, "-exec-step-instruction", "-exec-step-instruction"],
    [stepOut, {}, "-exec-finish", "-exec-finish"],
  ] as const;
  for (const [step, words, outside, inside] of steps) {
    const plain = played();
    await step(plain.live, { threadId: 1, ...words });
    t.deepEqual(plain.commands, [outside]);
    const one = await failed();
    await step(one.live, { threadId: 1, ...words });
    await stopped(one.live, endOf("function-finished"));
    t.is(one.commands.at(-1), inside);
  }
});

test("a step back from the machinery goes to the call, its line, and the line in front", async (t) => {
  const one = await failed({ what: "recording" });
  await stepBack(one.live, { threadId: 1 });
  t.deepEqual(one.commands.slice(-2), ["-break-insert -t *0x100b", "-exec-continue --reverse"]);
  await stopped(one.live, hitOf("1", atLine("7")));
  t.is(one.commands.at(-1), "-exec-next --reverse");
  one.commands.length = 0;
  await stopped(one.live, endOf("end-stepping-range", atLine("7")));
  t.deepEqual(one.commands, ["-exec-next --reverse"]);
  t.deepEqual(one.said, []);
  await stopped(one.live, endOf("end-stepping-range", atLine("6")));
  t.deepEqual(reasons(one), ["stopped step"]);
  await stepBack(one.live, { threadId: 1 });
  t.is(one.commands.at(-1), "-exec-next --reverse", "outside of it that is all");
});

test("an instruction back from the machinery is the call itself", async (t) => {
  const one = await failed({ what: "recording" });
  await stepBack(one.live, { threadId: 1, granularity: "instruction" });
  await stopped(one.live, hitOf("1", atLine("7")));
  t.deepEqual(reasons(one), ["stopped step"]);
  t.is(one.commands.at(-1), "monitor uktest reached");
});

test("a way that ends elsewhere leaves no breakpoint of its own", async (t) => {
  const one = await failed({ what: "recording" });
  await stepBack(one.live, { threadId: 1 });
  one.live.placed.set("7", { kind: "user" });
  await stopped(one.live, hitOf("7", { addr: "0x3000", func: "f" }));
  t.true(one.commands.includes("-break-delete 1"));
  t.like(one.said, [["stopped", { reason: "breakpoint", hitBreakpointIds: [7] }]]);
  const forwards = await failed();
  await next(forwards.live, { threadId: 1 });
  forwards.live.placed.set("7", { kind: "user" });
  await stopped(forwards.live, hitOf("7", { addr: "0x3000", func: "f" }));
  t.false(forwards.commands.some((command) => command.startsWith("-break-delete")));
  t.deepEqual(reasons(forwards), ["stopped breakpoint"]);
});

test("a way that is over is none for what is typed after it", async (t) => {
  const one = await failed();
  await next(one.live, { threadId: 1 });
  await stopped(one.live, endOf("function-finished", atLine("8")));
  taken(one.live);
  one.commands.length = 0;
  await stopped(one.live, endOf("function-finished", atLine("7")));
  t.deepEqual(one.commands, ["monitor uktest reached"]);
});

test("what a log point has stopped goes on to where it would have ended", async (t) => {
  const main = { addr: "0x500", func: "main", line: "2" };
  const [inner, same, other] = [{ addr: "0x3000", func: "f", line: "3" }, atLine("7"), atLine("8")];
  const again = "-exec-finish --thread 1 --frame";
  const rows: readonly (readonly [step: typeof next, frames: readonly MiTuple[], goesOn: string])[] = [
    [next, [inner, inner, same, main], `${again} 1`],
    [next, [same, main], "-exec-next"],
    [next, [other, main], "step"],
    [next, [main], "step"],
    [stepIn, [inner, same, main], "step"],
    [stepIn, [same, main], "-exec-step"],
    [stepOut, [inner, same, main], `${again} 1`],
    [stepOut, [same, main], `${again} 0`],
    [stepOut, [main], "step"],
  ];
  for (const [step, frames, goesOn] of rows) {
    const stack = { frames: [same, main] as readonly MiTuple[] };
    const answer: MiTuple = Object.defineProperty({}, "stack", { get: () => stack.frames });
    const one = played({ answers: [["-stack-list-frames", answer]] });
    one.live.placed.set("5", { kind: "log", text: "here" });
    await step(one.live, { threadId: 1 });
    stack.frames = frames;
    await stopped(one.live, hitOf("5", frames[0]));
    t.deepEqual(one.printed, ["here\n"]);
    if (goesOn === "step") t.deepEqual(reasons(one), ["stopped step"]);
    else t.is(one.commands.at(-1), goesOn, JSON.stringify(frames));
  }
  const back = played({ what: "recording" });
  back.live.placed.set("5", { kind: "log", text: "here" });
  await stepBack(back.live, { threadId: 1 });
  await stopped(back.live, hitOf("5", inner));
  t.is(back.commands.at(-1), "-exec-continue --reverse");
  const running = played();
  running.live.placed.set("5", { kind: "log", text: "here" });
  await goOn(running.live);
  await stopped(running.live, hitOf("5", inner));
  t.is(running.commands.at(-1), "-exec-continue");
});

test("where nothing was recorded, nothing goes back", async (t) => {
  const { live, commands } = await failed();
  await t.throwsAsync(stepBack(live, { threadId: 1 }), { message: "nothing of this guest was recorded" });
  t.deepEqual(commands, []);
});

test("the ends of a recording, whatever gdb calls them", async (t) => {
  for (const reason of ["no-history", ""]) {
    const back = await failed({ what: "recording" });
    await REQUESTS["reverseContinue"]?.(back.live, {} as never);
    await stopped(back.live, { reason, frame: {} });
    t.like(back.said, [["stopped", { reason: "pause", text: "the recording begins here" }]]);
  }
  const end = await failed({ what: "recording", console: "uktest: the guest: the recording ends here" });
  await goOn(end.live);
  await stopped(end.live, { frame: {} });
  t.like(end.said, [["stopped", { reason: "pause", text: "the guest: the recording ends here" }]]);
  const hung = await failed({ what: "recording", console: "uktest: s.c: stopped after 1 s" });
  await goOn(hung.live);
  await stopped(hung.live, { frame: {} });
  t.like(hung.said, [["stopped", { reason: "exception", text: "s.c: stopped after 1 s" }]]);
  t.true(hung.commands.includes("monitor uktest stopped the recording ends here"));
});

test("signals, and what the guest says of them", async (t) => {
  for (const [signal, console, asked, text] of [
    [
      { "signal-name": "SIGSEGV", "signal-meaning": "Segmentation fault" },
      "",
      "Segmentation fault",
      "signal",
    ],
    [{ "signal-name": "SIGTRAP" }, "uktest: s.c: a signal", "a signal", "s.c: a signal"],
    [{ "signal-name": "SIGINT" }, "uktest: s.c: stopped after 1 s", "", "s.c: stopped after 1 s"],
  ] as const) {
    const one = played({ console });
    await goOn(one.live);
    await stopped(one.live, { reason: "signal-received", ...signal, frame: { addr: "0x1" } });
    t.true(one.commands.includes(`monitor uktest stopped ${asked}`.trim()));
    t.like(one.said, [["stopped", { reason: "exception", threadId: 1, text }]]);
    t.deepEqual(one.printed, console === "" ? [] : [`${console}\n`]);
  }
});

test("what was watched: written, read, both, and gone", async (t) => {
  const rows = [
    ["watchpoint-trigger", { wpt: { number: "4", exp: "x" }, value: { old: "1", new: "2" } }, "x: 1 -> 2"],
    ["read-watchpoint-trigger", { "hw-rwpt": { number: "4", exp: "x" }, value: { value: "2" } }, "x is 2"],
    ["access-watchpoint-trigger", { "hw-awpt": { number: "4", exp: "x" }, value: { new: "3" } }, "x is 3"],
  ] as const;
  for (const [reason, values, text] of rows) {
    const one = played();
    await goOn(one.live);
    await stopped(one.live, { reason, ...values, frame: { addr: "0x1" } });
    t.like(one.said, [["stopped", { reason: "data breakpoint", text, hitBreakpointIds: [4] }]]);
  }
  const one = played();
  await goOn(one.live);
  await stopped(one.live, { reason: "watchpoint-scope", wpnum: "4", frame: { addr: "0x1" } });
  t.like(one.said, [["stopped", { reason: "step", text: "what watchpoint 4 has watched is gone" }]]);
  const back = played({ what: "recording" });
  await REQUESTS["reverseContinue"]?.(back.live, {} as never);
  await stopped(back.live, { reason: rows[0][0], ...rows[0][1], frame: {} });
  t.like(back.said, [["stopped", { text: "x: 2 -> 1" }]], "in the order in which it is written");
});

test("what is asked of a guest that runs, and of one that stands", async (t) => {
  const { live, commands, said } = played({ answers: [["-exec-next", "Cannot find bounds of function"]] });
  await pause(live);
  t.deepEqual(commands, [], "it stands already");
  await t.throwsAsync(next(live, { threadId: 1 }), { message: "Cannot find bounds of function" });
  t.false(live.running.isRunning, "a command that was refused lets nothing run");
  await goOn(live);
  await t.throwsAsync(goOn(live), { message: "the guest runs already" });
  taken(live);
  t.deepEqual(said, [], "the editor has let it run itself");
  await stopped(live, { reason: "end-stepping-range", frame: { addr: "0x1" } });
  taken(live);
  t.is(said.at(-1)?.[0], "continued");
  t.true(live.running.isRunning);
});

test("the end of the guest is no stop", async (t) => {
  let isOver = false;
  const { live, said } = played({ over: () => (isOver = true) });
  await goOn(live);
  await stopped(live, { reason: "exited-normally" });
  t.true(isOver);
  t.deepEqual(said, []);
});

test("a breakpoint that nobody knows is reported by its number", async (t) => {
  const one = played();
  await goOn(one.live);
  await stopped(one.live, hitOf("12", { func: "f" }));
  t.like(one.said, [["stopped", { reason: "breakpoint", hitBreakpointIds: [12] }]]);
  const info = REQUESTS["exceptionInfo"]?.(one.live, {} as never);
  t.deepEqual(info, { exceptionId: "none", description: "", breakMode: "always" });
});

test("threads have the names that there are", async (t) => {
  const named = async (list: readonly MiTuple[]) =>
    (await threads(played({ answers: [["-thread-info", { threads: list }]] }).live)).threads;
  t.deepEqual(
    await named([
      { id: "1", name: "CPU#0", "target-id": "Thread 1.1" },
      { id: "2", "target-id": "Thread 1.2" },
      { name: "without a number" },
    ]),
    [
      { id: 1, name: "CPU#0" },
      { id: 2, name: "Thread 1.2" },
    ],
  );
  t.deepEqual(await named([]), [{ id: 1, name: "guest" }]);
});

test("frames without symbols, of files that are elsewhere, and some of them", async (t) => {
  const stack = [
    { addr: "0x1000", func: "f", file: "src/a.c", fullname: "/nowhere/src/a.c", line: "3" },
    { addr: "0x2000" },
    {},
  ];
  const { live } = played({ answers: [["-stack-list-frames", { stack }]], lineOffset: -1 });
  const { stackFrames, totalFrames } = await stackTrace(live, { threadId: 1 });
  t.is(totalFrames, 3);
  t.deepEqual(
    stackFrames.map(({ name, line, column }) => [name, line, column]),
    [
      ["f", 2, 0],
      ["0x2000", 0, 0],
      ["?", 0, 0],
    ],
  );
  t.deepEqual(stackFrames[0]?.source, { name: "a.c", presentationHint: "deemphasize" });
  t.is(stackFrames[1]?.source, undefined);
  const part = await stackTrace(live, { threadId: 1, startFrame: 1, levels: 1 });
  t.deepEqual(
    part.stackFrames.map(({ name }) => name),
    ["0x2000"],
  );
});
