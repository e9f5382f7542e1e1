/**
 * The cases of a boot as moments: the guest stands before and after each, where its machine has a stub. It counts nothing.
 */
import { type Call, followCalls, type Following } from "../../../runner/debug/calls.js";
import type { Boot, BootOptions } from "../../../runner/machine.js";
import { RigError } from "../../core/errors.js";
import type { FileHits } from "../../core/model/coverage.js";
import { linePairs } from "../../core/model/coverage-counts.js";
import type { Plan } from "../../core/plan.js";
import type { CaseFunction } from "../../image/allocators.js";
import type { MemoryRange } from "../../image/evidence.js";
import { functionsOf, rowsOf } from "../boots/case-rows.js";
import { followedOptions } from "../boots/options.js";
import type { CoveredImage } from "./source.js";

export interface FollowedCases {
  /** What a boot needs for it; as it was where its cases cannot be followed. */
  readonly options: (wanted: BootOptions) => BootOptions;
  /** The functions of the cases, by their addresses. */
  readonly functions: ReadonlyMap<number, CaseFunction>;
  /** Lets a guest that has not begun run, and follows it; the list grows while it runs. */
  readonly follow: (boot: Boot, wish: FollowWish) => readonly Call[];
}

export interface FollowWish extends Pick<Following, "at"> {
  /** What is read at each moment. */
  readonly ranges: readonly MemoryRange[];
}

/** The cases of an image, which are looked for once; each boot follows those of its part. */
export function casesOf({ task, machine }: CoveredImage): (part: Plan) => FollowedCases {
  const functions = machine.hasStub === true ? functionsIn(task) : new Map<number, CaseFunction>();
  return (part) => {
    const rows = rowsOf(functions, part);
    if (rows.every((row) => row.length === 0))
      return { options: (wanted) => wanted, functions, follow: () => [] };
    return {
      options: followedOptions,
      functions,
      follow: ({ stub }, { ranges, at }) =>
        stub === undefined
          ? []
          : followCalls(stub, {
              architecture: machine.architecture,
              rows,
              ranges: () => ranges,
              ...(at !== undefined && { at }),
            }),
    };
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
