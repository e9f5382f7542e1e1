/** `uktest trace`: the traces that a recorded run has kept, in the format that is asked for. Nothing boots. */
import { statSync } from "node:fs";
import { findRecord, latestRecord } from "../../../runner/files/record-folders.js";
import { readKeptTrace } from "../../../runner/files/trace-files.js";
import { UsageError } from "../../core/errors.js";
import type { RunEvent } from "../../core/events.js";
import type { RunModel } from "../../core/model.js";
import { ModelBuilder } from "../../core/model/reduce.js";
import { recordLines } from "../../history/record-lines.js";
import { openSource } from "../../history/sources.js";
import { replay } from "../../record/replay.js";
import { runFolderOf } from "../../run/project.js";
import { chromeOf } from "../../trace/chrome.js";
import { type KeptTrace, readTrace } from "../../trace/kept.js";
import { traceText } from "../../trace/text.js";
import type { TraceFormat } from "./formats.js";
import { writeChrome, writeCtf } from "./output.js";

export interface TraceArguments {
  readonly record: string;
  readonly format: TraceFormat;
  /** File or folder; absent: what can be text is printed. */
  readonly output?: string;
}

/**
 * Does what the command says, and returns what is to be printed.
 * @throws UsageError, RigError
 */
export async function trace({ record, format, output }: TraceArguments): Promise<string> {
  const events = eventsOf(record);
  const { model, paths } = await readRun(events);
  if (paths.length === 0)
    throw new UsageError(`${record} has no traces`, "uktest run --trace --record FOLDER keeps them");
  const traces = paths.map((path) => readTrace(readKeptTrace(events, path), path));
  if (format === "ctf") {
    if (output === undefined) throw new UsageError("--format ctf needs --output", "name the folder for it");
    writeCtf(output, traces);
    return "";
  }
  if (format === "chrome") {
    if (output === undefined) return chromeOf(model, traces);
    writeChrome(output, model, traces);
    return "";
  }
  return textOf(traces, output);
}

async function textOf(traces: readonly KeptTrace[], output: string | undefined): Promise<string> {
  const text = traces.map(traceText).join("\n");
  if (output === undefined) return text;
  const { writeTraceFile } = await import("../../../runner/files/trace-files.js");
  writeTraceFile(output, text);
  return "";
}

/** The file of events that a word stands for: `latest`, a record, a folder of records, the file itself. */
function eventsOf(record: string): string {
  const found = statSync(record, { throwIfNoEntry: false });
  if (found?.isFile() === true) return record;
  const events =
    found !== undefined
      ? findRecord(record)
      : record === "latest"
        ? latestRecord(runFolderOf({}))
        : undefined;
  if (events !== undefined) return events;
  throw new UsageError(`${record} is no record of a run`, "uktest run --trace --record FOLDER keeps one");
}

async function readRun(
  events: string,
): Promise<{ readonly model: RunModel; readonly paths: readonly string[] }> {
  const source = await openSource(events);
  if (source.kind !== "record")
    throw new UsageError(`${events} is no record of a run`, "uktest run --trace --record FOLDER keeps one");
  const builder = new ModelBuilder();
  const paths: string[] = [];
  for await (const event of replay(recordLines(source), source.name)) {
    builder.add(event);
    if (isTrace(event)) paths.push(event.path);
  }
  return { model: builder.model(), paths };
}

const isTrace = (event: RunEvent): event is Extract<RunEvent, { type: "artifact" }> =>
  event.type === "artifact";
