/** `uktest profile` as its user types it: what it prints where, what it turns down, and that the run judges. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { readCommand } from "../../src/cli/args.js";
import { UsageError } from "../../src/core/errors.js";
import { refuseProfile } from "../../src/run/profile.js";
import { chooseMachine } from "../../runner/machines.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

test("what is turned down before anything is built", async (t) => {
  const rows: readonly (readonly [words: string, says: RegExp])[] = [
    ["--hz 0", /--hz has to be a number from 1 to 1000/],
    ["--hz 1001", /--hz has to be/],
    ["--hz often", /--hz has to be/],
    ["--hz 5 --hz 6", /--hz is given 2 times/],
    ["--format pprof", /--format pprof needs --output/],
    ["--format flame", /flame/],
    ["--coverage", /--coverage makes no sense in a profile/],
    ["--max-leak 0", /--max-leak makes no sense/],
    ["--accel kvm", /--accel makes no sense/],
  ];
  for (const [words, says] of rows) {
    const error = await t.throwsAsync(readCommand(["profile", ...words.split(" ")]), {
      instanceOf: UsageError,
    });
    t.regex(error.message, says, words);
  }
  const { machine } = await chooseMachine("v86", undefined);
  const error = t.throws(
    () => {
      refuseProfile(machine);
    },
    { instanceOf: UsageError },
  );
  t.regex(error.message, /v86 cannot be profiled: its slices end/);
  t.regex(error.hint ?? "", /qemu-x86_64.*--coverage/);
});

const SUITE = `#include <uk/test.h>

static volatile unsigned int sum;

UK_TESTCASE(work, a_works)
{
	for (int i = 0; i < 60000000; i++)
		sum += i;
	UK_TEST_EXPECT(1);
}

UK_TESTCASE(work, b_fails)
{
	UK_TEST_EXPECT_ZERO(sum | 1);
}
uk_testsuite_register(work, NULL);
`;

test("the profile is on standard output, the run's report is not, and its exit code counts", async (t) => {
  t.timeout(600_000);
  const { put, path } = scratch(t);
  put("test_work.c", SUITE);
  put("uktest.config.json", JSON.stringify({ suites: { work: { sources: ["*.c"] } } }));
  await putKitObjects(path, ["qemu-x86_64"]);
  const profiled = (...words: readonly string[]) =>
    uktest(["profile", "-m", "qemu-x86_64", ...words], { cwd: path });
  const red = await profiled("--hz", "1000", "--by-case");
  t.is(red.code, 1, red.stderr);
  const lines = red.stdout.trimEnd().split("\n");
  for (const line of lines) t.regex(line, /^\S.* \d+$/);
  t.true(
    lines.some(
      (line) => line.startsWith("work.a_works;") && /;_uk_testsuite_work_case_a_works \d+$/.test(line),
    ),
  );
  t.regex(red.stderr, /FAIL work\.b_fails/);
  t.regex(
    red.stderr,
    /profile: work on qemu-x86_64: \d+ samples?, \d+ missed, it stood for [\d.]+ % of the time/,
  );
  t.regex(red.stderr, /time is that of the host, which QEMU's TCG takes/);
  const kept = await profiled("work.a_works", "--hz", "1000", "--format", "pprof", "-o", "work.pb.gz");
  t.is(kept.code, 0, kept.stderr);
  const top = execFileSync("go", ["tool", "pprof", "-symbolize=none", "-top", join(path, "work.pb.gz")], {
    encoding: "utf8",
    env: { ...process.env, PPROF_TMPDIR: path, HOME: path },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, first] = /flat% .*\n.* (\S+)\n/.exec(top) ?? [];
  t.is(first, "_uk_testsuite_work_case_a_works", top);
  const short = await profiled("work.b_fails", "--hz", "1");
  t.is(short.code, 1, short.stderr);
  t.is(short.stdout, "");
  t.regex(short.stderr, /warning: no profile: every guest ended before its first sample/);
  const lost = await profiled("wrok");
  t.is(lost.code, 2, lost.stderr);
  t.regex(lost.stderr, /nothing is named "wrok"/);
});
