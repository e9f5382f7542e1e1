/**
 * Puts a test line together again that another writer's line has cut in two: the front ends where the other line
 * begins, the rest follows without a prefix. It holds one front at a time, for a few lines.
 */
import { RESET_MARK, type Segment } from "../../core/segment.js";
import { type Reading, type TestForm, readTestLine } from "./lines.js";

/** Lines after which the rest of a cut line no longer comes. */
const PATIENCE_LINES = 8;

const HEADER_START = `test:${RESET_MARK} `;
const HEADER_REST = /^(?:(?:->)?[\w$]{0,80}(?:->[\w$]{1,80})?)?(?:: .*)?$/;

export interface CutLine {
  readonly segment: Segment;
  readonly form: TestForm;
  /** What it is if no rest comes, where it can stand alone. */
  readonly alone: Reading | undefined;
}

/** True when the body is the front of a header. */
const isHeaderFront = (body: string): boolean =>
  body !== "" && (HEADER_START.startsWith(body) || body.startsWith(HEADER_START));

/** The front of a cut test line in this segment, if it is one. */
export function frontOf(segment: Segment, reading: Reading | undefined, form: TestForm): CutLine | undefined {
  if (reading?.line.type === "result" || reading?.line.type === "location") return undefined;
  if (reading?.line.type === "header") return segment.last ? undefined : { segment, form, alone: reading };
  if (reading?.line.type === "note") return { segment, form, alone: reading };
  return isHeaderFront(segment.body) && !segment.last ? { segment, form, alone: undefined } : undefined;
}

/** The whole line, if `rest` is what is missing of `front`; `padded` when this boot's results fill their column. */
export function join(front: CutLine, rest: Segment, padded: boolean): Reading | undefined {
  if (rest.prefix !== undefined || !rest.first) return undefined;
  // A whole test line is no rest: the front in front of it has lost its own.
  if (front.form === "printf" && isWhole(rest)) return undefined;
  // A header that could stand alone takes only what can be the rest of its name or its description.
  if (front.alone?.line.type === "header" && !HEADER_REST.test(rest.body)) return undefined;
  const whole = readTestLine({ ...front.segment, body: front.segment.body + rest.body, last: true });
  if (whole === undefined || !whole.forms.includes(front.form)) return undefined;
  if (whole.line.type === "result" && padded && !whole.line.padded) return undefined;
  return whole.line.type === "note" ? undefined : whole;
}

const isWhole = (segment: Segment): boolean => {
  const reading = readTestLine(segment);
  return reading !== undefined && reading.front === undefined && reading.forms.includes("printf");
};

/** True when the rest of `front` can no longer come. */
export const isStale = (front: CutLine, now: Segment): boolean =>
  now.line - front.segment.line > PATIENCE_LINES;
