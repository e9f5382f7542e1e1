/**
 * A log held against the image that ran: what never ran, what was never reached, what can never run, and the lines that
 * only the image knows.
 */
import test from "ava";
import { BANNER, generations } from "../console.js";
import { compile, imageOf, newPath } from "../image/images.js";
import { casesIn, codesIn, type Document, documentOf } from "./document.js";
import { scratch, uktest } from "./run.js";

const now = generations["0.11-0.20 with time"];
const pass = (name: string): string => now.passed(`expected \`${name}\` to be true`);

/** Every planned case of first.c and second.c with all its results, in the order of the boot. */
const WHOLE: Readonly<Record<string, string>> = {
  "at_start->only": pass("a"),
  "foo_bar->eta": pass("a"),
  "foo_bar->zeta": pass("a"),
  "foo->alpha": pass("a") + pass("b") + pass("b"),
  "foo->bar_eta": "",
  "foo->beta": pass("a") + pass("i") + pass("i") + pass("i") + pass("i"),
  "strange->last": pass("a"),
};

const logOf = (cases: Readonly<Record<string, string>>): string =>
  Object.entries(cases)
    .map(([key, results]) => {
      const [suite = "", name = ""] = key.split("->");
      return now.header(suite, name) + results;
    })
    .join("") + BANNER;

const without = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(WHOLE).filter(([key]) => key !== name));

const caseIn = (document: Document, suite: string, name: string) =>
  document.suites.find((one) => one.name === suite)?.cases.find((one) => one.name === name);

test.serial(
  "a run that keeps its plan is green by the plan, and passed results have their lines",
  async (t) => {
    const { put } = scratch(t);
    const image = compile("x86_64", ["helper.c"]);
    const log = put("run.log", now.header("helped", "only") + pass("x") + BANNER);
    const { code, stdout } = await uktest(["report", log, "--image", image, "-r", "json"]);
    const document = documentOf(stdout);
    t.deepEqual([code, document.evidence], [0, "plan"]);
    t.deepEqual(document.problems, []);
    const only = caseIn(document, "helped", "only");
    t.like(only, { status: "passed", evidence: "plan", file: "helper.c", line: 10 });
    t.like(only?.assertions, [{ status: "passed", file: "helper.c", line: 12 }]);
    // The same log without the image is green by nothing but its own word.
    t.is(documentOf((await uktest(["report", log, "-r", "json"])).stdout).evidence, "console");
  },
);

test.serial(
  "a whole run of an image with orphans is red for the orphans alone, and they are named",
  async (t) => {
    const { put } = scratch(t);
    const log = put("run.log", logOf(WHOLE));
    const { code, stdout } = await uktest(["report", log, "--image", imageOf("x86_64"), "-r", "json"]);
    const document = documentOf(stdout);
    t.is(code, 1);
    t.deepEqual(
      [...casesIn(document)].sort(),
      Object.keys(WHOLE)
        .map((key) => `${key.replace("->", ".")} passed`)
        .sort(),
    );
    t.deepEqual(codesIn(document), ["orphan-case", "orphan-case"]);
    const orphans = document.problems.map(({ message }) => message).join("\n");
    for (const name of ["a_gone_too.lost", "gone.lost", "first.c"]) t.true(orphans.includes(name), name);
    t.deepEqual(
      caseIn(document, "foo", "alpha")?.assertions.map(({ line }) => line),
      [6, 7, 7],
      "a site in a loop keeps its line",
    );
    t.deepEqual(
      caseIn(document, "foo", "beta")?.assertions.map(({ line }) => line),
      [12, 15, 15, 15, 15],
    );
  },
);

test.serial("a planned case without a result did not run, and says why", async (t) => {
  const { put } = scratch(t);
  const image = imageOf("x86_64");
  for (const [missing, reason] of [
    ["strange->last", /suite never ran/],
    ["foo->bar_eta", /its suite ran/],
    ["foo->alpha", /its suite ran/],
  ] as const) {
    const log = put("run.log", logOf(without(missing)));
    const { code, stdout } = await uktest(["report", log, "--image", image, "-r", "json"]);
    const document = documentOf(stdout);
    const [suite = "", name = ""] = missing.split("->");
    t.is(code, 1);
    t.like(caseIn(document, suite, name), {
      status: "not-run",
      file: suite === "foo" ? "first.c" : "second.c",
    });
    t.regex(caseIn(document, suite, name)?.reason ?? "", reason);
    t.deepEqual(codesIn(document), ["orphan-case", "orphan-case", "plan-short"]);
  }
});

