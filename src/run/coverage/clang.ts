/**
 * What a guest ran, by the counters that clang has put into its code: they are read from its memory, whether it has come to
 * its end or not, and the toolchain's own llvm-cov makes lines of them.
 */
import { exportLines, type LlvmTools, llvmTools } from "../../../runner/coverage/llvm.js";
import type { Call } from "../../../runner/debug/calls.js";
import type { GuestSnapshot } from "../../../runner/machine.js";
import { RigError } from "../../core/errors.js";
import type { FileHits } from "../../core/model/coverage.js";
import { linePairs } from "../../core/model/coverage-counts.js";
import { joined } from "../../core/model/coverage-table.js";
import { readLlvmReport } from "../../coverage/llvm-report.js";
import { withLinked } from "../../image/elf/linked.js";
import { FIRST_LLVM, type LlvmCounters, llvmCountersIn } from "../../image/llvm-profile.js";
import type { MemoryRange } from "../../image/evidence.js";
import { withFound } from "../image-files.js";
import { casesOf, orNone, ran } from "./cases.js";
import type { BootHits, CoveredImage, CoverageSource } from "./source.js";

export const clangSource: CoverageSource = (image) => {
  let counters: LlvmCounters | undefined;
  let tools: Promise<LlvmTools> | undefined;
  const countersOnce = (): LlvmCounters => (counters ??= countersOf(image));
  const casesIn = casesOf(image);
  const rangesOnce = (): readonly MemoryRange[] => orNone(() => countersOnce().ranges);
  return (part) => {
    const cases = casesIn(part);
    let calls: () => readonly Call[] = () => [];
    return {
      options: (wanted) => cases.options(wanted, rangesOnce()),
      follow: (boot) => {
        calls = cases.follow(boot, { ranges: rangesOnce() });
      },
      hits: async (inside) => {
        const found = countersOnce();
        const whole = await contentOf(found, inside);
        tools ??= toolsFor(found, image, whole);
        const perCase = calls().flatMap((call) => {
          const known = cases.functions.get(call.function);
          const counts = countsOfCall(call, whole);
          return counts === undefined || known === undefined ? [] : [{ ...known, counts }];
        });
        return hitsOf({ counters: found, tools: await tools, image }, whole, perCase);
      },
      release: () => undefined,
    };
  };
};

function countersOf({ task }: CoveredImage): LlvmCounters {
  const { image, symbols } = withFound(task.files);
  const counters = withLinked(image, symbols, llvmCountersIn);
  if (counters === undefined)
    throw new RigError(
      `${task.name} has no counters of clang`,
      "compile it with -fprofile-instr-generate -fcoverage-mapping, or ask for --coverage=object",
    );
  return counters;
}

/** The first tools that know the records of the image. */
async function toolsFor(
  counters: LlvmCounters,
  { task }: CoveredImage,
  content: Uint8Array,
): Promise<LlvmTools> {
  const all = await llvmTools(FIRST_LLVM);
  if (all.length === 0)
    throw new RigError(
      `there is no llvm-profdata and llvm-cov of LLVM ${String(FIRST_LLVM)} or later here`,
      "apt-get install llvm",
    );
  const fitting = all.find(({ llvm }) => counters.profile(llvm, content) !== undefined);
  if (fitting !== undefined) return fitting;
  const releases = all.map(({ llvm }) => String(llvm)).join(", ");
  throw new RigError(
    `${task.name} was compiled by another release of clang than the llvm-profdata here (${releases}) is of`,
    "install the package llvm of the same release as clang",
  );
}

async function contentOf(
  { ranges: [{ address, bytes }] }: LlvmCounters,
  inside: GuestSnapshot,
): Promise<Uint8Array> {
  const content = await inside.read(address, bytes);
  if (content?.length !== bytes) throw new RigError("the memory of the guest could not be read");
  return content;
}

/** What was counted in a call; in one that has not returned, all that came after its beginning. */
function countsOfCall({ before: [from], after }: Call, whole: Uint8Array): Uint8Array | undefined {
  const to = after === undefined ? whole : after[0];
  if (from?.length !== whole.length || to?.length !== whole.length) return undefined;
  const [first, last] = [wordsOf(from), wordsOf(to)];
  return new Uint8Array(last.map((count, at) => count - (first[at] ?? 0n)).buffer);
}

/** What was counted in none of the cases. */
function outsideOf(whole: Uint8Array, cases: readonly CaseCounts[]): Uint8Array {
  const rest = wordsOf(whole);
  for (const { counts } of cases)
    wordsOf(counts).forEach((count, at) => (rest[at] = (rest[at] ?? 0n) - count));
  return new Uint8Array(rest.buffer);
}

/** Counters as numbers: a copy, since pieces of memory begin anywhere. */
const wordsOf = (bytes: Uint8Array): BigUint64Array => new BigUint64Array(Uint8Array.from(bytes).buffer);

interface CaseCounts {
  readonly suite: string;
  readonly name: string;
  readonly counts: Uint8Array;
}

interface Opened {
  readonly counters: LlvmCounters;
  readonly tools: LlvmTools;
  readonly image: CoveredImage;
}

async function hitsOf(
  { counters, tools, image: { task, pathOf, stop } }: Opened,
  whole: Uint8Array,
  cases: readonly CaseCounts[],
): Promise<BootHits> {
  const busy = cases.filter(({ counts }) => counts.some((byte) => byte !== 0));
  const all = [whole, outsideOf(whole, cases), ...busy.map(({ counts }) => counts)];
  const profiles = all.map((content) => counters.profile(tools.llvm, content) ?? Buffer.alloc(0));
  const { image, symbols } = withFound(task.files);
  const texts = await exportLines(tools, symbols ?? image, profiles, stop);
  const [files = [], outside = [], ...own] = texts.map((text) => counted(readLlvmReport(text), pathOf));
  const around = new Map(
    outside.flatMap(ran).map(({ path, lines }) => [path, [...linePairs(lines)].map(([line]) => line)]),
  );
  return {
    // Where no case was followed, all of it may have run in one.
    files:
      cases.length === 0 ? files : files.map((hits) => ({ ...hits, outside: around.get(hits.path) ?? [] })),
    cases: busy.map(({ suite, name }, nth) => ({ suite, name, files: (own[nth] ?? []).flatMap(ran) })),
  };
}

/** Those that count, each source once, in the order of the paths. */
function counted(files: readonly FileHits[], pathOf: CoveredImage["pathOf"]): readonly FileHits[] {
  const byPath = new Map<string, FileHits[]>();
  for (const hits of files) {
    const path = pathOf(hits.path);
    if (path === undefined) continue;
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [{ ...hits, path }]);
    else known.push({ ...hits, path });
  }
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, all]) => joined(all));
}
