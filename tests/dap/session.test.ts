/** A whole session as an editor has it, on each processor: breakpoints, the stop at the failure, variables, steps, the end. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { ROOT } from "../runner/kit.js";
import { editor } from "./editor.js";
import { lineWith, shapes } from "./shapes.js";

for (const machine of turns(["qemu-x86_64", "qemu-arm64"], "dap/session"))
  test.serial(`from the breakpoint over the failure to the end on ${machine}`, async (t) => {
    const { path, file } = await shapes(t, [machine]);
    const one = editor(t);
    const source = { path: file("shape.c") };
    const line = lineWith("sum += ");
    await one.launch({ pattern: "shape_suite.has_area", machine, cwd: path }, async () => {
      const { body } = await one.client.setBreakpointsRequest({ source, breakpoints: [{ line }] });
      t.like(body.breakpoints[0], { verified: true, line });
    });

    const first = await one.stop();
    t.is(first.reason, "breakpoint");
    const [inner, outer] = await one.frames();
    t.like(inner, { name: "area", line, source: { path: file("shape.c") } });
    t.is(outer?.name, "_uk_testsuite_shape_suite_case_has_area");
    const [shape] = await one.variables("Arguments");
    t.like(shape, { name: "shape", type: "const struct shape *" });
    const members = await one.inside(shape);
    t.deepEqual(
      members.map(({ name }) => name),
      ["name", "corners", "next"],
    );
    t.regex(members[0]?.value ?? "", /"last"$/);
    const corners = await one.inside(members[1]);
    t.deepEqual(
      corners.map(({ name, evaluateName }) => [name, evaluateName]),
      [0, 1, 2].map((at) => [`[${String(at)}]`, `shape->corners[${String(at)}]`]),
    );
    t.is(members[1]?.indexedVariables, 3);
    const [x] = await one.inside(corners[1]);
    t.like(x, { name: "x", value: "3", evaluateName: "shape->corners[1].x" });
    t.is(await one.value(x?.evaluateName ?? ""), "3");
    t.true((await one.variables("Registers")).length > 10);

    t.is(await one.value("shape->corners[2].y * 10", "hover"), "60");
    t.regex(await one.value("print sum + 41", "repl"), /^\$1 = 41$/);
    t.is(await one.value("*shape"), (await one.value("print *shape", "repl")).replace(/^\$2 = /, ""));

    await one.client.nextRequest({ threadId: 1 });
    t.is((await one.stop()).reason, "step");
    await one.client.setBreakpointsRequest({ source, breakpoints: [] });
    await one.client.stepOutRequest({ threadId: 1 });
    await one.stop();
    t.is((await one.frames())[0]?.name, "_uk_testsuite_shape_suite_case_has_area");
    await one.client.continueRequest({ threadId: 1 });

    const failed = await one.stop();
    t.is(failed.reason, "exception");
    t.regex(
      failed.text ?? "",
      /^shape_suite\.has_area: expected `found` to be 45 but was 44 \(shape\.c:\d+\)$/,
    );
    const [frame] = await one.frames();
    t.like(frame, { name: "_uk_testsuite_shape_suite_case_has_area", line: lineWith("(found, 45)") });
    const locals = await one.variables("Locals");
    t.like(
      locals.find(({ name }) => name === "found"),
      { value: "44" },
    );
    const scope = (await one.client.scopesRequest({ frameId: frame?.id ?? 0 })).body.scopes[1];
    const set = { variablesReference: scope?.variablesReference ?? 0, name: "found", value: "46" };
    t.is((await one.client.setVariableRequest(set)).body.value, "46");
    t.is(await one.value("found"), "46");
    const info = await one.client.exceptionInfoRequest({ threadId: 1 });
    t.like(info.body, { exceptionId: "assertion", description: failed.text });

    await one.client.nextRequest({ threadId: 1 });
    t.is((await one.stop()).reason, "step");
    t.like((await one.frames())[0], { line: lineWith("found = area(first.next)") });
    await one.client.stepInRequest({ threadId: 1 });
    await one.stop();
    t.is((await one.frames())[0]?.name, "area");
    await one.client.continueRequest({ threadId: 1 });
    t.true(await one.ends());
    t.is(one.exitCode(), 1);
    t.regex(one.printed("stdout"), /shape_suite->has_area[\s\S]*FAILED[\s\S]*\[ PASSED \]/);
    await one.client.disconnectRequest();
    t.is(await one.left(), 0);
  });

test.serial("where each kind of red stops, and what is on top of its frames", async (t) => {
  const lineOf = (path: string, text: string): number =>
    readFileSync(join(ROOT, path), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;
  const MEMORY = "suites/ukdebug/memory.c";
  const ARITHMETIC = "suites/ubsan/arithmetic.c";
  const rows = [
    {
      words: { pattern: "ukdebug_null_write.through_a_pointer" },
      kind: "fault",
      says: /page fault at 0x0/,
      top: { name: "write_to", line: lineOf(MEMORY, "*(volatile int *)pointer = 42") },
      next: "_uk_testsuite_ukdebug_null_write_case_through_a_pointer",
    },
    {
      words: { pattern: "ubsan_arithmetic.add_overflow" },
      kind: "finding",
      says: /undefined behavior: signed integer overflow/,
      top: {
        name: "_uk_testsuite_ubsan_arithmetic_case_add_overflow",
        line: lineOf(ARITHMETIC, "UB: signed-integer-overflow"),
      },
      next: "call_case",
    },
    {
      words: { pattern: "ukdebug_endless", caseTimeout: 1 },
      kind: "limit",
      says: /^ukdebug_endless\.loop: stopped after 1 s, the limit of a case$/,
      top: { name: "_uk_testsuite_ukdebug_endless_case_loop" },
      next: "call_case",
    },
  ];
  for (const { words, kind, says, top, next } of rows) {
    const one = editor(t);
    await one.launch({ machine: "qemu-x86_64", ...words });
    const { reason, text = "" } = await one.stop();
    t.is(reason, "exception", kind);
    t.regex(text, says);
    const frames = await one.frames();
    t.like(frames[0], top);
    t.is(frames[1]?.name, next);
    t.is((await one.client.exceptionInfoRequest({ threadId: 1 })).body.exceptionId, kind);
    await one.client.disconnectRequest();
  }
});

test.serial("a case that passes says so, and ends with 0", async (t) => {
  const { path } = await shapes(t);
  const one = editor(t);
  await one.launch({ pattern: "shape_suite.is_green", machine: "qemu-x86_64", cwd: path });
  t.true(await one.ends());
  t.is(one.exitCode(), 0);
  t.regex(
    one.printed("console"),
    /^uktest: shape_suite\.is_green passed, so there was nothing to stop at: /m,
  );
  t.false(one.events.some(({ event }) => event === "stopped"));
  await one.client.disconnectRequest();
  t.is(await one.left(), 0);
});
