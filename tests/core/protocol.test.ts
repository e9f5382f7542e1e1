/**
 * A guest of the kit counts everything itself: what the line loses, adds or changes shows, and what did not run is said.
 */
import { readFileSync } from "node:fs";
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";

const one = (name: string) => ({ name, file: "a.c", line: 3, sites: [] });
const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  buildId: "abc",
  suites: [
    { name: "a", cases: [one("x"), one("y")] },
    { name: "b", cases: [one("z")] },
  ],
  orphans: [],
};

const result = (text: string, status: string): string =>
  `\t${text} ${".".repeat(80 - text.length)} [ ${status} ]`;
const GOOD: readonly string[] = [
  "[libuktest] uktest:plan build=abc suites=2 cases=3",
  "[libuktest] uktest:begin a",
  "test:\x1b[0m a->x",
  result("expected `i` to be 1 and was 1", "PASSED"),
  "[libuktest] uktest:case a->x passed assertions=1 failed=0 time=1500",
  "[libuktest] uktest:params a->y 2",
  "test:\x1b[0m a->y/one",
  "[libuktest] uktest:case a->y/one passed assertions=0 failed=0 time=10",
  "test:\x1b[0m a->y/two",
  "[libuktest] uktest:case a->y/two skipped assertions=0 failed=0 time=10 no such device",
  "[libuktest] uktest:done a cases=3 failed=0",
  "[libuktest] uktest:begin b",
  "[libuktest] uktest:skip b nothing to test",
  "[libuktest] uktest:done b cases=0 failed=0",
  "[libuktest] uktest:end cases=3 failed=0 skipped=1",
];

const AUTO = await dialectsFor("auto");

function read(lines: readonly string[], plan: Plan | undefined = PLAN): RunModel {
  const reader = new RunReader(
    { tool: { name: "uktest", version: "0" }, sources: ["g"], policy: { ubsan: "fail" } },
    AUTO,
  );
  reader.open("g", plan);
  const text = lines
    .map((line, index) => `[    0.${String(index).padStart(6, "0")}] Info: ${line}\r\n`)
    .join("");
  const events = [...reader.feed(Buffer.from(text, "latin1")), ...reader.close(), ...reader.finish()];
  return reduce(events);
}

const statuses = (model: RunModel): Readonly<Record<string, string>> =>
  Object.fromEntries(
    model.suites.flatMap((suite) => suite.cases.map((each) => [`${suite.name}.${each.name}`, each.status])),
  );

test("a whole stream is green, with the guest's own times and reasons", (t) => {
  const model = read(GOOD);
  t.deepEqual(statuses(model), {
    "a.x": "passed",
    "a.y/one": "passed",
    "a.y/two": "skipped",
    "b.z": "skipped",
  });
  const cases = casesOf(model);
  t.is(cases.find(({ name }) => name === "x")?.durationMs, 1.5);
  t.is(cases.find(({ name }) => name === "y/two")?.reason, "no such device");
  t.is(cases.find(({ name }) => name === "z")?.reason, "nothing to test");
  t.deepEqual(judge(model).reasons, []);
});

test("a lost line shows, unless all others say the same without it", (t) => {
  for (let at = 0; at < GOOD.length; at += 1) {
    const model = read([...GOOD.slice(0, at), ...GOOD.slice(at + 1)]);
    // Without these two the rest is the same run: who began or what is held shows in all other lines.
    const harmless = ["uktest:plan", "uktest:begin", "uktest:done b", "uktest:params", "uktest:done a"];
    if (harmless.some((word) => GOOD[at]?.includes(word))) continue;
    t.is(judge(model).verdict, "failed", GOOD[at]);
  }
});

