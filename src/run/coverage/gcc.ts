/**
 * What a guest ran, by the counters that gcc has put into its code: they are read from its memory, whether it has come to
 * its end or not, and the toolchain's own gcov makes lines of them.
 */
import { type GcovData, gcovFor, notesOf, runGcov } from "../../../runner/coverage/gcov.js";
import type { Call } from "../../../runner/debug/calls.js";
import type { GuestSnapshot } from "../../../runner/machine.js";
import type { FileHits } from "../../core/model/coverage.js";
import { RigError } from "../../core/errors.js";
import { linePairs } from "../../core/model/coverage-counts.js";
import { joined } from "../../core/model/coverage-table.js";
import { gcdaOf } from "../../coverage/gcda.js";
import { readGcovReport } from "../../coverage/gcov-report.js";
import { withLinked } from "../../image/elf/linked.js";
import { type GcovCounts, gcovIn, type GcovMap } from "../../image/gcov.js";
import type { MemoryRange } from "../../image/evidence.js";
import { withFound } from "../image-files.js";
import { casesOf, orNone, ran } from "./cases.js";
import type { BootHits, CoveredImage, CoverageSource } from "./source.js";

export const gccSource: CoverageSource = (image) => {
  let map: GcovMap | undefined;
  let opened: Promise<Counted> | undefined;
  const mapOnce = (): GcovMap => (map ??= mapOf(image));
  const casesIn = casesOf(image);
  const rangesOnce = (): readonly MemoryRange[] => orNone(() => mapOnce().ranges);
  return (part) => {
    const cases = casesIn(part);
    let calls: () => readonly Call[] = () => [];
    return {
      options: (wanted) => cases.options(wanted, rangesOnce()),
      follow: (boot) => {
        calls = cases.follow(boot, { ranges: rangesOnce() });
      },
      hits: async (inside) => {
        opened ??= open(mapOnce(), image);
        const counted = await opened;
        const whole = await countsOf(counted.map, inside);
        const perCase = calls().flatMap((call) => {
          const counts = countsOfCall(counted.map, call, whole);
          const known = cases.functions.get(call.function);
          return counts === undefined || known === undefined ? [] : [{ ...known, counts }];
        });
        return hitsOf(counted, { whole, cases: perCase, outside: outsideOf(whole, perCase) }, image);
      },
      release: () => undefined,
    };
  };
};

/** What was counted in a call; in one that has not returned, all that came after its beginning. */
function countsOfCall(map: GcovMap, { before, after }: Call, whole: GcovCounts): GcovCounts | undefined {
  const from = map.counts(before);
  const to = after === undefined ? whole : map.counts(after);
  if (from === undefined || to === undefined) return undefined;
  return to.map((counts, nth) => counts.map((count, at) => count - (from[nth]?.[at] ?? 0n)));
}

/** What was counted in none of the cases; undefined where they were not followed. */
const outsideOf = (whole: GcovCounts, cases: readonly CaseCounts[]): GcovCounts | undefined =>
  cases.length === 0
    ? undefined
    : whole.map((counts, nth) =>
        counts.map((count, at) => cases.reduce((rest, one) => rest - (one.counts[nth]?.[at] ?? 0n), count)),
      );

/** An image with counters, and what reads them. */
interface Counted {
  readonly map: GcovMap;
  readonly gcov: string;
  /** Paths of the notes, in the order of the objects; undefined for those of which no source counts. */
  readonly notes: (string | undefined)[];
}

function mapOf({ task }: CoveredImage): GcovMap {
  const { image, symbols } = withFound(task.files);
  const map = withLinked(image, symbols, gcovIn);
  if (map === undefined)
    throw new RigError(
      `${task.name} has no counters`,
      "compile it with -fprofile-arcs -ftest-coverage -fprofile-info-section, or ask for --coverage=object",
    );
  return map;
}

async function open(map: GcovMap, { root }: CoveredImage): Promise<Counted> {
  const notes = map.objects.map((object) => notesOf(object, root));
  return { map, gcov: await gcovFor(map.objects[0]?.gcc ?? 0), notes };
}

async function countsOf(map: GcovMap, inside: GuestSnapshot): Promise<GcovCounts> {
  const pieces = await Promise.all(map.ranges.map(({ address, bytes }) => inside.read(address, bytes)));
  const counts = map.counts(pieces);
  if (counts === undefined) throw new RigError("the memory of the guest could not be read");
  return counts;
}

interface CaseCounts {
  readonly suite: string;
  readonly name: string;
  readonly counts: GcovCounts;
}

/** Counts of a boot, of its cases, and of what is in none of them. */
interface BootCounts {
  readonly whole: GcovCounts;
  readonly cases: readonly CaseCounts[];
  readonly outside: GcovCounts | undefined;
}

/** What gcov makes of the counts of a boot and of its cases, in one go: all lines that have code, and those that each ran. */
async function hitsOf(
  { map, gcov, notes }: Counted,
  { whole, cases, outside }: BootCounts,
  { pathOf, stop }: CoveredImage,
): Promise<BootHits> {
  type Owner = CaseCounts | "outside" | undefined;
  const owners: Owner[] = [];
  const data: GcovData[] = [];
  const add = (owner: Owner, counts: GcovCounts): void => {
    map.objects.forEach((object, nth) => {
      const [own, path] = [counts[nth], notes[nth]];
      if (own === undefined || path === undefined) return;
      if (owner !== undefined && own.every((count) => count === 0n)) return;
      owners.push(owner);
      data.push({ notes: path, data: gcdaOf(object, own) });
    });
  };
  add(undefined, whole);
  if (outside !== undefined) add("outside", outside);
  for (const one of cases) add(one, one.counts);
  const found = new Map<Owner, Map<string, FileHits[]>>();
  for (const { dataFile, files } of (await runGcov(gcov, data, stop)).map(readGcovReport)) {
    const owner = owners[Number.parseInt(dataFile, 10)];
    const byPath = found.get(owner) ?? new Map<string, FileHits[]>();
    found.set(owner, byPath);
    for (const hits of files) {
      const path = pathOf(hits.path);
      if (path === undefined) continue;
      const known = byPath.get(path);
      if (known === undefined) byPath.set(path, [{ ...hits, path }]);
      else known.push({ ...hits, path });
    }
  }
  const around = new Map(
    sorted(found.get("outside"))
      .flatMap(ran)
      .map(({ path, lines }) => [path, [...linePairs(lines)].map(([line]) => line)]),
  );
  return {
    files: sorted(found.get(undefined)).map((hits) =>
      outside === undefined ? hits : { ...hits, outside: around.get(hits.path) ?? [] },
    ),
    cases: cases.map((one) => ({
      suite: one.suite,
      name: one.name,
      files: sorted(found.get(one)).flatMap(ran),
    })),
  };
}

/** Each source once, in the order of the paths. */
const sorted = (byPath: ReadonlyMap<string, readonly FileHits[]> = new Map()): readonly FileHits[] =>
  [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, all]) => joined(all));
