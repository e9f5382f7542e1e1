// Builds every image of this repository once, before tests begin that would each build some of them at the same time.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { suites } = JSON.parse(readFileSync("uktest.config.json", "utf8"));
let code = 0;
// One machine for each architecture.
for (const machine of ["v86", "qemu-x86_64", "qemu-arm64"]) {
  const words = ["dist/bin/uktest/uktest.cjs", "list", "-m", machine, "--json", ...Object.keys(suites)];
  const { status } = spawnSync(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
  code ||= status ?? 1;
}
process.exitCode = code;
