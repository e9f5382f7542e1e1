/** Several machines and profiles in one command: what is built, what boots, what is said of it, what cannot be meant. */
import test from "ava";
import { demo } from "./project.js";
import { uktest } from "./run.js";

const SUITE = `#include <uk/test.h>

UK_TESTCASE(where, pointers)
{
	UK_TEST_EXPECT_SNUM_EQ(sizeof(void *), 4);
}

UK_TESTCASE(where, flags)
{
#ifdef FAST
	UK_TEST_EXPECT_SNUM_EQ(1, 1);
#else
	UK_TEST_EXPECT_SNUM_EQ(1, 2);
#endif
}

uk_testsuite_register(where, NULL);
`;

const FAST = { fast: { flags: ["-DFAST"] } };

test("everything runs on each machine with each profile, and what differs is named", async (t) => {
  t.timeout(600_000);
  const { path, put } = await demo(t, ["v86", "qemu-arm64"]);
  const config = (matrix: object): void => {
    const suites = { where: { sources: ["where.c"] } };
    put("uktest.config.json", JSON.stringify({ suites, profiles: FAST, ...matrix }));
  };
  put("where.c", SUITE);
  config({});
  const words = ["-m", "v86,qemu-arm64", "-m", "v86", "--profile", "default", "--profile", "fast"];
  const said = await uktest(["run", ...words, "-r", "lines"], { cwd: path });
  t.is(said.code, 1, said.stderr);
  t.deepEqual(said.stdout.match(/^BOOT .*$/gm), [
    "BOOT where (default) on v86",
    "BOOT where (default) on qemu-arm64",
    "BOOT where (fast) on v86",
    "BOOT where (fast) on qemu-arm64",
  ]);
  t.deepEqual(said.stdout.match(/^MACHINE .*$/gm), [
    "MACHINE v86 (default)  1 passed, 1 failed",
    "MACHINE qemu-arm64 (default)  2 failed",
    "MACHINE v86 (fast)  2 passed",
    "MACHINE qemu-arm64 (fast)  1 passed, 1 failed",
  ]);
  t.regex(
    said.stdout,
    /^DIFFERS where\.pointers {2}failed on qemu-arm64 \(default\), qemu-arm64 \(fast\); /m,
  );
  // Each program is built once for an architecture and a profile.
  t.is(said.stderr.match(/built where for /g)?.length, 4, said.stderr);
  const again = /again: uktest (.*)$/m.exec(said.stderr)?.[1] ?? "";
  t.is(
    again,
    "run where.flags where.pointers --machine v86 --machine qemu-arm64 --profile default --profile fast",
  );
  t.regex(said.stderr, /debug: uktest debug where\.flags --machine v86 --profile default$/m);

  config({ matrix: { machines: ["v86", "qemu-arm64"], profiles: ["fast"] } });
  const both = await uktest(["run", "where.pointers", "-r", "lines"], { cwd: path });
  t.deepEqual(both.stdout.match(/^BOOT .*$/gm), ["BOOT where on v86", "BOOT where on qemu-arm64"]);
  t.regex(both.stderr, /again: uktest run where\.pointers --machine qemu-arm64 --profile fast$/m);
  // What is named overrules the matrix of the configuration.
  const one = await uktest(["run", "-m", "v86", "-r", "lines"], { cwd: path });
  t.is(one.code, 0, one.stderr);
  t.deepEqual(one.stdout.match(/^(?:BOOT|MACHINE) .*$/gm), null);
  t.is(one.stdout.match(/^PASS /gm)?.length, 2);
});

test("what cannot be meant is one error", async (t) => {
  t.timeout(600_000);
  const { path, put } = await demo(t);
  put(
    "uktest.config.json",
    JSON.stringify({ suites: { demo: { sources: ["*.c"] } }, matrix: { machines: [] } }),
  );
  const errors: readonly (readonly [readonly string[], RegExp])[] = [
    [["run", "-m", "v86"], /matrix\.machines has to be/],
  ];
  const expect = async (words: readonly string[], message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await uktest(words, { cwd: path });
    t.is(code, 2, words.join(" "));
    t.is(stdout, "");
    t.regex(stderr, message);
  };
  for (const [words, message] of errors) await expect(words, message);
  put("uktest.config.json", JSON.stringify({ suites: { demo: { sources: ["*.c"] } } }));
  for (const [words, message] of [
    [["run", "-m", "v86", "-m", "serial:/dev/ttyX,115200"], /serial:\/dev\/ttyX,115200 runs by itself/],
    [["run", "-m", "v86,nothing"], /there is no machine "nothing"/],
    [["run", "-m", "v86,"], /--machine has a name that is empty/],
    [["run", "-m", "v86", "--profile", "default,"], /--profile has a name that is empty/],
    [["profile", "-m", "qemu-x86_64,qemu-arm64"], /there is no machine "qemu-x86_64,qemu-arm64"/],
    [["run", "-m", "v86", "--profile", "default,fest"], /no profile "fest"/],
    [["debug", "-m", "v86", "-m", "qemu-i386", "demo"], /--machine is given 2 times/],
  ] as const)
    await expect(words, message);
});
