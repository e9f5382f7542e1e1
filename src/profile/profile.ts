/** A profile as a value: stacks of functions, and how often each was seen. Formats are files of their own. It reads nothing. */
import type { SymbolFrame } from "../core/fault/symbols.js";

/** One address of a stack, and what is there. */
export interface Spot {
  /** Of the guest; a caller's is one inside its call. */
  readonly address: number;
  /** Where its function begins; absent where nothing is known of it. */
  readonly start?: number;
  /** Innermost first: more than one where functions are inlined. Never empty. */
  readonly frames: readonly SymbolFrame[];
}

export interface Stack {
  /** Innermost first. */
  readonly spots: readonly Spot[];
  readonly count: number;
  /** The case that ran, as `suite.case`; absent outside of all cases. */
  readonly name?: string;
}

/** Of one boot. */
export interface Profile {
  readonly source: string;
  /** Samples a second that were asked for. */
  readonly hz: number;
  readonly stacks: readonly Stack[];
  readonly taken: number;
  /** Moments that passed without a sample. */
  readonly missed: number;
  readonly stoodMs: number;
  readonly totalMs: number;
}

/** The frames of a stack, outermost first. */
export const rootFirst = ({ spots }: Stack): readonly SymbolFrame[] =>
  spots.flatMap(({ frames }) => frames).reverse();

/** What ran outside of all cases, as a name. */
export const OUTSIDE = "(no case)";

/** Stacks by the case that ran, those outside of all cases last. */
export function byCase(stacks: readonly Stack[]): ReadonlyMap<string, readonly Stack[]> {
  const all = new Map<string, Stack[]>();
  const outside: Stack[] = [];
  for (const stack of stacks) {
    if (stack.name === undefined) outside.push(stack);
    else all.set(stack.name, [...(all.get(stack.name) ?? []), stack]);
  }
  return outside.length === 0 ? all : new Map([...all, [OUTSIDE, outside]]);
}

/** Samples of some stacks. */
export const samplesOf = (stacks: readonly Stack[]): number =>
  stacks.reduce((sum, { count }) => sum + count, 0);
