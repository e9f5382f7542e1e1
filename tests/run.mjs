// Runs every check one after the other, goes on after a failure, and closes with the count of all of them.
// The tests of ava count one by one, each other check counts as one.
import { spawn } from "node:child_process";

const steps = [
  { name: "types", command: ["npm", "run", "--silent", "build"] },
  { name: "format", command: ["npx", "prettier", "--check", "--log-level", "warn", "."] },
  { name: "lint", command: ["npx", "eslint", "."] },
  { name: "tests and their coverage", command: ["node", "tests/coverage/run.mjs"], counts: true },
  { name: "integrity", command: ["node", "dist/bench/integrity.js", "--runs", "1"] },
];

/** Runs one command; its output is shown and the tail of it kept for the counts. */
function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let tail = "";
    child.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-200_000);
    });
    child.on("error", () => resolve({ code: 1, tail }));
    child.on("close", (code) => resolve({ code: code ?? 1, tail }));
  });
}

const countOf = (text, what) =>
  [
    ...text.matchAll(
      new RegExp(`^\\s*(\\d+) (?:tests?|uncaught exceptions?|unhandled rejections?) ${what}`, "gm"),
    ),
  ]
    .map(([, count]) => Number(count))
    .reduce((a, b) => a + b, 0);

let passed = 0;
let failed = 0;
for (const { name, command, counts = false } of steps) {
  process.stdout.write(`\n== ${name}\n`);
  const { code, tail } = await run(command);
  if (!counts) {
    if (code === 0) passed += 1;
    else failed += 1;
    continue;
  }
  const good = countOf(tail, "passed");
  const bad = countOf(tail, "failed");
  passed += good;
  // A run that ends badly without a failed test, or without any test, has failed all the same.
  failed += bad > 0 ? bad : code !== 0 || good === 0 ? 1 : 0;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
