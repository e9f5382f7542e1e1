/**
 * Which lines of an image ran, by the instructions that did: without counters, of any image with debug information. Counts
 * are 0 and 1. It reads no guest.
 */
import type { FileHits, FunctionHits } from "../core/model/coverage.js";
import type { ImageLines, LineRange } from "../image/lines.js";
import type { Instruction } from "./translations.js";

export type Instructions = ReadonlyMap<number, Instruction>;

/** What an image has of each of its sources, before anything has run. */
export interface ObjectMap {
  readonly image: ImageLines;
  /** Path of a source as it is reported; undefined for one that is left out. */
  readonly pathOf: (file: number) => string | undefined;
}

interface OpenFile {
  readonly lines: Map<number, number>;
  readonly branches: Map<number, Map<number, boolean>>;
  readonly functions: FunctionHits[];
}

/** Hits of a whole boot: all lines that have code. */
export function objectCoverage({ image, pathOf }: ObjectMap, ran: Instructions): readonly FileHits[] {
  const files = new Map<number, OpenFile>();
  const fileOf = opener(files, pathOf);
  for (const { file, line } of image.ranges) {
    const open = fileOf(file);
    if (open !== undefined && !open.lines.has(line)) open.lines.set(line, 0);
  }
  const find = finder(image.ranges);
  for (const one of ran.values())
    for (const { file, line } of find(one.address)) {
      const open = fileOf(file);
      open?.lines.set(line, 1);
      if (open !== undefined && one.target !== undefined) addWays(open, line, one, ran);
    }
  for (const { name, address } of image.functions) {
    const [range] = find(address);
    const open = range === undefined ? undefined : fileOf(range.file);
    if (range !== undefined) open?.functions.push([name, range.line, Number(ran.has(address))]);
  }
  return closed(files, pathOf);
}

/** Hits of a case: the lines that it ran. */
export function objectCaseCoverage({ image, pathOf }: ObjectMap, ran: Instructions): readonly FileHits[] {
  const files = new Map<number, OpenFile>();
  const fileOf = opener(files, pathOf);
  const find = finder(image.ranges);
  for (const address of ran.keys())
    for (const { file, line } of find(address)) fileOf(file)?.lines.set(line, 1);
  return closed(files, pathOf);
}

function opener(
  files: Map<number, OpenFile>,
  pathOf: ObjectMap["pathOf"],
): (file: number) => OpenFile | undefined {
  return (file) => {
    const known = files.get(file);
    if (known !== undefined || pathOf(file) === undefined) return known;
    const made: OpenFile = { lines: new Map(), branches: new Map(), functions: [] };
    files.set(file, made);
    return made;
  };
}

/** Both ways of a branch: it was taken where its target ran, and not taken where what follows it did. */
function addWays({ branches }: OpenFile, line: number, one: Instruction, ran: Instructions): void {
  const { address, bytes, target = 0 } = one;
  const ways = branches.get(line) ?? new Map<number, boolean>();
  branches.set(line, ways);
  // Numbered by the address, since another boot of the image may run other branches of the line.
  ways.set(2 * address, ran.has(target));
  ways.set(2 * address + 1, ran.has(address + bytes));
}

function closed(files: ReadonlyMap<number, OpenFile>, pathOf: ObjectMap["pathOf"]): readonly FileHits[] {
  return [...files].flatMap(([file, { lines, branches, functions }]) => {
    const path = pathOf(file);
    if (path === undefined || lines.size === 0) return [];
    const ways = [...branches]
      .sort(([a], [b]) => a - b)
      .flatMap(([line, own]) =>
        [...own].sort(([a], [b]) => a - b).flatMap(([way, wasTaken]) => [line, way, Number(wasTaken)]),
      );
    return [
      {
        path,
        lines: [...lines].sort(([a], [b]) => a - b).flat(),
        ...(functions.length > 0 && { functions }),
        ...(ways.length > 0 && { branches: ways }),
      },
    ];
  });
}

/** Ranges that overlap an address: so many are looked at below the nearest. */
const MOST_NESTED = 8;

/** Finds the lines of an address: more than one where the linker has merged functions. */
function finder(ranges: readonly LineRange[]): (address: number) => readonly LineRange[] {
  return (address) => {
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.low ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    const found: LineRange[] = [];
    for (let at = low - 1; at >= 0 && at >= low - MOST_NESTED; at -= 1) {
      const range = ranges[at];
      if (range !== undefined && address < range.high) found.push(range);
    }
    return found;
  };
}
