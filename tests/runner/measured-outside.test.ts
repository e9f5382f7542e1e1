/**
 * The memory that cases keep in an image that measures nothing itself: counted from outside, between breakpoints at its
 * cases, on the three machines that have a stub. Such an image is one of the kit without the kit's own tables.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { scratch } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";

const OBJCOPY = { x86_64: "objcopy", i386: "objcopy", arm64: "aarch64-linux-gnu-objcopy" } as const;
type Architecture = keyof typeof OBJCOPY;

/** An image of the kit, as one that is not: what names the kit, its journal and its measures have other names. */
async function foreign(t: ExecutionContext, suite: string, architecture: Architecture): Promise<string> {
  const built = await runKit(suite, "-m", `qemu-${architecture}`, "-r", "json");
  t.is(built.code, 1, built.stderr);
  const path = scratch(t).file(`${suite}.elf`);
  const names = ["meta", "log", "measure"].map((name) => `--rename-section=.uk_test${name}=.other_${name}`);
  const image = join(ROOT, `.uktest/build/${architecture}-gcc/${suite}.elf`);
  execFileSync(OBJCOPY[architecture], [...names, image, path]);
  return path;
}

const lineOf = (code: string): number =>
  readFileSync(join(ROOT, "suites/leaks-counted/counted.c"), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(code)) + 1;

for (const architecture of turns(["x86_64", "i386", "arm64"] as const, "runner/measured-outside"))
  test(`what cases keep is named in an image that counts for none, on ${architecture}`, async (t) => {
    t.timeout(600_000);
    const image = await foreign(t, "leaks-counted", architecture);
    const machine = ["--image", image, "-m", `qemu-${architecture}`, "-r", "json"];
    const run = await runKit(...machine, "--max-leak", "0");
    t.is(run.code, 1, run.stderr);
    const document = documentOf(run);
    const kept = (name: string, bytes: number, line: number, more = "") => ({
      check: "memory",
      message: `${String(bytes)} bytes in 1 block still held after counted.${name}${more}`,
      line,
      case: `counted.${name}`,
    });
    // Where nothing is known of a second call, a finding stands at its case.
    const allocates = lineOf("uk_count_allocs();");
    const stands = (name: string): number => lineOf(`UK_TESTCASE(counted, ${name})`);
    t.deepEqual(
      document.findings.map((one) => ({
        check: one.check,
        message: (one as { readonly message?: string }).message,
        line: one.line,
        case: one.case,
      })),
      [
        kept("b_keeps_64_bytes", 64, allocates),
        kept(
          "e_dies_again",
          48,
          stands("e_dies_again"),
          " (it could not run again, so a first use cannot be ruled out)",
        ),
        kept("f_keeps_too", 8, allocates),
        kept(
          "g_fails_again",
          24,
          stands("g_fails_again"),
          " (it fails when it runs again, so a first use cannot be ruled out)",
        ),
      ],
    );
    t.deepEqual(document.faults, [], "a second call dies apart from the run");
    t.deepEqual(
      document.suites.flatMap(({ cases }) => cases.map(({ name, status }) => `${name} ${status}`)),
      [
        "a_gives_back passed",
        "b_keeps_64_bytes passed",
        "c_fills_a_cache passed",
        "d_calls_itself passed",
        "e_dies_again passed",
        "f_keeps_too passed",
        "g_fails_again passed",
        "h_fails failed",
      ],
    );
    // Nothing else is different: neither what passed, nor how often anything was evaluated.
    const without = documentOf(await runKit(...machine));
    const evaluated = ({ suites }: typeof without) =>
      suites.flatMap(({ cases }) => cases.map(({ assertions }) => assertions.length));
    t.deepEqual(evaluated(document), evaluated(without));
    t.deepEqual(without.findings, []);
  });

test("an image that counts nothing, and a machine that cannot look, are errors before anything boots", async (t) => {
  const image = await foreign(t, "leaks", "i386");
  const run = await runKit("--image", image, "-m", "qemu-i386", "--max-leak", "0");
  t.is(run.code, 3, run.stderr);
  t.regex(run.stderr, /has no counts of allocations\n +build it with CONFIG_LIBUKALLOC_IFSTATS_GLOBAL=y/);
  const bare = scratch(t).file("bare.elf");
  execFileSync("objcopy", ["--strip-all", image, bare]);
  const blind = await runKit("--image", bare, "-m", "qemu-i386", "--max-leak", "0");
  t.is(blind.code, 3, blind.stderr);
  t.regex(blind.stderr, /bare\.elf has no symbols, so where .* is not known\n +name the file .*--symbols/);
  const board = await runKit("--image", image, "-m", "serial:/dev/null", "--max-leak", "0");
  t.is(board.code, 2);
  t.regex(board.stderr, /--max-leak needs another image/);
});
