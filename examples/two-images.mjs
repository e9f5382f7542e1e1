// Runs two programs of the project, or whatever is named, side by side, and prints a table of its own.
import { run } from "uktest";

const names = process.argv.slice(2);
const results = await Promise.all(
  (names.length > 0 ? names : ["ring"]).map(async (name) => ({
    name,
    ...(await run({ patterns: [name] }).result()),
  })),
);
for (const { name, verdict, evidence, model, reasons } of results) {
  const cases = model.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
  console.log(`${name.padEnd(24)}${verdict.padEnd(8)}${String(cases).padStart(5)}  ${evidence}`);
  for (const reason of reasons) console.log(`  ${reason}`);
}
process.exitCode = Math.max(...results.map(({ exitCode }) => exitCode));
