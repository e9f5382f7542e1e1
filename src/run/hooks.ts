/**
 * The host commands of a project around its run and around the boots of each program: when they run, what they are given,
 * and what it means when one fails. How a command runs is in the runner.
 */
import { fileName } from "../../runner/files/file-name.js";
import { join } from "node:path";
import { dropOutput, type HookEnd, lastLinesOf, runHook } from "../../runner/process/hook.js";
import type { Hooks } from "../config/schema.js";
import { EXIT, RigError } from "../core/errors.js";
import { machinesIn } from "./cells.js";
import type { Job } from "./boots/side-by-side.js";
import type { Outcome } from "../delivery/outcome.js";
import type { Project } from "./task.js";
import type { Say } from "../core/say.js";

const DEFAULT_TIMEOUT_MS = 60_000;
/** Lines of a failed command's output that the user sees at once. */
const SHOWN_LINES = 10;

type Moment = "beforeRun" | "afterRun" | "beforeSuite" | "afterSuite";

export interface HookSettings {
  readonly project: Project;
  readonly hooks: Hooks;
  /** Folder that keeps what commands print; absent: nobody wants it of those that succeed. */
  readonly kept?: string | undefined;
  readonly say: Say;
}

/** A program of the run. */
export interface Program {
  readonly name: string;
  /** Path of its image. */
  readonly image: string;
  /** Name of the machine that boots it. */
  readonly machine: string;
}

/** What stops set-up commands, and what a failed one does. */
export interface Surroundings {
  readonly stop: AbortSignal;
  /** Stops everything, for this reason. */
  readonly quit: (reason: string) => void;
}

export class RunHooks {
  readonly #settings: HookSettings;
  /** Tear-downs whose set-up has begun. */
  readonly #open = new Map<string, () => Promise<void>>();
  /** Commands run one after the other: two of them seldom expect each other. */
  #last: Promise<unknown> = Promise.resolve();
  /** What went wrong, in order. */
  readonly #failures: RigError[] = [];
  #broken: string | undefined;

  constructor(settings: HookSettings) {
    this.#settings = settings;
  }

  /** Why not all of the run took place. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /**
   * Sets up the run.
   * @throws RigError when a command fails; `finish` has to be called nevertheless
   */
  async begin(stop: AbortSignal): Promise<void> {
    this.#open.set("", () => this.#tearDown("afterRun"));
    const failure = await this.#setUp("beforeRun", stop);
    if (failure !== undefined) throw failure;
  }

  /** Puts the commands of a program around its boots: the first sets up, the last tears down. */
  around(program: Program, jobs: readonly Job[], { stop, quit }: Surroundings): readonly Job[] {
    let open = jobs.length;
    let begun: Promise<void> | undefined;
    const begin = async (): Promise<void> => {
      this.#open.set(program.name, () => this.#tearDown("afterSuite", program));
      const failure = await this.#setUp("beforeSuite", stop, program);
      if (failure === undefined) return;
      this.#failures.push(failure);
      this.#broken ??= `the set-up of ${program.name} failed`;
      quit(`the set-up of ${program.name} failed`);
    };
    const surrounded = (job: Job): Job => {
      const inside: Job = async (emit) => {
        try {
          // What is not booted any more needs no set-up.
          if (!stop.aborted || begun !== undefined) await (begun ??= begin());
          const more = await job(emit);
          open += more.length;
          return more.map(surrounded);
        } finally {
          open -= 1;
          if (open === 0) await this.#end(program.name);
        }
      };
      return Object.assign(inside, { expectedMs: job.expectedMs });
    };
    return jobs.map(surrounded);
  }

