/**
 * Real captures with their reviewed conclusions: NAME.log is the raw log, NAME.expect says what must be concluded.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import test from "ava";
import { casesOf } from "../src/core/model/counts.js";
import { TESTS, bytesOf, conclusions, read, serialLogs } from "./reading.js";

for (const name of serialLogs) {
  test(`${name} is judged right`, (t) => {
    const file = new URL(`fixtures/serial/${name.replace(/\.log$/, ".expect")}`, TESTS);
    const text = `${conclusions(read(bytesOf(name))).join("\n")}\n`;
    if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
    t.true(existsSync(file), `${file.pathname} is missing: every log needs its expectations`);
    t.is(text, readFileSync(file, "utf8"));
  });
}

// The expectations above were written from a run; this counts the same things with nothing of ours but a pattern.
for (const name of serialLogs) {
  test(`${name} has as many results as a plain count finds`, (t) => {
    const text = bytesOf(name)
      .toString("latin1")
      .replace(/\x1b\[[0-9;]*m/g, "")
      // What the application of these captures prints to be mistaken for results.
      .replace(/^test: fake_testsuite->fake_test_case\r?\n/gm, "")
      .replace(/^\texpected `x` to be 0 and was 0 \.{12} \[ FAILED \]\r?\n/gm, "");
    const model = read(bytesOf(name));
    const sum = (key: "passed" | "failed"): number =>
      casesOf(model).reduce((all, one) => all + one.evaluations[key], 0);
    t.is(sum("passed"), [...text.matchAll(/\.{1,80} (?:\[ | )?PASSED(?: \]| )?\r?$/gm)].length);
    t.is(sum("failed"), [...text.matchAll(/\.{1,80} (?:\[ | )?FAILED(?: \]| )?\r?$/gm)].length);
    t.is(casesOf(model).length, [...text.matchAll(/test: \w+->\w+/g)].length);
  });
}