test.serial("what a crash takes with it is not-run, with the crash as the reason", async (t) => {
  const { put } = scratch(t);
  const log = put(
    "run.log",
    `${now.header("at_start", "only")}${pass("a")}[    0.2] CRIT: [libkvmplat] <trap.c @   90> Unhandled Trap 13 (general protection), error code=0x0\r\n`,
  );
  const { code, stdout } = await uktest(["report", log, "--image", imageOf("x86_64"), "-r", "json"]);
  const document = documentOf(stdout);
  t.is(code, 1);
  t.is(document.faults.length, 1);
  t.is(caseIn(document, "at_start", "only")?.status, "crashed");
  const rest = Object.keys(WHOLE).filter((key) => key !== "at_start->only");
  for (const key of rest) {
    const [suite = "", name = ""] = key.split("->");
    t.is(caseIn(document, suite, name)?.status, "not-run", key);
    t.regex(caseIn(document, suite, name)?.reason ?? "", /the boot ended before: /, key);
  }
});

test.serial("assertions that were never reached, and cases that the image does not have", async (t) => {
  const { put } = scratch(t);
  const cases = { ...WHOLE, "foo->beta": pass("a"), "foo->alpha": "", "foo->stranger": pass("a") };
  const log = put("run.log", logOf(cases));
  const { code, stdout } = await uktest(["report", log, "--image", imageOf("x86_64"), "-r", "json"]);
  const document = documentOf(stdout);
  t.is(code, 1);
  const said = (wanted: string): string =>
    document.problems
      .filter((one) => one.code === wanted)
      .map(({ grade, message }) => `${grade}: ${message}`)
      .join("\n");
  t.regex(said("unreached-assertions"), /^note: .*1 of 2 assertions of foo\.beta/);
  t.regex(said("no-evidence"), /^error: 2 of 2 assertions of foo\.alpha/);
  t.regex(said("unplanned-case"), /^error: .*foo\.stranger$/);
});

test.serial(
  "a failure names the whole path that the image has, and a line it does not have is said",
  async (t) => {
    const { put } = scratch(t);
    const failed = (line: number): string => now.failed("expected `x` to be 1 but was 2", "second.c", line);
    const log = put(
      "run.log",
      logOf({ ...WHOLE, "strange->last": failed(30), "at_start->only": failed(99) }),
    );
    const { stdout } = await uktest(["report", log, "--image", imageOf("x86_64"), "-r", "json"]);
    const document = documentOf(stdout);
    t.like(caseIn(document, "strange", "last")?.assertions[0], {
      status: "failed",
      file: "second.c",
      line: 30,
    });
    t.deepEqual(codesIn(document, "warning"), ["unknown-site"]);
  },
);

test.serial("the plan goes into the record", async (t) => {
  const { path, put } = scratch(t);
  put("run.log", logOf(without("foo->alpha")));
  const direct = await uktest(
    ["report", "run.log", "--image", imageOf("x86_64"), "-r", "events=run.jsonl", "-r", "json"],
    { cwd: path },
  );
  const again = await uktest(["report", "run.jsonl", "-r", "json"], { cwd: path });
  t.deepEqual([again.code, again.stdout], [direct.code, direct.stdout]);
  const refused = await uktest(["report", "run.jsonl", "--image", imageOf("x86_64")], { cwd: path });
  t.is(refused.code, 2);
  t.regex(refused.stderr, /--image does not go with a record/);
});

test.serial("list prints the plan, for people and for programs", async (t) => {
  const image = imageOf("x86_64");
  const [table, json, missing, bad] = await Promise.all([
    uktest(["list", "--image", image]),
    uktest(["list", "--image", image, "--json"]),
    uktest(["list", "--image", newPath()]),
    uktest(["list", "--image", process.execPath]),
  ]);
  t.deepEqual([table.code, table.stderr, json.code, json.stderr], [0, "", 0, ""]);
  for (const name of ["at_start", "foo_bar", "beta: a described case", "no_cases", "gone->lost"])
    t.true(table.stdout.includes(name), name);
  const plan = JSON.parse(json.stdout) as { schema: string; suites: { name: string }[]; orphans: unknown[] };
  t.is(plan.schema, "uktest-plan/1");
  t.deepEqual(
    plan.suites.map(({ name }) => name),
    ["at_start", "foo_bar", "foo", "no_cases", "strange"],
  );
  t.is(plan.orphans.length, 2);
  for (const { code, stdout, stderr } of [missing, bad]) {
    t.deepEqual([code, stdout], [3, ""]);
    t.regex(stderr, /^uktest: error: [^\n]+\n(?: {8}[^\n]+\n)?$/);
  }
});
