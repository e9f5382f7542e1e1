/**
 * `npm run bench:soak -- --boots 1000 [--seed N]`: boots the kit's images again and again while uktest and its emulators
 * are killed at random, and looks for whatever survives: a process, a file, a result that is lost or wrong, half a report.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { say } from "./run/measure.js";
import { soak } from "./soak/rounds.js";
import { randomOf } from "./integrity/random.js";

const { values } = parseArgs({
  options: { boots: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const folder = mkdtempSync(join(tmpdir(), "uktest-soak-"));
try {
  const result = await soak(folder, Number(values.boots), randomOf(`soak ${values.seed}`), say);
  for (const [what, count] of Object.entries(result.counts))
    say(`${what.padEnd(44)}${String(count).padStart(6)}`);
  for (const flaw of result.flaws) say(`FLAW ${flaw}`);
  say(`${String(result.flaws.length)} flaws; --seed ${values.seed} kills in the same order again`);
  process.exitCode = result.flaws.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
