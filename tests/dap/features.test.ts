/** What an editor offers besides: conditions, log points, watched memory, instructions, pauses, kinds of red, cores. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { scratch, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { until } from "../runner/processes.js";
import { type Editor, editor, refused } from "./editor.js";
import { lineWith, shapes } from "./shapes.js";

const MACHINE = "qemu-x86_64";
const AFTER = `shape.c:${String(lineWith("(found, 45)"))}`;
const CASE = "_uk_testsuite_shape_suite_case_has_area";

/** A session of the red case of the shapes. */
async function ofShapes(
  t: ExecutionContext,
  words: object,
  configure?: (one: Editor, source: { path: string }) => Promise<unknown>,
): Promise<Editor> {
  const { path, file } = await shapes(t);
  const one = editor(t);
  const order = { pattern: "shape_suite.has_area", machine: MACHINE, cwd: path, ...words };
  await one.launch(order, () => configure?.(one, { path: file("shape.c") }) ?? Promise.resolve());
  return one;
}

const top = async (one: Editor): Promise<string | undefined> => (await one.frames())[0]?.name;

test.serial("conditions, counts of hits, log points, and what cannot be set", async (t) => {
  const line = lineWith("sum += ");
  const one = await ofShapes(t, {}, async ({ client }, source) => {
    const { body } = await client.setBreakpointsRequest({
      source,
      breakpoints: [
        { line, condition: "i == 2" },
        { line: lineWith("calls++"), logMessage: "sum {sum} of {shape->name}, {nothing}" },
        { line: lineWith("return sum"), hitCondition: ">= 2" },
        { line, hitCondition: "sometimes" },
        { line, condition: "nothing > 1" },
      ],
    });
    t.deepEqual(
      body.breakpoints.map(({ verified }) => verified),
      [true, true, true, false, false],
    );
    t.regex(body.breakpoints[3]?.message ?? "", /a hit count is a number/);
    t.regex(body.breakpoints[4]?.message ?? "", /No symbol "nothing"/);
    const other = { source: { path: "/nowhere/other.c" }, breakpoints: [{ line: 1 }] };
    const none = (await client.setBreakpointsRequest(other)).body.breakpoints[0];
    t.like(none, { verified: false, message: "the image has no code of this file" });
  });
  const { hitBreakpointIds: [first] = [] } = await one.stop();
  t.is(await one.value("i"), "2");
  t.regex(one.printed("console"), /^(?!.*sum 44)/s);
  await one.client.continueRequest({ threadId: 1 });
  // The log point goes on, the third breakpoint is not counted yet: the failure is next.
  t.is((await one.stop()).reason, "exception");
  t.regex(one.printed("console"), /^sum 44 of 0x[0-9a-f]+ "last", \{nothing: No symbol "nothing".*\}$/m);
  await one.client.continueRequest({ threadId: 1 });
  t.deepEqual((await one.stop()).hitBreakpointIds, [first]);
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "breakpoint");
  t.like((await one.frames())[0], { name: "area", line: lineWith("return sum") });
  await one.client.disconnectRequest();
});

test.serial("a step goes on over a log point", async (t) => {
  const begins = lineWith("int found");
  const one = await ofShapes(t, { break: `shape.c:${String(begins)}` }, ({ client }, source) =>
    client.setBreakpointsRequest({
      source,
      breakpoints: [
        { line: lineWith("calls++"), logMessage: "sum {sum}" },
        { line: lineWith("return sum"), logMessage: "returns {sum}" },
      ],
    }),
  );
  await one.stop();
  await one.client.nextRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "step");
  t.like((await one.frames())[0], { name: CASE, line: lineWith("(found, 45)") });
  t.regex(one.printed("console"), /^sum 44\nreturns 44$/m);
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "exception");
  await one.client.nextRequest({ threadId: 1 });
  await one.stop();
  await one.client.stepInRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "step");
  t.is(await top(one), "area");
  await one.client.stepOutRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "step");
  t.like((await one.frames())[0], { name: CASE, line: lineWith("found = area(first") });
  t.is([...one.printed("console").matchAll(/^returns/gm)].length, 2);
  await one.client.disconnectRequest();
});

