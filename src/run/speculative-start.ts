/**
 * Gets the machine ready before the command line has been understood: loading an emulator takes about as long. It reads
 * a few words of the command and decides nothing; what is ready and not wanted does no harm.
 */
import type { Machine } from "../../runner/machine.js";
import { chooseMachine } from "../../runner/machines.js";
import { bootOptions } from "./boot-options.js";

/** The machine that is named; `auto` where none is. */
function machineIn(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(?:-m|--machine)(?:=|$)/.test(word));
  if (at < 0) return "auto";
  const [, named] = /^[^=]*=(.*)$/s.exec(words[at] ?? "") ?? [];
  return named ?? words[at + 1] ?? "";
}

/** With these the first boot is not that of a whole image on the machine as it is. */
const OTHERWISE = /^--(?:memory|accel|isolate|shard|shuffle|last-failed|run-timeout)(?:=|$)|^\w+\.\w+$/;

/**
 * Begins what can be begun. Never fails: whatever is wrong is reported when the command is read.
 * @returns the machine that is ready, if one is
 */
export async function beginEarly([command, ...words]: readonly string[]): Promise<Machine | undefined> {
  if (command !== "run" || words.some((word) => word.startsWith("--image"))) return undefined;
  try {
    const { machine } = await chooseMachine(machineIn(words), undefined);
    const isOtherwise = words.some((word) => OTHERWISE.test(word));
    machine.warm?.(isOtherwise ? undefined : bootOptions({ isKit: true }, { acceleration: "tcg" }));
    return machine;
  } catch {
    // Whoever chooses in earnest hears of it.
    return undefined;
  }
}
