/**
 * Core files on disk: the header, and the pages of a guest's memory that are not all zeros, at their places. What is in
 * between are holes, which take no room. It does not know what a core is of.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";
import type { CoreLayout, CoreMemory } from "../../src/image/core-file.js";

const PAGE_BYTES = 4096;
const PIECE_BYTES = 1 << 20;
const ZEROS = Buffer.alloc(PAGE_BYTES);

type Read = (address: number, length: number) => Promise<Uint8Array | undefined>;

/** Writes all of it. */
function put(file: number, bytes: Uint8Array, offset: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, offset + at);
}

/** Writes the pages of a piece that hold anything, neighbours at once. */
function putPages(file: number, piece: Buffer, offset: number): void {
  let from = -1;
  for (let at = 0; at < piece.length; at += PAGE_BYTES) {
    const page = piece.subarray(at, at + PAGE_BYTES);
    const isEmpty = page.equals(page.length === PAGE_BYTES ? ZEROS : ZEROS.subarray(0, page.length));
    if (!isEmpty && from < 0) from = at;
    if (isEmpty && from >= 0) {
      put(file, piece.subarray(from, at), offset + from);
      from = -1;
    }
  }
  if (from >= 0) put(file, piece.subarray(from), offset + from);
}

/**
 * Writes a core file; what cannot be written whole is removed.
 * @param memory the ranges that the layout was made for
 * @throws what the file system says
 */
async function writeCore(
  path: string,
  { header, offsets, bytes }: CoreLayout,
  memory: readonly CoreMemory[],
  read: Read,
): Promise<void> {
  const file = openSync(path, "w", 0o600);
  let isWhole = false;
  try {
    put(file, header, 0);
    for (const [index, range] of memory.entries())
      for (let at = 0; at < range.bytes; at += PIECE_BYTES) {
        const piece = await read(range.address + at, Math.min(PIECE_BYTES, range.bytes - at));
        if (piece === undefined) continue;
        const whole = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
        putPages(file, whole, (offsets[index] ?? 0) + at);
      }
    ftruncateSync(file, bytes);
    isWhole = true;
  } finally {
    closeSync(file);
    if (!isWhole) rmSync(path, { force: true });
  }
}

/** A file that is needed to read a core. */
export interface FileCopy {
  readonly path: string;
  /** Its name beside the core. */
  readonly name: string;
}

export interface CoreFiles {
  readonly name: string;
  readonly layout: CoreLayout;
  /** The ranges that the layout was made for. */
  readonly memory: readonly CoreMemory[];
  readonly read: Read;
  /** Copied once: what is there already has the same name for the same build. */
  readonly copies: readonly FileCopy[];
  /** What is known of the core, written last: where it is, all of it is. */
  readonly note: { readonly name: string; readonly text: string };
}

/**
 * Stores a core with all that belongs to it.
 * @throws what the file system says
 */
export async function storeCore(folder: string, files: CoreFiles): Promise<void> {
  const { name, layout, memory, read, copies, note } = files;
  makeFolder(folder);
  // Once: a debugger warns of an image that is newer than its core.
  for (const { path, name: copied } of copies)
    if (!existsSync(join(folder, copied))) copyFileSync(path, join(folder, copied));
  await writeCore(join(folder, name), layout, memory, read);
  writeFileSync(join(folder, note.name), note.text);
}
