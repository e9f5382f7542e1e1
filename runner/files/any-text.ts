/**
 * The text of a file of any kind: a plain one at once, one that comes through a pipe or from a terminal as soon as it is
 * whole. What waits is loaded only where something has to be waited for.
 */
import { readFileSync, statSync } from "node:fs";

/** True for what exists and is neither a plain file nor a folder. */
export function mayWait(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/**
 * Reads it.
 * @throws RigError when everything stops before it has come, or it has no end; else whatever the system says
 */
export async function anyText(path: string, stop?: AbortSignal): Promise<string> {
  if (!mayWait(path)) return readFileSync(path, "utf8");
  const { waitingText } = await import("./waiting.js");
  return waitingText(path, stop);
}
