/**
 * Assertions that fail outside of any case, on every machine: each is red, has its place, and is named in every report.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { documentOf, MACHINES, ROOT, runKit } from "./kit.js";

interface Outside {
  readonly kind: string;
  readonly suite?: string;
  readonly line: number;
  readonly title: string;
  /** Lines of the console that belong to it. */
  readonly notes?: number;
}

const FILE = "suites/uktest-outside/outside.c";
const { outside } = JSON.parse(readFileSync(join(ROOT, "suites/uktest-outside/expected.json"), "utf8")) as {
  readonly outside: readonly Outside[];
};

/** Addresses differ from machine to machine. */
const steady = (text: string): string => text.replace(/0x[0-9a-f]+/g, "ADDRESS");

for (const machine of turns(MACHINES, "runner/outside"))
  test.serial(`${machine}: each failure outside a case is a fault with its place`, async (t) => {
    const said = await runKit("uktest-outside", "-m", machine, "-r", "json");
    t.is(said.code, 1, said.stderr);
    const document = documentOf(said);
    const found = document.faults.map(({ kind, suite, file, line, title, excerpt }) => ({
      kind,
      ...(suite !== undefined && { suite }),
      file,
      line,
      title: steady(title),
      notes: excerpt.length,
    }));
    t.deepEqual(
      found,
      outside.map(({ notes = 1, ...one }) => ({ ...one, file: FILE, notes })),
    );
    t.deepEqual(document.suites.flatMap(({ cases }) => cases.map(({ status }) => status)).sort(), [
      "passed",
      "passed",
      "passed",
      "passed",
      "skipped",
    ]);
    t.deepEqual(
      document.problems.filter(({ grade }) => grade === "error"),
      [],
    );
    t.is(document.evidence, "memory");
  });

test.serial("every report names each of them, with file and line", async (t) => {
  for (const reporter of [
    "lines",
    "pretty",
    "tap",
    "tap13",
    "junit",
    "github",
    "markdown",
    "html",
    "sarif",
  ]) {
    const { code, stdout } = await runKit("uktest-outside", "-m", "v86", "--no-build", "-r", reporter);
    t.is(code, 1, reporter);
    for (const { line } of outside)
      t.regex(
        stdout,
        new RegExp(`outside\\.c(?:"[^\\n]{0,80}"startLine": ?|[^0-9]{0,20}|,line=)${String(line)}\\b`),
        `${reporter}: line ${String(line)}`,
      );
  }
});
