/** `uktest trace`: the traces that a recorded run has kept, in the format that is asked for. Nothing boots. */
import { readKeptTrace } from "../../../runner/files/trace-files.js";
import { UsageError } from "../../core/errors.js";
import { chromeOf } from "../../trace/chrome.js";
import { type KeptTrace, readTrace } from "../../trace/kept.js";
import { traceText } from "../../trace/text.js";
import type { TraceFormat } from "./formats.js";
import { recordedRun } from "./record.js";
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
  const { events, model, paths } = await recordedRun(record, "uktest run --trace --record FOLDER keeps one");
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
