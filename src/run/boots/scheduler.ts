/**
 * Schedules the boots of a run: one state, and functions of it that say which boot follows from which. Which cases a boot
 * gets is decided in core/plan/rounds.ts, how one boot goes in boot.ts, how many run at once in side-by-side.ts.
 */
import { keepConsole } from "../../../runner/files/run-folder.js";
import { stopwatch } from "../../../runner/host/clock.js";
import type { BootSummary } from "../../core/assemble.js";
import { RigError } from "../../core/errors.js";
import { isRed } from "../../core/statuses.js";
import type { Plan } from "../../core/plan.js";
import { shuffled } from "../../core/plan/parts.js";
import { afterRound, aloneRounds, firstRounds, redRounds, type Round } from "../../core/plan/rounds.js";
import type { Say } from "../../core/say.js";
import { FAIL_FAST } from "../../core/stops.js";
import type { EvidenceMap } from "../../image/evidence.js";
import { type Chain, chainOf, differences, imageOf, logName, noteStatuses, partOf } from "./chain.js";
import { type BootOrder, type BootOutcome, bootOne, wordsOf } from "./boot.js";
import { optionsOf } from "./options.js";
import { readerOf } from "./reader.js";
import { buildFault } from "./build-fault.js";
import { countOf } from "../select.js";
import type { Emit, Job } from "./side-by-side.js";
import { sourceOf } from "../cells.js";
import type { Project, Task } from "../task.js";
import type { ScheduleArguments } from "./schedule-arguments.js";
import { keeping } from "./trace.js";
import { leaveProcessors } from "./v8-optimisation.js";

export interface Surroundings {
  readonly stop: AbortSignal;
  /** Stops everything, for this reason. */
  readonly quit: (reason: string) => void;
  readonly say: Say;
}

/** All that changes while a run goes on, besides its chains. */
interface Scheduler extends Surroundings {
  readonly project: Project;
  readonly args: ScheduleArguments;
  readonly sinceStart: () => number;
  /** Boots that were begun; the number of the last. */
  boots: number;
  /** Boots that have ended. */
  ended: number;
  /** Red cases without a further try. */
  red: number;
  /** The machine that failed, once one has. */
  failure: Error | undefined;
}

export interface Schedule {
  readonly sources: readonly string[];
  /** The first boots; each returns those that follow from it. */
  readonly jobs: readonly Job[];
  /** The machine that failed, once one has. */
  readonly failure: () => Error | undefined;
}

/** The first boots of a run, and the names of its sources. */
export function scheduleOf(project: Project, args: ScheduleArguments, surroundings: Surroundings): Schedule {
  const scheduler: Scheduler = {
    ...surroundings,
    ...{ project, args, sinceStart: stopwatch() },
    ...{ boots: 0, ended: 0, red: 0, failure: undefined },
  };
  return {
    sources: project.tasks.map(sourceOf),
    jobs: project.tasks.flatMap((task, index) => jobsOf(scheduler, task, `g${String(index + 1)}`)),
    failure: () => scheduler.failure,
  };
}

/** The first boots of a task. */
function jobsOf(scheduler: Scheduler, task: Task, group: string): readonly Job[] {
  const { args, stop, quit } = scheduler;
  if ("failure" in task) return [unbuilt(scheduler, task)];
  // A shard that has nothing of an image need not boot it.
  if (countOf(task.plan) === 0 && countOf(task.whole) > 0) return [];
  const chain = chainOf(task, {
    ...{ source: sourceOf(task), group, plan: inOrder(task.plan, args) },
    ...{ deaths: args.maxCrashes, repeats: args.repeat - 1 },
  });
  const jobs = started(scheduler, chain);
  const { choice, label: profile } = task.cell;
  const program = { name: task.name, image: task.image.path, machine: choice.machine.name, profile };
  return args.hooks?.around({ ...program, ports: task.ports }, jobs, { stop, quit }) ?? jobs;
}

const inOrder = (plan: Plan, { shuffle }: ScheduleArguments): Plan =>
  shuffle === undefined ? plan : shuffled(plan, shuffle);

const nextBoot = (scheduler: Scheduler): number => (scheduler.boots += 1);

