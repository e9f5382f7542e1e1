/**
 * The log of a recording of QEMU, mended where its end would be replayed too early: a guest that turns its machine off does so in
 * the middle of what it executes, and QEMU writes that before the instructions that led there. A replay then ends as soon
 * as the last event before them was had, whatever a debugger wants to see of them, and cannot go back from there. Nothing else
 * of the log is changed, and a log that is not understood is left alone.
 *
 * Source of the format: QEMU 7.2, `replay/replay-internal.h`: a version and a place, then events of one byte and what belongs
 * to each.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";

/** Of QEMU 7.2. */
const VERSION = 0x00e0200c;
const HEADER_BYTES = 12;
const INSTRUCTIONS = 0;
/** The first of those for a machine that is turned off, one for each cause, and the one after the last. */
const SHUTDOWN = 10;
const AFTER_SHUTDOWN = 22;
const END = 39;

/** Bytes that belong to an event: nothing where that is not known. */
function bytesOf(event: number): number | undefined {
  if (event === INSTRUCTIONS) return 4;
  // Interrupts, exceptions; checkpoints.
  if (event === 1 || event === 2 || (event >= 30 && event < END)) return 0;
  // What is done later, of the input and of the disk; what is printed; clocks.
  if (event === 3 || event === 4 || event === 8 || event === 22 || event === 28 || event === 29) return 8;
  return event >= SHUTDOWN && event < AFTER_SHUTDOWN ? 0 : undefined;
}

/**
 * A log in which the machine is turned off after the instructions that do so.
 * @returns undefined where it is so already, or is not understood
 */
export function withLateShutdown(log: Uint8Array): Uint8Array | undefined {
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  if (log.length < HEADER_BYTES || view.getUint32(0) !== VERSION) return undefined;
  for (let at = HEADER_BYTES; at < log.length;) {
    const event = log[at] ?? END;
    const bytes = bytesOf(event);
    if (bytes === undefined) return undefined;
    const next = at + 1 + bytes;
    if (event >= SHUTDOWN && event < AFTER_SHUTDOWN) {
      const after = next + 1 + 4;
      if (log[next] !== INSTRUCTIONS || after > log.length) return undefined;
      const mended = log.slice();
      mended.copyWithin(at, next, after);
      mended[after - 1] = event;
      return mended;
    }
    at = next;
  }
  return undefined;
}

/** Larger logs are of guests that have run for minutes, and are not read. */
const MOST_BYTES = 256 << 20;

/** Mends the log in a file. A log that cannot be read is the replay's to complain of. */
export function mendLog(path: string): void {
  try {
    if (statSync(path).size > MOST_BYTES) return;
    const mended = withLateShutdown(readFileSync(path));
    if (mended !== undefined) writeFileSync(path, mended);
  } catch {
    // The replay says what is wrong.
  }
}
