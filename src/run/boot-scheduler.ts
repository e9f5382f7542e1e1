/**
 * Turns what a run is made of into jobs: each a boot, with the boots that follow from it. Which cases a boot gets is
 * decided in core/rounds.ts and core/parts.ts, how one boot goes in boot-one.ts.
 */
import type { Expectation } from "../../runner/files/boot-history.js";
import { stopwatch } from "../../runner/host/clock.js";
import { keepConsole } from "../../runner/files/run-folder.js";
import type { BootImage } from "../../runner/machine.js";
import { type Selecting, selecting } from "../../runner/selected-image.js";
import type { Limits } from "../../runner/watch.js";
import type { BootSummary } from "../core/assemble.js";
import { RigError } from "../core/errors.js";
import type { Policy, Tool } from "../core/events.js";
import { isSamePart, shuffled } from "../core/plan/parts.js";
import type { PlaceRules } from "../core/places.js";
import type { Plan } from "../core/plan.js";
import {
  afterRound,
  aloneRounds,
  firstRounds,
  type Isolation,
  redRounds,
  type Round,
} from "../core/plan/rounds.js";
import { isRed } from "../core/statuses.js";
import { FAIL_FAST } from "../core/stops.js";
import type { EvidenceMap } from "../image/evidence.js";
import { type ImageFiles, withFound } from "./image-files.js";
import type { Acceleration } from "./accelerate.js";
import { type BootOutcome, bootOne, wordsOf } from "./boot-one.js";
import { bootOptions } from "./boot-options.js";
import type { RunReader } from "../console/reader.js";
import { buildFault } from "./build-fault.js";
import type { HeadStart } from "./head-start.js";
import type { RunHooks } from "./hooks.js";
import type { Emit, Job } from "./side-by-side.js";
import type { Project, Task } from "./task.js";
import type { Say } from "../core/say.js";
import { countOf } from "./select.js";
import type { Symbolizer } from "./symbolize.js";
import { leaveProcessors } from "./v8-optimisation.js";

export interface JobArguments {
  /** What stands at the head of the events. */
  readonly tool: Tool;
  readonly ubsan: Policy["ubsan"];
  readonly memoryMiB?: number;
  readonly acceleration: Acceleration;
  /** The boot of an image that runs already. */
  readonly begun: HeadStart["take"];
  readonly limits: Limits;
  readonly isolation: Isolation;
  /** Boots each case of its own too, and tells where it behaves differently. */
  readonly verifyIsolation: boolean;
  readonly maxCrashes: number;
  /** Further tries of a red case. */
  readonly retries: number;
  /** Red cases after which everything stops. */
  readonly failFast?: number;
  /** Seed of the order of cases. */
  readonly shuffle?: number;
  /** How often everything runs. */
  readonly repeat: number;
  /** Stops repeating at the first red case. */
  readonly untilFail: boolean;
  readonly keep: boolean;
  /** Folder for the raw consoles of a recorded run. */
  readonly logs?: string | undefined;
  /** Where sources are, for the lines around a crash. */
  readonly rules: PlaceRules;
  /** How long a boot will take. */
  readonly expected: Expectation;
  /** Puts the host commands of the project around the boots of a program. */
  readonly hooks?: RunHooks | undefined;
}

export interface Surroundings {
  readonly stop: AbortSignal;
  /** Stops everything, for this reason. */
  readonly quit: (reason: string) => void;
  readonly say: Say;
}

type ImageTask = Extract<Task, { image: unknown }>;

/** The boots of one image on one machine. */
interface Chain {
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
  /** Results of the plan, by suite and case. */
  readonly statuses: Map<string, string>;
}

export interface Jobs {
  readonly sources: readonly string[];
  readonly jobs: readonly Job[];
  /** The machine that failed, once one has. */
  readonly failure: () => Error | undefined;
}

