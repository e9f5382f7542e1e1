/**
 * Tracepoints of a stopped guest, as data: definitions from the section of the image, records from its memory. It reads
 * images of the kit and of Unikraft, and trusts no byte of either: what is damaged ends a walk, and is counted.
 * Source of the format: `guest/lib/ukdebug/include/uk/trace.h`; that of Unikraft, lib/ukdebug, version 1.
 */
import { contentOf, type Elf } from "./elf.js";
import { readSymbols } from "./elf/symbols.js";
import type { MemoryRange } from "./evidence.js";
import { isSignedIn } from "./trace-format.js";

export interface TraceArgument {
  readonly kind: "signed" | "unsigned" | "text";
  /** Of an integer; of a text, those of its pointer. */
  readonly bytes: number;
}

export interface TracepointDefinition {
  readonly name: string;
  /** As for printf(); it may not fit the arguments. */
  readonly format: string;
  readonly arguments: readonly TraceArgument[];
}

/** One call of a tracepoint. */
export interface TraceRecord {
  /** Nanoseconds of the guest's clock since its boot. */
  readonly timeNs: bigint;
  /** Index of its definition; undefined where the image has none with its cookie, and its arguments are unknown. */
  readonly definition: number | undefined;
  readonly values: readonly (bigint | string)[];
}

export interface Trace {
  readonly definitions: readonly TracepointDefinition[];
  /** In the order in which they were written. */
  readonly records: readonly TraceRecord[];
  /** Records that are known to be overwritten, or had no room. */
  readonly lost: bigint;
  /** The buffer was full, and nothing was noted from then on: what is missing is the end. */
  readonly isFull: boolean;
  /** What of the buffer is no record, in words. */
  readonly damage?: string;
}

/** Where the trace of a guest lies, and what makes it of its memory. */
export interface TraceMap {
  /**
   * What has to be read, in this order. Of a guest that runs, records up to the place that was read first are whole, as long
   * as that place has not gone back by the time all of it is read.
   */
  readonly ranges: readonly MemoryRange[];
  /** Undefined where a piece that is needed could not be read. */
  decode(pieces: readonly (Uint8Array | undefined)[]): Trace | undefined;
}

const SECTION = ".uk_tracepoints_list";
const DEFINITION_MAGIC = 0x65645054;
const RECORD_MAGIC = 0x64685254;
const DEFINITION_HEAD_BYTES = 19;
/** Of one image. */
const MAX_DEFINITIONS = 10_000;
const MAX_BUFFER_BYTES = 16 << 20;
/** Of a kit's own `struct uk_trace_ring`. */
const RING_BYTES = 24;
const KEEPS_LAST = 0;

const SYMBOLS = {
  buffer: "uk_trace_buffer",
  writep: "uk_trace_buffer_writep",
  free: "uk_trace_buffer_free",
  ring: "uk_trace_ring",
} as const;
const NAMES: readonly string[] = Object.values(SYMBOLS);

export interface KnownTracepoint extends TracepointDefinition {
  readonly cookie: bigint;
}

/**
 * Where the trace of an image lies in its guest; undefined where it has no live tracepoints. Throws a RigError for an image
 * that is damaged.
 */
export function tracepointsIn(elf: Elf): TraceMap | undefined {
  const section = elf.sections.find(({ name }) => name === SECTION);
  const known = definitionsIn(contentOf(elf, section));
  const symbols = new Map(
    readSymbols(elf, (name) => NAMES.includes(name)).map((symbol) => [symbol.name, symbol]),
  );
  const [buffer, writep, free, ring] = NAMES.map((name) => symbols.get(name));
  if (known.length === 0 || buffer === undefined || writep === undefined || free === undefined)
    return undefined;
  const word = elf.bits / 8;
  const range = ({ address }: { readonly address: bigint }, bytes: number): MemoryRange => ({
    address: Number(address),
    bytes,
  });
  const bufferBytes = Math.min(buffer.bytes, MAX_BUFFER_BYTES);
  const ranges = [range(writep, word), range(free, word), range(buffer, bufferBytes)];
  if (ring !== undefined) ranges.push(range(ring, RING_BYTES));
  const layout = { known, word, base: buffer.address };
  return { ranges, decode: (pieces) => decodeTrace(layout, pieces, ring !== undefined) };
}

