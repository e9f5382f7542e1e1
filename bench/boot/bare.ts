/**
 * One boot of an image on the bare machine, in a process of its own: no plan, no reader, no report. Prints how long it
 * took in milliseconds, the emulator's code included where it lives inside Node.
 */
import { readPlan } from "../../src/image/plan.js";
import { machines } from "../../runner/machines.js";

const [name = "", path = ""] = process.argv.slice(2);
const machine = (await machines()).find((one) => one.name === name);
if (machine === undefined) throw new Error(`no machine ${name}`);
const { architecture } = readPlan(path);

/** Boots once and reads to the end. */
async function once(): Promise<number> {
  const start = performance.now();
  const boot = machine?.boot(
    { path, architecture, isKit: true, words: [] },
    { memoryMiB: 64, acceleration: "tcg" },
  );
  if (boot === undefined) return NaN;
  let bytes = 0;
  for await (const chunk of boot.output) bytes += chunk.length;
  await boot.end;
  boot.release();
  return bytes > 0 ? performance.now() - start : NaN;
}

const coldMs = await once();
const warmMs = await once();
process.stdout.write(JSON.stringify({ coldMs, warmMs }));
