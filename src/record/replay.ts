/**
 * Replays a record: checks its lines and closes what a cut or damaged record leaves open, so that the promises of
 * events.ts hold for a replay too. It concludes nothing else anew.
 */
import { RigError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import { decodeEvent } from "./events.js";
import { Follower } from "./follow.js";

/** A line of a record. */
export interface RecordLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** False for a last line without its line feed. */
  readonly terminated: boolean;
}

/**
 * The events of a record, whole: also where it is cut, or damaged and the error comes after them.
 * @throws RigError for a line that is no event or cannot stand where it does, unless it is the cut end of the record
 */
export async function* replay(lines: AsyncIterable<RecordLine>, name: string): AsyncGenerator<RunEvent> {
  const follower = new Follower();
  try {
    yield* checked(lines, name, follower);
  } catch (error) {
    yield* follower.closing("the record is damaged: what stands after the damage is not in this report");
    throw error;
  }
  if (!follower.begun)
    throw new RigError(`${name}: the record is cut in its first line`, "record the run again");
  yield* follower.closing("the record stops before the run was over");
}

async function* checked(
  lines: AsyncIterable<RecordLine>,
  name: string,
  follower: Follower,
): AsyncGenerator<RunEvent> {
  for await (const { text, number, terminated } of lines) {
    if (text === "") continue;
    if (!terminated && !isJson(text)) return;
    const where = `${name}:${String(number)}`;
    const event = decodeEvent(text, where);
    const wrong = follower.take(event);
    if (wrong !== undefined)
      throw new RigError(
        `${where}: ${event.type}: ${wrong}`,
        "the record is damaged, or more than one in a file",
      );
    yield event;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
