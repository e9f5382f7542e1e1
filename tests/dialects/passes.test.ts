/**
 * The short way over passed results must conclude what the long way concludes: the same log is read with caps so small
 * that almost everything is only counted, and with caps so large that nothing is.
 */
import assert from "node:assert/strict";
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { type Caps, DEFAULT_CAPS } from "../../src/core/assemble/case.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { BANNER, generations, kernel, padded } from "../console.js";
import { read } from "../reading.js";

const small: Caps = { ...DEFAULT_CAPS, evaluationsPerCase: 2 };
const large: Caps = { ...DEFAULT_CAPS, evaluationsPerCase: 1e9, charsPerLog: 1e12 };

const seen = (model: RunModel): unknown => ({
  verdict: judge(model).verdict,
  cases: casesOf(model).map(({ suite, name, status, evaluations, durationMs }) => ({
    suite,
    name,
    status,
    evaluations,
    durationMs,
  })),
  findings: model.findings.map(({ check, case: where, occurrences }) => ({ check, where, occurrences })),
  faults: model.faults.map(({ kind, title, case: where }) => ({ kind, title, where })),
  // Damage is named when its rest no longer comes, which is later when lines in between are only counted.
  problems: model.problems
    .filter(({ grade }) => grade !== "note")
    .map(({ code }) => code)
    .sort(),
});

/** A result line of the current generation at a time. */
const at = (index: number, text: string): string => {
  const time = `${String(Math.floor(index / 1000)).padStart(5)}.${String((index % 1000) * 1000).padStart(6, "0")}`;
  return `[${time}] Info: ${text}\r\n`;
};
const passed = (index: number): string =>
  at(index, `\t${padded(`expected \`x\` to be ${String(index)} and was ${String(index)}`, "[ PASSED ]")}`);
const failed = (index: number): string =>
  at(index, `\t${padded("expected `y` to be 1 but was 2", "[ FAILED ]")}`) + at(index, "\t  in m.c]:7]");

const ubsan = kernel(
  "ERR:  ",
  "libubsan",
  "Undefined behavior at m.c:3:5: shift of 1 by 40 out of bounds for type 'int'",
);
const longMessage = padded("x".repeat(79), "[ PASSED ]");

/** Lines that may stand between passed results, each with what makes it worth a line. */
const between: readonly ((index: number) => string)[] = [
  passed,
  passed,
  passed,
  failed,
  () => ubsan,
  (index) => at(index, "test:\x1b[0m big->next"),
  () => "application output\r\n",
  (index) => `partial${passed(index)}`,
  (index) => passed(index).replace("PASSED", "FAILED"),
  (index) => passed(index).replace("PASSED", "PA\x01SED"),
  (index) => passed(index).replace("\r\n", "\n"),
  (index) => passed(index).replace("expected", "exp\nected"),
  (index) => passed(index).replace("\t", ""),
  (index) => passed(index).slice(0, -3),
  (index) => at(index, `\t${longMessage}`),
  (index) => passed(index).replace("Info", "Inf0"),
  (index) => `\0${passed(index)}`,
  (index) =>
    kernel("Info: ", "applib", `\t${padded("expected `x` to be true", "[ PASSED ]")}`).replace(
      "120000",
      String(index).padStart(6, "0"),
    ),
];

test("counting is reading: any mixture of lines, in any chunks", (t) => {
  const lines = fc.array(fc.nat({ max: between.length - 1 }), { minLength: 20, maxLength: 120 });
  fc.assert(
    fc.property(lines, (picks) => {
      const body = picks.map((pick, index) => between[pick]?.(index + 1) ?? "").join("");
      const log = `${at(0, "test:\x1b[0m big->first")}${passed(1).repeat(4)}${body}${BANNER}`;
      assert.deepEqual(seen(read(log, { caps: small })), seen(read(log, { caps: large })));
    }),
    { numRuns: amount(400, 66), seed: 20261123 },
  );
  t.pass();
});

test("a long run of passes is counted to the last, and what follows it is seen", (t) => {
  const passes = Array.from({ length: 5000 }, (_, index) => passed(index)).join("");
  const log = `${at(0, "test:\x1b[0m big->first")}${passes}${failed(6000)}${at(7000, "test:\x1b[0m big->second")}${passes}${ubsan}${BANNER}`;
  const model = read(log, { caps: small });
  t.deepEqual(
    casesOf(model).map(({ evaluations }) => evaluations),
    [
      { passed: 5000, failed: 1 },
      { passed: 5000, failed: 0 },
    ],
  );
  t.is(casesOf(model)[0]?.assertions.at(-1)?.line, 7);
  t.is(model.findings[0]?.case, "big.second");
  t.true(model.problems.some(({ code, grade }) => code === "details-capped" && grade === "note"));
});

for (const [name, generation] of Object.entries(generations)) {
  test(`${name}: the short way counts what the long way counts`, (t) => {
    const log =
      generation.header("big", "first") +
      generation.passed("expected `x` to be true").repeat(300) +
      generation.failed("expected `y` to be 1 but was 2", "m.c", 7) +
      generation.passed("expected `z` to be true").repeat(300) +
      BANNER;
    t.deepEqual(seen(read(log, { caps: small })), seen(read(log, { caps: large })));
    t.deepEqual(casesOf(read(log, { caps: small }))[0]?.evaluations, { passed: 600, failed: 1 });
  });
}

test("failures are kept when passes fill their places, up to a cap of their own", (t) => {
  const log = `${at(0, "test:\x1b[0m big->first")}${passed(1).repeat(50)}${failed(2).repeat(50)}${BANNER}`;
  const [one] = casesOf(read(log, { caps: { ...DEFAULT_CAPS, evaluationsPerCase: 10 } }));
  t.deepEqual(one?.evaluations, { passed: 50, failed: 50 });
  t.is(one?.assertions.filter(({ status }) => status === "failed").length, 10);
});

test("console lines beyond the cap are counted", (t) => {
  const log = `${at(0, "test:\x1b[0m big->first")}${"noise\r\n".repeat(500)}${passed(1)}${BANNER}`;
  const [one] = casesOf(read(log));
  t.is(one?.output.length, DEFAULT_CAPS.consoleLinesPerCase);
  t.is(one?.droppedConsoleLines, 500 - DEFAULT_CAPS.consoleLinesPerCase);
});

test("more cases than are kept is never green", (t) => {
  const cases = Array.from(
    { length: 30 },
    (_, index) => at(index, `test:\x1b[0m s->c${String(index)}`) + passed(index),
  ).join("");
  const model = read(cases + BANNER, { caps: { ...DEFAULT_CAPS, casesPerLog: 10 } });
  t.is(casesOf(model).length, 10);
  t.is(judge(model).verdict, "failed");
  t.true(
    model.problems.some(({ code, message }) => code === "cases-capped" && message.startsWith("20 cases")),
  );
});
