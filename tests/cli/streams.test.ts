/**
 * stdout, stderr, signals, colours: who gets which stream, readers that go away, runs that are stopped.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { generations } from "../console.js";
import { codesIn, documentOf } from "./document.js";
import { LOGS, scratch, start, startProgram, MAIN, uktest } from "./run.js";

const LOG = join(LOGS, "slide-vfscore.log");
const GREEN = join(LOGS, "v0.17-x86_64-all-suites-pass.log");
const now = generations["0.11-0.20 with time"];

test.serial(
  "the first report without a file has stdout, the next stderr; one for people if there is none",
  async (t) => {
    const { path, text } = scratch(t);
    const [both, swapped, none, dash] = await Promise.all([
      uktest(["report", LOG, "-r", "tap", "-r", "json"]),
      uktest(["report", LOG, "-r", "json", "-r", "tap"]),
      uktest(["report", LOG, "-r", "json=run.json"], { cwd: path }),
      uktest(["report", LOG, "-r", "json=-"]),
    ]);
    t.true(both.stdout.startsWith("TAP version 14\n"));
    t.deepEqual([swapped.stdout, swapped.stderr], [both.stderr, both.stdout]);
    t.is(documentOf(both.stderr).exitCode, 1);
    t.is(text("run.json"), both.stderr);
    t.regex(none.stdout, /^VERDICT failed/m);
    t.is(none.stderr, "");
    t.is(dash.stdout, both.stderr);
  },
);

test.serial("a reader that goes away ends nothing but its own report", async (t) => {
  const { path, text, put } = scratch(t);
  const many = Array.from({ length: 15_000 }, (_, n) => now.header("alpha", `c${String(n)}`)).join("");
  put("many.log", many);
  for (const reporter of ["lines", "events", "json", "tap"]) {
    const run = start(["report", "many.log", "-r", reporter, "-r", "github=gh.txt"], { cwd: path });
    run.child.stdout?.once("data", () => run.child.stdout?.destroy());
    const { code, stderr } = await run.end;
    t.deepEqual([code, stderr], [1, ""], reporter);
    t.regex(text("gh.txt"), /^::error/m);
  }
  const help = start(["report", "--help"]);
  help.child.stdout?.destroy();
  t.deepEqual([(await help.end).code, (await help.end).stderr], [0, ""]);
});

test.serial("a full disk after stdout is the rig's failure", async (t) => {
  const full = await startProgram("sh", [
    "-c",
    'exec "$@" >/dev/full',
    "sh",
    process.execPath,
    MAIN,
    "report",
    LOG,
  ]).end;
  t.is(full.code, 3);
  t.regex(full.stderr, /^uktest: error: stdout cannot be written: /);
});

for (const [signal, expected] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  test.serial(`${signal} while a guest runs: reports are written and say so`, async (t) => {
    const { path, text } = scratch(t);
    const files = ["json=run.json", "events=run.jsonl", "sarif=run.sarif"].flatMap((one) => ["-r", one]);
    const run = start(["report", "-", "-r", "lines", ...files], { cwd: path, input: null });
    const log = readFileSync(GREEN, "latin1");
    // All but the end: every case has passed so far.
    run.child.stdin?.write(log.slice(0, log.indexOf("Powered by")), "latin1");
    await run.seen("PASS");
    run.child.kill(signal);
    const { code, stdout, stderr } = await run.end;
    t.deepEqual([code, stderr], [expected, ""]);
    t.regex(stdout, new RegExp(`incomplete-run .*interrupted by ${signal}`));
    t.regex(stdout, /^VERDICT failed/m);
    const document = documentOf(text("run.json"));
    t.is(document.verdict, "failed");
    t.false(document.complete);
    const sarif = JSON.parse(text("run.sarif")) as {
      readonly runs: readonly {
        readonly invocations: readonly { readonly executionSuccessful: boolean }[];
      }[];
    };
    t.false(sarif.runs[0]?.invocations[0]?.executionSuccessful);
    t.true(codesIn(document).includes("incomplete-run"));
    const again = await uktest(["report", "run.jsonl", "-r", "json"], { cwd: path });
    t.is(again.stdout, text("run.json"));
    t.is(again.code, 1, "a replay was not interrupted itself");
  });

test.serial("a record that is being piped can be stopped as well", async (t) => {
  const { path, text } = scratch(t);
  await uktest(["report", GREEN, "-r", "events=run.jsonl"], { cwd: path });
  const run = start(["report", "-", "-r", "lines", "-r", "json=run.json"], { cwd: path, input: null });
  run.child.stdin?.write(text("run.jsonl").split("\n").slice(0, 60).join("\n"));
  await run.seen("PASS");
  run.child.kill("SIGINT");
  const { code, stderr } = await run.end;
  t.deepEqual([code, stderr], [130, ""]);
  t.true(codesIn(documentOf(text("run.json"))).includes("incomplete-run"));
});

test.serial("a live report comes while the guest runs", async (t) => {
  const run = start(["report", "-", "-r", "lines"], { input: null });
  run.child.stdin?.write(
    now.header("alpha", "one") + now.passed("expected `x` to be true") + now.header("alpha", "two"),
  );
  await run.seen("PASS alpha.one");
  t.is(run.child.exitCode, null);
  run.child.stdin?.end();
  t.regex((await run.end).stdout, /^PASS alpha\.one/m);
});

test.serial("colours: the choice, then FORCE_COLOR, then NO_COLOR, then the stream", async (t) => {
  const colours = async (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<boolean> => {
    const { stdout } = await uktest(["report", LOG, "-r", "pretty", ...args], { env });
    return stdout.includes("\x1b[");
  };
  const rows: readonly (readonly [readonly string[], Readonly<Record<string, string>>, boolean])[] = [
    [[], {}, false],
    [["--color", "always"], {}, true],
    [["--color=always"], { NO_COLOR: "1" }, true],
    [["--color=never"], { FORCE_COLOR: "1" }, false],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "0" }, false],
    [[], { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    [[], { GITHUB_ACTIONS: "true" }, true],
    [[], { GITHUB_ACTIONS: "true", NO_COLOR: "1" }, false],
    [[], { NO_COLOR: "" }, false],
  ];
  const seen = await Promise.all(rows.map(([args, env]) => colours(args, env)));
  rows.forEach(([args, env, wanted], n) => t.is(seen[n], wanted, JSON.stringify([args, env])));
});

test.serial("a file gets no colours, whatever stdout gets", async (t) => {
  const { path, text } = scratch(t);
  const { stdout } = await uktest(["report", LOG, "-r", "pretty", "-r", "pretty=run.txt", "--color=always"], {
    cwd: path,
  });
  t.true(stdout.includes("\x1b["));
  t.false(text("run.txt").includes("\x1b"));
});
