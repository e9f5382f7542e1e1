/**
 * Which function an address is in, and which functions were inlined there. It names them, and knows no lines but those
 * of the calls.
 * Source: DWARF 5, 3.3 and 3.3.8.
 */
import { AT, entryAt, type Entry, TAG, walk } from "./entries.js";
import type { Value } from "./forms.js";
import { covers, type Range, rangesOf } from "./ranges.js";
import type { DebugSections } from "./sections.js";
import { textOf, type Unit, type Units } from "./units.js";

/** A function, or one that was inlined into the one before. */
export interface Scope {
  readonly name: string | undefined;
  /** Where it was called from; only of an inlined one. File as a number of the unit's line program. */
  readonly call?: {
    readonly file: number | undefined;
    readonly line: number;
    readonly column: number;
  };
}

interface FunctionEntry {
  readonly entry: Entry;
  readonly ranges: readonly Range[];
}

const FUNCTIONS: ReadonlySet<number> = new Set([TAG.subprogram, TAG.entryPoint]);
const INLINED: ReadonlySet<number> = new Set([TAG.inlined, TAG.subprogram]);
const MOST_FUNCTIONS = 50_000;
/** Inlined functions that are looked at for one address. */
const MOST_INLINED = 8192;
/** A longer chain is no program's. */
const MOST_DEEP = 64;
/** A definition points to its declaration, an inlined one to its origin: a chain of more is a circle. */
const MOST_ORIGINS = 8;

/** Reads the functions of units, each unit's when it is first asked about. */
export class Functions {
  readonly #known = new Map<Unit, readonly FunctionEntry[]>();

  constructor(
    private readonly sections: DebugSections,
    private readonly units: Units,
  ) {}

  /** The functions around an address, outermost first; none when the unit has none there. */
  at(unit: Unit, address: number): readonly Scope[] {
    const outer = narrowest(this.#functionsOf(unit), address);
    if (outer === undefined) return [];
    const chain: Scope[] = [{ name: this.#nameOf(unit, outer.entry) }];
    if (!outer.entry.hasChildren) return chain;
    let from = outer.entry.after;
    for (let seen = 0; seen < MOST_INLINED && chain.length < MOST_DEEP;) {
      let next: Entry | undefined;
      walk(this.sections.info, unit, from, INLINED, (entry) => {
        seen += 1;
        if (seen >= MOST_INLINED) return "stop";
        // A function inside a function is one of its own.
        if (entry.tag !== TAG.inlined) return "over";
        if (!covers(rangesOf(this.sections, unit, entry), address)) return "over";
        next = entry;
        return "stop";
      });
      if (next === undefined) break;
      chain.push(this.#inlined(unit, next));
      if (!next.hasChildren) break;
      from = next.after;
    }
    return chain;
  }

  #functionsOf(unit: Unit): readonly FunctionEntry[] {
    const known = this.#known.get(unit);
    if (known !== undefined) return known;
    const functions: FunctionEntry[] = [];
    walk(this.sections.info, unit, unit.root.after, FUNCTIONS, (entry) => {
      const ranges = rangesOf(this.sections, unit, entry).filter(({ low }) => this.sections.isCode(low));
      if (ranges.length > 0) functions.push({ entry, ranges });
      return functions.length < MOST_FUNCTIONS ? "into" : "stop";
    });
    this.#known.set(unit, functions);
    return functions;
  }

  #inlined(unit: Unit, entry: Entry): Scope {
    const constant = (name: number): number | undefined => entry.values.get(name)?.value;
    const call = {
      file: constant(AT.callFile),
      line: constant(AT.callLine) ?? 0,
      column: constant(AT.callColumn) ?? 0,
    };
    return { name: this.#nameOf(unit, entry), call };
  }

  /** The name of an entry, or of what it is an instance of. */
  #nameOf(unit: Unit, entry: Entry): string | undefined {
    let owner: Unit | undefined = unit;
    let at: Entry | undefined = entry;
    for (let step = 0; step < MOST_ORIGINS && at !== undefined && owner !== undefined; step += 1) {
      const name = at.values.get(AT.name) ?? at.values.get(AT.linkageName);
      if (name !== undefined) return textOf(this.sections, owner, name);
      const origin: Value | undefined = at.values.get(AT.abstractOrigin) ?? at.values.get(AT.specification);
      if (origin?.kind !== "reference") return undefined;
      owner = this.units.holding(origin.value);
      at = owner === undefined ? undefined : entryAt(this.sections.info, owner, origin.value);
    }
    return undefined;
  }
}

/** The function with the fewest bytes that covers an address. */
function narrowest(functions: readonly FunctionEntry[], address: number): FunctionEntry | undefined {
  let best: FunctionEntry | undefined;
  let bestBytes = Number.POSITIVE_INFINITY;
  for (const one of functions)
    for (const { low, high } of one.ranges)
      if (address >= low && address < high && high - low < bestBytes) {
        best = one;
        bestBytes = high - low;
      }
  return best;
}
