/**
 * An editor that goes back in time: with `recordReplay` the case is recorded, and the adapter offers the way back to the write that
 * broke a value. And the other word for the same session: a guest that answers its debugger itself.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { amount, turns } from "../amount.js";
import { ROOT } from "../runner/kit.js";
import { type Editor, editor, refused } from "./editor.js";
import { lineWith as lineOfShapes, shapes } from "./shapes.js";

const MACHINE = "qemu-x86_64";
const BROKEN = { pattern: "ukdebug_overwritten", machine: MACHINE, recordReplay: true };
const SOURCE = { path: join(ROOT, "suites/ukdebug/overwritten.c") };
const CASE = "_uk_testsuite_ukdebug_overwritten_case_by_a_long_name";

/** The line of the source that holds a text, from 1: the last of them. */
const lineWith = (text: string): number =>
  readFileSync(SOURCE.path, "utf8")
    .split("\n")
    .findLastIndex((line) => line.includes(text)) + 1;

const WRITE = lineWith("*to = '\\0'");
const ASSERTION = lineWith("(room.users, 4)");

/** Goes back, and hears where the guest stands after that. */
async function back(one: Editor, how: "stepBack" | "reverseContinue", words: object = {}) {
  await one.client.send(how, { threadId: 1, ...words });
  const stop = await one.stop();
  const [frame] = await one.frames();
  return { ...stop, name: frame?.name, line: frame?.line };
}

/** A recorded session that stands at its failure. */
async function broken(t: ExecutionContext, words: object = {}): Promise<Editor> {
  const one = editor(t);
  await one.launch({ ...BROKEN, ...words });
  const { reason, text = "" } = await one.stop();
  t.is(reason, "exception", text);
  return one;
}

test.serial("from a broken value back to the line that wrote it, and on from there", async (t) => {
  const one = await broken(t);
  const offers = one.events.filter(({ event }) => event === "capabilities");
  t.deepEqual(
    offers.map(({ body }) => body as object),
    [{ capabilities: { supportsStepBack: true } }],
  );
  t.regex(one.printed("console"), /^uktest: recorded \d+ instructions; /m);
  t.like((await one.frames())[0], { name: CASE, line: ASSERTION });
  t.is(await one.value("room.users"), "0");

  const { dataId } = (await one.client.dataBreakpointInfoRequest({ name: "room.users" })).body;
  const set = { breakpoints: [{ dataId: dataId ?? "", accessType: "write" as const }] };
  t.like((await one.client.setDataBreakpointsRequest(set)).body.breakpoints, [{ verified: true }]);
  const written = await back(one, "reverseContinue");
  t.like(written, { reason: "data breakpoint", name: "add_user", line: WRITE });
  t.regex(written.text ?? "", /: 4 -> 0$/, "in the order in which it is written");
  t.is((await one.frames())[0]?.source?.path, SOURCE.path);
  t.is(await one.value("room.users"), "4", "the guest stands in front of the write");
  const earlier = await back(one, "reverseContinue");
  t.like(earlier, { reason: "data breakpoint", line: lineWith("room.users++") });
  t.regex(earlier.text ?? "", /: 3 -> 4$/);

  await one.client.setDataBreakpointsRequest({ breakpoints: [] });
  const begins = await back(one, "reverseContinue");
  t.like(begins, { reason: "pause", text: "the recording begins here" });
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "exception", "forwards it fails once more");
  await one.client.continueRequest({ threadId: 1 });
  t.like(await one.stop(), {
    reason: "pause",
    text: "ukdebug_overwritten.by_a_long_name: the recording ends here",
  });
  await one.client.disconnectRequest();
  t.is(await one.left(), 0);
});

// By hand on the machine that no other test here is of.
for (const machine of amount(["qemu-x86_64", "qemu-arm64"], ["qemu-arm64"]))
  test.serial(
    `a step back leaves the machinery, and goes line by line from there, on ${machine}`,
    async (t) => {
      const one = await broken(t, { machine });
      t.like(await back(one, "stepBack"), { reason: "step", name: CASE, line: ASSERTION - 1 });
      t.like(await back(one, "stepBack"), { reason: "step", name: CASE, line: ASSERTION - 2 });
      await one.client.nextRequest({ threadId: 1 });
      await one.stop();
      t.like((await one.frames())[0], { name: CASE, line: ASSERTION - 1 });
      const place = BigInt((await one.frames())[0]?.instructionPointerReference ?? 0);
      await back(one, "stepBack", { granularity: "instruction" });
      const before = BigInt((await one.frames())[0]?.instructionPointerReference ?? 0);
      t.true(before < place && place - before < 16n, `${String(before)} and ${String(place)}`);
      await one.client.disconnectRequest();
    },
  );

test.serial(
  "a step back from an exception leaves its handler, to the instruction or the line in front",
  async (t) => {
    const words = { pattern: "ukdebug_null_write.through_a_pointer" };
    const one = await broken(t, words);
    const [frame] = await one.frames();
    t.is(frame?.name, "write_to");
    const at = frame?.instructionPointerReference;
    t.like(await back(one, "stepBack", { granularity: "instruction" }), { reason: "step", name: "write_to" });
    t.is((await one.frames())[0]?.instructionPointerReference, at, "in front of what has raised it");
    const other = await broken(t, words);
    const caller = "_uk_testsuite_ukdebug_null_write_case_through_a_pointer";
    t.like(
      await back(other, "stepBack"),
      { reason: "step", name: caller },
      "it was the function's first line",
    );
    for (const each of [one, other]) await each.client.disconnectRequest();
  },
);

