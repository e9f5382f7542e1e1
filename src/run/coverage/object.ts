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
import { codeRanges } from "../../image/elf.js";
import { withLinked } from "../../image/elf/linked.js";
import type { MemoryRange } from "../../image/evidence.js";
import { linesIn } from "../../image/lines.js";
import { withFound } from "../image-files.js";
import { casesOf, type FollowWish } from "./cases.js";
import type { CoveredImage, CoverageSource } from "./source.js";

export const objectSource: CoverageSource = (image) => {
  const { task } = image;
  let opened: ObjectMap | undefined;
  const { image: path, symbols } = withFound(task.files);
  const ranges = withLinked(path, symbols, codeRanges);
  return (part) => {
    const cases = casesOf(image, part);
    let log: TranslationLog | undefined;
    let noted: Noted | undefined;
    return {
      options: (wanted) => {
        log ??= openTranslationLog();
        return { ...cases.options(wanted), acceleration: "tcg", translations: { path: log.path, ranges } };
      },
      follow: (boot) => {
        if (log === undefined) return;
        const open = notedIn(log);
        noted = open;
        cases.follow(boot, { ranges: [], at: open.at });
      },
      hits: () => {
        noted?.end();
        const { whole = new Map<number, Instruction>(), cases: own = new Map<number, Instructions>() } =
          noted ?? {};
        if (whole.size === 0)
          throw new RigError("the emulator has noted no code", "is it QEMU with a disassembler?");
        const map = (opened ??= open(image));
        return Promise.resolve({
          files: byPath(objectCoverage(map, whole)),
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
  if (lines.ranges.length === 0)
    throw new RigError(
      `${symbols ?? image} has no lines${lines.lack === undefined ? "" : `: ${lines.lack}`}`,
      "build it with -g, and give the file with its debug information",
    );
  const known = lines.paths.map(pathOf);
  return { image: lines, pathOf: (file) => known[file] };
}

const byPath = (files: readonly FileHits[]): readonly FileHits[] =>
  [...files].sort((a, b) => (a.path < b.path ? -1 : 1));

/** What an emulator has noted, of the boot and of each case by the address of its function. */
interface Noted {
  readonly whole: Map<number, Instruction>;
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
  const cases = new Map<number, Map<number, Instruction>>();
  let running: number | undefined;
  const take = (): Instructions => {
    const fresh = new Map<number, Instruction>();
    for (const piece of log.pieces())
      for (const [address, one] of readTranslations(piece).instructions) fresh.set(address, one);
    const own = running === undefined ? undefined : (cases.get(running) ?? new Map<number, Instruction>());
    if (running !== undefined && own !== undefined) cases.set(running, own);
    for (const [address, one] of fresh) {
      whole.set(address, one);
      own?.set(address, one);
    }
    return fresh;
  };
  return {
    whole,
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
function rangesOf(instructions: Instructions): readonly MemoryRange[] {
  const ranges: { address: number; bytes: number }[] = [];
  for (const { address, bytes } of [...instructions.values()].sort((a, b) => a.address - b.address)) {
    const last = ranges.at(-1);
    if (last === undefined || address > last.address + last.bytes + GAP_BYTES)
      ranges.push({ address, bytes });
    else last.bytes = Math.max(last.bytes, address + bytes - last.address);
  }
  return ranges;
}
