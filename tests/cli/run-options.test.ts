/**
 * Options that steer a run: what each value means, and that nothing else is taken for one.
 */
import test from "ava";
import { readCommand } from "../../src/cli/args.js";
import { againCommand } from "../../src/delivery/rerun-command.js";
import { buildFault } from "../../src/run/boots/build-fault.js";
import type { RunArguments } from "../../src/run/arguments.js";
import { UsageError } from "../../src/core/errors.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { RunModel } from "../../src/core/model.js";

async function runOf(...argv: readonly string[]): Promise<RunArguments> {
  const command = await readCommand(["run", ...argv]);
  if (command.name !== "run") throw new Error(command.name);
  return command.args;
}

test("what is not said", async (t) => {
  const args = await runOf();
  t.like(args, {
    isolation: "auto",
    maxCrashes: 100,
    retries: 0,
    flaky: "fail",
    repeat: 1,
    untilFail: false,
    verifyIsolation: false,
    require: "console",
    limits: {},
  });
  for (const absent of ["failFast", "shard", "shuffle", "runTimeoutMs", "jobs", "changed"])
    t.false(absent in args, absent);
});

test("what values mean", async (t) => {
  const rows: readonly (readonly [words: string, meant: Partial<RunArguments>])[] = [
    ["--shard 2/3", { shard: { index: 2, total: 3 } }],
    ["--changed", { changed: "HEAD" }],
    ["--changed=main", { changed: "main" }],
    ["--shard=1/1", { shard: { index: 1, total: 1 } }],
    ["--fail-fast", { failFast: 1 }],
    ["--fail-fast=3", { failFast: 3 }],
    ["--fail-fast=0", { failFast: 1 }],
    ["--shuffle=0", { shuffle: 0 }],
    ["--shuffle=77", { shuffle: 77 }],
    ["--retries 2", { retries: 2 }],
    ["--retries 0", { retries: 0 }],
    ["--flaky pass", { flaky: "pass" }],
    ["--repeat 5", { repeat: 5 }],
    ["--until-fail", { untilFail: true, repeat: 1000 }],
    ["--until-fail --repeat 9", { untilFail: true, repeat: 9 }],
    ["--jobs 4", { jobs: 4 }],
    ["-j 1", { jobs: 1 }],
    ["--run-timeout 1.5", { runTimeoutMs: 1500 }],
    ["--case-timeout 0.25", { limits: { caseMs: 250 } }],
    ["--isolate case", { isolation: "case" }],
    ["--isolate off", { isolation: "off" }],
    ["--max-crashes 0", { maxCrashes: 0 }],
    ["--verify-isolation", { verifyIsolation: true }],
    ["--require memory", { require: "memory" }],
  ];
  for (const [words, meant] of rows) t.like(await runOf(...words.split(" ")), meant, words);
});

test("a seed is made up where none is given, and it is one that can be given", async (t) => {
  for (const words of [["--shuffle"], ["--shuffle", "--keep"]]) {
    const { shuffle } = await runOf(...words);
    t.true(Number.isInteger(shuffle) && (shuffle ?? -1) >= 0 && (shuffle ?? 1e9) < 1e6, String(shuffle));
    t.is((await runOf(`--shuffle=${String(shuffle)}`)).shuffle, shuffle);
  }
});

test("wrong values are told", async (t) => {
  const wrong = [
    ...["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", "1/0", "0/0", "1.5/2", "", "1/123456"].map(
      (one) => `--shard=${one}`,
    ),
    ...["x", "-1", "1.5"].map((one) => `--fail-fast=${one}`),
    ...["x", "-1", "0.5", "12345678"].map((one) => `--shuffle=${one}`),
    ...["-1", "1.5", "x", "1e99"].map((one) => `--retries=${one}`),
    ...["0", "-1", "x", "1.5"].map((one) => `--repeat=${one}`),
    ...["0", "-2", "x"].map((one) => `--jobs=${one}`),
    ...["0", "-1", "x", "Infinity", "NaN"].map((one) => `--run-timeout=${one}`),
    ...["0", "-1", "x"].map((one) => `--case-timeout=${one}`),
    ...["-1", "x"].map((one) => `--max-crashes=${one}`),
    "--flaky=maybe",
    "--isolate=some",
    "--require=nothing",
  ];
  for (const word of wrong) await t.throwsAsync(runOf(word), { instanceOf: UsageError }, word);
  for (const twice of [
    ["--shard=1/2", "--shard=2/2"],
    ["--retries=1", "--retries=2"],
    ["--shuffle=1", "--shuffle=2"],
  ])
    await t.throwsAsync(runOf(...twice), { instanceOf: UsageError }, twice.join(" "));
});

