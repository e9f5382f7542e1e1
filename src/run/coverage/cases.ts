/**
 * The cases of a boot as moments: the guest stands before and after each, where its machine has a stub, or announces
 * them itself. It counts nothing.
 */
import { type Call, followCalls, type Following } from "../../../runner/debug/calls.js";
import type { Boot, BootOptions, Boundary } from "../../../runner/machine.js";
import { caseKey } from "../../core/assemble/boot.js";
import { RigError } from "../../core/errors.js";
import type { FileHits } from "../../core/model/coverage.js";
import { linePairs } from "../../core/model/coverage/counts.js";
import type { Plan } from "../../core/plan.js";
import type { CaseFunction } from "../../image/allocators.js";
import type { MemoryRange } from "../../image/evidence.js";
import { functionsOf, rowsOf } from "../boots/case-rows.js";
import { followedOptions } from "../boots/options.js";
import type { CoveredImage } from "./source.js";

export interface FollowedCases {
  /**
   * What a boot needs for it; as it was where its cases cannot be followed.
   * @param ranges what is read at each moment
   */
  readonly options: (wanted: BootOptions, ranges: readonly MemoryRange[]) => BootOptions;
  /** The functions of the cases, by their addresses. */
  readonly functions: ReadonlyMap<number, CaseFunction>;
  /** Lets a guest that has not begun run, and follows it. @returns the calls until now */
  readonly follow: (boot: Boot, wish: FollowWish) => () => readonly Call[];
}

export interface FollowWish extends Pick<Following, "at"> {
  /** As in `options`. */
  readonly ranges: readonly MemoryRange[];
}

/** The cases of an image, which are looked for once; each boot follows those of its part. */
export function casesOf({ task, machine }: CoveredImage): (part: Plan) => FollowedCases {
  const isKnown = machine.hasStub === true || machine.hearsCases === true;
  const functions = isKnown ? functionsIn(task) : new Map<number, CaseFunction>();
  return (part) => {
    const rows = rowsOf(functions, part);
    if (rows.every((row) => row.length === 0))
      return { options: (wanted) => wanted, functions, follow: () => () => [] };
    if (machine.hasStub !== true)
      return {
        options: (wanted, boundaries) => ({ ...wanted, boundaries }),
        functions,
        follow: ({ boundaries }) => announced(boundaries ?? [], functions),
      };
    return {
      options: followedOptions,
      functions,
      follow: ({ stub }, { ranges, at }) => {
        if (stub === undefined) return () => [];
        const calls = followCalls(stub, {
          ...{ architecture: machine.architecture, rows, ranges: () => ranges },
          ...(at !== undefined && { at }),
        });
        return () => calls;
      },
    };
  };
}

/** The calls of cases that a guest announces; one with parameters has one for each. */
function announced(
  boundaries: readonly Boundary[],
  functions: ReadonlyMap<number, CaseFunction>,
): () => readonly Call[] {
  const addresses = new Map([...functions].map(([at, { suite, name }]) => [caseKey(suite, name), at]));
  return () => {
    const calls: Call[] = [];
    for (const { moment, suite, name, pieces } of boundaries) {
      const address = addresses.get(caseKey(suite, name));
      const open = calls.at(-1);
      if (address === undefined) continue;
      if (moment === "begin") calls.push({ function: address, before: pieces });
      else if (open?.function === address) open.after = pieces;
    }
    return calls;
  };
}

function functionsIn({ files }: CoveredImage["task"]): ReadonlyMap<number, CaseFunction> {
  try {
    return functionsOf(files);
  } catch (error) {
    // An image without a table has no cases that could be followed.
    if (error instanceof RigError) return new Map();
    throw error;
  }
}

/** What is to be read of an image; nothing of one that is broken: that is said when the boot has ended. */
export function orNone<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof RigError) return [];
    throw error;
  }
}

/** Of a source the lines that ran; nothing where none did. */
export function ran({ path, lines }: FileHits): readonly FileHits[] {
  const hit = [...linePairs(lines)].filter(([, count]) => count > 0).flat();
  return hit.length === 0 ? [] : [{ path, lines: hit }];
}

/** Hits of a boot whose cases were followed, with the lines that ran outside of them. @param outside what ran there */
export function withOutside(files: readonly FileHits[], outside: readonly FileHits[]): readonly FileHits[] {
  const lines = new Map(outside.map((hits) => [hits.path, [...linePairs(hits.lines)].map(([line]) => line)]));
  return files.map((hits) => ({ ...hits, outside: lines.get(hits.path) ?? [] }));
}