test.serial("the words break and stopOnEntry, functions, and memory that is watched", async (t) => {
  const one = await ofShapes(t, { stopOnEntry: true, break: ["case", AFTER] }, ({ client }) =>
    client
      .setFunctionBreakpointsRequest({ breakpoints: [{ name: "area" }, { name: "no_such" }] })
      .then(({ body }) => {
        t.like(body.breakpoints, [{ verified: true }, { verified: false }]);
        t.regex(body.breakpoints[1]?.message ?? "", /not defined/);
      }),
  );
  t.is((await one.stop()).reason, "entry");
  t.regex(await one.value("info breakpoints", "repl"), /uk_test_on_failure/);
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "breakpoint");
  t.is(await top(one), CASE);
  await one.client.continueRequest({ threadId: 1 });
  await one.stop();
  t.is(await top(one), "area");
  const watch = await one.client.dataBreakpointInfoRequest({ name: "calls" });
  t.regex(watch.body.description, /^calls at 0x[0-9a-f]+, 4 bytes$/);
  const set = { breakpoints: [{ dataId: watch.body.dataId ?? "", accessType: "write" as const }] };
  t.like((await one.client.setDataBreakpointsRequest(set)).body.breakpoints, [{ verified: true }]);
  const register = await one.client.dataBreakpointInfoRequest({ name: "$pc" });
  t.is(register.body.dataId, null);
  await one.client.setFunctionBreakpointsRequest({ breakpoints: [] });
  await one.client.continueRequest({ threadId: 1 });
  const seen = await one.stop();
  t.is(seen.reason, "data breakpoint");
  t.regex(seen.text ?? "", /: 0 -> 1$/);
  t.is(await one.value("calls"), "1");
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "breakpoint");
  t.like((await one.frames())[0], { name: CASE, line: lineWith("(found, 45)") });
  t.regex(await refused(one.value("nothing")), /^No symbol "nothing" in current context\.$/);
  await one.client.disconnectRequest();
});

test.serial("memory, instructions, steps of one instruction, completion", async (t) => {
  const one = await ofShapes(t, {});
  await one.stop();
  const [frame] = await one.frames();
  const address = frame?.instructionPointerReference ?? "";
  const [name] = await one.inside((await one.variables("Locals")).find((local) => local.name === "first"));
  const memoryReference = name?.memoryReference ?? "";
  const read = await one.client.send("readMemory", { memoryReference, offset: 1, count: 4 });
  t.is(Buffer.from((read.body as { data: string }).data, "base64").toString("latin1"), "irst");
  const far = await one.client.send("readMemory", { memoryReference: "0xfffffffffffff000", count: 4 });
  t.like(far.body, { unreadableBytes: 4 });
  const order = { memoryReference: address, instructionOffset: -3, instructionCount: 8 };
  const { instructions } = (await one.client.send("disassemble", order)).body as {
    readonly instructions: readonly { readonly address: string; readonly symbol?: string }[];
  };
  t.is(instructions.length, 8);
  t.is(BigInt(instructions[3]?.address ?? 0), BigInt(address));
  t.true(instructions.every(({ symbol }) => symbol?.startsWith(CASE) === true));
  const typed = { text: "info local", column: 11 };
  const { targets } = (await one.client.send("completions", typed)).body as { targets: readonly object[] };
  t.deepEqual(targets, [{ label: "locals" }]);
  const byte = { expression: "found", value: "3" };
  t.is(((await one.client.send("setExpression", byte)).body as { value: string }).value, "3");
  t.is(await one.value("found"), "3");
  await one.client.nextRequest({ threadId: 1 });
  await one.stop();
  const before = await one.value("$pc");
  await one.client.nextRequest({ threadId: 1, granularity: "instruction" });
  await one.stop();
  t.not(await one.value("$pc"), before);
  await one.client.disconnectRequest();
});