/** The first boots of a run, and the names of its sources. */
export function jobsOf(project: Project, args: JobArguments, { stop, quit, say }: Surroundings): Jobs {
  const sourceOf = ({ name }: Task): string => `${name} on ${project.choice.machine.name}`;
  const sinceStart = stopwatch();
  let boots = 0;
  let ended = 0;
  let red = 0;
  let failure: Error | undefined;
  const nextBoot = (): number => (boots += 1);

  const failed =
    (task: Extract<Task, { failure: unknown }>): Job =>
    async (emit) => {
      const reader = await readerOf(nextBoot(), args, "unikraft");
      emit(reader.failed(sourceOf(task), buildFault(task.name, task.failure)));
      return [];
    };

  const booted = (chain: Chain, round: Round, retries: number): Job => {
    const job: Job = async (emit) => {
      const number = nextBoot();
      if (stop.aborted) return unbooted(chain, round, number, emit);
      chain.boots += 1;
      const { summary, settle } = await boot(chain, round, number, emit).catch((error: unknown) => {
        if (!(error instanceof RigError)) throw error;
        // The rest is reported as not run.
        failure ??= error;
        if (!stop.aborted) quit(error.message);
        return { summary: undefined, settle: () => undefined };
      });
      ended += 1;
      if (summary === undefined) return [];
      return follow(chain, round, retries, summary, settle, emit);
    };
    const expectedMs = (): number | undefined => args.expected(chain.source, round.part);
    const prepare = (): void => {
      const { image } = chain.task;
      // What an emulator needs may have to be set up first.
      if (!image.isKit || args.hooks !== undefined || stop.aborted) return;
      const { loadAhead } = project.choice.machine;
      if (loadAhead === undefined) return;
      if (ended > 0) leaveProcessors();
      loadAhead(bootOptions(image, { ...args, acceleration: args.acceleration.now }));
    };
    return Object.assign(job, { expectedMs, prepare });
  };

  /** What becomes of the cases of a boot that has ended, and the boots that follow. */
  const follow = (
    chain: Chain,
    round: Round,
    retries: number,
    summary: BootSummary,
    settle: BootOutcome["settle"],
    emit: Emit,
  ): readonly Job[] => {
    const isAgain = round.why === "retry" || round.why === "alone";
    const { next, givenUp } = isAgain
      ? { next: [], givenUp: summary.missing }
      : afterRound(round, summary, args.isolation, chain.deaths);
    chain.deaths -= next.length;
    if (round.why === "alone") tellDifferent(chain, summary, emit);
    settle(givenUp);
    const again = round.why === "alone" || retries === 0 ? [] : redRounds(round, summary);
    countRed(chain, round, summary, givenUp.length, again.length > 0);
    const jobs = [
      ...again.map((one) => booted(chain, one, retries - 1)),
      ...next.map((one) => booted(chain, one, args.retries)),
    ];
    if (isAgain) return jobs;
    chain.open += next.length - 1;
    return chain.open > 0 ? jobs : [...jobs, ...whenDone(chain)];
  };

  const countRed = (
    chain: Chain,
    round: Round,
    summary: BootSummary,
    lost: number,
    hasTries: boolean,
  ): void => {
    const cases = [...summary.finished];
    for (const [key, results] of cases)
      if (round.why !== "alone" && round.why !== "retry")
        chain.statuses.set(key, results.map(({ status }) => status).join(" "));
    const failures = cases.filter(([, results]) => results.some(({ status }) => isRed(status))).length;
    if (failures > 0 || lost > 0) chain.isRed = true;
    if (hasTries) return;
    red += failures;
    if (args.failFast !== undefined && red >= args.failFast && !stop.aborted)
      quit(`stopped after ${String(red)} red ${red === 1 ? "case" : "cases"} ${FAIL_FAST}`);
  };

  /** All rounds of the plan are over. */
  const whenDone = (chain: Chain): readonly Job[] => {
    if (stop.aborted) return [];
    if (chain.repeats > 0 && !(args.untilFail && chain.isRed)) {
      chain.repeats -= 1;
      return started(chain, "repeat");
    }
    return args.verifyIsolation ? aloneRounds(chain.plan).map((round) => booted(chain, round, 0)) : [];
  };

  const started = (chain: Chain, why?: Round["why"]): readonly Job[] => {
    const rounds = firstRounds(chain.plan, args.isolation);
    chain.open = rounds.length;
    return rounds.map((round) => booted(chain, why === undefined ? round : { ...round, why }, args.retries));
  };

  const unbooted = async (
    chain: Chain,
    round: Round,
    number: number,
    emit: Emit,
  ): Promise<readonly Job[]> => {
    if (round.why !== undefined && round.why !== "rest") return [];
    const reader = await readerOf(number, args, "unikraft");
    const part = { group: chain.group, ...(round.why !== undefined && { why: round.why }) };
    reader.open(chain.source, round.part, part);
    const summary = reader.end({ kind: "stopped", detail: wordsOf(stop.reason) });
    emit(reader.settle(summary?.missing ?? []));
    return [];
  };

  const boot = async (chain: Chain, round: Round, number: number, emit: Emit): Promise<BootOutcome> => {
    const { task, source, group } = chain;
    const { image, evidence } = imageOf(chain, round);
    const log =
      args.keep || args.logs !== undefined
        ? keepConsole(args.logs ?? project.folder, logName(chain))
        : undefined;
    const outcome = await bootOne({
      machine: project.choice.machine,
      image,
      options: bootOptions(image, { ...args, acceleration: args.acceleration.now }),
      begun: args.begun(image),
      fallBack: (because) => args.acceleration.fallBack(because),
      limits: args.limits,
      prepare: async () => {
        const [reader, { Symbolizer: Symbols }] = await Promise.all([
          image.isKit ? readerOf(number, args, "unikraft") : readerOf(number, args, "auto", task.files),
          import("./symbolize.js"),
        ]);
        if (task.isUnknown !== true) chain.symbolizer ??= new Symbols(task.files, args.rules, say);
        if (task.isUnknown === true) return { reader };
        const known = evidence ?? task.evidence;
        return { reader, plan: round.part, ...(known !== undefined && { evidence: known }) };
      },
      source,
      part: { group, ...(round.why !== undefined && { why: round.why }) },
      sinceStart,
      ...(log !== undefined && { log }),
      stop,
      slow: (name, afterMs, limitMs) => {
        say(`slow: ${name} runs for ${String(afterMs / 1000)} s; its limit is ${String(limitMs / 1000)} s`);
      },
      emit: (events) => {
        emit(chain.symbolizer?.complete(events) ?? events);
      },
    });
    if (args.keep && log !== undefined)
      say(`kept: ${image.path} (image of ${task.name}), ${log.path} (its console)`);
    return outcome;
  };

  const jobs = project.tasks.flatMap((task, index): readonly Job[] => {
    if ("failure" in task) return [failed(task)];
    // A shard that has nothing of an image need not boot it.
    if (countOf(task.plan) === 0 && countOf(task.whole) > 0) return [];
    const chain: Chain = {
      task,
      source: sourceOf(task),
      group: `g${String(index + 1)}`,
      plan: partWanted(task.plan, args),
      select: selecting({ path: task.image.path, symbols: task.symbols }),
      boots: 0,
      open: 0,
      deaths: args.maxCrashes,
      repeats: args.repeat - 1,
      isRed: false,
      statuses: new Map(),
    };
    const jobs = started(chain);
    const program = { name: task.name, image: task.image.path };
    return args.hooks?.around(program, jobs, { stop, quit }) ?? jobs;
  });
  return { sources: project.tasks.map(sourceOf), jobs, failure: () => failure };
}

