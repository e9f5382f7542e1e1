/**
 * The coverage of a run: which lines each guest ran, as events. What finds that out is one file for each kind; this one says
 * it in the stream. It judges nothing; what cannot be read is an error of the run, since somebody has asked for it.
 */
import { join, relative } from "node:path";
import { KIT_ROOT } from "../../../runner/build/kit.js";
import type { CoverageKind } from "../../core/model/coverage.js";
import { RigError } from "../../core/errors.js";
import { caseKey } from "../../core/assemble/boot.js";
import type { RunEvent } from "../../core/events.js";
import type { Plan } from "../../core/plan.js";
import { place, type PlaceRules } from "../../core/places.js";
import { sourceFilter } from "../../coverage/sources.js";
import type { CoverageWish } from "../task.js";
import type { StoppedGuest } from "../traces.js";
import { type Excluding, excluding } from "./excluded.js";
import type { CountedBoot, CoveredImage, CoverageSource } from "./source.js";

/** One boot, as the scheduler has it. */
export interface CoverageBoot extends Pick<CountedBoot, "options" | "follow" | "release"> {
  /**
   * Reads what the guest ran, and returns what is to be said of it in the stream.
   * @param finished ids of the results of its cases, by suite and case
   */
  readonly read: (guest: StoppedGuest, finished: FinishedCases) => Promise<readonly RunEvent[]>;
}

export type FinishedCases = ReadonlyMap<string, readonly { readonly id: string }[]>;

export interface CoverageOptions extends Omit<CoveredImage, "pathOf"> {
  readonly source: string;
  readonly wish: CoverageWish;
  readonly rules: PlaceRules;
}

const SOURCES: Readonly<Record<CoverageKind, () => Promise<CoverageSource>>> = {
  gcc: async () => (await import("./gcc.js")).gccSource,
  clang: async () => (await import("./clang.js")).clangSource,
  object: async () => (await import("./object.js")).objectSource,
};

/** Makes the boots of one image ones of which it is known what they ran. */
export async function coveredBoots(options: CoverageOptions): Promise<(part: Plan) => CoverageBoot> {
  const { task, wish, rules, source } = options;
  const suites = new Set(
    task.whole.suites.flatMap(({ cases }) => cases.map(({ file }) => place(file, rules).path)),
  );
  const isWanted = sourceFilter({ ...wish, suites, isAnywhere: !task.image.isKit });
  // The kit lies among the packages of a project, and is none of its sources.
  const kit = wish.libraries === true ? undefined : `${relative(options.root, join(KIT_ROOT, "guest"))}/`;
  const pathOf = (file: string): string | undefined => {
    const found = place(file, rules);
    const isKit = kit !== undefined && found.path.startsWith(kit);
    return !isKit && isWanted(found) ? found.path : undefined;
  };
  const sources = excluding(rules);
  const next = (await SOURCES[wish.kind]())({ ...options, pathOf });
  return (part) => {
    const { hits, ...boot } = next(part);
    return {
      ...boot,
      read: (guest, finished) => eventsOf(guest, finished, { kind: wish.kind, source, sources, hits }),
    };
  };
}

interface ReadOptions extends Pick<CountedBoot, "hits"> {
  readonly kind: CoverageKind;
  readonly source: string;
  readonly sources: Excluding;
}

async function eventsOf(
  { boot, inside }: StoppedGuest,
  finished: FinishedCases,
  { kind, source, sources, hits }: ReadOptions,
): Promise<readonly RunEvent[]> {
  try {
    const { files, cases } = await hits(inside);
    if (files.length === 0)
      throw new RigError(
        "none of its sources counts",
        "see coverage.include and exclude in the configuration",
      );
    const ofCases = cases.flatMap(({ suite, name, files: own }): readonly RunEvent[] => {
      // One with parameters has several results, and what it ran is of all of them.
      const id = finished.get(caseKey(suite, name))?.[0]?.id;
      return id === undefined
        ? []
        : [{ type: "coverage", boot, case: id, kind, files: sources.without(own, false) }];
    });
    const whole: RunEvent = { type: "coverage", boot, kind, files: sources.without(files, true) };
    const notes = sources.notes().map((message): RunEvent => ({
      ...{ type: "problem", code: "unclosed-exclusion", grade: "note", message, boot },
    }));
    return [whole, ...ofCases, ...notes];
  } catch (error) {
    if (!(error instanceof RigError)) throw error;
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    const message = `no coverage (${kind}) of ${source}: ${error.message}${hint}`;
    return [{ type: "problem", code: "no-coverage", grade: "error", message, boot }];
  }
}
