/** A record as the run that it holds. What is no record is for its caller to complain about: each knows what helps. */
import type { RunModel } from "../core/model.js";
import { ModelBuilder } from "../core/model/reduce.js";
import { replay } from "../record/replay.js";
import { recordLines } from "./record-lines.js";
import { openSource, type Source } from "./sources.js";

/**
 * Reads a record; undefined where the file is none.
 * @throws UsageError for a file that is not there, RigError for a record that is damaged
 */
export async function modelIn(path: string, stop?: AbortSignal): Promise<RunModel | undefined> {
  return modelFrom(await openSource(path, stop));
}

/** As above, of what is open; the bytes of what is no record can still be asked for. */
export async function modelFrom(source: Source): Promise<RunModel | undefined> {
  if (source.kind !== "record") return undefined;
  const builder = new ModelBuilder();
  for await (const event of replay(recordLines(source), source.name)) builder.add(event);
  return builder.model();
}
