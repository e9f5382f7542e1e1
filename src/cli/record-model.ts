/** A record as the run that it holds. What is no record is for its caller to complain about: each knows what helps. */
import type { RunModel } from "../core/model.js";
import { ModelBuilder } from "../core/reduce.js";
import { replay } from "../record/replay.js";
import { recordLines } from "./record-lines.js";
import { openSource } from "./sources.js";

/**
 * Reads a record; undefined where the file is none.
 * @throws UsageError for a file that is not there, RigError for a record that is damaged
 */
export async function modelIn(path: string): Promise<RunModel | undefined> {
  const source = await openSource(path);
  if (source.kind !== "record") return undefined;
  const builder = new ModelBuilder();
  for await (const event of replay(recordLines(source), path)) builder.add(event);
  return builder.model();
}
