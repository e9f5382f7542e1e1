/**
 * Guests that print no results, as Unikraft built with LIBUKTEST_LOG_TESTS off: their memory has them.
 */
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { CaseFacts, MemoryFacts, SiteFacts } from "../../src/core/evidence.js";
import type { RunEvent } from "../../src/core/events.js";
import type { MachineEnd } from "../../src/core/fault.js";
import type { RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { brokenPromises } from "./promises.js";

const DIALECTS = await dialectsFor("auto");

const one = (name: string) => ({ name, file: "a.c", line: 3, sites: [5, 6] });
const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  buildId: "abc",
  suites: [
    { name: "a", cases: [one("x"), one("y"), one("z")] },
    { name: "b", cases: [one("u")] },
  ],
  orphans: [],
};

/** `p`assed, `f`ailed or `-` for each assertion of the cases, in the order of the plan. */
const memoryOf = (...sites: readonly string[]): MemoryFacts => {
  const words: Readonly<Record<string, SiteFacts["status"]>> = { p: "passed", f: "failed", "-": "not-run" };
  const names = PLAN.suites.flatMap((suite) => suite.cases.map(({ name }) => [suite.name, name] as const));
  const cases = names.map(([suite, name], at): CaseFacts => {
    const statuses = (sites[at] ?? "--").split("").map((letter) => words[letter] ?? "not-run");
    return { suite, name, file: "a.c", sites: statuses.map((status, line) => ({ line: line + 5, status })) };
  });
  return { cases, suites: PLAN.suites.map(({ name }) => ({ name, init: "unknown" })) };
};

const FRONT = "[libukboot] <boot.c @  391> Init Table @ 0x140018 - 0x1400a8";
const counts = (total: number, failed: number): readonly string[] => [
  `[libuktest] <test.c @   80> uktest:suites:     ${failed > 0 ? "1 failed, " : ""}2 total`,
  `[libuktest] <test.c @   93> uktest:cases:      ${failed > 0 ? `${String(failed)} failed, ` : ""}${String(total)} total`,
  `[libuktest] <test.c @  106> uktest:assertions: ${failed > 0 ? `${String(failed)} failed, ` : ""}8 total`,
];
const END = [
  "[libukboot] <boot.c @  514> main returned 0",
  "[libukboot] <boot.c @  430> Shutting down system (0)",
];
const CRASH = ["CRIT", "Unhandled Trap 6 (invalid opcode), error code=0x0"] as const;
const OVER: MachineEnd = { kind: "ended", how: "unknown", detail: "qemu returned 0" };

function read(
  lines: readonly (string | readonly [level: string, body: string])[],
  facts: MemoryFacts | undefined,
  end: MachineEnd = OVER,
): { readonly model: RunModel; readonly events: readonly RunEvent[] } {
  const info = {
    tool: { name: "uktest", version: "0" },
    sources: ["s"],
    policy: { ubsan: "fail" },
    plan: PLAN,
  } as const;
  const reader = new RunReader(info, DIALECTS);
  const events: RunEvent[] = [];
  reader.open("s", PLAN, { group: "g" });
  const text = lines.map((line, at) => {
    const [level, body] = typeof line === "string" ? ["Info", line] : line;
    return `[    0.${String(100_000 + at)}] ${level}: ${body}\r\n`;
  });
  events.push(...reader.feed(Buffer.from(text.join(""))));
  const summary = reader.end(end, facts);
  events.push(...reader.settle(summary?.missing ?? []), ...reader.finish());
  return { model: reduce(events), events };
}

const statuses = (model: RunModel): readonly string[] =>
  casesOf(model).map(({ suite, name, status }) => `${suite}.${name} ${status}`);

test("a green guest that prints no results is green by its memory, and by nothing else", (t) => {
  const lines = [FRONT, ...counts(4, 0), ...END];
  const green = read(lines, memoryOf("pp", "p-", "pp", "pp"));
  t.is(judge(green.model).verdict, "passed");
  t.is(judge(green.model).evidence, "memory");
  t.deepEqual(
    green.model.problems.map(({ grade, code }) => `${grade} ${code}`),
    ["note memory-disagrees"],
  );
  t.deepEqual(brokenPromises(green.events), []);
  t.is(judge(read(lines, undefined).model).verdict, "failed");
});

test("what failed, and what never ran, is red", (t) => {
  const failed = read([FRONT, ...counts(4, 1), ...END], memoryOf("pp", "pf", "pp", "pp")).model;
  t.is(judge(failed).verdict, "failed");
  t.true(statuses(failed).includes("a.y failed"));
  const short = read([FRONT, ...counts(3, 0), ...END], memoryOf("pp", "pp", "pp", "--")).model;
  t.is(judge(short).verdict, "failed");
  t.true(statuses(short).includes("b.u not-run"));
});

test("counts that its memory cannot explain are red", (t) => {
  const memory = memoryOf("pp", "pp", "pp", "pp");
  for (const [total, failed] of [
    [5, 0],
    [4, 1],
  ] as const)
    t.true(
      read([FRONT, ...counts(total, failed), ...END], memory).model.problems.some(
        ({ code, grade }) => code === "statistics-mismatch" && grade === "error",
      ),
    );
  // Suites that run after the guest has counted are not in its counts.
  t.is(judge(read([FRONT, ...counts(3, 0), ...END], memory).model).verdict, "passed");
});

test("the case it died in is the last that was reached", (t) => {
  const crashed = read([FRONT, CRASH], memoryOf("pp", "p-")).model;
  t.deepEqual(statuses(crashed), ["a.x passed", "a.y crashed", "a.z not-run", "b.u not-run"]);
  const hung: MachineEnd = { kind: "timed-out", detail: "stopped after 2 s of silence" };
  t.true(statuses(read([FRONT], memoryOf("pp", "pp"), hung).model).includes("a.y timed-out"));
  // Two suites left half-way: nothing tells which.
  t.deepEqual(statuses(read([FRONT, CRASH], memoryOf("pp", "p-", "--", "p-")).model).slice(0, 2), [
    "a.x passed",
    "a.y passed",
  ]);
});

/** The console of cases that printed their results. */
const printed = (suite: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [
    `test:\x1b[0m ${suite}->${name}`,
    ...[5, 6].map(() => `\texpected \`i\` to be 1 and was 1 ${".".repeat(50)} [ PASSED ]`),
  ]);

test("a suite that ran before there was a console is known by memory, and the count agrees", (t) => {
  // As uktest's own suite of Unikraft 0.17 on arm64: a constructor runs it, and the serial port comes after.
  const lines = [FRONT, ...printed("a", ["x", "y", "z"]), ...counts(4, 0), ...END];
  const { model } = read(lines, memoryOf("pp", "pp", "pp", "pp"));
  t.is(judge(model).verdict, "passed");
  t.true(statuses(model).includes("b.u passed"));
  t.deepEqual(
    model.problems.map(({ grade, code }) => `${grade} ${code}`),
    ["warning memory-disagrees"],
  );
  // Without memory, with a case that it does not know, or with one count too many, lines were lost.
  for (const facts of [undefined, memoryOf("pp", "pp", "pp", "--"), memoryOf("pp", "pp", "pp", "pf")])
    t.is(judge(read(lines, facts).model).verdict, "failed");
  const more = [FRONT, ...printed("a", ["x", "y", "z"]), ...counts(5, 0), ...END];
  const wrong = read(more, memoryOf("pp", "pp", "pp", "pp")).model;
  t.true(wrong.problems.some(({ code, grade }) => code === "statistics-mismatch" && grade === "error"));
});
