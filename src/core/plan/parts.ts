/**
 * Parts of a plan, and its cases in another order. Pure: the same plan and the same words give the same part on every
 * host.
 */
import type { Plan, PlannedSuite } from "../plan.js";

/** A number below 2^32 that depends on every character of a text (FNV-1a). */
export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  // The lower bits of names that differ in their last letter alone are not far enough apart.
  sum ^= sum >>> 15;
  return Math.imul(sum, 0x2c1b3c6d) >>> 0;
}

/** The cases of each suite in an order that the seed decides; suites keep theirs, which is that of the boot. */
export const shuffled = (plan: Plan, seed: number): Plan =>
  withCases(plan, (suite) => inOrder(suite.cases, seed ^ hash(suite.name)));

/** The suites with the cases that are chosen of each; a suite without one is left out. */
export function withCases(plan: Plan, choose: (suite: PlannedSuite) => PlannedSuite["cases"]): Plan {
  const suites = plan.suites.flatMap((suite) => {
    const cases = choose(suite);
    return cases.length > 0 ? [{ ...suite, cases }] : [];
  });
  return { ...plan, suites, orphans: suites.length === plan.suites.length ? plan.orphans : [] };
}

/** Fisher and Yates with a small generator (Weyl sequence, multiplied and mixed). */
function inOrder<T>(items: readonly T[], seed: number): readonly T[] {
  const order = [...items];
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % limit;
  };
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    const [a, b] = [order[at], order[other]];
    if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a];
  }
  return order;
}

/** True when two parts have the same cases in the same order. */
export function isSamePart(a: Plan, b: Plan): boolean {
  const names = ({ suites }: Plan): string =>
    suites.map(({ name, cases }) => [name, ...cases.map((one) => one.name)].join("\0")).join("\n");
  return names(a) === names(b);
}
