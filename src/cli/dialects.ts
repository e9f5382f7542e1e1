/**
 * The dialects, in the order in which they are asked. The first is the one that speaks until another owns the boot.
 */
import { UsageError } from "../core/errors.js";
import type { Dialect } from "../core/segment.js";
import { tap } from "../dialects/tap.js";
import { unikraft } from "../dialects/unikraft.js";
import { suggest } from "./suggest.js";

const DIALECTS: readonly Dialect[] = [unikraft, tap];

/** Names for `--dialect`; `auto` lets the guest's own lines decide. */
export const dialectNames: readonly string[] = ["auto", ...DIALECTS.map(({ name }) => name)];

/**
 * The dialects that may read a boot.
 * @throws UsageError for an unknown name
 */
export function dialectsFor(name: string): readonly Dialect[] {
  if (name === "auto") return DIALECTS;
  const chosen = DIALECTS.find((dialect) => dialect.name === name);
  if (chosen === undefined) throw new UsageError(`unknown dialect "${name}"`, suggest(name, dialectNames));
  return [chosen];
}
