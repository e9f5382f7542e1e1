/** Counters of gcc: the toolchain's own gcov makes lines of them. */
import { type GcovData, gcovFor, notesOf, runGcov } from "../../../runner/coverage/gcov.js";
import type { FileHits } from "../../core/model/coverage.js";
import { RigError } from "../../core/errors.js";
import { gcdaOf } from "../../coverage/gcda.js";
import { readGcovReport } from "../../coverage/gcov-report.js";
import { withLinked } from "../../image/elf/linked.js";
import { gcovIn, type GcovMap, lacksGcovTable } from "../../image/gcov.js";
import { withFound } from "../image-files.js";
import { byPath } from "./by-path.js";
import { type Counts, countedSource } from "./counters.js";
import type { CoveredImage } from "./source.js";

export const gccSource = countedSource((image) => {
  const map = mapOf(image);
  let opened: Promise<Tools> | undefined;
  return {
    ranges: map.ranges,
    counts: (pieces) => map.counts(pieces),
    lines: async (all) => linesOf(map, await (opened ??= toolsFor(map, image)), all, image),
  };
});

function mapOf({ task }: CoveredImage): GcovMap {
  const { image, symbols } = withFound(task.files);
  const { map, isDropped } = withLinked(image, symbols, (elf) => ({
    map: gcovIn(elf),
    isDropped: lacksGcovTable(elf),
  }));
  if (map === undefined)
    throw isDropped
      ? new RigError(
          `the linker of ${task.name} has dropped the table of its counters`,
          "KEEP(*(.gcov_info)) in its linker script, or link without --gc-sections",
        )
      : new RigError(
          `${task.name} has no counters`,
          "compile it with -fprofile-arcs -ftest-coverage -fprofile-info-section, or ask for --coverage=object",
        );
  return map;
}

interface Tools {
  readonly gcov: string;
  /** Paths of the notes, in the order of the objects. */
  readonly notes: readonly string[];
}

async function toolsFor(map: GcovMap, { root }: CoveredImage): Promise<Tools> {
  const notes = map.objects.map((object) => notesOf(object, root));
  return { gcov: await gcovFor(map.objects[0]?.gcc ?? 0), notes };
}

/** What gcov makes of all of these counts, in one go. */
async function linesOf(
  { objects }: GcovMap,
  { gcov, notes }: Tools,
  all: readonly (readonly Counts[])[],
  { pathOf, stop }: CoveredImage,
): Promise<readonly (readonly FileHits[])[]> {
  /** Of each data file: whose counts these are. Cases often have those of another one, of what all of them call. */
  const owners: number[][] = [];
  const data: GcovData[] = [];
  const known = new Map<string, number[]>();
  all.forEach((counts, owner) => {
    objects.forEach((object, nth) => {
      const [own, path] = [counts[nth], notes[nth]];
      if (own === undefined || path === undefined) return;
      // Lines that did not run are asked of the first alone.
      if (owner > 0 && own.every((count) => count === 0n)) return;
      const key = `${String(nth)} ${own.join(" ")}`;
      const same = known.get(key);
      if (same !== undefined) {
        same.push(owner);
        return;
      }
      const first = [owner];
      known.set(key, first);
      owners.push(first);
      data.push({ notes: path, data: gcdaOf(object, own) });
    });
  });
  const found = all.map((): FileHits[] => []);
  for (const { dataFile, files } of (await runGcov(gcov, data, stop)).map(readGcovReport))
    for (const owner of owners[Number.parseInt(dataFile, 10)] ?? []) found[owner]?.push(...files);
  return found.map((files) => byPath(files, pathOf));
}