  /** Tears down whatever was begun and is not over: the programs, then the run. */
  async finish(): Promise<void> {
    await this.#endAll();
    // Where there is no outcome that tells them.
    for (const { message } of this.#failures.splice(0)) this.#settings.say(message);
  }

  /** The outcome of the run, with what commands did wrong: then it is an infrastructure error, unless something else counts more. */
  async outcome(outcome: Outcome): Promise<Outcome> {
    await this.#endAll();
    const failures = this.#failures.splice(0);
    if (failures.length === 0) return outcome;
    const { exitCode } = outcome;
    const isOfTests = exitCode === EXIT.passed || exitCode === EXIT.failed || exitCode === EXIT.nothingRan;
    return {
      ...outcome,
      failures: [...outcome.failures, ...failures],
      exitCode: isOfTests ? EXIT.rig : exitCode,
    };
  }

  async #endAll(): Promise<void> {
    for (const name of [...this.#open.keys()].reverse()) await this.#end(name);
  }

  async #end(name: string): Promise<void> {
    const tearDown = this.#open.get(name);
    this.#open.delete(name);
    await tearDown?.();
  }

  async #setUp(moment: Moment, stop: AbortSignal, program?: Program): Promise<RigError | undefined> {
    const [failure] = await this.#inTurn(() => this.#all(moment, program, stop));
    return failure;
  }

  async #tearDown(moment: Moment, program?: Program): Promise<void> {
    this.#failures.push(...(await this.#inTurn(() => this.#all(moment, program, undefined))));
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run);
    this.#last = turn;
    return turn;
  }

  /** With `stop` the commands up to the first that fails; without it every one has its turn. */
  async #all(
    moment: Moment,
    program: Program | undefined,
    stop: AbortSignal | undefined,
  ): Promise<readonly RigError[]> {
    const { project, hooks, kept, say } = this.#settings;
    const label = program === undefined ? moment : `${moment}-${fileName(program.name)}`;
    const log = join(kept ?? project.folder, "hooks", `${label}.log`);
    // Of an earlier run.
    dropOutput(log);
    const order = {
      cwd: project.root,
      env: {
        UKTEST_HOOK: moment,
        UKTEST_MACHINE:
          program?.machine ??
          machinesIn(project)
            .map(({ name }) => name)
            .join(" "),
        UKTEST_FOLDER: project.folder,
        ...(program !== undefined && { UKTEST_SUITE: program.name, UKTEST_IMAGE: program.image }),
      },
      timeoutMs: hooks.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      log,
      stop,
    };
    const failures: RigError[] = [];
    for (const command of commandsOf(hooks[moment])) {
      const end = await runHook({ ...order, command });
      if (end.kind === "failed") {
        for (const line of lastLinesOf(log, SHOWN_LINES)) say(`${label}: ${line}`);
        failures.push(failureOf(moment, program, { ...order, command }, end));
      }
      if (stop !== undefined && end.kind !== "done") break;
    }
    if (kept === undefined && failures.length === 0) dropOutput(log);
    // A record is reported as a whole.
    if (kept === project.folder && lastLinesOf(log, 1).length > 0)
      say(`kept: ${log} (what ${label} printed)`);
    return failures;
  }
}

/** One command is a list of one. */
function commandsOf(given: Hooks[Moment]): readonly (readonly string[])[] {
  if (given === undefined) return [];
  return isCommand(given) ? [given] : given;
}

const isCommand = (given: readonly (string | readonly string[])[]): given is readonly string[] =>
  typeof given[0] === "string";

function failureOf(
  moment: Moment,
  program: Program | undefined,
  { command, cwd, log }: { readonly command: readonly string[]; readonly cwd: string; readonly log: string },
  { what }: Extract<HookEnd, { kind: "failed" }>,
): RigError {
  const whose = program === undefined ? "" : ` of ${program.name}`;
  const [first = ""] = command;
  const hint = /\s/.test(first)
    ? `no shell reads it: give program and arguments one by one, or ["sh", "-c", "…"]`
    : `run it by hand in ${cwd}; what it printed is in ${log}`;
  return new RigError(`hooks.${moment}${whose}: ${JSON.stringify(command)} ${what}`, hint);
}
