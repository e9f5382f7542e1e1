/**
 * Boots one image and hands over what it says, on whatever acceleration works. It reads none of it.
 */
import type { Boot } from "../../runner/machine.js";
import { type Limits, watch } from "../../runner/watch.js";
import { RigError } from "../core/errors.js";
import type { MachineEnd } from "../core/fault.js";
import type { Acceleration } from "./accelerate.js";

/** The bytes of one boot; where KVM fails before the first of them, those of another under TCG. */
export async function* bytesOf(
  start: () => Boot,
  acceleration: Acceleration,
  limits: Limits,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array, MachineEnd> {
  for (;;) {
    const boot = start();
    const halt = (): void => {
      boot.stop();
    };
    stop.addEventListener("abort", halt);
    let spoke = false;
    try {
      const bytes = watch(boot, limits);
      for (;;) {
        const next = await bytes.next();
        if (next.done === true) return next.value;
        spoke = true;
        yield next.value;
      }
    } catch (error) {
      if (spoke || !(error instanceof RigError) || !acceleration.fallBack(error.message)) throw error;
    } finally {
      stop.removeEventListener("abort", halt);
    }
  }
}