/** A program that did not build, as a boot that never came to be. */
const unbuilt =
  (scheduler: Scheduler, task: Extract<Task, { failure: unknown }>): Job =>
  async (emit) => {
    const reader = await readerFor(scheduler, nextBoot(scheduler));
    emit(reader.failed(sourceOf(task), buildFault(task.name, task.failure)));
    return [];
  };

const readerFor = (
  { args, project }: Scheduler,
  number: number,
  files?: Parameters<typeof readerOf>[0]["files"],
): ReturnType<typeof readerOf> =>
  readerOf({
    ...{ tool: args.tool, policy: args.policy, number, extensions: project.extensions },
    ...(files !== undefined && { files }),
  });

/** The boots with which a plan begins. */
function started(scheduler: Scheduler, chain: Chain, why?: Round["why"]): readonly Job[] {
  const { isolation, retries } = scheduler.args;
  const rounds = firstRounds(chain.plan, isolation);
  chain.open = rounds.length;
  return rounds.map((round) =>
    jobOf(scheduler, chain, why === undefined ? round : { ...round, why }, retries),
  );
}

/** One round as a job. */
function jobOf(scheduler: Scheduler, chain: Chain, round: Round, retries: number): Job {
  const job: Job = async (emit) => {
    const number = nextBoot(scheduler);
    if (scheduler.stop.aborted) return unbooted(scheduler, chain, round, number, emit);
    chain.boots += 1;
    const outcome = await boot(scheduler, chain, round, number, emit).catch((error: unknown) =>
      machineFailed(scheduler, error),
    );
    scheduler.ended += 1;
    return outcome?.summary === undefined
      ? []
      : follow(scheduler, { chain, round, retries, summary: outcome.summary, settle: outcome.settle, emit });
  };
  return Object.assign(job, {
    expectedMs: () => scheduler.args.expected(chain.source, round.part),
    prepare: () => {
      loadNext(scheduler, chain);
    },
  });
}

/** A machine that failed stops everything; the rest is reported as not run. */
function machineFailed(scheduler: Scheduler, error: unknown): undefined {
  if (!(error instanceof RigError)) throw error;
  scheduler.failure ??= error;
  if (!scheduler.stop.aborted) scheduler.quit(error.message);
}

/** Loads the emulator of the next boot while others run. */
function loadNext({ args, stop, ended }: Scheduler, { task }: Chain): void {
  const { image, cell } = task;
  // What an emulator needs may have to be set up first.
  if (!image.isKit || args.hooks !== undefined || stop.aborted) return;
  const { loadAhead } = cell.choice.machine;
  if (loadAhead === undefined) return;
  if (ended > 0) leaveProcessors();
  loadAhead(optionsOf(task, args));
}

interface Ended {
  readonly chain: Chain;
  readonly round: Round;
  /** Further tries of the red cases of this round. */
  readonly retries: number;
  readonly summary: BootSummary;
  readonly settle: BootOutcome["settle"];
  readonly emit: Emit;
}

const isAgain = ({ why }: Round): boolean => why === "retry" || why === "alone";

/** What becomes of the cases of a boot that has ended, and the boots that follow. */
function follow(scheduler: Scheduler, ended: Ended): readonly Job[] {
  const { chain, round, retries, summary, settle, emit } = ended;
  const { args } = scheduler;
  const { next, givenUp } = isAgain(round)
    ? { next: [], givenUp: summary.missing }
    : afterRound(round, summary, args.isolation, chain.deaths);
  chain.deaths -= next.length;
  const differing = round.why === "alone" ? differences(chain, summary) : [];
  if (differing.length > 0) emit(differing);
  settle(givenUp);
  const again = round.why === "alone" || retries === 0 ? [] : redRounds(round, summary);
  countRed(scheduler, ended, givenUp.length, again.length > 0);
  const jobs = [
    ...again.map((one) => jobOf(scheduler, chain, one, retries - 1)),
    ...next.map((one) => jobOf(scheduler, chain, one, args.retries)),
  ];
  if (isAgain(round)) return jobs;
  chain.open += next.length - 1;
  return chain.open > 0 ? jobs : [...jobs, ...planDone(scheduler, chain)];
}

