// Runs every check one after the other, goes on after a failure, and closes with the count of all of them.
// The tests of ava count one by one, each other check counts as one. With words it runs just the tests that they mean, of
// what is there now: nothing is installed, and types are not checked.
import { spawn } from "node:child_process";
import { isBundleOld, transpile } from "../build/transpile.mjs";
import { pick, startsCommand } from "./pick.mjs";

const AVA = "node_modules/ava/entrypoints/cli.mjs";
const words = process.argv.slice(2);

/** CI counts coverage too, which takes a third longer; by hand, `npm run coverage` does. */
const isCi = process.env.CI === "true";

/** Files that were looked at and have not changed since are not looked at again. */
const cached = (tool) => ["--cache", "--cache-location", `node_modules/.cache/uktest/${tool}`];

const all = [
  { name: "types", command: ["npm", "run", "--silent", "build"] },
  {
    name: "format",
    command: ["npx", "prettier", "--check", "--log-level", "warn", ...cached("prettier"), "."],
  },
  { name: "lint", command: ["npx", "eslint", ...cached("eslint"), "."] },
  isCi
    ? { name: "tests and their coverage", command: ["node", "tests/coverage/run.mjs"], counts: true }
    : { name: "tests", command: [process.execPath, AVA], counts: true },
  { name: "integrity", command: ["node", "dist/bench/integrity.js", "--runs", "1"] },
];

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
      ? [{ name: "bundle", command: [process.execPath, "build/bundle.mjs"] }]
      : []),
    { name: words.join(" "), command: [process.execPath, AVA, ...files], counts: true },
  ];
}

/**
 * Runs one command and shows its output. Results are counted line by line, because ava's own summary names no test that
 * passed once another one failed.
 */
function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    const seen = { passed: 0, failed: 0, uncaught: 0 };
    let rest = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text) => {
      process.stdout.write(text);
      const lines = (rest + text).split("\n");
      rest = lines.pop();
      lines.forEach((line) => count(line, seen));
    });
    child.on("error", () => resolve({ code: 1, seen }));
    child.on("close", (code) => resolve({ code: code ?? 1, seen }));
  });
}

/** A line of ava for a test that ended or a file that did not, or the part of its summary on what failed outside of both. */
function count(line, seen) {
  if (/^\s*✔ /.test(line)) seen.passed += 1;
  else if (/^\s*✘ (?!\[expected fail\])/.test(line)) seen.failed += 1;
  const outside = /^\s*(\d+) (?:uncaught exceptions?|unhandled rejections?)/.exec(line);
  if (outside !== null) seen.uncaught += Number(outside[1]);
}

const steps = words.length === 0 ? all : await stepsFor(words);
let passed = 0;
let failed = 0;
for (const { name, command, counts = false } of steps) {
  process.stdout.write(`\n== ${name}\n`);
  const { code, seen } = await run(command);
  const bad = seen.failed + seen.uncaught;
  if (counts) passed += seen.passed;
  else if (code === 0) passed += 1;
  if (counts && bad > 0) failed += bad;
  // A run that ends badly without a failed test, or without any test, has failed all the same.
  else if (code !== 0 || (counts && seen.passed === 0)) failed += 1;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
