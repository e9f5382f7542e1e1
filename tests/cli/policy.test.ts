/**
 * What the user decides: how findings count, which files are the user's own, which dialect is read.
 */
import { join } from "node:path";
import test from "ava";
import { BANNER, HEAD, generations, kernel } from "../console.js";
import { commandsIn } from "../oracles/actions-runner.js";
import { codesIn, documentOf } from "./document.js";
import { LOGS, scratch, uktest } from "./run.js";

const now = generations["0.11-0.20 with time"];
const UB = "Undefined behavior at /build/app/lib/x.c:12:9: shift of 1 by 40 out of bounds for type 'int'";
const FOUND =
  HEAD +
  now.header("alpha", "one") +
  kernel("ERR:  ", "libubsan", UB) +
  kernel("ERR:  ", "libubsan", UB) +
  now.passed("expected `x` to be true") +
  BANNER;

test.serial("--ubsan says what a finding does, also to a record", async (t) => {
  const { path, put } = scratch(t);
  put("run.log", FOUND);
  const run = async (...args: readonly string[]) => {
    const { code, stdout } = await uktest(["report", ...args, "-r", "json"], { cwd: path });
    const { policy, findings, exitCode } = documentOf(stdout);
    t.is(code, exitCode);
    return [code, policy.ubsan, findings.map(({ occurrences }) => occurrences)];
  };
  t.deepEqual(await run("run.log"), [1, "fail", [2]]);
  t.deepEqual(await run("run.log", "--ubsan", "fail"), [1, "fail", [2]]);
  t.deepEqual(await run("run.log", "--ubsan", "warn"), [0, "warn", [2]]);
  t.deepEqual(await run("run.log", "--ubsan", "off"), [0, "off", []]);
  await uktest(["report", "run.log", "--ubsan", "warn", "-r", "events=run.jsonl"], { cwd: path });
  t.deepEqual(await run("run.jsonl"), [0, "warn", [2]]);
  t.deepEqual(await run("run.jsonl", "--ubsan", "fail"), [1, "fail", [2]]);
});

test.serial("a real log with findings: fail, warn, off", async (t) => {
  const log = join(LOGS, "v0.17-x86_64-failures-ubsan-noise.log");
  const [fail, warn, off] = await Promise.all(
    ["fail", "warn", "off"].map(async (policy) =>
      documentOf((await uktest(["report", log, "--ubsan", policy, "-r", "json"])).stdout),
    ),
  );
  t.true((fail?.findings.length ?? 0) > 0);
  t.deepEqual(warn?.findings, fail?.findings);
  t.deepEqual(off?.findings, []);
  t.is([fail, warn, off].map((one) => one?.verdict).join(), "failed,failed,failed", "cases failed as well");
});

/** A log with a failing case for each file. */
const failingIn = (files: readonly string[]): string =>
  files
    .map(
      (file, n) =>
        now.header("alpha", `c${String(n)}`) + now.failed("expected `x` to be 1 but was 9", file, n + 1),
    )
    .join("") + BANNER;

test.serial("only files below the root are annotated, after the prefix is off", async (t) => {
  const { path, put } = scratch(t);
  put(
    "run.log",
    failingIn([
      "lib/in.c",
      "./lib/dot.c",
      "lib/../lib/back.c",
      "/build/app/lib/built.c",
      `${path}/tree/lib/own.c`,
      "../outside.c",
      "lib/../../outside.c",
      "/build/app/../escape.c",
      `${path}/tree/../escape.c`,
    ]),
  );
  put(
    "more.log",
    failingIn(["/etc/passwd", "/build/application/x.c", "C:\\x\\y.c", "..\\x.c", "/build/app//x.c"]),
  );
  const { code, stdout } = await uktest(
    ["report", "run.log", "more.log", "-r", "github", "--root", "tree", "--strip-prefix", "/build/app///"],
    { cwd: path },
  );
  t.is(code, 1);
  const commands = commandsIn(stdout);
  const files = commands.flatMap(({ properties }) => properties["file"] ?? []);
  t.deepEqual([...new Set(files)].sort(), [
    "lib/back.c",
    "lib/built.c",
    "lib/dot.c",
    "lib/in.c",
    "lib/own.c",
  ]);
});

test.serial("what is not below the root is named all the same", async (t) => {
  const { put } = scratch(t);
  const log = put("run.log", failingIn(["../outside.c", "/etc/passwd"]));
  const { stdout } = await uktest(["report", log, "-r", "github"]);
  t.deepEqual(
    commandsIn(stdout).flatMap(({ properties }) => properties["file"] ?? []),
    [],
  );
  for (const name of ["../outside.c", "/etc/passwd"]) t.true(stdout.includes(name), name);
});

test.serial("--dialect decides who reads", async (t) => {
  const { path, put } = scratch(t);
  put("run.log", `${HEAD}${now.header("alpha", "one")}${now.passed("expected `x` to be true")}${BANNER}`);
  put("run.tap", "TAP version 14\nok 1 - fine\n1..1\n");
  const code = async (...args: readonly string[]) => (await uktest(["report", ...args], { cwd: path })).code;
  t.deepEqual(
    await Promise.all([
      code("run.log"),
      code("run.log", "--dialect", "unikraft"),
      code("run.log", "--dialect", "tap"),
      code("run.tap"),
      code("run.tap", "--dialect", "tap"),
      code("run.tap", "--dialect", "unikraft"),
    ]),
    [0, 0, 4, 0, 0, 4],
  );
  const { stdout } = await uktest(["report", "run.log", "--dialect", "tap", "-r", "json"], { cwd: path });
  t.true(codesIn(documentOf(stdout)).includes("no-tests"));
});
