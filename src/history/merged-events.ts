/**
 * The records of shards and machines as one stream of events. How they are joined is decided in src/record/merge.ts.
 */
import { statSync } from "node:fs";
import { mayWait } from "../../runner/files/any-text.js";
import { recordsBelow } from "../../runner/files/record-folders.js";
import { UsageError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import { merged, type Part } from "../record/merge.js";
import { replay } from "../record/replay.js";
import { recordLines } from "./record-lines.js";
import { openSource } from "./sources.js";

export interface MergeRequest {
  /** Records, or folders that hold them. */
  readonly records: readonly string[];
  /** Number of records that have to be there. */
  readonly expect?: number;
}

export interface MergedRecords {
  /** Files that are read. */
  readonly inputs: readonly string[];
  readonly events: AsyncIterable<readonly RunEvent[]>;
}

/**
 * Opens the records; their events are read as they are asked for.
 * @throws UsageError, RigError
 */
export async function mergeRecords(
  { records, expect }: MergeRequest,
  stop: AbortSignal,
): Promise<MergedRecords> {
  const inputs = records.flatMap(recordsIn);
  const twice = inputs.find((name, at) => inputs.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`, "give each record once");
  const parts = await Promise.all(inputs.map((name) => partOf(name, stop)));
  return { inputs, events: inBatches(merged(parts, expect === undefined ? {} : { records: expect })) };
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
