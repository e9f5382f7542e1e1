/**
 * What a guest ran, by the code that its emulator had to translate: of any image with debug information, as it is. A line
 * ran or it did not; how often is not known.
 */
import { openTranslationLog, type TranslationLog } from "../../../runner/coverage/translation-log.js";
import { RigError } from "../../core/errors.js";
import type { FileHits } from "../../core/model/coverage.js";
import {
  type Instructions,
  objectCaseCoverage,
  objectCoverage,
  type ObjectMap,
} from "../../coverage/object.js";
import { type Instruction, readTranslations } from "../../coverage/translations.js";
import { withLinked } from "../../image/elf/linked.js";
import type { MemoryRange } from "../../image/evidence.js";
import { linesIn } from "../../image/lines.js";
import { symbolFileOf, withFound } from "../image-files.js";
import { casesOf, type FollowWish, orNone, withOutside } from "./cases.js";
import type { CoveredImage, CoverageSource } from "./source.js";

export const objectSource: CoverageSource = (image) => {
  let opened: ObjectMap | undefined;
  const mapOnce = (): ObjectMap => (opened ??= open(image));
  const casesIn = casesOf(image);
  // None where none of its sources counts.
  let found: readonly MemoryRange[] | undefined;
  const rangesOnce = (): readonly MemoryRange[] => (found ??= orNone(() => rangesThatCount(mapOnce())));
  return (part) => {
    const cases = casesIn(part);
    let log: TranslationLog | undefined;
    let noted: Noted | undefined;
    return {
      options: (wanted) => {
        const ranges = rangesOnce();
        if (ranges.length === 0) return cases.options(wanted, []);
        log ??= openTranslationLog();
        return {
          ...cases.options(wanted, []),
          acceleration: "tcg",
          translations: { path: log.path, ranges },
        };
      },
      follow: (boot) => {
        noted = log && notedIn(log);
        cases.follow(boot, { ranges: [], ...(noted !== undefined && { at: noted.at }) });
      },
      hits: () => {
        const map = mapOnce();
        // None of its sources counts, and nothing was noted.
        if (log === undefined) return Promise.resolve({ files: [], cases: [] });
        noted?.end();
        const {
          whole = new Map<number, Instruction>(),
          outside = new Map<number, Instruction>(),
          cases: own = new Map<number, Instructions>(),
        } = noted ?? {};
        if (whole.size === 0)
          throw new RigError("the emulator has noted no code", "is it QEMU with a disassembler?");
        const files = byPath(objectCoverage(map, whole));
        return Promise.resolve({
          files: own.size === 0 ? files : withOutside(files, objectCaseCoverage(map, outside)),
          cases: [...own].flatMap(([address, ran]) => {
            const known = cases.functions.get(address);
            return known === undefined ? [] : [{ ...known, files: byPath(objectCaseCoverage(map, ran)) }];
          }),
        });
      },
      release: () => {
        log?.remove();
      },
    };
  };
};

function open({ task, pathOf }: CoveredImage): ObjectMap {
  const { image, symbols } = withFound(task.files);
  const lines = withLinked(image, symbols, linesIn);
  if (lines.ranges.length === 0) {
    const { refused } = symbolFileOf(task.files);
    throw new RigError(
      `${symbols ?? image} has no lines${lines.lack === undefined ? "" : `: ${lines.lack}`}`,
      ...(refused.length > 0
        ? [refused.join("; ")]
        : lines.lack === undefined
          ? ["give the file with its debug information"]
          : []),
    );
  }
  const known = lines.paths.map(pathOf);
  return { image: lines, pathOf: (file) => known[file] };
}

/** So many ranges fit on QEMU's command line. */
const MOST_RANGES = 300;

/** Where the code of the sources that count lies: no other is noted, which is most of what it takes. */
function rangesThatCount({ image, pathOf }: ObjectMap): readonly MemoryRange[] {
  const wanted = image.ranges.filter(({ file }) => pathOf(file) !== undefined);
  for (let gap = 64; ; gap *= 2) {
    const ranges = joinedRanges(wanted, gap);
    if (ranges.length <= MOST_RANGES) return ranges;
  }
}

/** Ranges of ascending pieces; those that lie closer together than `gap` bytes are one. */
function joinedRanges(
  pieces: readonly { readonly low: number; readonly high: number }[],
  gap: number,
): readonly MemoryRange[] {
  const ranges: { address: number; bytes: number }[] = [];
  for (const { low, high } of pieces) {
    const last = ranges.at(-1);
    if (last === undefined || low > last.address + last.bytes + gap)
      ranges.push({ address: low, bytes: high - low });
    else last.bytes = Math.max(last.bytes, high - last.address);
  }
  return ranges;
}

const byPath = (files: readonly FileHits[]): readonly FileHits[] =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

/** What an emulator has noted, of the boot and of each case by the address of its function. */
interface Noted {
  readonly whole: Map<number, Instruction>;
  /** What ran before, between and after the cases. */
  readonly outside: Map<number, Instruction>;
  readonly cases: Map<number, Map<number, Instruction>>;
  readonly at: NonNullable<FollowWish["at"]>;
  /** Takes what was noted after the last moment. */
  readonly end: () => void;
}

/**
 * At each moment what has been noted is read, and belongs to what ran before. Code is noted when it is translated: what was
 * translated is written anew with its own bytes, so that it is noted again where it runs again.
 */
function notedIn(log: TranslationLog): Noted {
  const whole = new Map<number, Instruction>();
  const outside = new Map<number, Instruction>();
  const cases = new Map<number, Map<number, Instruction>>();
  let running: number | undefined;
  const take = (): Instructions => {
    const fresh = new Map<number, Instruction>();
    for (const piece of log.pieces())
      for (const [address, one] of readTranslations(piece)) fresh.set(address, one);
    const own = running === undefined ? outside : (cases.get(running) ?? new Map<number, Instruction>());
    if (running !== undefined) cases.set(running, own);
    for (const [address, one] of fresh) {
      whole.set(address, one);
      own.set(address, one);
    }
    return fresh;
  };
  return {
    whole,
    outside,
    cases,
    end: () => void take(),
    at: async ({ kind, function: address }, guest) => {
      const fresh = take();
      running = kind === "before" ? address : undefined;
      for (const range of rangesOf(fresh)) {
        const bytes = await guest.read(range);
        if (bytes !== undefined) await guest.write(range.address, bytes);
      }
    },
  };
}

/** Code that lies closer together than this is written in one go. */
const GAP_BYTES = 32;

/** The ranges of code that some instructions lie in. */
const rangesOf = (instructions: Instructions): readonly MemoryRange[] =>
  joinedRanges(
    [...instructions.values()]
      .sort((a, b) => a.address - b.address)
      .map(({ address, bytes }) => ({ low: address, high: address + bytes })),
    GAP_BYTES,
  );
