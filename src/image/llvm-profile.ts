/**
 * Where clang's coverage counters lie in the guest of an image, and a raw profile of what they hold, as the run time of clang
 * would write it. It finds them in the file alone: nothing in the guest has to run for it. It reads no guest, knows neither
 * sources nor lines, and does no more with the records of functions than to count their counters.
 * Source of the format: LLVM's llvm/include/llvm/ProfileData/InstrProfData.inc, versions 8 (LLVM 14 to 17), 9 (18) and 10
 * (19 and later).
 */
import { RigError } from "../core/errors.js";
import { contentOf, type Elf, type Section, wordAt } from "./elf.js";
import type { MemoryRange } from "./evidence.js";

export interface LlvmCounters {
  /** What has to be read. */
  readonly ranges: readonly [MemoryRange];
  /** The counters in the content of the range; undefined for less than all of it. */
  counts(content: Uint8Array): BigUint64Array | undefined;
  /** Whether the records of the image are those of a release of LLVM. @param llvm its major version */
  fits(llvm: number): boolean;
  /** A raw profile of counts, for the tools of a release of LLVM; undefined where it does not fit. */
  profile(llvm: number, counts: BigUint64Array): Buffer | undefined;
}

const NAMES = { data: "__llvm_prf_data", counters: "__llvm_prf_cnts", names: "__llvm_prf_names" } as const;
/** "\xfflprofr\x81", which is "R" instead of the last "r" for 32 bits. */
const MAGIC = { 64: 0xff6c70726f667281n, 32: 0xff6c70726f665281n } as const;
const COUNTER_BYTES = 8;
/** Where a record says where its counters begin: after a hash of its name and one of its function. */
const RELATIVE_PLACE = 16;
const MOST_COUNTERS = 1 << 24;
/** Kinds of values that are counted besides: none, which are two in number until version 9 and three from 10 on. */
const LAST_VALUE_KIND = { old: 1n, new: 2n } as const;

/** How a release writes profiles. */
interface Format {
  readonly version: bigint;
  /** Bytes of a record, as they lie one after the other; the last one of i386 may lack what aligns the next. */
  readonly record: Readonly<Record<32 | 64, number>>;
  /** Where the number of counters stands in a record. */
  readonly count: Readonly<Record<32 | 64, number>>;
  /** Words of the header after its version. */
  readonly header: (sizes: Sizes) => readonly bigint[];
}

interface Sizes {
  readonly records: bigint;
  readonly counters: bigint;
  readonly names: bigint;
  /** From the first record to the first counter. */
  readonly distance: bigint;
  readonly namesAddress: bigint;
}

const FORMATS: readonly (Format & { readonly since: number })[] = [
  {
    since: 19,
    version: 10n,
    record: { 64: 64, 32: 48 },
    count: { 64: 48, 32: 32 },
    header: ({ records, counters, names, distance, namesAddress }) => [
      ...[0n, records, 0n, counters, 0n, 0n, 0n, names],
      ...[distance, 0n, namesAddress, 0n, 0n, LAST_VALUE_KIND.new],
    ],
  },
  {
    since: 18,
    version: 9n,
    record: { 64: 64, 32: 48 },
    count: { 64: 48, 32: 32 },
    header: ({ records, counters, names, distance, namesAddress }) => [
      ...[0n, records, 0n, counters, 0n, 0n, 0n, names],
      ...[distance, 0n, namesAddress, LAST_VALUE_KIND.old],
    ],
  },
  {
    since: 14,
    version: 8n,
    record: { 64: 48, 32: 40 },
    count: { 64: 40, 32: 28 },
    header: ({ records, counters, names, distance, namesAddress }) => [
      ...[0n, records, 0n, counters, 0n, names],
      ...[distance, namesAddress, LAST_VALUE_KIND.old],
    ],
  },
];

/** The first release of LLVM whose profiles are known. */
export const FIRST_LLVM = 14;

/**
 * The counters of an image.
 * @returns undefined where none of its sources was compiled with counters
 * @throws RigError for sections that contradict each other
 */
export function llvmCountersIn(elf: Elf): LlvmCounters | undefined {
  const find = (name: string): Section | undefined => elf.sections.find((section) => section.name === name);
  const [data, counters, names] = [find(NAMES.data), find(NAMES.counters), find(NAMES.names)];
  if (data === undefined || counters === undefined || names === undefined) return undefined;
  const count = counters.sizeBytes / COUNTER_BYTES;
  const address = Number(counters.address);
  if (!Number.isInteger(count) || count > MOST_COUNTERS || !Number.isSafeInteger(address))
    throw new RigError(
      `${elf.bytes.name}: its counters of clang have no size or place that can be`,
      "build it anew",
    );
  if (count === 0) return undefined;
  const records = contentOf(elf, data);
  const text = contentOf(elf, names);
  const found = (llvm: number) => {
    const format = FORMATS.find(({ since }) => llvm >= since);
    const places = { from: counters.address - data.address, count };
    const whole = format && wholeRecords(records, elf.bits, format, places);
    return format && whole && { format, whole };
  };
  return {
    ranges: [{ address, bytes: counters.sizeBytes }],
    // A copy, since a piece of memory begins anywhere.
    counts: (content) =>
      content.length === counters.sizeBytes ? new BigUint64Array(Uint8Array.from(content).buffer) : undefined,
    fits: (llvm) => found(llvm) !== undefined,
    profile: (llvm, counts) => {
      const { format, whole } = found(llvm) ?? {};
      if (format === undefined || whole === undefined || counts.length !== count) return undefined;
      const sizes: Sizes = {
        records: BigInt(whole.length / format.record[elf.bits]),
        counters: BigInt(count),
        names: BigInt(text.length),
        distance: counters.address - data.address,
        namesAddress: names.address,
      };
      return Buffer.concat([
        words([MAGIC[elf.bits], format.version, ...format.header(sizes)]),
        ...[whole, words([...counts]), text, Buffer.alloc(-text.length & 7)],
      ]);
    },
  };
}

/**
 * All records; undefined where they do not have the counters that are there: they are of another release, or damaged.
 * @param counters from the first record to the first counter in bytes, and how many there are
 */
function wholeRecords(
  records: Buffer,
  bits: 32 | 64,
  { record, count }: Format,
  counters: { readonly from: bigint; readonly count: number },
): Buffer | undefined {
  const bytes = record[bits];
  const whole = Buffer.alloc(Math.ceil(records.length / bytes) * bytes);
  if (whole.length - records.length >= COUNTER_BYTES) return undefined;
  records.copy(whole);
  let sum = 0;
  for (let at = 0; at < whole.length; at += bytes) {
    const own = whole.readUInt32LE(at + count[bits]);
    // Where they begin is said from the record on; up to LLVM 13 it was an address.
    const begins = BigInt.asUintN(
      bits,
      wordAt(whole, at + RELATIVE_PLACE, bits) + BigInt(at) - counters.from,
    );
    if (begins + BigInt(own * COUNTER_BYTES) > BigInt(counters.count * COUNTER_BYTES)) return undefined;
    sum += own;
  }
  return sum === counters.count ? whole : undefined;
}

function words(all: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(all.length * 8);
  all.forEach((word, at) => bytes.writeBigUInt64LE(BigInt.asUintN(64, word), at * 8));
  return bytes;
}
