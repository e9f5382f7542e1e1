/**
 * The stream of a program that another stream shows in comments, as kselftest's runner does: `# TAP version 13`,
 * `# ok 1 NAME`. Its points are no cases; a failed one says why the program failed, or speaks against its success.
 */
import { decodeText } from "../../core/decode.js";

const MAX_FAILED = 8;

const VERSION = /^# K?TAP version \d/;
const FAILED = /^# not ok(?: \d{1,9})?(?: -)?(?: (.{0,300}))?$/;
/** What a failed point can say that makes it none. */
const EXCUSED = /# ?(?:SKIP|TODO|XFAIL)\b/i;

export class NestedStream {
  #isStream = false;
  #failed: string[] = [];

  /** Reads a comment of the outer stream. */
  comment(text: string): void {
    const first = text.charCodeAt(2);
    if (first === 0x6e /* n */) {
      const match = FAILED.exec(text);
      if (match === null || EXCUSED.test(text) || this.#failed.length >= MAX_FAILED) return;
      this.#failed.push(decodeText((match[1] ?? "").trim()) || "a point without a name");
    } else if ((first === 0x54 || first === 0x4b) && VERSION.test(text)) this.#isStream = true;
  }

  /**
   * The point of the program is there: names of what failed in it, and whether a version line has said that it was a
   * stream.
   */
  take(): { readonly failed: readonly string[]; readonly isStream: boolean } {
    const taken = { failed: this.#failed, isStream: this.#isStream };
    if (this.#failed.length > 0) this.#failed = [];
    this.#isStream = false;
    return taken;
  }
}
