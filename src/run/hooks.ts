/**
 * The host commands of a project around its run and around the boots of each program: when they run, what they are given,
 * and what it means when one fails. How a command runs is in the runner.
 */
import { fileName } from "../../runner/files/file-name.js";
import { join } from "node:path";
import { after } from "../../runner/host/clock.js";
import { dropOutput, type HookEnd, lastLinesOf, runHook } from "../../runner/process/hook.js";
import type { Hooks } from "../config/hooks.js";
import { EXIT, RigError } from "../core/errors.js";
import { machinesIn } from "./cells.js";
import type { RunEvent } from "../core/events.js";
import { sourceName } from "../core/model/sources.js";
import type { Ports } from "./images/ports.js";
import type { Emit, Job } from "./boots/side-by-side.js";
import type { Outcome } from "../delivery/outcome.js";
import type { Project } from "./task.js";
import type { Say } from "../core/say.js";

const DEFAULT_TIMEOUT_MS = 60_000;
/** Lines of a failed command's output that the user sees at once. */
const SHOWN_LINES = 10;

/** A command beside a guest that still runs when the guest has ended has so much time to come to its end. */
const LAST_MS = 2000;

type Moment = "beforeRun" | "afterRun" | "beforeSuite" | "duringSuite" | "afterSuite";

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
  /** The profile that it is built with, where the run has several. */
  readonly profile?: string | undefined;
  /** Ports of the host that lead to its guest. */
  readonly ports?: Ports | undefined;
}

/** Commands beside a guest. */
interface Beside {
  /** What failed of them, once all of them are over. */
  readonly end: Promise<readonly RigError[]>;
  /** The guest has ended: what still runs is stopped, and has failed. */
  readonly leave: AbortController;
}

/** A program runs in several cells of a matrix, each between commands of its own. */
const keyOf = ({ name, machine, profile = "" }: Program): string => [name, machine, profile].join("\0");

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

  get #isMatrix(): boolean {
    return this.#settings.project.cells.length > 1;
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
    let beside: Beside | undefined;
    /** The last one of the program. */
    let boot: string | undefined;
    const begin = async (): Promise<void> => {
      this.#open.set(keyOf(program), () => this.#tearDown("afterSuite", program));
      const failure = await this.#setUp("beforeSuite", stop, program);
      if (failure === undefined) {
        if (!stop.aborted) beside = this.#beside(program, stop);
        return;
      }
      this.#failures.push(failure);
      const broken = `the set-up of ${nameOf(program, this.#isMatrix)} failed`;
      this.#broken ??= broken;
      quit(broken);
    };
    const surrounded = (job: Job): Job => {
      const inside: Job = async (emit) => {
        const noted: Emit = (events) => {
          boot = events.findLast((event) => event.type === "boot-started")?.boot ?? boot;
          emit(events);
        };
        try {
          // What is not booted any more needs no set-up.
          if (!stop.aborted || begun !== undefined) await (begun ??= begin());
          const more = await job(noted);
          open += more.length;
          return more.map(surrounded);
        } finally {
          open -= 1;
          if (open === 0) {
            emit(await problemsOf(nameOf(program, this.#isMatrix), boot, beside, stop));
            await this.#end(keyOf(program));
          }
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

  /** Starts the commands beside the boots of a program; undefined where it has none. */
  #beside(program: Program, stop: AbortSignal): Beside | undefined {
    if (this.#settings.hooks.duringSuite === undefined) return undefined;
    const leave = new AbortController();
    const end = this.#all("duringSuite", program, AbortSignal.any([stop, leave.signal]));
    // They are waited for once the guest has ended.
    end.catch(() => undefined);
    return { end, leave };
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
    const label = labelOf(moment, program, this.#isMatrix);
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
        ...(program?.profile !== undefined && { UKTEST_PROFILE: program.profile }),
        ...portsOf(program),
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
        failures.push(
          failureOf(moment, program && nameOf(program, this.#isMatrix), { ...order, command }, end),
        );
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

/** What the output of commands is named by: in a matrix by the cell too. */
function labelOf(moment: Moment, program: Program | undefined, isMatrix: boolean): string {
  if (program === undefined) return moment;
  const { name, machine, profile } = program;
  const words = isMatrix
    ? [moment, name, machine, ...(profile === undefined ? [] : [profile])]
    : [moment, name];
  return words.map(fileName).join("-");
}

/** Each port of the guest that the host can reach, as a variable. */
const portsOf = (program: Program | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...(program?.ports ?? [])].map(([guest, host]) => [`UKTEST_PORT_${guest}`, String(host)]),
  );

/** What a program is called in messages: in a matrix as its boots are. */
const nameOf = ({ name, machine, profile }: Program, isMatrix: boolean): string =>
  isMatrix ? sourceName({ program: name, machine, ...(profile !== undefined && { profile }) }) : name;

/** Waits for the commands beside a guest that has ended: each that failed, or did not end, is a problem of the run. */
async function problemsOf(
  name: string,
  boot: string | undefined,
  beside: Beside | undefined,
  stop: AbortSignal,
): Promise<readonly RunEvent[]> {
  if (beside === undefined) return [];
  const { end, leave } = beside;
  const problem = (message: string): RunEvent => ({
    ...{ type: "problem", code: "hook-failed", grade: "error", message },
    ...(boot !== undefined && { boot }),
  });
  const cancel = after(LAST_MS, () => {
    leave.abort();
  });
  try {
    const failures = await end;
    // A run that was stopped has stopped them, which is no failure of theirs.
    return leave.signal.aborted && !stop.aborted
      ? [problem(`hooks.duringSuite of ${name} still ran when its guest had ended, and was stopped`)]
      : failures.map(({ message }) => problem(message));
  } finally {
    cancel();
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
  name: string | undefined,
  { command, cwd, log }: { readonly command: readonly string[]; readonly cwd: string; readonly log: string },
  { what }: Extract<HookEnd, { kind: "failed" }>,
): RigError {
  const whose = name === undefined ? "" : ` of ${name}`;
  const [first = ""] = command;
  const hint = /\s/.test(first)
    ? `no shell reads it: give program and arguments one by one, or ["sh", "-c", "…"]`
    : `run it by hand in ${cwd}; what it printed is in ${log}`;
  return new RigError(`hooks.${moment}${whose}: ${JSON.stringify(command)} ${what}`, hint);
}
