/** `--stress`: cases again and again within one boot, the round that fails, and what cannot be meant. */
import test from "ava";
import { turns } from "../amount.js";
import { ROOT } from "../ci/checkout.js";
import { uktest } from "./run.js";

test("the first round with a failure is named, and what fails in none is green", async (t) => {
  t.timeout(600_000);
  const run = (machine: string, ...words: readonly string[]) =>
    uktest(["run", "uktest-rounds", "-m", machine, "-r", "lines", ...words], { cwd: ROOT });
  for (const machine of turns(["v86", "qemu-x86_64", "qemu-arm64"], "cli/stress")) {
    const said = await run(machine, "--stress", "10");
    t.is(said.code, 1, said.stderr);
    t.deepEqual(said.stdout.match(/^FAIL .* {2}this assertion, in round .*?(?= {2})/gm), [
      "FAIL uktest_rounds.fails_in_the_seventh  suites/uktest-rounds/rounds.c:11  this assertion, in round 7 of 10",
      "FAIL uktest_rounds.second_fails_in_the_third/1  suites/uktest-rounds/rounds.c:21  this assertion, in round 3 of 10",
    ]);
    t.regex(said.stdout, /^PASS uktest_rounds\.skips_later/m);
    t.regex(said.stdout, / passed=2 /);
    t.regex(
      said.stderr,
      /again: uktest run uktest_rounds\.fails_in_the_seventh uktest_rounds\.second_fails_in_the_third\/1 .*--stress 10$/m,
    );
  }
  const few = await run("v86", "--stress", "2");
  t.is(few.code, 0, few.stderr);
  t.regex(few.stdout, /^VERDICT passed: evidence: memory$/m);
  const none = await run("v86");
  t.is(none.code, 0, none.stderr);
});

test("rounds that are none", async (t) => {
  for (const [given, message] of [
    ["0", /--stress has to be at least 1/],
    ["many", /--stress has to be a whole number/],
  ] as const) {
    const said = await uktest(["run", "uktest-rounds", "-m", "v86", "--stress", given], { cwd: ROOT });
    t.is(said.code, 2);
    t.regex(said.stderr, message);
  }
  const board = await uktest(["run", "-m", "serial:/dev/null", "--stress", "3"], { cwd: ROOT });
  t.is(board.code, 2, board.stderr);
  t.regex(board.stderr, /--stress needs another image/);
});
