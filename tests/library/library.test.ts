/**
 * The library as a program uses it: events, results, errors, ends. What a run means is tested where it is made; here it is
 * that nothing is lost on the way, nothing is printed and nothing goes on afterwards.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { list, merge, report, RigError, run, type RunEvent, UsageError } from "../../src/index.js";
import { runOf } from "../../src/library/event-stream.js";
import { LOGS, scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { conclusions, read, serialLogs } from "../reading.js";

const log = (name: string): string => join(LOGS, name);
const GREEN = log("v0.17-x86_64-all-suites-pass.log");

test("a log has the events, the model and the verdict of the command line", async (t) => {
  for (const name of serialLogs) {
    const reading = report(log(name));
    const events: RunEvent[] = [];
    for await (const event of reading) events.push(event);
    const { model, ...verdict } = await reading.result();
    t.deepEqual(conclusions(model), conclusions(read(readFileSync(log(name)))), name);
    t.is(events[0]?.type, "run-started");
    t.is(events.at(-1)?.type, "run-finished");
    const said = await uktest(["report", log(name), "-r", "lines"]);
    t.deepEqual<unknown, unknown>(verdict.exitCode, said.code, name);
    t.regex(said.stdout, new RegExp(`^VERDICT ${verdict.verdict}`, "m"), name);
  }
});

test("the result alone is enough, and is the same however often it is asked for", async (t) => {
  const reading = report([GREEN]);
  const first = await reading.result();
  t.is(first.verdict, "passed");
  t.deepEqual(await reading.result(), first);
});

test("several logs are one run, and the policy is that of the options", async (t) => {
  const red = log("v0.17-x86_64-failures-ubsan-noise.log");
  const both = await report([GREEN, red]).result();
  t.is(both.model.boots.length, 2);
  t.is(both.verdict, "failed");
  const off = await report(red, { ubsan: "off" }).result();
  t.is(off.model.policy.ubsan, "off");
});

test("what cannot be read is an error of its kind, from the loop and from the result", async (t) => {
  const missing = report("/no/such.log");
  const error = await t.throwsAsync(async () => {
    for await (const event of missing) t.fail(event.type);
  });
  t.true(error instanceof UsageError && /serial log/.test(error.hint ?? ""));
  t.is(await t.throwsAsync(missing.result()), error);
  await t.throwsAsync(report("-", { image: "/no/such.image" }).result(), { instanceOf: RigError });
  await t.throwsAsync(run({ machine: "abacus" }).result(), { instanceOf: UsageError });
  await t.throwsAsync(list({ image: "/no/such.image" }), { instanceOf: RigError });
});

test("options that a program has wrong are refused before anything is read", async (t) => {
  const wrong = (value: unknown): never => value as never;
  for (const [made, words] of [
    [() => report(GREEN, { ubsan: wrong("Fail") }).result(), /ubsan: Fail: unknown value/],
    [() => report(GREEN, { ubsan: wrong(null) }).result(), /ubsan: null/],
    [() => report(GREEN, wrong(null)).result(), /options are no object/],
    [() => report([]).result(), /sources have to be a list/],
    [() => report(wrong(5)).result(), /sources have to be a list/],
    [() => merge(wrong("a")).result(), /records have to be a list/],
    [() => run({ patterns: wrong("x") }).result(), /patterns have to be a list/],
    [() => run({ isolate: wrong("on") }).result(), /isolate: on/],
    [() => list({ compiler: wrong("tcc") }), /compiler: tcc/],
  ] as const)
    await t.throwsAsync(async () => made(), { instanceOf: UsageError, message: words });
});

test("a run that was left before its end has no result", async (t) => {
  const reading = report(GREEN);
  for await (const { type } of reading) if (type === "case-finished") break;
  await t.throwsAsync(reading.result(), { message: /not read to its end/ });
});

test("a source that fails in the middle has no result either", async (t) => {
  const broken = runOf(() =>
    Promise.resolve(
      (async function* () {
        yield await Promise.resolve([]);
        throw new RigError("the machine is gone", "look for it");
      })(),
    ),
  );
  await t.throwsAsync(broken.result(), { message: "the machine is gone" });
});

for (const machine of turns(["qemu-x86_64", "v86"] as const, "library/library")) {
  test.serial(`${machine}: a run, its plan, and one that is stopped`, async (t) => {
    const lines: string[] = [];
    const [plan] = await list({ patterns: ["ukargparse"], machine });
    const whole = run({ patterns: ["ukargparse"], machine, log: (line) => lines.push(line) });
    const { verdict, evidence, model } = await whole.result();
    t.deepEqual([verdict, evidence], ["passed", "memory"]);
    t.deepEqual(model.suites.map(({ name }) => name).sort(), plan?.suites.map(({ name }) => name).sort());
    const stop = new AbortController();
    const stopped = run({ patterns: ["ukargparse"], machine, signal: stop.signal });
    for await (const { type } of stopped) if (type === "boot-started") stop.abort("enough");
    const late = await stopped.result();
    t.is(late.verdict, "failed");
    t.true(late.model.problems.some(({ code }) => code === "incomplete-run"));
    // Leaving the loop ends the machine: the process of this test would wait for it.
    for await (const { type } of run({ patterns: ["ukargparse"], machine }))
      if (type === "boot-started") break;
  });
}

test.serial(
  "coverage and values of the store are in the model, and wrong options of them are errors",
  async (t) => {
    const { path, put } = scratch(t);
    put("twice.c", "int twice(int x)\n{\n\treturn 2 * x;\n}\n");
    put(
      "test_twice.c",
      "#include <uk/test.h>\nint twice(int x);\n" +
        "UK_TESTCASE(twice, doubles)\n{\n\tUK_TEST_EXPECT_SNUM_EQ(twice(2), 4);\n}\n" +
        "uk_testsuite_register(twice, NULL);\n",
    );
    const config = join(path, "uktest.config.json");
    put("uktest.config.json", '{ "suites": { "twice": { "sources": ["*.c"], "libraries": ["ukstore"] } } }');
    await putKitObjects(path, ["v86"]);
    const going = run({ config, machine: "v86", coverage: "gcc", coverageMin: 100, store: true });
    const { verdict, model } = await going.result();
    t.is(verdict, "passed");
    const lines = model.coverage?.files.map((file) => [file.path, [...file.lines.keys()]]);
    t.deepEqual(lines, [["twice.c", [1, 3]]]);
    t.true(model.boots.some(({ values = [] }) => values.length > 0));
    for (const options of [
      { coverage: "lines" },
      { coverageMin: 50 },
      { coverage: "object", coverageMin: 101 },
      { coverage: "gcc", compiler: "clang" },
      { coverage: "gcc", bench: 3 },
      { bench: 0 },
      { bench: 1.5 },
      { bench: 3, machine: "qemu-x86_64", acceleration: "kvm", patterns: ["nolibc"] },
    ])
      await t.throwsAsync(run(options as never).result(), { instanceOf: UsageError });
  },
);

test("records are joined", async (t) => {
  const { path: folder } = scratch(t);
  for (const [name, of] of [
    ["a", GREEN],
    ["b", log("v0.18-x86_64-probed-hole.log")],
  ] as const)
    await uktest(["report", of, "-r", `events=${join(folder, `${name}.jsonl`)}`]);
  const both = await merge([join(folder, "a.jsonl"), join(folder, "b.jsonl")], { expect: 2 }).result();
  t.is(both.verdict, "passed");
  t.is(both.model.boots.length, 2);
  const lost = await merge([join(folder, "a.jsonl")], { expect: 2 }).result();
  t.is(lost.verdict, "failed");
});
