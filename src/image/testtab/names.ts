/**
 * Reads what the names of Unikraft's symbols tell about tests: the stage of a suite, and the suite of an orphan.
 * It does not guess: a name that fits nothing tells nothing.
 */
import type { Stage } from "../../core/plan.js";
import type { ElfSymbol } from "../elf/symbols.js";

const TEST_SYMBOL = /^(?:uk_(?:test|assert)tab_(?:start|end)$|_uk_testtab_|__uk_(?:init|ctor)tab)/;
const CASE_PREFIX = "_uk_testtab_";
const CONSTRUCTOR = /^__uk_ctortab(\d)_testsuite_run_(.+)$/;
const INIT = /^__uk_inittab(\d)(\d)_testsuite_run_(.+)$/;
/** Releases from 0.16 append the function that undoes the init function; suites have none. */
const NO_UNDO = "_0x0";

const CLASSES: readonly Stage["name"][] = ["unknown", "early", "plat", "lib", "rootfs", "sys", "late"];

/** True for the symbols that this file and the search for the table read. */
export const isTestSymbol = (name: string): boolean => TEST_SYMBOL.test(name);

/** The suite that a symbol of the init or constructor table runs, and when. */
function registration(symbol: string): { readonly suite: string; readonly stage: Stage } | undefined {
  const [, priority, constructed] = CONSTRUCTOR.exec(symbol) ?? [];
  if (constructed !== undefined) {
    return { suite: constructed, stage: { name: "constructor", priority: Number(priority) } };
  }
  const [, initClass, initPriority, suite] = INIT.exec(symbol) ?? [];
  if (suite === undefined) return undefined;
  return { suite, stage: { name: CLASSES[Number(initClass)] ?? "unknown", priority: Number(initPriority) } };
}

const ENTRY = /^__uk_(?:(init)tab\d\d|ctortab\d)_(.+)$/;
const REGISTRATION = "testsuite_run_";

/** What the symbol of an entry of the init or constructor table tells. */
export interface EntryName {
  readonly kind: "init" | "constructor";
  /** The suite that the function runs. */
  readonly suite?: string;
}

/** Reads the symbol of an entry; undefined for every other symbol. `isSuite` knows the suites of the table. */
export function entryName(symbol: string, isSuite: (name: string) => boolean): EntryName | undefined {
  const [, init, all] = ENTRY.exec(symbol) ?? [];
  if (all === undefined) return undefined;
  const name = all.startsWith(REGISTRATION) ? all.slice(REGISTRATION.length) : "";
  const suite = [name.endsWith(NO_UNDO) ? name.slice(0, -NO_UNDO.length) : name, name].find(isSuite);
  return { kind: init === undefined ? "constructor" : "init", ...(suite === undefined ? {} : { suite }) };
}

/** Tells the stage of a suite by its name. */
export function stages(symbols: readonly ElfSymbol[]): (suite: string) => Stage | undefined {
  const known = new Map<string, Stage>();
  const counts = new Map<string, number>();
  for (const { name } of [...symbols].sort((a, b) => (a.address < b.address ? -1 : 1))) {
    const found = registration(name);
    if (found === undefined) continue;
    const kind = `${found.stage.name} ${String(found.stage.priority)}`;
    const place = counts.get(kind) ?? 0;
    counts.set(kind, place + 1);
    known.set(found.suite, place === 0 ? found.stage : { ...found.stage, place });
  }
  return (suite) => known.get(suite + NO_UNDO) ?? known.get(suite);
}

/** Tells the suite of a case by the symbol of its record, `_uk_testtab_<suite>_<case>`. */
export function orphanSuites(
  symbols: readonly ElfSymbol[],
): (orphan: { readonly address: bigint; readonly name: string }) => string | undefined {
  const byAddress = new Map<bigint, string>();
  for (const { name, address } of symbols) {
    if (name.startsWith(CASE_PREFIX)) byAddress.set(address, name.slice(CASE_PREFIX.length));
  }
  return ({ address, name }) => {
    const symbol = byAddress.get(address);
    const suffix = `_${name}`;
    return symbol?.endsWith(suffix) === true && symbol !== suffix
      ? symbol.slice(0, -suffix.length)
      : undefined;
  };
}
