/**
 * Writes a project whose cases work for as long as those of real suites do, and some of which crash. Nothing in it means
 * anything; the kit's own suites are over too soon to tell what running side by side is worth.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Cases of each program. */
export const CASES = 24;
/** How many of them crash, by the name of the program. */
export const CRASHES = { calm: 0, "crash-1": 1, "crash-4": 4 } as const;
/** Rounds of a loop: some tens of milliseconds in an emulator without KVM, and ten times as long. */
const SHORT_WORK = 1_500_000;
const LONG_WORK = 15_000_000;

const sourceOf = (): string =>
  [
    "#include <uk/init.h>",
    "#include <uk/test.h>",
    "static volatile unsigned long sum;",
    "static void work(int number)",
    "{",
    "\tunsigned long i;",
    "",
    "\tfor (i = 0; i < WORK; i++)",
    "\t\tsum += i ^ (unsigned long)number;",
    `\tif (number % ${String(CASES / 4)} == 1 && number / ${String(CASES / 4)} < CRASHES)`,
    "\t\t__builtin_trap();",
    "}",
    ...Array.from({ length: CASES }, (_, n) =>
      [
        `UK_TESTCASE(bench_work, case_${String(n)})`,
        "{",
        `\twork(${String(n)});`,
        "\tUK_TEST_EXPECT_NOT_ZERO(sum);",
        "}",
      ].join("\n"),
    ),
    "uk_testsuite_register(bench_work, NULL);",
    "",
    "#ifdef LINGERS",
    "static int begin(struct uk_init_ctx *context)",
    "{",
    "\t(void)context;",
    "\treturn 0;",
    "}",
    "static void end(const struct uk_term_ctx *context)",
    "{",
    "\t(void)context;",
    "\tfor (;;)",
    "\t\tsum++;",
    "}",
    "uk_late_initcall(begin, end);",
    "#endif",
    "",
  ].join("\n");

/** Writes the project into a folder, and returns its configuration. */
export function writeProject(folder: string): string {
  const flags = (work: number, crashes: number): readonly string[] => [
    `-DWORK=${String(work)}UL`,
    `-DCRASHES=${String(crashes)}`,
  ];
  const program = (work: number, crashes: number) => ({ sources: ["work.c"], flags: flags(work, crashes) });
  const suites = {
    long: program(LONG_WORK, 0),
    // Its tests end, and it does not.
    lingers: { sources: ["work.c"], flags: [...flags(10, 0), "-DLINGERS"] },
    ...Object.fromEntries(
      Object.entries(CRASHES).map(([name, crashes]) => [name, program(SHORT_WORK, crashes)]),
    ),
  };
  writeFileSync(join(folder, "work.c"), sourceOf());
  const path = join(folder, "uktest.config.json");
  writeFileSync(path, JSON.stringify({ suites }));
  return path;
}
