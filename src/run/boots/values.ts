/**
 * The values of ukstore in the guests of one image, read when each has stopped. It judges nothing: what cannot be read is said
 * once, and the run goes on.
 */
import type { GuestSnapshot } from "../../../runner/machine.js";
import type { ValueRead } from "../../core/events.js";
import { messageOf } from "../../core/reason.js";
import type { Say } from "../../core/say.js";
import { withLinked } from "../../image/elf/linked.js";
import { type StoreMap, storeMapOf } from "../../image/store-values.js";
import { withFound } from "../image-files.js";
import type { ImageTask } from "../task.js";

export interface ValueReader {
  /** What the guest of a boot holds, as events. */
  readonly read: (boot: string, inside: GuestSnapshot) => Promise<readonly ValueRead[]>;
}

const UNKNOWN = "none of its data is known, and an image of Unikraft needs its symbols for that (--symbols)";

/** Reads the values of the boots of one image. */
export function valueReader({ name, files }: ImageTask, say: Say): ValueReader {
  let isSaid = false;
  let map: { readonly found: StoreMap | undefined } | undefined;
  return {
    read: async (boot, inside) => {
      try {
        map ??= { found: mapOf({ name, files }, say) };
        if (map.found === undefined) return [];
        const values = await map.found.read((address, bytes) => inside.read(address, bytes));
        if (values.length === 0 && !isSaid) {
          say(`no value of ${name} can be read: ${UNKNOWN}`);
          isSaid = true;
        }
        return values.map((one) => ({ type: "value", boot, ...one }));
      } catch (error) {
        say(`no values of ${name} are read: ${messageOf(error)}`);
        return [];
      }
    },
  };
}

function mapOf({ name, files }: Pick<ImageTask, "name" | "files">, say: Say): StoreMap | undefined {
  const { image, symbols } = withFound(files);
  const found = withLinked(image, symbols, storeMapOf);
  if (found === undefined) say(`no library of ${name} offers values: ukstore is not in it`);
  return found;
}
