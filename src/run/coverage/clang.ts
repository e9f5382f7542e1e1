/** Counters of clang: the toolchain's own llvm-cov makes lines of them. */
import { exportLines, type LlvmTools, llvmTools } from "../../../runner/coverage/llvm.js";
import { RigError } from "../../core/errors.js";
import { readLlvmReport } from "../../coverage/llvm-report.js";
import { withLinked } from "../../image/elf/linked.js";
import { FIRST_LLVM, type LlvmCounters, llvmCountersIn } from "../../image/llvm-profile.js";
import { withFound } from "../image-files.js";
import { byPath } from "./by-path.js";
import { countedSource } from "./counters.js";
import type { CoveredImage } from "./source.js";

export const clangSource = countedSource((image) => {
  const counters = countersOf(image);
  const { image: booted, symbols } = withFound(image.task.files);
  let opened: Promise<LlvmTools> | undefined;
  return {
    ranges: counters.ranges,
    counts: ([piece]) => {
      const counts = piece && counters.counts(piece);
      return counts && [counts];
    },
    lines: async (all) => {
      const tools = await (opened ??= toolsFor(counters, image));
      // Lines that did not run are asked of the first alone.
      const busy = all.flatMap(([counts], nth) =>
        counts !== undefined && (nth === 0 || counts.some((count) => count !== 0n)) ? [{ nth, counts }] : [],
      );
      const profiles = busy.map(({ counts }) => counters.profile(tools.llvm, counts) ?? Buffer.alloc(0));
      const texts = await exportLines(tools, symbols ?? booted, profiles, image.stop);
      const found = new Map(texts.map((text, at) => [busy[at]?.nth, text]));
      return all.map((_, nth) => byPath(readLlvmReport(found.get(nth) ?? ""), image.pathOf));
    },
  };
});

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
async function toolsFor(counters: LlvmCounters, { task }: CoveredImage): Promise<LlvmTools> {
  const all = await llvmTools(FIRST_LLVM);
  if (all.length === 0)
    throw new RigError(
      `there is no llvm-profdata and llvm-cov of LLVM ${String(FIRST_LLVM)} or later here`,
      "apt-get install llvm",
    );
  const fitting = all.find(({ llvm }) => counters.fits(llvm));
  if (fitting !== undefined) return fitting;
  const releases = all.map(({ llvm }) => String(llvm)).join(", ");
  throw new RigError(
    `${task.name} was compiled by another release of clang than the llvm-profdata here (${releases}) is of`,
    "install the package llvm of the same release as clang",
  );
}
