/**
 * Turns what a run is made of into jobs: each a boot, with the boots that follow from it. It knows which image a boot
 * gets and which of its cases; what becomes of them is for core/rounds.ts.
 */
import { keepConsole } from "../../runner/kept.js";
import type { BootImage, BootOptions } from "../../runner/machine.js";
import { selected } from "../../runner/selected.js";
import type { Limits } from "../../runner/watch.js";
import type { Policy } from "../core/events.js";
import type { PlaceRules } from "../core/places.js";
import { afterRound, firstRounds, type Isolation, type Round } from "../core/rounds.js";
import type { ImageFile } from "../image/evidence.js";
import { bootOne } from "./boot-one.js";
import { buildFault } from "./build-fault.js";
import type { Emit, Job } from "./lanes.js";
import type { Project, Task } from "./project.js";
import type { Say } from "./say.js";
import { isWhole } from "./select.js";
import type { Symbolizer } from "./symbolize.js";
import { TOOL } from "./tool.js";

export interface JobArguments {
  readonly ubsan: Policy["ubsan"];
  readonly memoryMiB?: number;
  readonly acceleration: BootOptions["acceleration"];
  readonly limits: Limits;
  readonly isolation: Isolation;
  readonly maxCrashes: number;
  readonly keep: boolean;
  /** Where sources are, for the lines around a crash. */
  readonly rules: PlaceRules;
}

/** Enough for the kit's own images, and for whole kernels. */
const MEMORY_MIB = { kit: 64, any: 256 };

type ImageTask = Extract<Task, { image: unknown }>;

/** The boots of one image on one machine. */
interface Chain {
  readonly task: ImageTask;
  readonly source: string;
  readonly group: string;
  boots: number;
  symbolizer?: Symbolizer;
  /** Further boots it may still have for those that die. */
  deaths: number;
}

/** The first boots of a run, and the names of its sources. */
export function jobsOf(
  project: Project,
  args: JobArguments,
  stop: AbortSignal,
  say: Say,
): { readonly sources: readonly string[]; readonly jobs: readonly Job[] } {
  const sourceOf = ({ name }: Task): string => `${name} on ${project.choice.machine.name}`;
  let boots = 0;
  const nextBoot = (): number => (boots += 1);

  const failed =
    (task: Extract<Task, { failure: unknown }>): Job =>
    async (emit) => {
      const reader = await readerOf(nextBoot(), args, "unikraft");
      emit(reader.failed(sourceOf(task), buildFault(task.name, task.failure)));
      return [];
    };

  const booted =
    (chain: Chain, round: Round): Job =>
    async (emit) => {
      if (stop.aborted) return [];
      const number = nextBoot();
      chain.boots += 1;
      const { summary, settle } = await boot(chain, round, number, emit);
      if (summary === undefined) return [];
      const { next, givenUp } = afterRound(round, summary, args.isolation, stop.aborted ? 0 : chain.deaths);
      chain.deaths -= next.length;
      settle(givenUp);
      return next.map((further) => booted(chain, further));
    };

  const boot = async (chain: Chain, round: Round, number: number, emit: Emit) => {
    const { task, source, group } = chain;
    const { image, table } = imageOf(task, round);
    const log = args.keep ? keepConsole(project.folder, logName(chain)) : undefined;
    const outcome = await bootOne({
      machine: project.choice.machine,
      image,
      options: {
        memoryMiB: args.memoryMiB ?? (image.isKit ? MEMORY_MIB.kit : MEMORY_MIB.any),
        acceleration: args.acceleration,
      },
      limits: args.limits,
      prepare: async () => {
        const [reader, { evidenceOf }, { Symbolizer }] = await Promise.all([
          readerOf(number, args, image.isKit ? "unikraft" : "auto"),
          import("../image/evidence.js"),
          import("./symbolize.js"),
        ]);
        chain.symbolizer ??= new Symbolizer(task.files, args.rules, say);
        return { reader, plan: round.part, evidence: evidenceOf(table) };
      },
      source,
      part: { group, ...(round.why !== undefined && { why: round.why }) },
      ...(log !== undefined && { log }),
      stop,
      slow: (name, afterMs, limitMs) => {
        say(`slow: ${name} runs for ${String(afterMs / 1000)} s; its limit is ${String(limitMs / 1000)} s`);
      },
      emit: (events) => {
        emit(chain.symbolizer?.complete(events) ?? events);
      },
    });
    if (log !== undefined) say(`kept: ${image.path} (image of ${task.name}), ${log.path} (its console)`);
    return outcome;
  };

  const jobs = project.tasks.flatMap((task, index): readonly Job[] => {
    if ("failure" in task) return [failed(task)];
    const chain = {
      task,
      source: sourceOf(task),
      group: `g${String(index + 1)}`,
      boots: 0,
      deaths: args.maxCrashes,
    };
    return firstRounds(task.plan, args.isolation).map((round) => booted(chain, round));
  });
  return { sources: project.tasks.map(sourceOf), jobs };
}

const logName = ({ source, boots }: Chain): string => (boots === 1 ? source : `${source} ${String(boots)}`);

/** A reader for one boot; loaded while the machine starts. */
async function readerOf(number: number, { ubsan }: JobArguments, dialect: string) {
  const [{ RunReader }, { dialectsFor }] = await Promise.all([
    import("./boot-reader.js"),
    import("./dialects.js"),
  ]);
  const info = { tool: TOOL, sources: [], policy: { ubsan }, partOf: number };
  return new RunReader(info, await dialectsFor(dialect));
}

/** What a round boots, and the ELF that tells where its memory has the tests. */
function imageOf(
  { image, symbols, whole }: ImageTask,
  { part, without }: Round,
): { readonly image: BootImage; readonly table: ImageFile } {
  if (isWhole(part, whole) && without.length === 0) return { image, table: { path: symbols ?? image.path } };
  const { image: content, table } = selected({ path: image.path, symbols }, part, without);
  return { image: { ...image, content }, table };
}