test.serial(
  "values are set where they are, and instructions and members of structures stop the guest",
  async (t) => {
    const one = await ofShapes(t, { break: `shape.c:${String(lineWith("int found"))}` });
    const { client } = one;
    await one.stop();
    const [{ id: frameId } = { id: 0 }] = await one.frames();
    const { scopes } = (await client.scopesRequest({ frameId })).body;
    const scopeOf = (name: string): number =>
      scopes.find((scope) => scope.name === name)?.variablesReference ?? 0;
    const last = (await one.inside({ name: "", value: "", variablesReference: scopeOf("Locals") })).find(
      ({ name }) => name === "last",
    );
    const [corner] = await one.inside((await one.inside(last))[1]);
    const set = async (variablesReference: number, name: string, value: string): Promise<string> =>
      (await client.setVariableRequest({ variablesReference, name, value })).body.value;
    t.is(await set(corner?.variablesReference ?? 0, "y", "20"), "20");
    t.is(await one.value("last.corners[0].y"), "20");
    t.is(await set(scopeOf("Registers"), "rbx", "77"), "77");
    t.is(await one.value("$rbx"), "77");
    t.is(await refused(set(last?.variablesReference ?? 0, "nothing", "1")), "there is no nothing in last");

    const member = { name: "y", variablesReference: corner?.variablesReference ?? 0, frameId };
    const { dataId, description } = (await client.dataBreakpointInfoRequest(member)).body;
    t.regex(description, /^last\.corners\[0\]\.y at 0x[0-9a-f]+, 4 bytes$/);
    const data = { dataId: dataId ?? "", accessType: "readWrite" as const };
    const wishes = [data, { ...data, condition: "nothing > 1" }];
    const { breakpoints } = (await client.setDataBreakpointsRequest({ breakpoints: wishes })).body;
    t.like(breakpoints, [{ verified: true }, { verified: false }]);
    t.regex(breakpoints[1]?.message ?? "", /^No symbol "nothing" in current context/);
    await client.continueRequest({ threadId: 1 });
    const read = await one.stop();
    t.like(read, { reason: "data breakpoint", hitBreakpointIds: [breakpoints[0]?.id] });
    t.regex(read.text ?? "", / is 20$/);
    t.is(await top(one), "area");
    await client.setDataBreakpointsRequest({ breakpoints: [] });

    const order = {
      memoryReference: (await one.frames())[0]?.instructionPointerReference,
      instructionCount: 3,
    };
    const { instructions } = (await client.send("disassemble", order)).body as {
      readonly instructions: readonly { readonly address: string }[];
    };
    const place = { instructionReference: instructions[2]?.address ?? "" };
    const points = (await client.send("setInstructionBreakpoints", { breakpoints: [place] })).body as {
      readonly breakpoints: readonly object[];
    };
    t.like(points.breakpoints, [{ verified: true }]);
    await client.continueRequest({ threadId: 1 });
    t.is((await one.stop()).reason, "breakpoint");
    const now = (await one.frames())[0]?.instructionPointerReference ?? "0";
    t.is(BigInt(now), BigInt(place.instructionReference));
    t.deepEqual((await client.threadsRequest()).body.threads.length, 1);
    await client.disconnectRequest();
  },
);

test.serial("an editor that counts lines from 0", async (t) => {
  const line = lineWith("calls++") - 1;
  const { path, file } = await shapes(t);
  const one = editor(t);
  const words = { pattern: "shape_suite.is_green", machine: MACHINE, cwd: path, break: "case" };
  const breakpoints = [{ line }];
  const set = async (): Promise<void> => {
    const { body } = await one.client.setBreakpointsRequest({
      source: { path: file("shape.c") },
      breakpoints,
    });
    t.like(body.breakpoints, [{ verified: true, line }]);
  };
  await one.launch(words, set, { linesStartAt1: false });
  await one.stop();
  t.like((await one.frames())[0], { line: lineWith("calls >= 0") - 1, column: 0 });
  const { targets } = (await one.client.send("completions", { text: "info local", column: 10 })).body as {
    readonly targets: readonly object[];
  };
  t.deepEqual(targets, [{ label: "locals" }]);
  await one.client.disconnectRequest();
});

test.serial("memory is written, and what cannot be is refused", async (t) => {
  const one = await ofShapes(t, {});
  await one.stop();
  const at = /0x[0-9a-f]+/.exec(await one.value("&calls"))?.[0] ?? "";
  const data = Buffer.from([5, 0, 0, 0]).toString("base64");
  const written = await one.client.send("writeMemory", { memoryReference: at, data });
  t.deepEqual(written.body, { bytesWritten: 4 });
  t.is(await one.value("calls"), "5");
  const far = { memoryReference: "0xfffffffffffff000", data };
  t.regex(await refused(one.client.send("writeMemory", far)), /^Cannot access memory at address 0xf+000$/);
  await one.client.disconnectRequest();
});

