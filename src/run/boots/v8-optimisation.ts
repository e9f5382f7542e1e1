/**
 * Leaves the processors to guests that run side by side: making code of ours faster takes a thread of its own, and pays
 * only after more work than a few hundred boots give it. Code that runs for long is made faster all the same, later
 * (bench/run.ts prints what it is worth). Code that is loaded after this is compiled anew: it is for when all is there.
 */
import { setFlagsFromString } from "node:v8";

let isThrifty = false;

export function leaveProcessors(): void {
  if (isThrifty) return;
  isThrifty = true;
  setFlagsFromString("--interrupt-budget=1000000");
}
