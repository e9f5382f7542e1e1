/**
 * The sanitizer's runtime on every machine: each seeded case gives its finding, at its line, under its name, and no
 * other case gives one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { documentOf, type JsonDocument, MACHINES, ROOT, runKit } from "./kit.js";

interface Promised {
  readonly suite: string;
  readonly case: string;
  readonly check: string;
  readonly file: string;
  readonly line: number;
  readonly compilers?: readonly string[];
  readonly architectures?: readonly string[];
  readonly defines?: readonly string[];
}

const tableOf = (folder: string): readonly Promised[] =>
  (
    JSON.parse(readFileSync(join(ROOT, "suites", folder, "expected.json"), "utf8")) as {
      readonly findings: readonly Promised[];
    }
  ).findings;

const ARCHITECTURES: Readonly<Record<string, string>> = {
  "qemu-x86_64": "x86_64",
  "qemu-i386": "i386",
  "qemu-arm64": "arm64",
  v86: "i386",
};

/** What a machine must report of a folder's table. */
const promisedOn = (
  machine: string,
  folder: string,
  compiler: string,
  defines: readonly string[],
): readonly Promised[] =>
  tableOf(folder).filter(
    (one) =>
      one.compilers?.includes(compiler) !== false &&
      one.architectures?.includes(ARCHITECTURES[machine] ?? "") !== false &&
      (one.defines ?? []).join() === defines.join(),
  );

const shown = ({ file, line, check }: Pick<Promised, "file" | "line" | "check">): string =>
  `${file}:${String(line)} ${check}`;

function hold(t: ExecutionContext, document: JsonDocument, promised: readonly Promised[]): void {
  t.true(promised.length > 0, "the table was read");
  t.deepEqual(document.findings.map(shown).sort(), promised.map(shown).sort());
  for (const one of promised) {
    const finding = document.findings.find((each) => shown(each) === shown(one));
    t.true(finding?.case?.endsWith(one.case), `${one.suite}.${one.case}: ${String(finding?.case)}`);
  }
}

for (const machine of turns(MACHINES, "runner/findings"))
  test.serial(`one finding for each seeded check on ${machine}`, async (t) => {
    const run = await runKit("ubsan", "-m", machine, "-r", "json");
    t.is(run.code, 1, run.stderr);
    hold(t, documentOf(run), promisedOn(machine, "ubsan", "gcc", []));
    const warned = await runKit("ubsan", "-m", machine, "-r", "json", "--ubsan", "warn", "--no-build");
    t.is(warned.code, 0, warned.stderr);
    const more = await runKit("ubsan-more", "-m", machine, "-r", "json");
    hold(t, documentOf(more), promisedOn(machine, "ubsan", "gcc", ["UBSAN_MORE"]));
  });

test.serial("the same from clang", async (t) => {
  // By hand that of image/symbols, which compiles the same objects.
  for (const machine of turns(MACHINES, "runner/findings, clang")) {
    const run = await runKit("ubsan", "-m", machine, "-r", "json", "--cc", "clang");
    t.is(run.code, 1, run.stderr);
    hold(t, documentOf(run), promisedOn(machine, "ubsan", "clang", []));
  }
});

test.serial("what a program cannot survive is a finding and a crash", async (t) => {
  for (const machine of turns(MACHINES, "runner/findings, fatal")) {
    const document = documentOf(await runKit("ubsan-fatal", "-m", machine, "-r", "json"));
    hold(t, document, promisedOn(machine, "ubsan-fatal", "gcc", []));
    t.is(document.faults.length, 1, machine);
    t.is(document.suites[0]?.cases[0]?.status, "crashed", machine);
  }
});
