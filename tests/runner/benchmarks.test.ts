/**
 * Benchmarks of a real guest on every machine: instructions are counted to the last one, in each boot the same; a failure in a
 * round is one, a guest that dies in one keeps its cause, and a machine that counts no instructions measures times.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { readCommand } from "../../src/cli/args.js";
import { UsageError } from "../../src/core/errors.js";
import { documentOf, MACHINES, ROOT, runKit } from "./kit.js";

const SOURCE = readFileSync(join(ROOT, "suites/uktest-bench/bench.c"), "utf8").split("\n");
const lineOf = (code: string): number => SOURCE.findIndex((line) => line.includes(code)) + 1;
/** Turns of the loops in the suite. */
const TURNS = 1000;

type Numbers = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What was measured of each case, by name. */
const numbersIn = (document: ReturnType<typeof documentOf>): Numbers =>
  Object.fromEntries(
    document.suites.flatMap(({ cases }) =>
      cases.map((one) => {
        const { measurements = [] } = one as { measurements?: { name: string; value: number }[] };
        return [one.name, Object.fromEntries(measurements.map(({ name, value }) => [name, value]))];
      }),
    ),
  );

const statusesIn = ({ suites }: ReturnType<typeof documentOf>): Readonly<Record<string, string>> =>
  Object.fromEntries(suites.flatMap(({ cases }) => cases.map(({ name, status }) => [name, status])));

const COUNTED = ["a_nothing", "b_one", "c_two", "d_computes", "e_within", "f_exceeds", "g_asserts"];
const WITH_ROUNDS = {
  ...Object.fromEntries([...COUNTED, "k_plain"].map((name) => [name, "passed"])),
  ...{ h_fails: "failed", i_fails_later: "failed", j_skips: "skipped", z_crashes: "crashed" },
};

for (const machine of turns(
  MACHINES.filter((name) => name !== "v86"),
  "runner/benchmarks",
))
  test(`instructions are counted to the last one on ${machine}, in each boot the same`, async (t) => {
    t.timeout(600_000);
    const run = await runKit("uktest-bench", "-m", machine, "--bench", "-r", "json");
    t.is(run.code, 1, run.stderr);
    const document = documentOf(run);
    t.deepEqual(statusesIn(document), WITH_ROUNDS);
    const numbers = numbersIn(document);
    t.deepEqual(
      Object.keys(numbers)
        .filter((name) => numbers[name]?.["instructions"] !== undefined)
        .sort(),
      COUNTED,
    );
    const of = (name: string): number => numbers[name]?.["instructions"] ?? -1;
    t.is(of("a_nothing"), 0);
    t.is(of("c_two") - of("b_one"), TURNS);
    t.is(of("e_within"), 3);
    t.is(of("f_exceeds"), 4);
    t.true(of("d_computes") > 0);
    for (const name of COUNTED)
      t.is(numbers[name]?.["instructions_min"], numbers[name]?.["instructions_max"], name);
    t.deepEqual(
      document.findings.map(({ check, file, line, case: name }) => [check, `${file}:${String(line)}`, name]),
      [
        [
          "instructions",
          `suites/uktest-bench/bench.c:${String(lineOf("f_exceeds)"))}`,
          "uktest_bench.f_exceeds",
        ],
      ],
    );
    t.deepEqual(
      document.faults.map(({ title, case: name }) => [title, name]),
      [["the second round", "uktest_bench.z_crashes"]],
    );
    t.deepEqual(document.problems, []);
    // Another boot, of other cases, in other rounds.
    const few = COUNTED.filter((name) => name !== "f_exceeds");
    const names = few.map((name) => `uktest_bench.${name}`);
    const again = await runKit(...names, "-m", machine, "--bench", "--bench-rounds", "3", "-r", "json");
    t.is(again.code, 0, again.stderr);
    const second = numbersIn(documentOf(again));
    for (const name of few) t.deepEqual(second[name], numbers[name], name);
  });

test("a failure in a later round is one of the assertion, at its line", async (t) => {
  const run = await runKit("uktest_bench.i_*", "-m", "qemu-x86_64", "--bench", "-r", "json");
  t.is(run.code, 1);
  const [one] = documentOf(run).suites[0]?.cases ?? [];
  t.deepEqual(
    one?.assertions.map(({ status, line }) => [status, line]),
    [
      ["passed", undefined],
      ["failed", lineOf("++runs_of_fails_later")],
    ],
  );
});

test("without the option a benchmark is a case that runs once, and nothing is counted", async (t) => {
  const run = await runKit("uktest-bench", "-m", "qemu-x86_64", "-r", "json");
  t.is(run.code, 1);
  const document = documentOf(run);
  t.deepEqual(statusesIn(document), { ...WITH_ROUNDS, i_fails_later: "passed", z_crashes: "passed" });
  t.deepEqual(document.findings, []);
  t.true(Object.values(numbersIn(document)).every((all) => !("instructions" in all)));
});

test("v86 counts no instructions: it measures times, which break no limit", async (t) => {
  t.timeout(600_000);
  const names = COUNTED.map((name) => `uktest_bench.${name}`);
  const run = await runKit(...names, "-m", "v86", "--bench", "--bench-rounds", "4", "-r", "json");
  t.is(run.code, 0, run.stderr);
  const document = documentOf(run);
  const numbers = numbersIn(document);
  for (const name of COUNTED) {
    t.deepEqual(Object.keys(numbers[name] ?? {}), ["nanoseconds", "nanoseconds_mad"]);
    t.true((numbers[name]?.["nanoseconds"] ?? -1) >= 0);
  }
  t.deepEqual(
    document.problems.map(({ code, grade }) => [code, grade]),
    [
      ["unmeasured-case", "warning"],
      ["unmeasured-case", "warning"],
    ],
  );
});

test("what cannot be counted is refused with what to do", async (t) => {
  for (const [words, message] of [
    ["--bench-rounds 3", /^--bench-rounds goes with --bench$/],
    ["--bench-max-growth 3", /^--bench-max-growth goes with --bench$/],
    ["--bench --bench-rounds 0", /at least 1/],
    ["--bench --bench-rounds 5000", /4096 at the most/],
    ["--bench --accel kvm", /without --accel kvm/],
    ["--bench --coverage", /without --coverage/],
    ["--bench --bench-max-growth 3", /goes with --baseline/],
    ["--bench --bench-max-growth=-1 --baseline x", /number from 0/],
    ["--bench --bench-max-growth= --baseline x", /bench-max-growth/],
  ] as const)
    await t.throwsAsync(
      readCommand(["run", ...words.split(" ")]),
      { instanceOf: UsageError, message },
      words,
    );
  const other = await runKit("ukbits", "-m", "v86", "--bench", "--bench-max-growth", "3", "--baseline", "x");
  t.is(other.code, 2);
  t.regex(other.stderr, /v86 measures times/);
});

test("a run that has no benchmark says so", async (t) => {
  const { code, stderr } = await runKit("ukbits", "-m", "v86", "--bench");
  t.is(code, 0, stderr);
  t.regex(stderr, /^uktest: no benchmark was counted: UK_TEST_BENCH/m);
});
