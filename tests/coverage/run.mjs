// Runs the tests with counters in our modules, adds up what all processes left, and lets nyc report and judge it.
// The plain modules are back in place when it ends, whatever happened.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instrument } from "./instrument.mjs";

const counters = new URL("counters.mjs", import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "uktest-counters-"));
const { zero, restore } = instrument();
/** The command that the tests start is made of the modules, so it counts like them. */
const bundle = () => execFileSync(process.execPath, ["build/bundle.mjs"], { stdio: "inherit" });
bundle();
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
process.once("exit", () => {
  restore();
  bundle();
  rmSync(folder, { recursive: true, force: true });
});

const options = [process.env.NODE_OPTIONS, `--import=${counters}`].filter(Boolean).join(" ");
const tests = spawnSync("npx", ["ava", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: options, UKTEST_COUNTERS: folder },
});

for (const name of readdirSync(folder).filter((each) => each.endsWith(".json"))) {
  const left = JSON.parse(readFileSync(join(folder, name), "utf8"));
  for (const [file, { s, f, b }] of Object.entries(left)) add(zero[file], { s, f, b });
}

/** Adds one process's counters: statements and functions are numbers, branches have one for each arm. */
function add(total, { s, f, b }) {
  for (const id in s) total.s[id] += s[id];
  for (const id in f) total.f[id] += f[id];
  for (const id in b) b[id].forEach((count, arm) => (total.b[id][arm] += count));
}

rmSync(".nyc_output", { recursive: true, force: true });
mkdirSync(".nyc_output");
writeFileSync(".nyc_output/all.json", JSON.stringify(zero));
const gate = spawnSync("npx", ["nyc", "report"], { stdio: "inherit" });
process.exit(tests.status === 0 ? (gate.status ?? 1) : (tests.status ?? 1));
