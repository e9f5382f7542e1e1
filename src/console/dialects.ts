/**
 * The dialects, in the order in which they are asked: those of src/dialects and those of a project. The first is the one
 * that speaks until another owns the boot.
 */
import { UsageError } from "../core/errors.js";
import type { Dialect } from "../core/dialect.js";
import { byPrecedence } from "./precedence.js";
import { suggest } from "../text/suggest.js";
import { DIALECTS } from "./dialects.generated.js";

/** Names for `--dialect`; `auto` lets the guest's own lines decide. Those of a project are not among them. */
export const dialectNames: readonly string[] = ["auto", ...Object.keys(DIALECTS)];

/**
 * The dialects that may read a boot.
 * @param own those of the project
 * @throws UsageError for an unknown name
 */
export async function dialectsFor(name: string, own: readonly Dialect[] = []): Promise<readonly Dialect[]> {
  if (name === "auto") {
    const all = [...(await Promise.all(Object.values(DIALECTS).map((load) => load()))), ...own];
    return all.sort(byPrecedence);
  }
  const load = Object.hasOwn(DIALECTS, name) ? DIALECTS[name] : undefined;
  const found = own.find((one) => one.name === name) ?? (await load?.());
  if (found === undefined)
    throw new UsageError(
      `unknown dialect "${name}"`,
      suggest(name, [...dialectNames, ...own.map((one) => one.name)]),
    );
  return [found.openNamed === undefined ? found : { ...found, open: () => openNamed(found) }];
}

const openNamed = (dialect: Dialect): ReturnType<Dialect["open"]> => dialect.openNamed?.() ?? dialect.open();
