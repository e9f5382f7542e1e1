// Runs the tests under nyc with the hook of this folder in every child process.
import { spawnSync } from "node:child_process";

const hook = new URL("./register.mjs", import.meta.url).href;
const options = [process.env.NODE_OPTIONS, `--import=${hook}`].filter(Boolean).join(" ");
const run = spawnSync("npx", ["nyc", "ava", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: options },
});
process.exit(run.status ?? 1);
