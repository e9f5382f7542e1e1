/** A run that was recorded, for commands that show what a record keeps besides its results. */
import { statSync } from "node:fs";
import { findRecord, latestRecord, recordsBelow } from "../../../runner/files/record-folders.js";
import { UsageError } from "../../core/errors.js";
import type { RunEvent } from "../../core/events.js";
import type { RunModel } from "../../core/model.js";
import { ModelBuilder } from "../../core/model/reduce.js";
import { recordLines } from "../../history/record-lines.js";
import { openSource } from "../../history/sources.js";
import { replay } from "../../record/replay.js";
import { runFolderOf } from "../../run/project.js";

/** The file of events that a word stands for: `latest`, a record, a folder of records, the file itself. */
function eventsOf(record: string, hint: string): string {
  const found = statSync(record, { throwIfNoEntry: false });
  if (found?.isFile() === true) return record;
  const events =
    found !== undefined
      ? findRecord(record)
      : record === "latest"
        ? latestRecord(runFolderOf({}))
        : undefined;
  if (events !== undefined) return events;
  throw new UsageError(`${record} is no record of a run`, hint);
}

/**
 * The file of events of each record that a word stands for.
 * @param hint how such a record comes to be
 * @param all every record of a folder, and not the newest
 * @throws UsageError where there is none
 */
export function recordPath(record: string, hint: string, all = false): readonly string[] {
  const isFolder = statSync(record, { throwIfNoEntry: false })?.isDirectory() === true;
  const found = all && isFolder ? recordsBelow(record) : [];
  return found.length > 0 ? found : [eventsOf(record, hint)];
}

/**
 * Reads a record: the model of its run, and the paths of the traces that it keeps.
 * @param hint how such a record comes to be
 * @throws UsageError where there is none, RigError for one that is damaged
 */
export async function recordedRun(
  record: string,
  hint: string,
): Promise<{ readonly events: string; readonly model: RunModel; readonly paths: readonly string[] }> {
  const events = eventsOf(record, hint);
  const source = await openSource(events);
  if (source.kind !== "record") throw new UsageError(`${events} is no record of a run`, hint);
  const builder = new ModelBuilder();
  const paths: string[] = [];
  for await (const event of replay(recordLines(source), source.name)) {
    builder.add(event);
    if (isTrace(event)) paths.push(event.path);
  }
  return { events, model: builder.model(), paths };
}

const isTrace = (event: RunEvent): event is Extract<RunEvent, { type: "artifact" }> =>
  event.type === "artifact";
