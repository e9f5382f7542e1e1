/**
 * Gets the machine ready before the command line has been understood: the thread of the embedded emulator, the pipe of
 * the others take about as long. It reads two words of the command and decides nothing; what is ready and not wanted
 * does no harm.
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
  try {
    const { machine } = await chooseMachine(machineIn(words), undefined);
    machine.warm?.();
  } catch {
    // Whoever chooses in earnest hears of it.
  }
}
