/**
 * The values of ukstore in the guests of one image, read when each has stopped; those that only their getters can say in a
 * boot of their own. It judges nothing: what cannot be read is said once, and the run goes on.
 */
import type { Boot, BootOptions, GuestSnapshot, Machine } from "../../../runner/machine.js";
import type { Limits } from "../../../runner/watch.js";
import type { ValueRead } from "../../core/events.js";
import { caseKey } from "../../core/assemble/boot.js";
import { messageOf } from "../../core/reason.js";
import type { Say } from "../../core/say.js";
import { withLinked } from "../../image/elf/linked.js";
import { type ReadValues, type StoreMap, storeMapOf, type StoreValue } from "../../image/store-values.js";
import { withFound } from "../image-files.js";
import type { ImageTask } from "../task.js";
import { functionsOf } from "./case-rows.js";
import { followedOptions } from "./options.js";

/** A boot that has ended, and what boots it once more. */
export interface ValueBoot {
  readonly boot: string;
  readonly inside: GuestSnapshot;
  /** Key of the last case that it ran: cases of constructors come before all others, whatever their names. */
  readonly last: string | undefined;
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
  let known: ReadonlyMap<string, number> | undefined;
  const addresses = (): ReadonlyMap<string, number> =>
    (known ??= new Map(
      [...functionsOf(files)].map(([at, { suite, name: one }]) => [caseKey(suite, one), at]),
    ));
  const said = new Set<string>();
  const sayOnce: Say = (line) => {
    if (!said.has(line)) say(line);
    said.add(line);
  };
  let map: { readonly found: StoreMap | undefined } | undefined;
  return {
    read: async (ended) => {
      const { boot, inside } = ended;
      try {
        map ??= { found: mapOf({ name, files }, say) };
        if (map.found === undefined) return [];
        const { values, unread } = await map.found.read((address, bytes) => inside.read(address, bytes));
        const called =
          unread === 0 ? [] : await callAll(map.found, { name, addresses, machine, say: sayOnce }, ended);
        const read = new Set(values.map(keyOf));
        const all = [
          ...values,
          ...called.flatMap((one) => (read.has(keyOf(one)) ? [] : [{ ...one, isCalled: true as const }])),
        ];
        if (all.length === 0) sayOnce(`no value of ${name} can be read: ${UNKNOWN}`);
        return all.map((one) => ({ type: "value", boot, ...one }));
      } catch (error) {
        say(`no values of ${name} are read: ${messageOf(error)}`);
        return [];
      }
    },
  };
}

const keyOf = ({ library, object, name }: StoreValue): string => JSON.stringify([library, object, name]);

/** An image whose getters are called. */
interface Called extends Pick<ImageTask, "name"> {
  /** Of the functions of its cases, by their keys. */
  readonly addresses: () => ReadonlyMap<string, number>;
  readonly machine: Machine;
  readonly say: Say;
}

/** All values at the end of the last case; none of a guest that died, or of a machine that calls nothing. */
async function callAll(
  map: StoreMap,
  { name: image, addresses, machine, say }: Called,
  { last: key, hasDied, limits, stop, again }: ValueBoot,
): Promise<ReadValues["values"]> {
  if (hasDied || machine.hasStub !== true || stop.aborted) return [];
  const last = key === undefined ? undefined : addresses().get(key);
  if (last === undefined) return [];
  const { calledValues } = await import("./called-values.js");
  const { architecture } = machine;
  const order = { architecture, last, limits, stop };
  const { values, isWhole } = await calledValues(map, again(followedOptions), order);
  if (!isWhole)
    say(`not all values of ${image} are known: a getter has not returned, or its guest has ended in it`);
  return values;
}

function mapOf({ name, files }: Pick<ImageTask, "name" | "files">, say: Say): StoreMap | undefined {
  const { image, symbols } = withFound(files);
  const found = withLinked(image, symbols, storeMapOf);
  if (found === undefined) say(`no library of ${name} offers values: ukstore is not in it`);
  return found;
}