test.serial("what stops or passes on the way back is what does forwards", async (t) => {
  const one = await broken(t);
  const adds = { name: "add_user" };
  await one.client.setFunctionBreakpointsRequest({ breakpoints: [adds] });
  const logs = [{ line: lineWith("room.users++"), logMessage: "user {room.users}: {name}" }];
  await one.client.setBreakpointsRequest({ source: SOURCE, breakpoints: logs });
  t.like(await back(one, "reverseContinue"), { reason: "breakpoint", name: "add_user" });
  t.regex(one.printed("console"), /^user 3: 0x[0-9a-f]+ "operator"$/m);
  t.like(await back(one, "reverseContinue"), { reason: "breakpoint", name: "add_user" });
  t.regex(await one.value("name"), /"bin"$/);
  // What is typed goes back as well.
  const typed = one.client.evaluateRequest({ expression: "reverse-continue", context: "repl" });
  t.is((await one.stop()).reason, "breakpoint");
  await typed;
  t.regex(await one.value("name"), /"daemon"$/);
  t.deepEqual(
    [...one.printed("console").matchAll(/^user (\d)/gm)].map(([, count]) => count),
    ["3", "2", "1"],
  );
  await one.client.disconnectRequest();
});

test.serial("a way back that finds nothing is paused, and breakpoints are set meanwhile", async (t) => {
  const one = await broken(t, { pattern: "ukdebug_endless", caseTimeout: 1 });
  const source = { path: join(ROOT, "suites/ukdebug/ending.c") };
  await one.client.evaluateRequest({ expression: "watch *(int *)0x3000000", context: "repl" });
  await one.client.send("reverseContinue", { threadId: 1 });
  await one.client.setBreakpointsRequest({ source, breakpoints: [] });
  t.is(one.events.filter(({ event }) => event === "stopped").length, 1, "it goes on");
  await one.client.pauseRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "pause");
  t.is(await one.value("forever"), "1");
  await one.client.disconnectRequest();
});

test.serial("a case that is green in every recording is over before it stops anywhere", async (t) => {
  const one = editor(t);
  await one.launch({ ...BROKEN, pattern: "ukargparse_words_testsuite.words_nothing" });
  t.true(await one.ends());
  t.is(one.exitCode(), 0);
  t.regex(one.printed("console"), /words_nothing passed in 3 recordings, /);
  await one.client.disconnectRequest();
  t.is(await one.left(), 0);
});

test.serial("a guest that is not recorded does not go back", async (t) => {
  const one = await broken(t, { recordReplay: false });
  t.false(one.events.some(({ event }) => event === "capabilities"));
  for (const how of ["stepBack", "reverseContinue"])
    t.is(
      await refused(one.client.send(how, { threadId: 1 })),
      'nothing of this guest was recorded: launch it with "recordReplay": true',
    );
  await one.client.disconnectRequest();
});

for (const machine of turns(["qemu-x86_64", "v86"], "dap/backwards"))
  test.serial(
    `the guest answers its debugger itself on ${machine}: from a breakpoint to its end`,
    async (t) => {
      const { path, file } = await shapes(t, [machine]);
      const one = editor(t);
      const source = { path: file("shape.c") };
      const line = lineOfShapes("calls++");
      const words = { pattern: "shape_suite.has_area", machine, stub: "guest", cwd: path };
      await one.launch(words, async () => {
        const { body } = await one.client.setBreakpointsRequest({ source, breakpoints: [{ line }] });
        t.like(body.breakpoints[0], { verified: true, line });
      });
      t.is((await one.stop()).reason, "breakpoint");
      t.deepEqual(
        (await one.frames()).slice(0, 2).map(({ name }) => name),
        ["area", "_uk_testsuite_shape_suite_case_has_area"],
      );
      t.like(
        (await one.variables("Locals")).find(({ name }) => name === "sum"),
        { value: "44" },
      );
      const { dataId } = (await one.client.dataBreakpointInfoRequest({ name: "calls" })).body;
      const set = { breakpoints: [{ dataId: dataId ?? "", accessType: "write" as const }] };
      await one.client.setDataBreakpointsRequest(set);
      await one.client.setBreakpointsRequest({ source, breakpoints: [] });
      await one.client.continueRequest({ threadId: 1 });
      t.like(await one.stop(), { reason: "data breakpoint" });
      t.is(await one.value("calls"), "1");
      await one.client.setDataBreakpointsRequest({ breakpoints: [] });
      await one.client.nextRequest({ threadId: 1 });
      t.is((await one.stop()).reason, "step");
      t.is((await one.frames())[0]?.line, lineOfShapes("return sum") + 1);
      await one.client.continueRequest({ threadId: 1 });
      const failed = await one.stop();
      t.is(failed.reason, "exception");
      t.regex(failed.text ?? "", /expected `found` to be 45 but was 44/);
      t.like((await one.frames())[0], { line: lineOfShapes("(found, 45)") });
      await one.client.continueRequest({ threadId: 1 });
      t.true(await one.ends());
      t.is(one.exitCode(), 1);
      t.regex(one.printed("stdout"), /shape_suite->has_area[\s\S]*FAILED[\s\S]*\[ PASSED \]/);
      await one.client.disconnectRequest();
      t.is(await one.left(), 0);
    },
  );
