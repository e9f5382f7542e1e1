/**
 * Memory that cases keep, on every machine: named with its bytes, its blocks and the line that allocated it. What only
 * looks like a leak is none, and a limit of the suite counts without an option. What is not measured: core/measures.test.ts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { documentOf, MACHINES, ROOT, runKit } from "./kit.js";

const SOURCE = readFileSync(join(ROOT, "suites/leaks/leaks.c"), "utf8").split("\n");
const lineOf = (code: string): number => SOURCE.findIndex((line) => line.includes(code)) + 1;
const at = (code: string): string => `suites/leaks/leaks.c:${String(lineOf(code))}`;

const AGAIN = " (it fails when it runs again, so a first use cannot be ruled out)";
/** What has to be found, and nothing else: the case, the words, the place. */
const LEAKS: readonly (readonly [name: string, words: string, place: string])[] = [
  ["b_keeps_64_bytes", "64 bytes in 1 block", at("return malloc(bytes);")],
  ["d_keeps_copies", "21 bytes in 3 blocks", at('strdup("a copy")')],
  ["e_lets_a_block_grow", "65 bytes in 1 block", at("grown = realloc(grown, bytes);")],
  ["g_runs_once", "48 bytes in 1 block", at("return malloc(bytes);")],
  ["k_per_parameter/1", "24 bytes in 1 block", at("return malloc(bytes);")],
  ["l_lends", "40 bytes in 1 block", at("return malloc(bytes);")],
  ["m_gives_back_and_keeps", "40 bytes in 1 block", at("return malloc(bytes);")],
  ["n_calloc_alloc", "56 bytes in 1 block", at("calloc(1, 56)")],
];
const MORE: Readonly<Record<string, string>> = {
  e_lets_a_block_grow: ", and 33 bytes of before were given back",
  g_runs_once: AGAIN,
};
const tooMuch = (name: string, bytes: number, most: number) => ({
  kind: "limit",
  case: `leaks.${name}`,
  message: `peak_bytes of leaks.${name} is ${String(bytes)}, and its suite allows ${String(most)}`,
  place: at(`UK_TESTCASE(leaks, ${name})`),
});
const TOO_MUCH = [tooMuch("i_needs_too_much", 5000, 4096), tooMuch("o_needs_much_once", 6000, 5000)];

interface Found {
  readonly kind?: string;
  readonly case?: string;
  readonly message?: string;
  readonly file: string;
  readonly line: number;
}

const shown = (findings: readonly Found[]) =>
  findings.map(({ kind, case: name, message, file, line }) => ({
    kind,
    case: name,
    message,
    place: `${file}:${String(line)}`,
  }));

const wanted = [
  ...LEAKS.map(([name, words, place]) => ({
    kind: "leak",
    case: `leaks.${name}`,
    message: `${words} still held after leaks.${name}${MORE[name] ?? ""}`,
    place,
  })),
  ...TOO_MUCH,
].sort((a, b) => (a.case < b.case ? -1 : 1));

for (const machine of turns(MACHINES, "runner/leaks"))
  test(`what cases keep is named on ${machine}, and nothing else`, async (t) => {
    t.timeout(600_000);
    const run = await runKit("leaks", "-m", machine, "--max-leak", "0", "-r", "json");
    t.is(run.code, 1, run.stderr);
    const { findings, problems, suites } = documentOf(run);
    t.deepEqual(shown(findings), wanted);
    t.deepEqual(
      problems.filter(({ grade }) => grade !== "note"),
      [],
    );
    // The cases have passed all the same, but for one, and a second run has left no result.
    t.deepEqual(
      (suites[0]?.cases ?? []).filter(({ status }) => status !== "passed").map(({ name }) => name),
      ["f_fails_first"],
    );
    t.true((suites[0]?.cases ?? []).every(({ assertions }) => assertions.length <= 3));
    const [, again] = /^uktest: again: (.*)$/m.exec(run.stderr) ?? [];
    t.regex(again ?? "", /leaks\.b_keeps_64_bytes .*--max-leak 0$/);
  });

test("without the option only the limits of the suite count, whatever is said of UBSAN", async (t) => {
  const run = await runKit("leaks", "-m", "qemu-x86_64", "--ubsan", "off", "-r", "json");
  t.is(run.code, 1);
  t.deepEqual(shown(documentOf(run).findings), TOO_MUCH);
  const some = await runKit("leaks.a_*", "leaks.b_*", "-m", "qemu-x86_64", "-r", "json");
  t.is(some.code, 0, some.stderr);
  const more = await runKit("leaks.b_*", "-m", "qemu-x86_64", "--max-leak", "64", "-r", "json");
  t.is(more.code, 0, more.stderr);
});

test("what is no number of bytes is refused", async (t) => {
  for (const value of ["-1", "some", "1.5"]) {
    const wrong = await runKit("ukbits", "--max-leak", value);
    t.is(wrong.code, 2, value);
    t.regex(wrong.stderr, /max-leak/);
  }
});
