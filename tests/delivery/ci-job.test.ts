/**
 * In a job of a CI host: annotations and the summary of GitHub come by themselves, beside whatever was asked for, and
 * nowhere else; paths are those of the repository.
 */
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { folderInRepository, linksOf, summaryOf } from "../../src/delivery/ci-job.js";
import { commandsIn } from "../oracles/actions-runner.js";
import { readMarkdown } from "../oracles/markdown.js";
import { nodesOf } from "../oracles/xml.js";
import { LOGS, type Said, scratch, type Scratch, uktest } from "../cli/run.js";

const LOG = join(LOGS, "v0.17-x86_64-failures-ubsan-noise.log");
const SUMMARY = "summary.md";

const job = ({ file }: Scratch, more: Readonly<Record<string, string>> = {}) => ({
  GITHUB_ACTIONS: "true",
  GITHUB_STEP_SUMMARY: file(SUMMARY),
  ...more,
});

const report = (
  folder: Scratch,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Said> =>
  uktest(["report", LOG, "--strip-prefix", "/home/dev/app", ...args], { cwd: folder.path, env });

test.serial("annotations and summary switch on by themselves, after what was there", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "# of another tool\n");
  const { code, stdout, stderr } = await report(folder, ["-r", "tap"], job(folder));
  t.is(code, 1);
  t.true(stdout.startsWith("TAP version 14\n"));
  t.deepEqual(commandsIn(stdout), []);
  t.true(
    commandsIn(stderr).some(({ name, properties }) => name === "error" && properties["file"] === "main.c"),
  );
  const summary = folder.text(SUMMARY);
  t.true(summary.startsWith("# of another tool\n## ❌ uktest: failed\n"));
  t.deepEqual(
    nodesOf(readMarkdown(summary), "h2").map(({ text }) => text),
    ["❌ uktest: failed"],
  );
});

test.serial("a second run of the same step appends", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "");
  await report(folder, [], job(folder));
  await report(folder, ["-r", `markdown=${folder.file(SUMMARY)}`], job(folder));
  t.is(folder.text(SUMMARY).match(/^## /gm)?.length, 2);
});

test.serial("what was asked for is not there twice", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "");
  const { stdout, stderr } = await report(folder, ["-r", "github", "-r", "markdown=own.md"], job(folder));
  t.true(commandsIn(stdout).length > 0);
  t.is(stderr, "");
  t.is(folder.text(SUMMARY), folder.text("own.md"));
});

test.serial("--no-auto-reporters, another host, a file that is not there", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "");
  const cases: readonly (readonly [readonly string[], Readonly<Record<string, string>>, number])[] = [
    [["--no-auto-reporters"], job(folder), 0],
    [[], { GITHUB_STEP_SUMMARY: folder.file(SUMMARY) }, 0],
    [[], { GITHUB_ACTIONS: "false", GITHUB_STEP_SUMMARY: folder.file(SUMMARY) }, 0],
  ];
  for (const [args, env, commands] of cases) {
    const { code, stderr } = await report(folder, args, env);
    t.deepEqual([code, commandsIn(stderr).length], [1, commands]);
    t.is(folder.text(SUMMARY), "");
  }
  const away = await report(folder, [], job(folder, { GITHUB_STEP_SUMMARY: folder.file("no/such.md") }));
  t.is(away.code, 1);
  t.true(commandsIn(away.stderr).length > 0);
});

test.serial("a step that has written a lot leaves less room", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "x\n".repeat(490_000));
  await report(folder, [], job(folder));
  t.is(folder.text(SUMMARY).match(/^## /gm)?.length, 1);
  folder.put(SUMMARY, "x\n".repeat(550_000));
  await report(folder, [], job(folder));
  t.is(statSync(folder.file(SUMMARY)).size, 1_100_000, "nothing fits any more");
});

test.serial("a summary that cannot be written is the rig's failure", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "");
  const { code, stderr } = await report(folder, [], job(folder, { GITHUB_STEP_SUMMARY: "/proc/version" }));
  t.is(code, 3);
  t.regex(stderr, /the report \/proc\/version cannot be written/);
});

test.serial("failures are linked to the sources of the commit", async (t) => {
  const folder = scratch(t);
  folder.put(SUMMARY, "");
  const env = job(folder, {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "o/r",
    GITHUB_SHA: "c0ffee",
    GITHUB_WORKSPACE: folder.path,
  });
  await report(folder, ["--root", folder.file("kernel")], env);
  const links = nodesOf(readMarkdown(folder.text(SUMMARY)), "a").map(({ attributes }) => attributes["href"]);
  t.true(links.includes("https://github.com/o/r/blob/c0ffee/kernel/main.c#L12"), links.join("\n"));
});

test("links are escaped, and there are none to another tree or without a commit", (t) => {
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://h",
    GITHUB_REPOSITORY: "o/r",
    GITHUB_SHA: "s",
    GITHUB_WORKSPACE: "/w",
  };
  t.is(linksOf(env, "/w")?.("a b/#c?.c", undefined), "https://h/o/r/blob/s/a%20b/%23c%3F.c");
  t.is(linksOf(env, "/w/..x")?.("..x/a.c", 3), "https://h/o/r/blob/s/..x/a.c#L3");
  t.is(linksOf(env, "/elsewhere"), undefined);
  t.is(linksOf(env, "/"), undefined);
  t.is(linksOf({ ...env, GITHUB_SHA: "" }, "/w"), undefined);
  t.is(linksOf({ ...env, GITHUB_ACTIONS: undefined }, "/w"), undefined);
});

test("paths are those of the repository, wherever in the job's folder it lies", (t) => {
  const { path, file } = scratch(t);
  mkdirSync(file("checkout/.git"), { recursive: true });
  mkdirSync(file("checkout/kernel/net"), { recursive: true });
  const github = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: path };
  t.is(folderInRepository(github, file("checkout/kernel/net")), "kernel/net/");
  t.is(folderInRepository(github, file("checkout")), "");
  t.is(folderInRepository(github, file("plain/folder")), "plain/folder/");
  t.is(folderInRepository(github, path), "");
  t.is(folderInRepository(github, "/"), "");
  t.is(folderInRepository({ GITHUB_ACTIONS: "true" }, path), "");
  t.is(folderInRepository({ GITLAB_CI: "true", CI_PROJECT_DIR: path }, file("a")), "a/");
  t.is(folderInRepository({ CI_PROJECT_DIR: path, GITHUB_WORKSPACE: path }, file("a")), "");
});

test.serial("annotations and reports of a project below the root of its repository", async (t) => {
  const folder = scratch(t);
  mkdirSync(folder.file("kernel"));
  const env = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: folder.path };
  const { stderr } = await report(folder, ["--root", folder.file("kernel"), "-r", "sarif=out.sarif"], env);
  t.true(commandsIn(stderr).some(({ properties }) => properties["file"] === "kernel/main.c"));
  t.regex(folder.text("out.sarif"), /"uri":"kernel\/main\.c"/);
});

test("the summary has to be a file", (t) => {
  const { path } = scratch(t);
  t.is(summaryOf({ GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: path }), undefined);
  t.is(summaryOf({ GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "" }), undefined);
  t.is(summaryOf({ GITHUB_ACTIONS: "true" }), undefined);
});
