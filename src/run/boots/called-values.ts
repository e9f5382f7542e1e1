/**
 * Values of ukstore that only their getters can say: they are called in a boot of its own, in the moment after the last case,
 * where no function of the guest is half done. The console and the verdict of the run stay as they are, whatever a getter does.
 */
import { followCalls } from "../../../runner/debug/calls.js";
import type { CallableGuest } from "../../../runner/debug/following.js";
import type { Architecture, Boot } from "../../../runner/machine.js";
import { type Limits, NO_CASES, watch } from "../../../runner/watch.js";
import { RigError } from "../../core/errors.js";
import type { ReadValues, StoreMap } from "../../image/store-values.js";

export interface CalledBoot {
  readonly architecture: Architecture;
  /** Address of the function of the last case that the boot runs. */
  readonly last: number;
  readonly limits: Limits;
  readonly stop: AbortSignal;
}

/**
 * Follows a boot to the end of its last case, reads all values there, and ends it.
 * @returns nothing where it does not come to that moment
 */
export async function calledValues(
  map: StoreMap,
  boot: Boot,
  { architecture, last, limits, stop }: CalledBoot,
): Promise<ReadValues["values"]> {
  if (boot.stub === undefined) return [];
  let values: ReadValues["values"] = [];
  const halt = (): void => {
    boot.stop();
  };
  stop.addEventListener("abort", halt);
  try {
    followCalls(boot.stub, {
      ...{ architecture, rows: [[last]], ranges: () => [] },
      at: async ({ kind }, guest) => {
        if (kind === "before") return;
        values = (await map.read((address, bytes) => guest.read({ address, bytes }), getterIn(guest))).values;
        halt();
      },
    });
    const output = watch(boot, limits, NO_CASES);
    while ((await output.next()).done !== true);
    return values;
  } catch (error) {
    // It is the values that are not known: the run stands.
    if (error instanceof RigError) return values;
    throw error;
  } finally {
    stop.removeEventListener("abort", halt);
    boot.stop();
    boot.release();
  }
}

/** Calls getters, until one does not return: who knows what it holds. */
function getterIn(guest: CallableGuest) {
  let isStuck = false;
  return async (getter: bigint, cookie: bigint): Promise<Uint8Array | undefined> => {
    if (isStuck || getter > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
    const said = await guest.call({ function: Number(getter), argument: cookie });
    isStuck = said === "stuck";
    return typeof said === "string" ? undefined : said;
  };
}
