// Runs every check, goes on after a failure, and closes with the count of all of them. Checks that need no result of each
// other run side by side: what a lesser one prints is shown when it ends.
// The tests of ava count one by one, each other check counts as one. With words it runs just the tests that they mean, of
// what is there now: nothing is installed, and types are not checked.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isBundleOld, transpile } from "../build/transpile.mjs";
import { changedFiles } from "./changed.mjs";
import { grouped, removeGroups } from "./groups.mjs";
import { pick, startsCommand } from "./pick.mjs";

// Certificates of the host, which some set for all programs: Node reads them at each start, for a tenth of a second, and
// thousands of starts here speak to nobody.
delete process.env.NODE_EXTRA_CA_CERTS;

// Many tests compile the same kit in folders of their own. What a compiler has made of the same input is taken from a cache,
// where the host has ccache: folders are in no object, since uktest maps them all.
const CCACHE = "/usr/lib/ccache";
if (existsSync(CCACHE)) {
  // Where it finds the compilers themselves, for tests with a PATH of their own.
  process.env.CCACHE_PATH = process.env.PATH;
  process.env.PATH = `${CCACHE}:${process.env.PATH}`;
  process.env.CCACHE_DIR = resolve("node_modules/.cache/uktest/ccache");
  process.env.CCACHE_MAXSIZE = "1G";
  process.env.CCACHE_NOHASHDIR = "1";
  // Some tests clear the locale, others keep it: what a compiler makes is the same, only its words may differ.
  process.env.CCACHE_SLOPPINESS = "locale";
  // What was included is in the dependency file that every command of uktest asks for: no second preprocessor finds it out.
  process.env.CCACHE_DEPEND = "1";
}

const AVA = "node_modules/ava/entrypoints/cli.mjs";
const words = process.argv.slice(2);

/** CI counts coverage too, which takes a third longer; by hand, `npm run coverage` does. */
const isCi = process.env.CI === "true";

// Of tests that say the same of every machine, all tests by hand run one: see `turns` in tests/amount.ts.
if (!isCi && words.length === 0) process.env.UKTEST_TEST_MACHINES = "one";

/** Files that were looked at and have not changed since are not looked at again. */
const cached = (tool) => ["--cache", "--cache-location", `node_modules/.cache/uktest/${tool}`];

/** By hand each kind of damage once, on the logs of the newest release: the tests have those of another one. */
const INTEGRITY = isCi ? ["--runs", "1"] : ["--runs", "0.05", "--log", "v0.21"];

/** By hand what differs from the branch that CI has looked at: types that lint needs take it longer than all tests of it. */
const changed = isCi ? undefined : changedFiles();
/** All files, or those of `changed` that `seen` says are looked at. */
const looked = (seen) => (changed === undefined ? ["."] : changed.filter((name) => seen.test(name)));
const lint = [
  {
    name: "format",
    command: ["npx", "prettier", "--check", "--ignore-unknown", "--log-level", "warn", ...cached("prettier")],
    files: looked(/./),
  },
  {
    name: "lint",
    command: ["npx", "eslint", "--no-warn-ignored", ...cached("eslint")],
    files: looked(/\.ts$/),
  },
]
  .filter(({ files }) => files.length > 0)
  .map(({ name, command, files }) => ({ name, command: [...command, ...files] }));
const integrity = { name: "integrity", command: ["node", "dist/bench/integrity.js", ...INTEGRITY] };
const images = { name: "images", command: ["node", "tests/images.mjs"] };
/** How much of the guest kit its own suites run; its last line is said again at the end. */
const kit = { name: "coverage of the kit", command: ["node", "tests/coverage/kit.mjs"], says: true };
const types = { name: "types", command: ["npm", "run", "--silent", "build"] };

/** All tests by hand; what they are is known once they are compiled. */
const tests = { name: "tests", command: () => [process.execPath, AVA, ...grouped()], counts: true };

/** In stages; of each the last one is shown while it runs. Coverage puts other modules in place, so it stands alone. */
const all = isCi
  ? [
      [types],
      // One waits for guests where the others compute, so that all take hardly longer than the longest.
      [...lint, kit, integrity],
      [{ name: "tests and their coverage", command: ["node", "tests/coverage/run.mjs"], counts: true }],
    ]
  : [[types], [images], [...lint, integrity, tests]];

/** The steps for some words, after what was edited has been compiled. */
async function stepsFor(words) {
  await transpile();
  const { files, unknown } = pick(words);
  if (unknown.length > 0) {
    process.stderr.write(`no test is named like ${unknown.join(", ")}: name a folder or a file of tests/\n`);
    process.exit(2);
  }
  return [
    ...(startsCommand(files) && isBundleOld()
      ? [[{ name: "bundle", command: [process.execPath, "build/bundle.mjs"] }]]
      : []),
    [{ name: words.join(" "), command: [process.execPath, AVA, ...files], counts: true }],
  ];
}

/**
 * Runs one command; `show` gets what it prints. Results are counted line by line, because ava's own summary names no test that
 * passed once another one failed.
 */
function run([program, ...args], show) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const seen = { passed: 0, failed: 0, uncaught: 0 };
    let rest = "";
    child.stdout.setEncoding("utf8");
    child.stderr.setEncoding("utf8").on("data", show);
    child.stdout.on("data", (text) => {
      show(text);
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      lines.forEach((line) => count(line, seen));
    });
    child.on("error", () => resolve({ code: 1, seen }));
    child.on("close", (code) => resolve({ code: code ?? 1, seen }));
  });
}

/** Names of what failed, to be said again at the end: a log of CI is often read from there. */
const names = [];

/**
 * A line of ava for a test that ended or a file that did not, for one that hung, or the part of its summary on what failed
 * outside of both.
 */
function count(line, seen) {
  if (/^\s*✔ /.test(line)) seen.passed += 1;
  else if (/^\s*✘ (?!\[expected fail\])/.test(line)) {
    seen.failed += 1;
    names.push(line.trim());
  } else if (/^\s*(?:◌ |\d+ tests were pending in |Failed to exit when )/.test(line)) names.push(line.trim());
  const outside = /^\s*(\d+) (?:uncaught exceptions?|unhandled rejections?)/.exec(line);
  if (outside !== null) seen.uncaught += Number(outside[1]);
}

/** Last lines of checks that say a figure. */
const figures = [];

const steps = words.length === 0 ? all : await stepsFor(words);
let passed = 0;
let failed = 0;
/** Runs one step and counts it. What one that is not shown prints comes whole, when it ends. */
async function take({ name, command, counts = false, says = false }, isShown) {
  const title = `\n== ${name}\n`;
  let kept = title;
  if (isShown) process.stdout.write(title);
  const { code, seen } = await run(typeof command === "function" ? command() : command, (text) => {
    if (isShown) process.stdout.write(text);
    if (!isShown || says) kept += text;
  });
  if (says) figures.push(kept.trimEnd().split("\n").at(-1));
  if (!isShown) process.stdout.write(kept);
  const bad = seen.failed + seen.uncaught;
  if (counts) passed += seen.passed;
  else if (code === 0) passed += 1;
  if (counts && bad > 0) failed += bad;
  // A run that ends badly without a failed test, or without any test, has failed all the same.
  else if (code !== 0 || (counts && seen.passed === 0)) {
    failed += 1;
    names.push(`✘ ${name}`);
  }
}

for (const stage of steps) await Promise.all(stage.map((step, at) => take(step, at === stage.length - 1)));
removeGroups();
if (names.length > 0) process.stdout.write(`\n${names.join("\n")}\n`);
if (figures.length > 0) process.stdout.write(`\n${figures.join("\n")}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
