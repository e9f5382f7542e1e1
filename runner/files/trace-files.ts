/** Files of traces: what a run keeps beside its record, and what its user asked for. It does not know their formats. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { RigError } from "../../src/core/errors.js";
import { messageOf } from "../../src/core/reason.js";
import { fileName } from "./file-name.js";
import { makeFolder } from "./make-folder.js";

const FOLDER = "traces";

/**
 * Writes a file, and the folders that it needs.
 * @throws RigError that names the file
 */
export function writeTraceFile(path: string, content: string | Uint8Array): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, content);
  } catch (error) {
    throw new RigError(`no trace can be written to ${path}: ${messageOf(error)}`);
  }
}

/**
 * Keeps the trace of a boot beside a record.
 * @param record folder of the record
 * @param boot id of the boot, which no other of the record has
 * @returns its path, relative to the record
 * @throws RigError that names the file
 */
export function keepTrace(record: string, boot: string, source: string, content: string): string {
  const path = join(record, FOLDER, `${boot}-${fileName(source)}.jsonl`);
  writeTraceFile(path, content);
  return relative(record, path);
}

/**
 * Reads the trace that an event of a record names.
 * @param events path of the record's events
 * @throws RigError where it cannot be read, or would lie somewhere else than beside the record
 */
export function readKeptTrace(events: string, path: string): string {
  const file = join(dirname(events), path);
  if (relative(join(dirname(events), FOLDER), file).startsWith(".."))
    throw new RigError(`${events} names a trace that is not beside it: ${path}`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new RigError(`cannot read ${file}: ${messageOf(error)}`, "was the record moved without it?");
  }
}