test("a word that is no number is shown as it was typed", async (t) => {
  for (const words of [["--max-leak=1k"], ["--max-leak", "1k"]])
    t.like(await t.throwsAsync(runOf(...words), { instanceOf: UsageError }), { hint: "it is 1k" });
  t.like(await t.throwsAsync(runOf("--timeout=soon"), { instanceOf: UsageError }), { hint: "it is soon" });
  // The long name does not stand there, so that nothing is known of the word.
  t.like(await t.throwsAsync(runOf("-j", "many"), { instanceOf: UsageError }), { hint: "it is NaN" });
});

test("no option takes an empty value, and none counts it as 0", async (t) => {
  const command = await readCommand(["run", "--help"]);
  const help = command.name === "text" ? command.text : "";
  // Those whose value may be left out are texts to the parser.
  const numeric = help.split(/\n(?= +(?:-\w, )?--)/).flatMap((entry) => {
    const [, short, long = ""] = /^ +(?:(-\w), )?(--[a-z-]+)/.exec(entry) ?? [];
    const isNumber = /\[number\]/.test(entry) || /^--(?:fail-fast|shuffle)$/.test(long);
    return isNumber ? [long, ...(short === undefined ? [] : [short])] : [];
  });
  for (const known of ["--retries", "--jobs", "-j", "--case-timeout", "--repeat", "--fail-fast"])
    t.true(numeric.includes(known), known);
  for (const option of [...numeric, "--machine", "--image"])
    for (const words of [[`${option}=`], [`${option}= `], [option, ""], [option, " "]])
      await t.throwsAsync(
        runOf(...words),
        { instanceOf: UsageError, message: `${option} is empty` },
        words.join("|"),
      );
  await t.throwsAsync(readCommand(["merge", "a", "--expect="]), { message: "--expect is empty" });
  t.deepEqual((await runOf("--keep", "--", "--retries=")).patterns, ["--retries="]);
  t.like(await runOf("--retries=0x3"), { retries: 3 });
});

const modelOf = (...cases: readonly (readonly [name: string, status: CaseStatus])[]): RunModel =>
  ({
    policy: { ubsan: "fail" },
    suites: [{ boot: "b1", name: "s", cases: cases.map(([name, status]) => ({ suite: "s", name, status })) }],
    findings: [],
  }) as unknown as RunModel;

test("the command that runs just the red cases again", (t) => {
  const some = modelOf(
    ["a", "passed"],
    ["b/one", "failed"],
    ["b/two", "crashed"],
    ["c", "not-run"],
    ["d", "skipped"],
  );
  t.is(againCommand(some, ["p"], ["-m", "v86"]), "uktest run s.b/one s.b/two s.c -m v86");
  t.is(againCommand(modelOf(["a", "passed"]), ["p"], []), undefined);
  const named = (count: number): RunModel =>
    modelOf(...Array.from({ length: count }, (_, at) => [`c${String(at)}`, "failed"] as const));
  t.is(againCommand(named(20), ["p"], [])?.split(" ").length, 22);
  t.is(againCommand(named(21), ["p", "q"], ["--keep"]), "uktest run p q --keep");
  const labelled = modelOf(...Array.from({ length: 21 }, (_, at) => [`c/${String(at)}`, "failed"] as const));
  t.is(againCommand(labelled, ["p"], []), "uktest run s.c", "the case, where its parameters are too many");
  const findings = [
    { kind: "UBSAN", check: "x", message: "x", file: "a.c", line: 1, case: "s.a/1" },
  ] as unknown as RunModel["findings"];
  const found = { ...modelOf(["a/1", "passed"], ["b", "passed"]), findings };
  t.is(againCommand(found, ["p"], []), "uktest run s.a/1");
  t.is(againCommand({ ...found, policy: { ...found.policy, ubsan: "warn" } }, ["p"], []), undefined);
});

test("what a compiler complained about, as a fault", (t) => {
  const output = [
    "",
    "a.c:3:9: error: expected ';'",
    "  ",
    ...Array.from({ length: 50 }, (_, at) => `line ${String(at)}`),
  ];
  const failure = {
    diagnostics: [{ file: "a.c", line: 3, column: 9, message: "expected ';'" }],
    output: output.join("\n"),
  } as unknown as Parameters<typeof buildFault>[1];
  const fault = buildFault("prog", failure);
  t.like(fault, { kind: "build", title: "prog does not build: a.c:3: expected ';'", file: "a.c", line: 3 });
  t.is(fault.excerpt.length, 40);
  t.deepEqual(fault.excerpt[0], { line: 1, text: "a.c:3:9: error: expected ';'" });
  const mute = buildFault("prog", { ...failure, diagnostics: [], output: "" });
  t.is(mute.title, "prog does not build: no reason was given");
  t.false("file" in mute);
  t.deepEqual(mute.excerpt, []);
  const nowhere = buildFault("prog", {
    ...failure,
    diagnostics: [{ message: "undefined reference to `f'" }],
  });
  t.is(nowhere.title, "prog does not build: undefined reference to `f'");
});
