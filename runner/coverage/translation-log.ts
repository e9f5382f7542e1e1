/**
 * The file in which QEMU notes the code that it translates, and what has come into it so far. It reads no instruction.
 */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TranslationLog {
  readonly path: string;
  /** What was noted since the last call, in pieces of whole lines. */
  pieces(): readonly string[];
  /** Removes it. */
  remove(): void;
}

const PIECE_BYTES = 8 << 20;
/** What a guest can make QEMU note; more is not read. */
const MOST_BYTES = 2 ** 31;

/** Makes a place for such a file; QEMU makes the file. */
export function openTranslationLog(): TranslationLog {
  const folder = mkdtempSync(join(tmpdir(), "uktest-code-"));
  const path = join(folder, "code.log");
  let at = 0;
  return {
    path,
    pieces: () => {
      const { pieces, end } = readFrom(path, at);
      at = end;
      return pieces;
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readFrom(path: string, from: number): { readonly pieces: readonly string[]; readonly end: number } {
  const pieces: string[] = [];
  let at = from;
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    // The emulator did not get as far as making it.
    return { pieces, end: at };
  }
  try {
    // It is read at each moment of a boot, and has grown by little since the last.
    const bytes = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(0, fstatSync(file).size - at)));
    while (at < MOST_BYTES) {
      const length = readSync(file, bytes, 0, bytes.length, at);
      const whole = bytes.subarray(0, length).lastIndexOf(0x0a) + 1;
      if (whole === 0) break;
      pieces.push(bytes.toString("latin1", 0, whole));
      at += whole;
    }
  } finally {
    closeSync(file);
  }
  return { pieces, end: at };
}
