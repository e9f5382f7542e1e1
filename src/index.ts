/**
 * uktest as a library: runs, saved logs and records as streams of events with a verdict. It writes to no stream of the
 * process, ends no process, and keeps nothing that the options do not name; src/cli is its counterpart for people.
 */
import type { Plan } from "./core/plan.js";
import { TOOL } from "./delivery/tool.js";
import { mergeRecords } from "./history/merged-events.js";
import { type Run, runOf } from "./library/event-stream.js";
import { logArguments, names, projectArguments, runArguments } from "./library/arguments.js";
import type {
  CommonOptions,
  ImageOptions,
  MergeOptions,
  ReportOptions,
  RunOptions,
} from "./library/options.js";
import { plansOf } from "./run/list-plans.js";
import { findLogs } from "./run/logs/events.js";
import { startRun } from "./run/start.js";

export { EXIT, RigError, UsageError } from "./core/errors.js";
export type { RunEvent } from "./core/events.js";
export type { ReportFamily } from "./core/fault/report.js";
export type { Dialect, DialectReader } from "./core/dialect.js";
export type { CaseModel, RunModel, SuiteModel } from "./core/model.js";
export type { Plan } from "./core/plan.js";
export type { Reporter } from "./core/reporter.js";
export type { OwnMachine } from "../runner/machine.js";
export type { Result, Run } from "./library/event-stream.js";
export type { ImageOptions, MergeOptions, ReportOptions, RunOptions } from "./library/options.js";

const stopOf = ({ signal }: CommonOptions): AbortSignal => signal ?? new AbortController().signal;
const sayOf = ({ log }: CommonOptions): ((line: string) => void) => log ?? (() => undefined);

/**
 * Builds images, boots them and judges them, as `uktest run` does. Nothing happens before the first event or the result
 * is asked for; a loop that is left ends every machine.
 * @throws UsageError for options that cannot be met, RigError where a machine, a compiler or a file fails: from the
 *   iteration and from `result()`
 */
export function run(options: RunOptions = {}): Run {
  return runOf(async () => {
    const started = await startRun(runArguments(options), {
      tool: TOOL,
      stop: stopOf(options),
      say: sayOf(options),
    });
    return (async function* () {
      try {
        yield* started.known(started.events);
      } finally {
        await started.events.return(undefined);
        await started.close();
      }
    })();
  });
}

/**
 * Judges saved logs, or one record of a run, as `uktest report` does.
 * @param sources paths; a folder stands for the newest record in it
 * @throws UsageError, RigError from the iteration and from `result()`
 */
export function report(sources: string | readonly string[], options: ReportOptions = {}): Run {
  return runOf(
    async () => {
      const logs = names(typeof sources === "string" ? [sources] : sources, "sources");
      const args = logArguments(logs, options);
      const { open } = await findLogs(args, { tool: TOOL, stop: stopOf(options), say: sayOf(options) });
      return (await open()).events;
    },
    (model) => {
      const { ubsan } = options;
      return ubsan === undefined ? model : { ...model, policy: { ...model.policy, ubsan } };
    },
  );
}

/**
 * Joins the records of shards and machines, as `uktest merge` does.
 * @param records paths, or folders that hold records
 * @throws UsageError, RigError from the iteration and from `result()`
 */
export function merge(records: readonly string[], options: MergeOptions = {}): Run {
  return runOf(async () => {
    const { expect } = options;
    const request = { records: names(records, "records"), ...(expect !== undefined && { expect }) };
    return (await mergeRecords(request, stopOf(options))).events;
  });
}

/**
 * Suites, cases and assertion sites of the project's images, or of one image, as `uktest list` shows them.
 * @throws UsageError, RigError
 */
export const list = async (options: ImageOptions = {}): Promise<readonly Plan[]> =>
  plansOf(projectArguments(options));
