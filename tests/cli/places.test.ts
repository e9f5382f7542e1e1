/**
 * Places that are not what they should be: a working folder that is gone, a checkout that cannot be written, a limit for
 * files. Each is a sentence, and no command shows a stack trace.
 */
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { demo } from "./project.js";
import { LOGS, MAIN, scratch, startProgram, uktest } from "./run.js";

const GREEN = join(LOGS, "v0.17-x86_64-all-suites-pass.log");
const NO_TRACE = /^\s+at |Node\.js v/m;

/** Runs the command in a shell that has done something first. */
const after = (cwd: string, first: string, args: readonly string[], before: readonly string[] = []) =>
  startProgram("sh", ["-c", `${first}; exec "$@"`, "sh", ...before, process.execPath, MAIN, ...args], { cwd })
    .end;

for (const args of [
  ["report", GREEN],
  ["run"],
  ["list"],
  ["doctor"],
  ["machines"],
  ["watch"],
  ["init", "--name", "x"],
  ["merge", "a.jsonl"],
  ["--version"],
])
  test.serial(`${args.slice(0, 1).join("")}: a working folder that is gone is one sentence`, async (t) => {
    const { path, file } = scratch(t);
    mkdirSync(file("gone"));
    const said = await after(path, "cd gone && rmdir ../gone", args);
    t.is(said.code, 3);
    t.regex(said.stderr, /^uktest: error: the working folder is gone: it was deleted or renamed\n/);
    t.notRegex(said.stderr, NO_TRACE);
  });

test.serial("a limit for files is a report that cannot be written, and no signal", async (t) => {
  const { path } = scratch(t);
  const said = await after(path, "ulimit -f 1", ["report", GREEN, "-r", "json=large.json", "-r", "lines"]);
  t.is(said.code, 3);
  t.regex(said.stderr, /the report large\.json cannot be written: file too large \(EFBIG\)/);
  t.regex(said.stdout, /^VERDICT passed/m);
  t.deepEqual(readdirSync(path), []);
});

test.serial("a limit for files is a build that failed, and no bug", async (t) => {
  const project = await demo(t, []);
  const said = await after(project.path, "ulimit -f 1", ["run", "-m", "v86"]);
  t.true(said.code === 1 || said.code === 3, String(said.code));
  t.notRegex(said.stderr, NO_TRACE);
});

/** Only somebody else than root is kept out by the rights of a folder. */
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const asNobody = process.getuid?.() === 0 ? NOBODY : [];

test.serial(
  "where a checkout cannot be written another folder takes its place, and is used again",
  async (t) => {
    const project = await demo(t, []);
    const temporary = scratch(t);
    chmodSync(temporary.path, 0o777);
    chmodSync(project.path, 0o555);
    t.teardown(() => {
      chmodSync(project.path, 0o755);
    });
    const run = () =>
      after(
        project.path,
        `export TMPDIR=${temporary.path} HOME=${temporary.path}`,
        ["run", "-m", "v86"],
        asNobody,
      );
    const first = await run();
    t.is(first.code, 0, first.stderr);
    t.regex(first.stderr, /\.uktest cannot be written: \S+\/uktest-\d+-\w{8} takes its place/);
    t.regex(first.stderr, /built demo/);
    const second = await run();
    t.is(second.code, 0, second.stderr);
    t.notRegex(second.stderr, /^uktest: built/m, "what was built is found again");
    t.false(readdirSync(project.path).includes(".uktest"));
  },
);

test.serial("a configuration as Windows writes it is read, and a comma too much has its place", async (t) => {
  const project = await demo(t);
  const text = project.text("uktest.config.json");
  project.put("uktest.config.json", `\xef\xbb\xbf${text.replaceAll("\n", "\r\n")}`);
  const said = await uktest(["list", "-m", "v86"], { cwd: project.path });
  t.is(said.code, 0, said.stderr);
  project.put("uktest.config.json", '{\n  "suites": {},\n}\n');
  const wrong = await uktest(["list"], { cwd: project.path });
  t.is(wrong.code, 2);
  t.regex(wrong.stderr, /uktest\.config\.json: no JSON: line 3, column 1: a comma in front of \}/);
});
