/** `uktest dialect`: the list, what the lines of a log are taken for, markers of a configuration, and wrong words. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { dialectNames } from "../../src/console/dialects.js";
import { ROOT } from "../ci/checkout.js";

import { uktest } from "./run.js";

const LOG = join(ROOT, "tests/fixtures/dialects/gtest/red-cmocka.log");

test("list names all of them, each with what it reads", async (t) => {
  const { stdout, code } = await uktest(["dialect", "list"]);
  t.is(code, 0);
  const names = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "");
  t.deepEqual(names.toSorted(), dialectNames.filter((name) => name !== "auto").toSorted());
  t.regex(stdout, /^gtest +GoogleTest/m);
});

test("try shows what each line is", async (t) => {
  const { stdout, code } = await uktest(["dialect", "try", LOG]);
  t.is(code, 0);
  t.regex(stdout, /^dialect: gtest\n\n 1 {2}tests begin; group begins, plan: 2 /);
  t.regex(stdout, /^ 2 {2}case ring\.starts_empty +\[ RUN {6}\] starts_empty$/m);
  t.regex(stdout, /^ 3 {2}failure; place tests\/ring_test\.c:12 +\[ {2}ERROR {3}\] --- 0x4 != 0$/m);
  t.regex(stdout, /^ 9 {2}group ends: 1 passed; tests end +\[ {2}PASSED {2}\] 1 test\(s\)\.$/m);
});

test("try reads with the markers of a configuration", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "uktest-dialect-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const markers = { mine: { plan: "^(?P<cases>\\d+) checks$", passed: "^\\+ (?P<name>\\w+)$" } };
  writeFileSync(join(folder, "uktest.config.json"), JSON.stringify({ suites: {}, markers }));
  writeFileSync(join(folder, "a.log"), "1 checks\nhello \x1b[31mred\x1b[0m\n+ first\n");
  const { stdout } = await uktest(["dialect", "try", "a.log"], { cwd: folder });
  t.regex(stdout, /^dialect: mine\n\n1 {2}tests begin; group begins, plan: 1/);
  t.true(stdout.includes("hello red\n"));
  t.regex((await uktest(["report", "a.log"], { cwd: folder })).stdout, /mine\.first/);
});

test("wrong words, and a wrong marker, are one error each", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "uktest-dialect-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const config = { suites: {}, markers: { mine: { passed: "^(?P<name>.)$" } } };
  writeFileSync(join(folder, "uktest.config.json"), JSON.stringify(config));
  for (const [words, message] of [
    [["dialect"], /^uktest: error: no action \(list, try\) given\n/],
    [["dialect", "try"], /^uktest: error: dialect try needs a log\n/],
    [["dialect", "list", "x"], /^uktest: error: dialect list takes no log\n/],
    [["dialect", "try", "x", "--dialect", "gtset"], /unknown dialect "gtset"\n.*gtest/],
    [
      ["report", LOG, "--config", join(folder, "uktest.config.json")],
      /markers\.mine has neither a plan nor an end/,
    ],
  ] as const) {
    const { code, stderr } = await uktest([...words]);
    t.is(code, 2, words.join(" "));
    t.regex(stderr, message);
  }
});
