/**
 * Reads the headers of an ELF file: what it is, its sections and its segments, each count and offset checked.
 * It refuses big endian, other machines than the guests' and files nobody linked; it reads no content.
 */
import { RigError } from "../core/errors.js";
import type { Plan } from "../core/plan.js";
import { damaged, type ImageBytes } from "./elf/bytes.js";

export type Architecture = Plan["architecture"];

/** A section header. Offsets too large for any file are imprecise here, and refused when read. */
export interface Section {
  readonly name: string;
  readonly type: number;
  readonly address: bigint;
  readonly offset: number;
  readonly sizeBytes: number;
  /** SHF_ flags. */
  readonly flags: number;
  /** Index of the section that this one refers to. */
  readonly link: number;
}

/** A segment, as far as the file fills it. */
export interface Segment {
  readonly address: bigint;
  readonly offset: number;
  readonly fileBytes: number;
}

export interface Elf {
  readonly bytes: ImageBytes;
  /** Of the container: a multiboot image of x86_64 is a 32-bit ELF for i386. */
  readonly bits: 32 | 64;
  readonly architecture: Architecture;
  readonly sections: readonly Section[];
  /** Those that are loaded (PT_LOAD). */
  readonly segments: readonly Segment[];
  /** Those with notes (PT_NOTE). */
  readonly notes: readonly Segment[];
}

/** Section types (System V ABI, "Section Header"). */
export const SHT = { symtab: 2, rela: 4, note: 7, nobits: 8 } as const;

/** Flags of sections (the same chapter). */
export const SHF = { execinstr: 0x4, compressed: 0x800 } as const;

const PT = { load: 1, note: 4 } as const;
const MAX_HEADERS = 100_000;
const EXTENDED_COUNT = 0xffff;
const MACHINES: ReadonlyMap<number, Architecture> = new Map([
  [3, "i386"],
  [62, "x86_64"],
  [183, "arm64"],
]);

/** Where the fields are; the two widths differ in order as well as in size. */
const LAYOUTS = {
  32: {
    headerBytes: 52,
    header: { phoff: 28, shoff: 32, phentsize: 42, phnum: 44, shentsize: 46, shnum: 48, shstrndx: 50 },
    section: { bytes: 40, flags: 8, address: 12, offset: 16, size: 20, link: 24, info: 28 },
    segment: { bytes: 32, offset: 4, address: 8, fileBytes: 16 },
  },
  64: {
    headerBytes: 64,
    header: { phoff: 32, shoff: 40, phentsize: 54, phnum: 56, shentsize: 58, shnum: 60, shstrndx: 62 },
    section: { bytes: 64, flags: 8, address: 16, offset: 24, size: 32, link: 40, info: 44 },
    segment: { bytes: 56, offset: 8, address: 16, fileBytes: 32 },
  },
} as const;

/** A little-endian word of the file's own width. */
export const wordAt = (bytes: Buffer, offset: number, bits: 32 | 64): bigint =>
  bits === 64 ? bytes.readBigUInt64LE(offset) : BigInt(bytes.readUInt32LE(offset));

const numberAt = (bytes: Buffer, offset: number, bits: 32 | 64): number =>
  Number(wordAt(bytes, offset, bits));

/** The NUL-terminated text at an offset of a string table; undefined when it does not end there. */
export function textIn(table: Buffer, offset: number, maxBytes = 4096): string | undefined {
  const window = table.subarray(Math.min(offset, table.length), offset + maxBytes);
  const end = window.indexOf(0);
  return end < 0 ? undefined : window.toString("utf8", 0, end);
}

/** True for the first bytes of an ELF file of any kind. */
export const isElf = (bytes: Buffer): boolean => bytes.length >= 4 && bytes.readUInt32BE(0) === 0x7f454c46;

function identify(bytes: ImageBytes): { readonly header: Buffer; readonly bits: 32 | 64 } {
  const magic = bytes.read(0, Math.min(bytes.size, 16), "the ELF header");
  if (!isElf(magic)) {
    throw new RigError(
      `${bytes.name}: not an ELF file`,
      "Some guests boot from a raw image (arm64 Image, EFI, gzip): pass the .dbg file that lies next to it.",
    );
  }
  const bits = magic[4] === 2 ? 64 : magic[4] === 1 ? 32 : undefined;
  if (bits === undefined) throw damaged(bytes.name, "neither a 32-bit nor a 64-bit ELF file");
  if (magic[5] !== 1) throw new RigError(`${bytes.name}: not a little-endian ELF file`, SUPPORTED);
  return { header: bytes.read(0, LAYOUTS[bits].headerBytes, "the ELF header"), bits };
}

const SUPPORTED = "uktest reads linked images for i386, x86_64 and arm64.";

function machineOf(bytes: ImageBytes, header: Buffer): Architecture {
  const type = header.readUInt16LE(16);
  // ET_EXEC and ET_DYN; an object file has neither addresses nor an order of sections.
  if (type !== 2 && type !== 3) {
    throw new RigError(`${bytes.name}: not a linked image (ELF type ${type})`, SUPPORTED);
  }
  const machine = header.readUInt16LE(18);
  const architecture = MACHINES.get(machine);
  if (architecture === undefined) {
    throw new RigError(`${bytes.name}: built for another machine (ELF machine ${machine})`, SUPPORTED);
  }
  return architecture;
}

