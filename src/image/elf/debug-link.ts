/**
 * Where an image says that its debug information is: the name in its `.gnu_debuglink`, and the path that its build id makes
 * below a folder of debug files. It opens none of them.
 * Source: GDB's manual, "Debugging Information in Separate Files".
 */
import type { ImageBytes } from "./bytes.js";
import { contentOf, type Elf, textIn } from "../elf.js";
import { buildIdOf } from "../identity.js";

export interface DebugLink {
  /** Of the file, without a folder. */
  readonly name: string;
  /** Of its whole content; see `crc32`. */
  readonly checksum: number;
}

/** The debug link of an image; undefined where it has none, or one that leads to another folder. */
export function debugLinkOf(elf: Elf): DebugLink | undefined {
  const content = contentOf(
    elf,
    elf.sections.find(({ name }) => name === ".gnu_debuglink"),
  );
  const name = textIn(content, 0);
  if (name === undefined || name === "" || name.includes("/")) return undefined;
  const checksumAt = Math.ceil((Buffer.byteLength(name) + 1) / 4) * 4;
  return checksumAt + 4 > content.length ? undefined : { name, checksum: content.readUInt32LE(checksumAt) };
}

/** The path of a file of debug information in a folder of them, by the build id of its image. */
export function buildIdPath(elf: Elf): string | undefined {
  const id = buildIdOf(elf);
  return id === undefined || id.length < 4 ? undefined : `${id.slice(0, 2)}/${id.slice(2)}.debug`;
}

let table: Uint32Array | undefined;

function tableOf(): Uint32Array {
  return (table ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  }));
}

const PIECE_BYTES = 1 << 20;

/** The checksum that a debug link has of its file: CRC-32 of ISO 3309, as zip files have it too. */
export function crc32(bytes: ImageBytes): number {
  const values = tableOf();
  let sum = 0xffffffff;
  for (let at = 0; at < bytes.size; at += PIECE_BYTES) {
    const piece = bytes.read(at, Math.min(PIECE_BYTES, bytes.size - at), "all of it");
    for (const byte of piece) sum = (values[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
