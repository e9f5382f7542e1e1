/**
 * Undoes what a message longer than the kernel's print buffer leaves behind: 191 characters, a NUL, stale bytes, and
 * the next message of the same level without its prefix on the same line (Unikraft 0.4 to 0.21, BUFLEN 192).
 */
import type { KernelPrefix, Segment } from "../../core/segment.js";
import { type Reading, type TestForm, printkForm, readTestLine } from "./lines.js";

/** Characters of a message that fit the guest's buffer. */
const BUFFER_CHARS = 191;

export interface Overflow {
  /** The message itself, without what the buffer spilled. */
  readonly head: Segment;
  /** The test line that was glued after it, if it is whole. */
  readonly next: Reading | undefined;
}

/** Where a test line can begin after the spill. */
const NEXT_LINE = /\ttest:|\t|test:/g;

/** Splits a segment at the end of the print buffer; nothing if its message fitted. */
export function overflowOf(segment: Segment, form: TestForm): Overflow | undefined {
  const cut = segment.nulAt.find((at) => at >= BUFFER_CHARS);
  if (cut === undefined || segment.prefix === undefined) return undefined;
  const head = { ...segment, body: segment.body.slice(0, cut), nulAt: [] };
  return { head, next: form.startsWith("printk:") ? gluedIn(segment, cut, form) : undefined };
}

/** The last whole test line after the spill. */
function gluedIn(segment: Segment, cut: number, form: TestForm): Reading | undefined {
  if (segment.prefix === undefined || segment.prefix.level !== "info") return undefined;
  const { timeUs, level, thread, caller } = segment.prefix;
  const prefix: KernelPrefix = {
    level,
    ...(timeUs !== undefined && { timeUs }),
    ...(thread !== undefined && { thread }),
    ...(caller !== undefined && { caller }),
  };
  if (printkForm(prefix) !== form) return undefined;
  const spill = segment.body.slice(cut);
  let whole: Reading | undefined;
  for (const match of spill.matchAll(NEXT_LINE)) {
    const reading = readTestLine({ ...segment, prefix, body: spill.slice(match.index), nulAt: [] });
    const line = reading?.line;
    if (line === undefined || line.type === "note" || (line.type === "result" && !line.padded)) continue;
    whole = reading;
  }
  return whole;
}
