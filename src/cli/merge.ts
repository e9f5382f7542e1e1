/**
 * `uktest merge`: the records of shards and machines in; every report of all of them together, and one exit code, out.
 */
import { openDestinations } from "../delivery/destinations.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import { deliver, type Outcome } from "../delivery/outcome.js";
import type { ColorChoice } from "../delivery/terminal.js";
import { readKnown, withKnown } from "../history/known.js";
import type { KnownArguments } from "../history/known-arguments.js";
import { type MergeRequest, mergeRecords } from "../history/merged-events.js";

export interface MergeArguments extends KnownArguments, MergeRequest {
  readonly reporters: readonly string[];
  /** Adds what the host of a job shows; see destinations.ts. */
  readonly autoReporters: boolean;
  readonly root: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
}

/**
 * Runs the command.
 * @throws UsageError, RigError before the first report is begun; later failures are in the outcome
 */
export async function merge(
  args: MergeArguments,
  stop: AbortSignal,
  live: LiveScreen | undefined,
): Promise<Outcome> {
  const { inputs, events } = await mergeRecords(args, stop);
  const destinations = await openDestinations({ ...args, inputs }, live, stop);
  const judged = withKnown(events, await readKnown(args, args.root, inputs, stop));
  return deliver(destinations, live?.follow(judged) ?? judged, stop);
}
