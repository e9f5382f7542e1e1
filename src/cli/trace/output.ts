/** Writes traces in the format that is asked for. Which traces, and of which run, its callers know. */
import { join } from "node:path";
import { writeTraceFile } from "../../../runner/files/trace-files.js";
import type { RunModel } from "../../core/model.js";
import { chromeOf } from "../../trace/chrome.js";
import { ctfOf } from "../../trace/ctf.js";
import type { KeptTrace } from "../../trace/kept.js";

/**
 * Writes traces into a folder, each in one of its own: readers of CTF find all of them.
 * @throws RigError
 */
export function writeCtf(folder: string, traces: readonly KeptTrace[]): void {
  for (const kept of traces) {
    const { metadata, stream } = ctfOf(kept);
    writeTraceFile(join(folder, kept.boot, "metadata"), metadata);
    writeTraceFile(join(folder, kept.boot, "stream"), stream);
  }
}

/**
 * Writes a run and its traces into a file.
 * @throws RigError
 */
export function writeChrome(path: string, model: RunModel, traces: readonly KeptTrace[]): void {
  writeTraceFile(path, chromeOf(model, traces));
}
