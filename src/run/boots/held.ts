/**
 * Which allocations a call has kept, by how the bytes in use changed in it. What was given back is known by its size alone:
 * where allocations of that size have several places, none of them is named. It reads no guest.
 */
import type { Change } from "../../../runner/debug/calls.js";
import type { HeldFacts } from "../../core/evidence.js";

/** The allocations that are surely held, in the order of their sizes' first appearance. */
export function heldOf(changes: readonly Change[]): readonly HeldFacts[] {
  const sizes = new Map<bigint, { readonly traces: (readonly string[])[]; back: number }>();
  const sizeOf = (size: bigint) => {
    const known = sizes.get(size) ?? { traces: [], back: 0 };
    sizes.set(size, known);
    return known;
  };
  for (const { by, stack } of changes) {
    if (by > 0n) sizeOf(by).traces.push(stack.map((address) => address.toString(16)));
    // What is given back before anything of its size was allocated is of before.
    else if (sizeOf(-by).back < sizeOf(-by).traces.length) sizeOf(-by).back += 1;
  }
  return [...sizes].flatMap(([bytes, { traces, back }]) => {
    const isSure = back === 0 || new Set(traces.map((one) => one.join(" "))).size === 1;
    return isSure ? traces.slice(back).map((trace) => ({ bytes: Number(bytes), trace })) : [];
  });
}