test.serial("a guest that runs: pause, breakpoints that are set meanwhile, and commands", async (t) => {
  const source = { path: join(ROOT, "suites/ukdebug/ending.c") };
  const lines = readFileSync(source.path, "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes("while (forever)")) + 1;
  const one = editor(t);
  await one.launch({ pattern: "ukdebug_endless", machine: MACHINE, caseTimeout: 600 }, () =>
    one.client.setBreakpointsRequest({ source, breakpoints: [{ line }] }),
  );
  await one.stop();
  await one.client.setBreakpointsRequest({ source, breakpoints: [] });
  await one.client.continueRequest({ threadId: 1 });
  t.is((await one.client.threadsRequest()).body.threads.length, 1);
  t.regex(
    await refused(one.client.evaluateRequest({ expression: "1", context: "watch" })),
    /^the guest runs: pause it first$/,
  );
  const far = { source, breakpoints: [{ line: line + 2 }] };
  t.like((await one.client.setBreakpointsRequest(far)).body.breakpoints, [{ verified: true }]);
  t.is(one.events.filter(({ event }) => event === "stopped").length, 1, "the guest runs on");
  await one.client.pauseRequest({ threadId: 1 });
  t.is((await one.stop()).reason, "pause");
  t.is(await one.value("forever"), "1");
  await one.client.evaluateRequest({ expression: "set var forever = 0", context: "repl" });
  await one.client.evaluateRequest({ expression: "continue", context: "repl" });
  t.is((await one.stop()).reason, "breakpoint", "what was set while it ran");
  t.true(one.events.some(({ event }) => event === "continued"));
  await one.client.continueRequest({ threadId: 1 });
  t.true(await one.ends());
  t.is(one.exitCode(), 0);
  await one.client.disconnectRequest();
});

test.serial("kinds of red that are turned off are passed", async (t) => {
  const one = await ofShapes(t, {}, ({ client }) =>
    client.setExceptionBreakpointsRequest({ filters: ["fault", "finding"] }),
  );
  t.true(await one.ends());
  t.false(one.events.some(({ event }) => event === "stopped"));
  t.is(one.exitCode(), 1, "it is red all the same");
  await one.client.disconnectRequest();
});

test.serial("a core shows what has died, and does not run", async (t) => {
  const { path } = scratch(t);
  const words = ["run", "ukdebug_null_write", "-m", MACHINE, "--record", path];
  t.is((await uktest(words, { cwd: ROOT })).code, 1);
  const one = editor(t);
  await one.launch({ core: path });
  const { reason, text = "" } = await one.stop();
  t.is(reason, "exception");
  t.regex(text, /^ukdebug_null_write\.through_a_pointer: page fault at 0x0/);
  const frames = await one.frames();
  t.deepEqual(
    frames.slice(0, 2).map((frame) => frame.name),
    ["write_to", "_uk_testsuite_ukdebug_null_write_case_through_a_pointer"],
  );
  t.is(await one.value("pointer"), "0x0");
  const answer = await refused(one.client.continueRequest({ threadId: 1 }));
  t.regex(answer, /^a core does not run: /);
  for (const how of ["stepBack", "reverseContinue"])
    t.is(await refused(one.client.send(how, { threadId: 1 })), answer, how);
  const all = one.processes();
  await one.client.disconnectRequest();
  t.is(await one.left(), 0);
  t.true(await until(() => all.every((pid) => !one.processes().includes(pid) || pid === one.child.pid)));

  const folder = join(path, "run-0001/cores");
  const core = join(folder, readdirSync(folder).find((name) => name.endsWith(".core")) ?? "");
  writeFileSync(core, Buffer.alloc(64), { flag: "r+" });
  const damaged = editor(t);
  t.regex(await refused(damaged.launch({ core })), /\.core shows gdb no thread: the record is not whole$/);
  await damaged.client.disconnectRequest();
});
