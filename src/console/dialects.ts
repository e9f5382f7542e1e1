/**
 * The dialects, in the order in which they are asked. The first is the one that speaks until another owns the boot.
 */
import { UsageError } from "../core/errors.js";
import type { Dialect } from "../core/dialect.js";
import { suggest } from "../text/suggest.js";

/** One entry a file of the folder; loaded when it is asked for. */
const DIALECTS: Readonly<Record<string, () => Promise<Dialect>>> = {
  unikraft: async () => (await import("../dialects/unikraft.js")).unikraft,
  tap: async () => (await import("../dialects/tap.js")).tap,
};

/** Names for `--dialect`; `auto` lets the guest's own lines decide. */
export const dialectNames: readonly string[] = ["auto", ...Object.keys(DIALECTS)];

/**
 * The dialects that may read a boot.
 * @throws UsageError for an unknown name
 */
export async function dialectsFor(name: string): Promise<readonly Dialect[]> {
  if (name === "auto") return Promise.all(Object.values(DIALECTS).map((load) => load()));
  const load = Object.hasOwn(DIALECTS, name) ? DIALECTS[name] : undefined;
  if (load === undefined) throw new UsageError(`unknown dialect "${name}"`, suggest(name, dialectNames));
  if (name === "tap") return [(await import("../dialects/tap.js")).namedTap];
  return [await load()];
}
