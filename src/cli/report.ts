/**
 * `uktest report`: saved logs, standard input or a record in; every report and the exit code out.
 */
import "../run/v8-heap.js";
import type { RunModel } from "../core/model.js";
import type { Say } from "../core/say.js";
import { openDestinations } from "../delivery/destinations.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import { deliver, type Outcome } from "../delivery/outcome.js";
import type { ColorChoice } from "../delivery/terminal.js";
import { TOOL } from "../delivery/tool.js";
import { readKnown, withKnown } from "../history/known.js";
import type { KnownArguments } from "../history/known-arguments.js";
import { findLogs, type LogArguments } from "../run/logs/events.js";

export interface ReportArguments extends KnownArguments, LogArguments {
  readonly reporters: readonly string[];
  /** Adds what the host of a job shows; see destinations.ts. */
  readonly autoReporters: boolean;
  readonly color: ColorChoice;
}

/**
 * Runs the command.
 * @throws UsageError, RigError before the first report is begun; later failures are in the outcome
 */
export async function report(
  args: ReportArguments,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
): Promise<Outcome> {
  const { inputs, open } = await findLogs(args, { tool: TOOL, stop, say });
  const destinations = await openDestinations({ ...args, inputs }, live, stop);
  const { events, planned } = await open();
  const judged = withKnown(events, await readKnown(args, args.root, inputs, stop));
  return deliver(destinations, live?.follow(judged, planned) ?? judged, stop, (model) =>
    withPolicy(model, args),
  );
}

const withPolicy = (model: RunModel, { ubsan }: ReportArguments): RunModel =>
  ubsan === undefined ? model : { ...model, policy: { ...model.policy, ubsan } };
