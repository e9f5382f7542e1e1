/** Whether a process is there. It ends none. */
import { codeOf } from "../../src/core/reason.js";

/** True while a process has this id, whichever user it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
