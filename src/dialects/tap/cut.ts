/**
 * Puts a test point together again that a kernel's message has cut in two: the point stands in front of the message on
 * its line, the rest of it on a line of its own. It holds one front at a time, for a few lines.
 */
import type { Segment } from "../../core/segment.js";
import { readTapLine, readVersion } from "./lines.js";

/** Lines after which the rest no longer comes. */
const PATIENCE_LINES = 8;

/** What begins a line of a stream. */
const OWN = /^\s*(?:#|(?:not )?ok\b|\d{1,9}\.\.\d)/;

const isFront = (text: string): boolean =>
  text !== "" && ("not ok ".startsWith(text) || "ok ".startsWith(text) || /^(?:not )?ok /.test(text));

export class CutPoint {
  #front: Segment | undefined;

  /** True when the segment is the front of a point, which is held. */
  holds(segment: Segment): boolean {
    if (segment.last || !segment.first || segment.prefix !== undefined || this.#front !== undefined)
      return false;
    if (!isFront(segment.body.trimStart())) return false;
    this.#front = segment;
    return true;
  }

  get isHolding(): boolean {
    return this.#front !== undefined;
  }

  /**
   * What the next segment makes of the front: nothing yet, the whole point, or the front alone. With the front alone the
   * segment itself is still to be read.
   */
  next(segment: Segment): { readonly point: Segment; readonly joined: boolean } | undefined {
    const front = this.#front;
    if (front === undefined) return undefined;
    const isRest = segment.first && segment.prefix === undefined;
    if (!isRest && segment.line - front.line <= PATIENCE_LINES) return undefined;
    this.#front = undefined;
    if (!isRest) return { point: front, joined: false };
    const { body, last, terminated, droppedBytes } = segment;
    const whole = { ...front, body: front.body + body, last, terminated, droppedBytes };
    // A line of the stream is no rest: the message in front of it came at the end of the point.
    const isAlone = readTapLine(front.body.trimStart()).type === "point";
    const isOwn = isAlone && (OWN.test(body) || readVersion(body) !== undefined);
    const joined = !isOwn && readTapLine(whole.body.trimStart()).type === "point";
    return { point: joined ? whole : front, joined };
  }

  /** No rest came. */
  take(): Segment | undefined {
    const front = this.#front;
    this.#front = undefined;
    return front;
  }
}
