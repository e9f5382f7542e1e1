/** What the lines of a saved log are taken for: finds the log and the dialects of its project, and judges nothing. */
import { dialectsFor } from "../../console/dialects.js";
import { type LineMeanings, lineMeanings } from "../../console/line-meanings.js";
import { familiesWith, reportFamilies } from "../../console/report-families.js";
import { shownLines } from "../../console/shown-lines.js";
import type { Dialect } from "../../core/dialect.js";
import { UsageError } from "../../core/errors.js";
import { openSource } from "../../history/sources.js";
import { extensionsAt } from "../extensions.js";

export interface MeaningArguments {
  /** Path of a log; `-` is standard input. */
  readonly log: string;
  /** Name of a dialect, or `auto`. */
  readonly dialect: string;
  readonly config?: string;
}

export interface LogMeanings extends LineMeanings {
  /** The lines of the log as text, from line 1. */
  readonly lines: readonly string[];
}

/** @throws UsageError, RigError */
export async function logMeanings({ log, dialect, config }: MeaningArguments): Promise<LogMeanings> {
  const own = await extensionsAt(config);
  const dialects = await dialectsFor(dialect, own.dialects);
  const source = await openSource(log);
  if (source.kind === "record")
    throw new UsageError(`${log} is a record of a run`, "dialect try reads a serial log");
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(Uint8Array.from(chunk));
  const families = own.faults.length === 0 ? reportFamilies : familiesWith(own.faults);
  return { ...lineMeanings(chunks, dialects, families), lines: shownLines(chunks) };
}

/** All dialects that a project has, ours first in the order in which they are asked. @throws UsageError */
export async function dialectsAt(config: string | undefined): Promise<readonly Dialect[]> {
  return dialectsFor("auto", (await extensionsAt(config)).dialects);
}
