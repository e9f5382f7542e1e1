/**
 * `uktest merge`: the records of shards and machines in; every report of all of them together, and one exit code, out.
 */
import { statSync } from "node:fs";
import { recordsBelow } from "../../runner/records.js";
import { UsageError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import { merged, type Part } from "../record/merge.js";
import { replay } from "../record/replay.js";
import { mayWait } from "../../runner/any-text.js";
import { openDestinations } from "../delivery/destinations.js";
import type { KnownArguments } from "../history/known-arguments.js";
import { readKnown, withKnown } from "../history/known.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import { deliver, type Outcome } from "../delivery/outcome.js";
import { recordLines } from "../history/record-lines.js";
import { openSource } from "../history/sources.js";
import type { ColorChoice } from "../delivery/terminal.js";

export interface MergeArguments extends KnownArguments {
  /** Records, or folders that hold them. */
  readonly records: readonly string[];
  /** Number of records that have to be there. */
  readonly expect?: number;
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
  const names = args.records.flatMap(recordsIn);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`, "give each record once");
  const parts = await Promise.all(names.map((name) => partOf(name, stop)));
  const destinations = await openDestinations({ ...args, inputs: names }, live, stop);
  const all = inBatches(merged(parts, args.expect === undefined ? {} : { records: args.expect }));
  const told = withKnown(all, await readKnown(args, args.root, names, stop));
  return deliver(destinations, live?.follow(told) ?? told, stop);
}

/** A folder stands for all records in it. */
function recordsIn(name: string): readonly string[] {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
  const found = recordsBelow(name);
  if (found.length > 0) return found;
  throw new UsageError(
    `${name} is a folder, and holds no record of a run`,
    "uktest run --record FOLDER, or -r events=FILE.jsonl, makes one",
  );
}

async function partOf(name: string, stop: AbortSignal): Promise<Part> {
  if (name === "-") throw new UsageError("a record is read twice: give a file", "save standard input first");
  // It is read twice, and neither a pipe nor a terminal can be.
  if (mayWait(name))
    throw new UsageError(`${name} is no file, and a record is read twice`, "save it to a file first");
  const source = await openSource(name, stop);
  if (source.kind !== "record")
    throw new UsageError(`${name} is no record of a run`, "uktest report judges serial logs");
  return { name, events: () => replay(recordLines(source), name) };
}

const BATCH = 256;

/** Single events are sent one by one, which takes its time for each. */
async function* inBatches(events: AsyncIterable<RunEvent>): AsyncGenerator<readonly RunEvent[]> {
  let batch: RunEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