/** The definitions of a section; the linker puts them where it likes, so each is looked for. */
export function definitionsIn(section: Buffer): readonly KnownTracepoint[] {
  const found: KnownTracepoint[] = [];
  for (let at = 0; at + DEFINITION_HEAD_BYTES <= section.length && found.length < MAX_DEFINITIONS;) {
    const one = section.readUInt32LE(at) === DEFINITION_MAGIC ? definitionAt(section, at) : undefined;
    if (one !== undefined) found.push(one.definition);
    at += one === undefined ? 4 : Math.ceil(one.bytes / 4) * 4;
  }
  return found;
}

/** The definition at a place; undefined where its lengths contradict each other. */
function definitionAt(
  section: Buffer,
  at: number,
): { readonly definition: KnownTracepoint; readonly bytes: number } | undefined {
  const bytes = section.readUInt32LE(at + 4);
  const count = section.readUInt8(at + 16);
  const [nameBytes, formatBytes] = [section.readUInt8(at + 17), section.readUInt8(at + 18)];
  const nameAt = DEFINITION_HEAD_BYTES + 2 * count;
  const needed = nameAt + nameBytes + formatBytes;
  if (bytes < needed || at + bytes > section.length || nameBytes === 0 || formatBytes === 0) return undefined;
  const textAt = (offset: number, length: number): string =>
    section.toString("utf8", at + offset, at + offset + length - 1);
  const format = textAt(nameAt + nameBytes, formatBytes);
  const isSigned = isSignedIn(format);
  const argument = (nth: number): TraceArgument => {
    const size = section.readUInt8(at + DEFINITION_HEAD_BYTES + nth);
    const isText = section.readUInt8(at + DEFINITION_HEAD_BYTES + count + nth) === 1;
    return { kind: isText ? "text" : isSigned[nth] === true ? "signed" : "unsigned", bytes: size };
  };
  const definition = {
    name: textAt(nameAt, nameBytes),
    format,
    arguments: Array.from({ length: count }, (_, nth) => argument(nth)),
    cookie: section.readBigUInt64LE(at + 8),
  };
  return { definition, bytes };
}

