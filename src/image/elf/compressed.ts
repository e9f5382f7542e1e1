/**
 * Takes compressed sections apart: a header that says how and how large, and the bytes after it. It reads no file, and
 * what cannot be read is said in words instead of thrown.
 * Sources: System V ABI, "Section Compression" (SHF_COMPRESSED); the older `.zdebug_` sections of the GNU tools.
 */
/** The bytes of a section, or why there are none. */
export type Unpacked = { readonly bytes: Buffer } | { readonly lack: string };

/** How a section says what it holds. */
export type Packing = "elf32" | "elf64" | "gnu";

const TYPE = { zlib: 1, zstd: 2 } as const;
/** A word of 64 bits, and the reserved one in front of it, make the header of the wide files longer. */
const HEADERS = { elf32: { bytes: 12, size: 4 }, elf64: { bytes: 24, size: 8 } } as const;
const GNU_MAGIC = "ZLIB";
const GNU_HEADER_BYTES = 12;

type Decompress = (input: Uint8Array, options: { readonly maxOutputLength: number }) => Buffer;

interface Zlib {
  readonly inflateSync: Decompress;
  /** Since Node 22.15 and 23.8. */
  readonly zstdDecompressSync?: Decompress;
}

/** Loaded when a section is compressed: it takes longer than all else that is done before a guest is started. */
const zlib = (): Zlib => process.getBuiltinModule("node:zlib");

const DAMAGED = "its compressed debug information is damaged: build it, or copy it, again";
const NO_ZSTD =
  "its debug information is compressed with zstd, which this version of Node cannot read: " +
  "run uktest with Node 22.15 or later, or pass a copy made with objcopy --decompress-debug-sections";

/**
 * The content of a compressed section.
 * @param most so many bytes at most come out of it; a section that claims more is not read
 */
export function unpacked(section: Buffer, packing: Packing, most: number): Unpacked {
  const header = packing === "gnu" ? gnuHeader(section) : elfHeader(section, packing);
  if ("lack" in header) return header;
  const { decompress, sizeBytes, from } = header;
  if (sizeBytes > most) return { lack: DAMAGED };
  if (sizeBytes === 0) return { bytes: Buffer.alloc(0) };
  try {
    const bytes = decompress(section.subarray(from), { maxOutputLength: sizeBytes });
    return bytes.length === sizeBytes ? { bytes } : { lack: DAMAGED };
  } catch {
    return { lack: DAMAGED };
  }
}

type Header =
  | { readonly decompress: Decompress; readonly sizeBytes: number; readonly from: number }
  | { readonly lack: string };

function elfHeader(section: Buffer, packing: "elf32" | "elf64"): Header {
  const { bytes: from, size } = HEADERS[packing];
  if (section.length < from) return { lack: DAMAGED };
  const type = section.readUInt32LE(0);
  const sizeBytes = packing === "elf64" ? Number(section.readBigUInt64LE(size)) : section.readUInt32LE(size);
  if (type === TYPE.zlib) return { decompress: zlib().inflateSync, sizeBytes, from };
  if (type !== TYPE.zstd)
    return { lack: `its debug information is compressed in a way that nothing is known of (type ${type})` };
  const zstd = zlib().zstdDecompressSync;
  return zstd === undefined ? { lack: NO_ZSTD } : { decompress: zstd, sizeBytes, from };
}

/** `ZLIB`, and the size as a big-endian word: the same in files of both widths. */
function gnuHeader(section: Buffer): Header {
  if (section.length < GNU_HEADER_BYTES || section.toString("latin1", 0, 4) !== GNU_MAGIC)
    return { lack: DAMAGED };
  const sizeBytes = Number(section.readBigUInt64BE(GNU_MAGIC.length));
  return { decompress: zlib().inflateSync, sizeBytes, from: GNU_HEADER_BYTES };
}
