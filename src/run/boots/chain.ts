/**
 * The boots of one image on one machine, as one value: what is to run, and what is known of it so far. It boots nothing.
 */
import type { BootImage } from "../../../runner/machine.js";
import { type Selecting, selecting } from "../../../runner/selected-image.js";
import type { BootSummary } from "../../core/assemble.js";
import type { BootPart } from "../../core/assemble/boot.js";
import type { RunEvent } from "../../core/events.js";
import type { Plan } from "../../core/plan.js";
import { isSamePart } from "../../core/plan/parts.js";
import type { Round } from "../../core/plan/rounds.js";
import type { EvidenceMap } from "../../image/evidence.js";
import type { CoverageBoot } from "../coverage/reader.js";
import type { ProfiledBoot } from "../profile.js";
import type { TraceReader } from "../traces.js";
import type { Symbolizer } from "../symbolize.js";
import type { ImageTask } from "../task.js";
import type { ValueReader } from "./values.js";

export interface Chain {
  readonly task: ImageTask;
  readonly source: string;
  readonly group: string;
  readonly plan: Plan;
  readonly select: Selecting;
  boots: number;
  /** Rounds of the plan that are not over. */
  open: number;
  /** Further boots it may still have for those that die. */
  deaths: number;
  /** Further times that the plan runs. */
  repeats: number;
  isRed: boolean;
  symbolizer?: Symbolizer;
  traces?: TraceReader;
  values?: ValueReader;
  covered?: (part: Plan) => CoverageBoot;
  profiled?: () => ProfiledBoot;
  /** Results of the plan, by suite and case. */
  readonly statuses: Map<string, string>;
}

/** A chain before its first boot. */
export const chainOf = (
  task: ImageTask,
  start: Pick<Chain, "source" | "group" | "plan" | "deaths" | "repeats">,
): Chain => ({
  task,
  ...start,
  select: selecting({ path: task.image.path, symbols: task.symbols }),
  boots: 0,
  open: 0,
  isRed: false,
  statuses: new Map(),
});

/** Name of the file that keeps the console of the boot that runs now. */
export const logName = ({ source, boots }: Chain): string =>
  boots === 1 ? source : `${source} ${String(boots)}`;

/** What a round boots, and where its memory says how the tests went, if that is known already. */
export function imageOf(
  { task: { image, whole }, select }: Chain,
  { part, without }: Round,
): { readonly image: BootImage; readonly evidence?: EvidenceMap } {
  if (isSamePart(part, whole) && without.length === 0) return { image };
  const { image: content, evidence } = select(part, without);
  return { image: { ...image, content }, evidence };
}

/** What a boot of a round says of itself: which others it belongs to, and why it takes place. */
export const partOf = ({ group }: Chain, { why }: Round): BootPart => ({
  group,
  ...(why !== undefined && { why }),
});

/** The statuses of a case, in the order of its results. */
const statusesOf = (results: readonly { readonly status: string }[]): string =>
  results.map(({ status }) => status).join(" ");

/** Remembers how the cases of a boot ended. */
export function noteStatuses({ statuses }: Chain, { finished }: BootSummary): void {
  for (const [key, results] of finished) statuses.set(key, statusesOf(results));
}

/** The cases that behave differently without the others, as warnings. */
export function differences({ statuses }: Chain, { boot, finished }: BootSummary): readonly RunEvent[] {
  return [...finished].flatMap(([key, results]): readonly RunEvent[] => {
    const alone = statusesOf(results);
    const together = statuses.get(key);
    if (together === undefined || together === alone) return [];
    const message = `${key.replace("\0", ".")} is ${alone} alone, and ${together} with the others`;
    return [{ type: "problem", code: "isolation-differs", grade: "warning", message, boot }];
  });
}