export interface TraceLayout {
  readonly known: readonly KnownTracepoint[];
  /** Bytes of a pointer of the guest. */
  readonly word: number;
  /** Address of the buffer. */
  readonly base: bigint;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Makes a trace of what a guest keeps: the words of its two variables, its buffer, and the ring where it has one. */
export function decodeTrace(
  layout: TraceLayout,
  pieces: readonly (Uint8Array | undefined)[],
  hasRing: boolean,
): Trace | undefined {
  const [writep, free, buffer, ring] = pieces.map((piece) => piece && asBuffer(piece));
  if (writep === undefined || free === undefined || buffer === undefined) return undefined;
  if (writep.length < layout.word || free.length < layout.word) return undefined;
  const end = Number(wordIn(writep, layout.word) - layout.base);
  const isKnownEnd = end >= 0 && end <= buffer.length;
  // Without a place to stop at, the first piece that is no record is one.
  const newest = recordsIn(buffer.subarray(0, isKnownEnd ? end : buffer.length), layout);
  const older = hasRing && ring !== undefined && ring.length >= RING_BYTES ? lapBefore(ring, end) : undefined;
  const oldest =
    older === undefined || !isKnownEnd
      ? NONE
      : recordsIn(buffer.subarray(older.from, Math.max(older.from, older.to)), layout);
  const damage = !isKnownEnd
    ? "the place of the next record lies outside of the buffer"
    : newest.isCut || oldest.isCut
      ? "bytes in the buffer are no record"
      : undefined;
  return {
    definitions: layout.known.map(({ cookie: _, ...definition }) => definition),
    records: [...oldest.records, ...newest.records],
    lost: older?.lost ?? 0n,
    isFull: isFullAt(wordIn(free, layout.word), layout, older?.keepsLast),
    ...(damage !== undefined && { damage }),
  };
}

const wordIn = (bytes: Buffer, word: number): bigint =>
  word === 8 ? bytes.readBigUInt64LE(0) : BigInt(bytes.readUInt32LE(0));

/** What the ring says of the lap before: nothing where it contradicts the place of the next record. */
function lapBefore(ring: Buffer, next: number) {
  const [keeps, from, to] = [ring.readUInt32LE(0), ring.readUInt32LE(4), ring.readUInt32LE(8)];
  const lost = ring.readBigUInt64LE(16);
  const isLap = keeps === KEEPS_LAST && from >= next;
  return { keepsLast: keeps === KEEPS_LAST, lost, ...(isLap ? { from, to } : { from: 0, to: 0 }) };
}

/**
 * Whether nothing could be noted any more. The kit leaves no byte free once a record has found no room; Unikraft does so for
 * one whose arguments do not fit, and leaves fewer bytes than a record begins with as they are.
 */
const isFullAt = (free: bigint, layout: TraceLayout, keepsLast: boolean | undefined): boolean =>
  keepsLast === undefined ? free < BigInt(headBytes(layout)) : free === 0n && !keepsLast;

/** Bytes of a record in front of its arguments. */
const headBytes = ({ word }: Pick<TraceLayout, "word">): number => 16 + word;

interface Walk {
  readonly records: readonly TraceRecord[];
  /** It ended at bytes that are no record. */
  readonly isCut: boolean;
}

const NONE: Walk = { records: [], isCut: false };

/** The records of a lap, up to its end or to what is none. */
function recordsIn(lap: Buffer, { known, word }: TraceLayout): Walk {
  const byCookie = new Map(known.map(({ cookie }, index) => [cookie, index]));
  const head = headBytes({ word });
  const records: TraceRecord[] = [];
  let at = 0;
  while (at + head <= lap.length) {
    const size = lap.readUInt32LE(at + 4);
    const end = at + head + size;
    if (lap.readUInt32LE(at) !== RECORD_MAGIC || end > lap.length) return { records, isCut: true };
    const cookie = wordIn(lap.subarray(at + 16, at + head), word);
    const definition = byCookie.get(cookie);
    const values =
      definition === undefined
        ? []
        : valuesIn(lap.subarray(at + head, end), known[definition]?.arguments ?? []);
    records.push({
      timeNs: lap.readBigUInt64LE(at + 8),
      definition: values === undefined ? undefined : definition,
      values: values ?? [],
    });
    at = end;
  }
  return { records, isCut: at < lap.length };
}

/** The arguments of a record; undefined where they do not fill it. */
function valuesIn(bytes: Buffer, wanted: readonly TraceArgument[]): readonly (bigint | string)[] | undefined {
  const values: (bigint | string)[] = [];
  let at = 0;
  for (const { kind, bytes: size } of wanted) {
    const from = kind === "text" ? at + 1 : at;
    const end = from + (kind === "text" ? (bytes[at] ?? 0) : size);
    if (end > bytes.length) return undefined;
    const piece = bytes.subarray(from, end);
    values.push(kind === "text" ? piece.toString("utf8") : integerIn(piece, kind));
    at = end;
  }
  return at === bytes.length ? values : undefined;
}

function integerIn(piece: Buffer, kind: "signed" | "unsigned"): bigint {
  if (piece.length === 8) return kind === "signed" ? piece.readBigInt64LE() : piece.readBigUInt64LE();
  if (piece.length === 4) return BigInt(kind === "signed" ? piece.readInt32LE() : piece.readUInt32LE());
  const digits = Buffer.from(piece).reverse().toString("hex");
  const value = digits === "" ? 0n : BigInt(`0x${digits}`);
  return kind === "signed" ? BigInt.asIntN(8 * piece.length, value) : value;
}
