/**
 * The failures that KUnit announces in front of a point: place and values of each, or how the case was ended.
 * It reads the comments and the lines after them; whether the case failed is the point's to say.
 *
 * Source: linux lib/kunit/assert.c, lib/kunit/try-catch.c, lib/kunit/test.c.
 */
import { decodeText } from "../../core/decode.js";
import type { Failure } from "./points.js";

/** Failures of one case, and lines of values of one failure, that are kept. */
const MAX_FAILURES = 200;
const MAX_VALUES = 12;
const VALUE_CHARS = 300;

const FAILURE = /((?:EXPECTATION|ASSERTION) FAILED) at (\S{1,400}):(\d{1,9})$/;
const FAULTED = /: (try faulted): last line seen (\S{1,400}):(\d{1,9})$/;
const ENDED = /: (try timed out|internal error occurred .{1,200}|kunit test case crashed!)$/;

interface Announced extends Failure {
  readonly values: string[];
}

/** What was announced since the last point. */
export class KunitFailures {
  #failures: Announced[] = [];
  /** Why the case was ended, where no failure says it. */
  #ended: Failure | undefined;
  /** The failure whose values may follow, and the column of its comment. */
  #open: { readonly failure: Announced; readonly column: number } | undefined;

  /** Reads a comment that begins at `column`. */
  comment(text: string, column: number): void {
    this.#open = undefined;
    const tail = text.trimEnd().slice(-600);
    const failure = FAILURE.exec(tail);
    if (failure !== null) {
      const [, message = "", file = "", line] = failure;
      const announced = { message, file: decodeText(file), line: Number(line), values: [] };
      if (this.#failures.length < MAX_FAILURES) this.#failures.push(announced);
      this.#open = { failure: announced, column };
      return;
    }
    const faulted = FAULTED.exec(tail);
    if (faulted !== null) {
      const [, message = "", file = "", line] = faulted;
      this.#ended = { message, file: decodeText(file), line: Number(line) };
    } else this.#ended ??= endedBy(tail);
  }

  /**
   * Reads a line that is no protocol; `isOther` for one without the lead of the stream: the second and further lines of
   * a message have none in a saved log.
   */
  value(text: string, isOther: boolean): void {
    const open = this.#open;
    if (open === undefined) return;
    const words = text.trim();
    const column = text.length - text.trimStart().length;
    const belongs = words !== "" && (isOther ? column >= 4 : column >= open.column);
    if (belongs && open.failure.values.length < MAX_VALUES)
      open.failure.values.push(decodeText(words.slice(0, VALUE_CHARS)));
    else if (!isOther) this.#open = undefined;
  }

  /** A protocol line: what follows it belongs to no failure in front of it. */
  close(): void {
    this.#open = undefined;
  }

  take(): readonly Failure[] {
    const failures = this.#failures.map(({ message, file, line, values }): Failure => {
      const text = values.length === 0 ? message : `${message}: ${values.join(" ")}`;
      return { message: text, ...(file !== undefined && line !== undefined && { file, line }) };
    });
    const ended = this.#ended;
    this.#failures = [];
    this.#ended = undefined;
    this.#open = undefined;
    return failures.length > 0 || ended === undefined ? failures : [ended];
  }
}

function endedBy(tail: string): Failure | undefined {
  const match = ENDED.exec(tail);
  return match === null ? undefined : { message: decodeText(match[1] ?? "") };
}
