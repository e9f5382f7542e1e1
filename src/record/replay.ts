/**
 * Replays a record: checks its lines and closes what a record that was cut leaves open, so that the promises of
 * events.ts hold for a replay too. It concludes nothing else anew.
 */
import { RigError } from "../core/errors.js";
import type { Origin, RunEvent } from "../core/events.js";
import { decodeEvent } from "./events.js";

interface OpenThings {
  boot: string | undefined;
  suite: string | undefined;
  case: string | undefined;
  last: Origin;
}

/** Keeps track of what has begun and not finished, and refuses what cannot be: an end without a beginning. */
function follow(open: OpenThings, event: RunEvent, where: string): void {
  const expect = (is: string | undefined, wanted: string): void => {
    if (is !== wanted)
      throw new RigError(`${where}: ${event.type} for ${wanted}, which is not open`, "the record is damaged");
  };
  if ("origin" in event) open.last = event.origin;
  switch (event.type) {
    case "boot-started":
      open.boot = event.boot;
      return;
    case "suite-started":
      open.suite = event.suite;
      return;
    case "case-started":
      open.case = event.case;
      return;
    case "case-finished":
      expect(open.case, event.case);
      open.case = undefined;
      return;
    case "suite-finished":
      expect(open.suite, event.suite);
      open.suite = undefined;
      return;
    case "boot-finished":
      expect(open.boot, event.boot);
      open.boot = undefined;
      return;
    case "run-started":
    case "assertion":
    case "console":
    case "finding":
    case "fault":
    case "problem":
    case "run-finished":
      return;
  }
}

/** What a record that stops early still owes. */
function* closing({ boot, suite, case: id, last: origin }: OpenThings): Generator<RunEvent> {
  const message = "the record stops before the run was over";
  yield { type: "problem", code: "incomplete-run", grade: "error", message };
  if (id !== undefined) {
    const evaluations = { passed: 0, failed: 0 };
    yield {
      type: "case-finished",
      case: id,
      status: "crashed",
      reason: message,
      evidence: "console",
      evaluations,
      droppedConsoleLines: 0,
      origin,
    };
  }
  if (suite !== undefined) yield { type: "suite-finished", suite, origin };
  if (boot !== undefined) yield { type: "boot-finished", boot, end: "cut", origin };
  yield { type: "run-finished" };
}

/**
 * The events of a record, whole.
 * @param lines of the record, in order; a last line without its line feed is passed with `terminated` false
 * @throws RigError for a line that is no event, unless it is the cut end of the record
 */
export async function* replay(
  lines: AsyncIterable<{ readonly text: string; readonly number: number; readonly terminated: boolean }>,
  name: string,
): AsyncGenerator<RunEvent> {
  const open: OpenThings = {
    boot: undefined,
    suite: undefined,
    case: undefined,
    last: { line: 1, byteOffset: 0 },
  };
  let finished = false;
  for await (const { text, number, terminated } of lines) {
    if (text === "") continue;
    const where = `${name}:${String(number)}`;
    if (finished)
      throw new RigError(`${where}: something follows the end of the run`, "one record holds one run");
    if (!terminated && !isWhole(text)) break;
    const event = decodeEvent(text, where);
    follow(open, event, where);
    finished = event.type === "run-finished";
    yield event;
  }
  if (!finished) yield* closing(open);
}

const isWhole = (text: string): boolean => text.endsWith("}") && isJson(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
