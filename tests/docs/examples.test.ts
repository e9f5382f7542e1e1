/**
 * The README and the pages of docs/, followed by a reader: files put in place, commands typed, in the order of the page and
 * in a folder of its own. Nothing on them may be wrong.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { binaries, checkOut, ROOT, shell } from "../ci/checkout.js";
import { LOGS, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { linksOf, type Step, steady, stepsOf } from "./pages.js";

const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    // What is on the page on extending has a test of its own, extending.test.ts.
    .filter((name) => name !== "extending.md")
    .map((name) => `docs/${name}`),
];
const textOf = (page: string): string => readFileSync(join(ROOT, page), "utf8");

const made: string[] = [];
/** A folder beside all others of tests, where the kit is compiled for already. */
function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "uktest-docs-"));
  made.push(path);
  return path;
}
const ring = newFolder();
/** An empty folder for what is typed in a checkout: it has the kit's suites too, and leaves the real one alone. */
const kit = newFolder();
const bin = binaries(newFolder());

/** What readers have: a project, an image of their own build, consoles, a record. */
test.before(async (t) => {
  await checkOut(ring, ["v86", "qemu-x86_64"]);
  for (const machine of ["qemu-x86_64", "v86"]) {
    const said = await uktest(["run", "-m", machine, "-r", "events=run.jsonl"], { cwd: ring });
    t.is(said.code, 0, said.stderr);
  }
  mkdirSync(join(ring, "build"));
  for (const end of ["", ".dbg"])
    copyFileSync(join(ring, ".uktest/build/x86_64-gcc/ring.elf"), join(ring, `build/app_qemu-x86_64${end}`));
  copyFileSync(join(LOGS, "v0.17-x86_64-all-suites-pass.log"), join(ring, "serial.log"));
  copyFileSync(join(LOGS, "v0.17-x86_64-page-fault-mid-suite.log"), join(ring, "red.log"));
  const quarantine = /```json\n(\[\s*\{\s*"case"[\s\S]*?)```/.exec(textOf("docs/known.md"))?.[1] ?? "";
  writeFileSync(
    join(ring, "quarantine.json"),
    quarantine.replace("vfscore_stat_testsuite.test_stat_*", "ring_testsuite.full"),
  );
});
test.after.always(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

async function follow(t: ExecutionContext, page: string, steps: readonly Step[], cwd: string): Promise<void> {
  for (const step of steps) {
    if (step.kind === "file") {
      writeFileSync(join(cwd, step.name), step.text);
      continue;
    }
    const here = step.kind === "command" && step.inCheckout ? kit : cwd;
    const said = await shell(step.command, { cwd: here, bin });
    if (step.kind === "command") {
      const where = `${page}:${String(step.line)}: ${step.command}`;
      t.is(said.code, step.exitCode, `${where}\n${said.stdout}\n${said.stderr}`);
      t.notRegex(said.stderr, /uktest: (?:error|bug)/, where);
      continue;
    }
    const printed = steady(said.stdout);
    for (const line of steady(step.text))
      t.true(printed.includes(line), `${page}: not printed: ${line}\n${said.stdout}`);
  }
}

const runnable = PAGES.filter((page) => stepsOf(textOf(page)).length > 0);
for (const page of runnable)
  test.serial(`${page} works as printed`, async (t) => {
    const steps = stepsOf(textOf(page));
    let cwd = ring;
    if (steps.some(({ kind }) => kind === "file")) {
      cwd = newFolder();
      await putKitObjects(cwd);
    }
    await follow(t, page, steps, cwd);
    t.true(steps.length > 0);
  });

test("every page that has commands was followed", (t) => {
  for (const page of [
    "README.md",
    "getting-started",
    "writing-suites",
    "unikraft-images",
    "ci",
    "known",
    "configuration",
  ])
    t.true(
      runnable.some((one) => one.includes(page)),
      page,
    );
});

test("every link leads to a file, and every file of docs/ has one", (t) => {
  const seen = new Set<string>();
  for (const page of PAGES)
    for (const target of linksOf(textOf(page))) {
      const path = join(dirname(page), target);
      t.true(existsSync(join(ROOT, path)), `${page}: ${target}`);
      seen.add(path);
    }
  for (const page of PAGES) if (page !== "README.md") t.true(seen.has(page), `nobody leads to ${page}`);
  for (const name of readdirSync(join(ROOT, "docs/ci"))) t.true(seen.has(`docs/ci/${name}`), name);
});

test("docs/extending.md names files and tests that are there", (t) => {
  const names = [...textOf("docs/extending.md").matchAll(/`([\w/.-]+\.(?:ts|json|h)|tests\/[\w/]+)`/g)].map(
    ([, name = ""]) => name,
  );
  t.true(names.length > 20);
  const tests = ["", "tests/reporters/", "tests/runner/"];
  for (const name of names) {
    if (/NAME|^library\.json$/.test(name)) continue;
    t.true(
      tests.some((folder) => existsSync(join(ROOT, folder, name))),
      name,
    );
  }
});

test("docs/ci.md tells every input and output of the action", (t) => {
  const page = textOf("docs/ci.md");
  const action = readFileSync(join(ROOT, ".github/actions/uktest/action.yml"), "utf8");
  const names = [...action.slice(0, action.indexOf("\nruns:")).matchAll(/^ {2}([\w-]+):$/gm)].map(
    ([, name = ""]) => name,
  );
  t.true(names.length > 30);
  for (const name of names) if (!["icon", "color"].includes(name)) t.true(page.includes(`\`${name}\``), name);
});
