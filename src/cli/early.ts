/**
 * Starts the embedded emulator's thread before the command line has been understood, where that is what it will come to:
 * both take about as long. It reads two words of the command and decides nothing; a thread too many does no harm.
 */
import { chooseMachine } from "../../runner/machines.js";

/** The machine that is named; `auto` where none is. */
function machineIn(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(?:-m|--machine)(?:=|$)/.test(word));
  if (at < 0) return "auto";
  const [, named] = /^[^=]*=(.*)$/s.exec(words[at] ?? "") ?? [];
  return named ?? words[at + 1] ?? "";
}

/** Begins what can be begun. Never fails: whatever is wrong is told when the command is read. */
export async function beginEarly([command, ...words]: readonly string[]): Promise<void> {
  if (command !== "run" || words.some((word) => word.startsWith("--image"))) return;
  const name = machineIn(words);
  if (name !== "auto" && name !== "v86") return;
  try {
    const { machine } = await chooseMachine(name, undefined);
    machine.warm?.();
  } catch {
    // Whoever chooses in earnest hears of it.
  }
}