/** Reads `count` equal records, or throws when the file cannot hold them or their size is not the expected one. */
function records(
  bytes: ImageBytes,
  at: { readonly offset: number; readonly count: number; readonly stride: number; readonly expected: number },
  what: string,
): readonly Buffer[] {
  if (at.count === 0) return [];
  if (at.count > MAX_HEADERS) throw damaged(bytes.name, `${what} claim to be ${at.count}`);
  if (at.stride < at.expected) throw damaged(bytes.name, `${what} have entries of ${at.stride} bytes`);
  const all = bytes.read(at.offset, at.count * at.stride, what);
  return Array.from({ length: at.count }, (_, n) => all.subarray(n * at.stride, n * at.stride + at.expected));
}

function sectionsOf(bytes: ImageBytes, header: Buffer, bits: 32 | 64): readonly Section[] {
  const { header: field, section: layout } = LAYOUTS[bits];
  const offset = numberAt(header, field.shoff, bits);
  if (offset === 0) return [];
  const table = { offset, stride: header.readUInt16LE(field.shentsize), expected: layout.bytes };
  const what = "the section headers";
  const [first] = records(bytes, { ...table, count: 1 }, what);
  if (first === undefined) return [];
  // Counts that do not fit their field are in the first header, which is otherwise unused.
  const shortCount = header.readUInt16LE(field.shnum);
  const shortNames = header.readUInt16LE(field.shstrndx);
  const count = shortCount === 0 ? numberAt(first, layout.size, bits) : shortCount;
  const names = shortNames === EXTENDED_COUNT ? first.readUInt32LE(layout.link) : shortNames;
  const raw = records(bytes, { ...table, count }, what);
  const strings = raw[names];
  if (strings === undefined) return [];
  const namesOffset = numberAt(strings, layout.offset, bits);
  const text = bytes.read(namesOffset, numberAt(strings, layout.size, bits), "the names of the sections");
  return raw.map((one) => ({
    name: textIn(text, one.readUInt32LE(0), 256) ?? "",
    type: one.readUInt32LE(4),
    address: wordAt(one, layout.address, bits),
    offset: numberAt(one, layout.offset, bits),
    sizeBytes: numberAt(one, layout.size, bits),
    flags: one.readUInt32LE(layout.flags),
    link: one.readUInt32LE(layout.link),
  }));
}

function programHeaders(bytes: ImageBytes, header: Buffer, bits: 32 | 64) {
  const { header: field, segment: layout } = LAYOUTS[bits];
  const table = {
    offset: numberAt(header, field.phoff, bits),
    count: header.readUInt16LE(field.phnum),
    stride: header.readUInt16LE(field.phentsize),
    expected: layout.bytes,
  };
  const all = records(bytes, table, "the program headers").map((one) => ({
    type: one.readUInt32LE(0),
    address: wordAt(one, layout.address, bits),
    offset: numberAt(one, layout.offset, bits),
    fileBytes: numberAt(one, layout.fileBytes, bits),
  }));
  return { all, end: table.offset + table.count * table.stride };
}

type ProgramHeader = ReturnType<typeof programHeaders>["all"][number];

const segmentsIn = (headers: readonly ProgramHeader[], wanted: number): readonly Segment[] =>
  headers
    .filter(({ type }) => type === wanted)
    .map(({ address, offset, fileBytes }) => ({ address, offset, fileBytes }));

/**
 * A copy of what a machine reads of an image: its program headers and whatever they name. It has no sections any more.
 * Throws as `readElf` does.
 */
export function programOf(bytes: ImageBytes): Buffer {
  const { header, bits } = identify(bytes);
  const { all, end } = programHeaders(bytes, header, bits);
  const length = Math.max(header.length, end, ...all.map(({ offset, fileBytes }) => offset + fileBytes));
  const copy = Buffer.from(bytes.read(0, length, "what its program headers name"));
  const { shoff, shnum, shstrndx } = LAYOUTS[bits].header;
  copy.fill(0, shoff, shoff + bits / 8);
  for (const field of [shnum, shstrndx]) copy.writeUInt16LE(0, field);
  return copy;
}

/**
 * Reads the headers of an image. Throws a RigError when the file is no ELF, is cut short, or is for another machine.
 * Source: System V ABI, chapters 4 and 5, and the ELF supplements of the three processors.
 */
export function readElf(bytes: ImageBytes): Elf {
  const { header, bits } = identify(bytes);
  const architecture = machineOf(bytes, header);
  const { all } = programHeaders(bytes, header, bits);
  return {
    bytes,
    bits,
    architecture,
    sections: sectionsOf(bytes, header, bits),
    segments: segmentsIn(all, PT.load),
    notes: segmentsIn(all, PT.note),
  };
}

/** Of one section. Nobody waits for what would take longer to read. */
export const MAX_CONTENT_BYTES = 512 << 20;

/** What the file has of a section: nothing of one without bytes or a compressed one, a beginning of one that is cut. */
export const contentOf = (elf: Elf, section: Section | undefined): Buffer =>
  section === undefined || (section.flags & SHF.compressed) !== 0 ? Buffer.alloc(0) : storedOf(elf, section);

/** The bytes of a section as they stand in the file, compressed or not. */
export function storedOf({ bytes }: Elf, section: Section): Buffer {
  const isStored = section.type !== SHT.nobits;
  const length = isStored ? Math.min(section.sizeBytes, MAX_CONTENT_BYTES, bytes.size - section.offset) : 0;
  return length > 0 ? bytes.read(section.offset, length, section.name) : Buffer.alloc(0);
}