test("no count can be wrong", (t) => {
  const wrong: readonly (readonly [from: string, to: string, code: string])[] = [
    ["cases=3 failed=0 skipped=1", "cases=4 failed=0 skipped=1", "statistics-mismatch"],
    ["cases=3 failed=0 skipped=1", "cases=3 failed=1 skipped=1", "statistics-mismatch"],
    ["done a cases=3", "done a cases=2", "statistics-mismatch"],
    ["assertions=1", "assertions=2", "statistics-mismatch"],
    ["case a->x passed", "case a->q passed", "statistics-mismatch"],
    ["params a->y 2", "params a->y 3", "plan-short"],
    ["build=abc", "build=def", "wrong-image"],
    ["suites=2 cases=3", "suites=2 cases=4", "wrong-plan"],
    ["build=abc suites=2 cases=3", "build=- suites=2 cases=4", "wrong-image"],
    ["case a->x passed", "cAse a->x passed", "no-case-end"],
  ];
  for (const [from, to, code] of wrong) {
    const model = read(GOOD.map((line) => line.replace(from, to)));
    t.true(
      model.problems.some((each) => each.code === code && each.grade === "error"),
      `${to}: ${code}`,
    );
    t.is(judge(model).verdict, "failed", to);
  }
});

test("a guest of the kit has results of helpers, whose sites it does not count", (t) => {
  const statistics = "[libuktest] uktest:assertions: 0 total";
  t.is(judge(read([...GOOD.slice(0, -1), statistics, ...GOOD.slice(-1)])).verdict, "passed");
  const foreign = [...GOOD.slice(2, 4), statistics];
  t.true(read(foreign).problems.some(({ code }) => code === "statistics-mismatch"));
});

test("what did not run is said, and is red", (t) => {
  const model = read(GOOD.filter((line) => !/uktest:(?:begin|skip|done) b/.test(line)));
  t.is(statuses(model)["b.z"], "not-run");
  t.is(judge(model).verdict, "failed");
  const cut = read(GOOD.slice(0, 5));
  t.deepEqual(statuses(cut), { "a.x": "passed", "a.y": "not-run", "b.z": "not-run" });
  t.is(judge(cut).verdict, "failed");
});

test("the guest's word for a failure counts, also against its own lines", (t) => {
  const model = read(GOOD.map((line) => line.replace("a->x passed", "a->x failed")));
  t.is(statuses(model)["a.x"], "failed");
});

test("a suite is skipped by its own word, and by nobody else's", (t) => {
  const forged = GOOD.map((line) => (line.includes("skip b") ? "[libuktest] uktest:skip a because" : line));
  const model = read(forged);
  t.true(model.problems.some(({ code }) => code === "statistics-mismatch"));
  t.is(statuses(model)["b.z"], "not-run");
});

test("a guest that ends its machine in a case is the culprit there, whatever crash was printed before", (t) => {
  const lies = ["CRIT: [app] <a.c @    1> Assertion failure: lies", "CRIT: Unikraft crash - Uktest (0.1.0)"];
  const said = (from: number, to: number) => GOOD.slice(from, to).map((line) => `Info: ${line}`);
  const lines = [...said(0, 3), ...lies, ...said(6, 7)];
  for (const cause of ["reset", "halt", "crash"] as const) {
    const reader = new RunReader(
      { tool: { name: "uktest", version: "0" }, sources: [], policy: { ubsan: "fail" }, partOf: 1 },
      AUTO,
    );
    reader.open("g", PLAN);
    reader.feed(Buffer.from(lines.map((line) => `[    0.000001] ${line}\r\n`).join("")));
    const summary = reader.end({ kind: "ended", how: "unknown", detail: "the guest did it", cause });
    t.like(summary?.killer, { kind: cause, suite: "a", case: "y" });
  }
});

test("the examples of the protocol's page are read without a doubt", (t) => {
  const page = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
  const examples = [...page.matchAll(/```serial\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  t.true(examples.length >= 5, String(examples.length));
  for (const example of examples) {
    const console = example.replaceAll("␛", "\x1b").replaceAll("→", "\t").replaceAll("\n", "\r\n");
    const reader = new RunReader(
      { tool: { name: "uktest", version: "0" }, sources: ["g"], policy: { ubsan: "fail" } },
      AUTO,
    );
    reader.open("g");
    const model = reduce([
      ...reader.feed(Buffer.from(console, "latin1")),
      ...reader.close(),
      ...reader.finish(),
    ]);
    t.true(casesOf(model).length > 0 || model.faults.length > 0, example);
    t.deepEqual(
      model.problems.filter(({ grade }) => grade === "error"),
      [],
      example,
    );
  }
});