const partWanted = (plan: Plan, { shuffle }: JobArguments): Plan =>
  shuffle === undefined ? plan : shuffled(plan, shuffle);

/** A case that behaves differently without the others. */
function tellDifferent({ statuses }: Chain, { boot, finished }: BootSummary, emit: Emit): void {
  for (const [key, results] of finished) {
    const alone = results.map(({ status }) => status).join(" ");
    const together = statuses.get(key);
    if (together === undefined || together === alone) continue;
    const message = `${key.replace("\0", ".")} is ${alone} alone, and ${together} with the others`;
    emit([{ type: "problem", code: "isolation-differs", grade: "warning", message, boot }]);
  }
}

const logName = ({ source, boots }: Chain): string => (boots === 1 ? source : `${source} ${String(boots)}`);

/**
 * A reader for one boot; loaded while the machine starts. A guest of the kit says itself whose init function runs; of
 * others the files tell.
 */
async function readerOf(
  number: number,
  { tool, ubsan }: JobArguments,
  dialect: string,
  files?: ImageFiles,
): Promise<RunReader> {
  const [{ RunReader: Reader }, { dialectsFor }, inits] = await Promise.all([
    import("../console/reader.js"),
    import("../console/dialects.js"),
    files === undefined ? undefined : import("../image/suite-inits.js"),
  ]);
  const initAt = files === undefined ? undefined : inits?.suiteInitsOf(() => withFound(files));
  const info = { tool, sources: [], policy: { ubsan }, partOf: number };
  return new Reader({ ...info, ...(initAt !== undefined && { initAt }) }, await dialectsFor(dialect));
}

/** What a round boots, and where its memory tells of the tests, if that is known already. */
function imageOf(
  { task: { image, whole }, select }: Chain,
  { part, without }: Round,
): { readonly image: BootImage; readonly evidence?: EvidenceMap } {
  if (isSamePart(part, whole) && without.length === 0) return { image };
  const { image: content, evidence } = select(part, without);
  return { image: { ...image, content }, evidence };
}
