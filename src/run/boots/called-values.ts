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

export interface CalledValues {
  readonly values: ReadValues["values"];
  /** False where a getter did not return, or the guest did not come to the end of that case and of all getters. */
  readonly isWhole: boolean;
}

const NONE: CalledValues = { values: [], isWhole: false };

/** Follows a boot to the end of its last case, reads all values there, and ends it. */
export async function calledValues(
  map: StoreMap,
  boot: Boot,
  { architecture, last, limits, stop }: CalledBoot,
): Promise<CalledValues> {
  if (boot.stub === undefined) return NONE;
  let found = NONE;
  const halt = (): void => {
    boot.stop();
  };
  stop.addEventListener("abort", halt);
  try {
    followCalls(boot.stub, {
      ...{ architecture, rows: [[last]], ranges: () => [] },
      at: async ({ kind }, guest) => {
        if (kind === "before") return;
        const getters = gettersIn(guest);
        const { values } = await map.read((address, bytes) => guest.read({ address, bytes }), getters.call);
        found = { values, isWhole: !getters.isStuck() };
        halt();
      },
    });
    const output = watch(boot, limits, NO_CASES);
    while ((await output.next()).done !== true);
    return found;
  } catch (error) {
    // It is the values that are not known: the run stands.
    if (error instanceof RigError) return found;
    throw error;
  } finally {
    stop.removeEventListener("abort", halt);
    boot.stop();
    boot.release();
  }
}

/** Calls getters, until one does not return: who knows what it holds. */
function gettersIn(guest: CallableGuest) {
  let isStuck = false;
  return {
    isStuck: () => isStuck,
    call: async (getter: bigint, cookie: bigint): Promise<Uint8Array | undefined> => {
      if (isStuck || getter > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
      const said = await guest.call({ function: Number(getter), argument: cookie });
      isStuck = said === "stuck";
      return typeof said === "string" ? undefined : said;
    },
  };
}