/** Counts the red cases of a boot, and stops everything once there are too many. */
function countRed(
  scheduler: Scheduler,
  { chain, round, summary }: Ended,
  lost: number,
  hasTries: boolean,
): void {
  if (!isAgain(round)) noteStatuses(chain, summary);
  const failures = [...summary.finished.values()].filter((results) =>
    results.some(({ status }) => isRed(status)),
  ).length;
  if (failures > 0 || lost > 0) chain.isRed = true;
  if (hasTries) return;
  scheduler.red += failures;
  const { failFast } = scheduler.args;
  const { red, stop, quit } = scheduler;
  if (failFast !== undefined && red >= failFast && !stop.aborted)
    quit(`stopped after ${String(red)} red ${red === 1 ? "case" : "cases"} ${FAIL_FAST}`);
}

/** All rounds of a plan are over: it runs again, or each case runs alone. */
function planDone(scheduler: Scheduler, chain: Chain): readonly Job[] {
  const { args, stop } = scheduler;
  if (stop.aborted) return [];
  if (chain.repeats > 0 && !(args.untilFail && chain.isRed)) {
    chain.repeats -= 1;
    return started(scheduler, chain, "repeat");
  }
  if (!args.verifyIsolation) return [];
  return aloneRounds(chain.plan).map((round) => jobOf(scheduler, chain, round, 0));
}

/** A boot that does not take place because everything stops: its cases did not run. */
async function unbooted(
  scheduler: Scheduler,
  chain: Chain,
  round: Round,
  number: number,
  emit: Emit,
): Promise<readonly Job[]> {
  if (round.why !== undefined && round.why !== "rest") return [];
  const reader = await readerFor(scheduler, number);
  reader.open(chain.source, round.part, partOf(chain, round));
  const summary = reader.end({ kind: "stopped", detail: wordsOf(scheduler.stop.reason) });
  emit(reader.settle(summary?.missing ?? []));
  return [];
}

/** Boots one round. @throws RigError when the machine fails */
async function boot(
  scheduler: Scheduler,
  chain: Chain,
  round: Round,
  number: number,
  emit: Emit,
): Promise<BootOutcome> {
  const { project, args, say, stop } = scheduler;
  const { image, evidence } = imageOf(chain, round);
  const { machine } = chain.task.cell.choice;
  const isLogged = args.keep || args.logs !== undefined;
  const log = isLogged ? keepConsole(args.logs ?? project.folder, logName(chain)) : undefined;
  const outcome = await bootOne({
    machine,
    image,
    options: optionsOf(chain.task, args),
    begun: args.begun(image),
    meter: args.meters?.get(chain.task)?.(args.limits, round.part),
    fallBack: (because) => args.accelerations(machine).fallBack(because),
    limits: args.limits,
    prepare: () => prepared(scheduler, chain, round, { number, evidence }),
    source: chain.source,
    part: partOf(chain, round),
    sinceStart: scheduler.sinceStart,
    ...(log !== undefined && { log }),
    ...(await keeping(chain, { args, project, say, stop, part: round.part })),
    stop,
    slow: (name, afterMs, limitMs) => {
      say(`slow: ${name} runs for ${String(afterMs / 1000)} s; its limit is ${String(limitMs / 1000)} s`);
    },
    emit: (events) => {
      emit(chain.symbolizer?.complete(events) ?? events);
    },
  });
  if (args.keep && log !== undefined)
    say(`kept: ${image.path} (image of ${chain.task.name}), ${log.path} (its console)`);
  return outcome;
}

/** The reader of a boot and what is known of its image, while its machine starts. */
async function prepared(
  scheduler: Scheduler,
  chain: Chain,
  round: Round,
  { number, evidence }: { readonly number: number; readonly evidence: EvidenceMap | undefined },
): ReturnType<BootOrder["prepare"]> {
  const { task } = chain;
  const [reader, { Symbolizer }] = await Promise.all([
    readerFor(scheduler, number, task.image.isKit ? undefined : task.files),
    import("../symbolize.js"),
  ]);
  if (task.isUnknown === true) return { reader };
  chain.symbolizer ??= new Symbolizer(task.files, scheduler.args.rules, scheduler.say);
  const known = evidence ?? task.evidence;
  return { reader, plan: round.part, ...(known !== undefined && { evidence: known }) };
}
