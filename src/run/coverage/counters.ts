/**
 * What a guest ran, by counters that a compiler has put into its code: they are read from its memory before and after each
 * case, and when it has stopped, whether it has come to its end or not. What a counter stands for is up to its kind.
 */
import type { Pieces } from "../../../runner/debug/calls.js";
import { RigError } from "../../core/errors.js";
import type { FileHits } from "../../core/model/coverage.js";
import type { MemoryRange } from "../../image/evidence.js";
import { casesOf, orNone, ran, withOutside } from "./cases.js";
import type { BootHits, CoveredImage, CoverageSource } from "./source.js";

/** The counters of one object. */
export type Counts = BigUint64Array;

/** Counters of an image, and what makes lines of them. */
export interface Counters {
  /** What has to be read, in this order. */
  readonly ranges: readonly MemoryRange[];
  /** Of each object, in their order; undefined where a piece could not be read. */
  readonly counts: (pieces: Pieces) => readonly Counts[] | undefined;
  /** What ran by each of these counts: of the first all lines that have code, of the others at least those that ran. */
  readonly lines: (all: readonly (readonly Counts[])[]) => Promise<readonly (readonly FileHits[])[]>;
}

interface CaseCounts {
  readonly suite: string;
  readonly name: string;
  readonly counts: readonly Counts[];
}

/** A source of coverage by counters. @param open throws RigError for an image without them */
export const countedSource =
  (open: (image: CoveredImage) => Counters): CoverageSource =>
  (image) => {
    let opened: Counters | undefined;
    const countersOnce = (): Counters => (opened ??= open(image));
    const rangesOnce = (): readonly MemoryRange[] => orNone(() => countersOnce().ranges);
    const casesIn = casesOf(image);
    return (part) => {
      const cases = casesIn(part);
      let calls: ReturnType<typeof cases.follow> = () => [];
      return {
        options: (wanted) => cases.options(wanted, rangesOnce()),
        follow: (boot) => {
          calls = cases.follow(boot, { ranges: rangesOnce() });
        },
        hits: async (inside) => {
          const counters = countersOnce();
          const { ranges, counts } = counters;
          const whole = counts(
            await Promise.all(ranges.map(({ address, bytes }) => inside.read(address, bytes))),
          );
          if (whole === undefined) throw new RigError("the memory of the guest could not be read");
          const perCase = calls().flatMap((call): readonly CaseCounts[] => {
            const known = cases.functions.get(call.function);
            const from = counts(call.before);
            // Of a call that has not returned, all that came after its beginning.
            const to = call.after === undefined ? whole : counts(call.after);
            return known === undefined || from === undefined || to === undefined
              ? []
              : [{ ...known, counts: minus(to, from) }];
          });
          return hitsOf(counters, whole, perCase);
        },
        release: () => undefined,
      };
    };
  };

const minus = (all: readonly Counts[], others: readonly Counts[]): readonly Counts[] =>
  all.map((counts, nth) => counts.map((count, at) => count - (others[nth]?.[at] ?? 0n)));

/** Lines of a boot, of what ran in none of its cases, and of its cases. */
async function hitsOf(
  { lines }: Counters,
  whole: readonly Counts[],
  cases: readonly CaseCounts[],
): Promise<BootHits> {
  // Where no case was followed, all of it may have run in one.
  if (cases.length === 0) return { files: (await lines([whole]))[0] ?? [], cases: [] };
  const outside = cases.reduce((rest, { counts }) => minus(rest, counts), whole);
  const [files = [], around = [], ...own] = await lines([
    whole,
    outside,
    ...cases.map(({ counts }) => counts),
  ]);
  return {
    files: withOutside(files, around.flatMap(ran)),
    cases: cases.map(({ suite, name }, nth) => ({ suite, name, files: (own[nth] ?? []).flatMap(ran) })),
  };
}
