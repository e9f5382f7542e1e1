/**
 * The values of ukstore in the guests of one image, read when each has stopped; those that only their getters can say in a
 * boot of their own. It judges nothing: what cannot be read is said once, and the run goes on.
 */
import type { Boot, BootOptions, GuestSnapshot, Machine } from "../../../runner/machine.js";
import type { Limits } from "../../../runner/watch.js";
import type { ValueRead } from "../../core/events.js";
import type { Plan } from "../../core/plan.js";
import { messageOf } from "../../core/reason.js";
import type { Say } from "../../core/say.js";
import { withLinked } from "../../image/elf/linked.js";
import { type ReadValues, type StoreMap, storeMapOf, type StoreValue } from "../../image/store-values.js";
import { withFound } from "../image-files.js";
import type { ImageTask } from "../task.js";
import { functionsOf, rowsOf } from "./case-rows.js";
import { followedOptions } from "./options.js";

/** A boot that has ended, and what boots it once more. */
export interface ValueBoot {
  readonly boot: string;
  readonly inside: GuestSnapshot;
  /** What it ran. */
  readonly part: Plan;
  readonly hasDied: boolean;
  readonly limits: Limits;
  readonly stop: AbortSignal;
  readonly again: (options: (wanted: BootOptions) => BootOptions) => Boot;
}

export interface ValueReader {
  /** What the guest of a boot holds, as events. */
  readonly read: (ended: ValueBoot) => Promise<readonly ValueRead[]>;
}

const UNKNOWN = "none of its data is known, and an image of Unikraft needs its symbols for that (--symbols)";

/** Reads the values of the boots of one image. */
export function valueReader({ name, files }: ImageTask, machine: Machine, say: Say): ValueReader {
  let isSaid = false;
  let map: { readonly found: StoreMap | undefined } | undefined;
  return {
    read: async (ended) => {
      const { boot, inside } = ended;
      try {
        map ??= { found: mapOf({ name, files }, say) };
        if (map.found === undefined) return [];
        const { values, unread } = await map.found.read((address, bytes) => inside.read(address, bytes));
        const called = unread === 0 ? [] : await callAll(map.found, { files, machine }, ended);
        const known = new Set(values.map(keyOf));
        const all = [
          ...values,
          ...called.flatMap((one) => (known.has(keyOf(one)) ? [] : [{ ...one, isCalled: true as const }])),
        ];
        if (all.length === 0 && !isSaid) {
          say(`no value of ${name} can be read: ${UNKNOWN}`);
          isSaid = true;
        }
        return all.map((one) => ({ type: "value", boot, ...one }));
      } catch (error) {
        say(`no values of ${name} are read: ${messageOf(error)}`);
        return [];
      }
    },
  };
}

const keyOf = ({ library, object, name }: StoreValue): string => JSON.stringify([library, object, name]);

/** All values at the end of the last case; none of a guest that died, or of a machine that calls nothing. */
async function callAll(
  map: StoreMap,
  { files, machine }: Pick<ImageTask, "files"> & { readonly machine: Machine },
  { part, hasDied, limits, stop, again }: ValueBoot,
): Promise<ReadValues["values"]> {
  if (hasDied || machine.hasStub !== true || stop.aborted) return [];
  const last = rowsOf(functionsOf(files), part).flat().at(-1);
  if (last === undefined) return [];
  const { calledValues } = await import("./called-values.js");
  return calledValues(map, again(followedOptions), {
    architecture: machine.architecture,
    last,
    limits,
    stop,
  });
}

function mapOf({ name, files }: Pick<ImageTask, "name" | "files">, say: Say): StoreMap | undefined {
  const { image, symbols } = withFound(files);
  const found = withLinked(image, symbols, storeMapOf);
  if (found === undefined) say(`no library of ${name} offers values: ukstore is not in it`);
  return found;
}
