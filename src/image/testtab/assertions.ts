/**
 * Reads the entries of the assertion table: a header for each case, then its sites with status and line.
 * It decides how wide an entry is; it does not decide what a status means for a run.
 */
import type { Architecture } from "../elf.js";
import type { HalfBytes, TableBytes, WordBytes } from "./layout.js";
import type { CaseSlot, Contradiction } from "./records.js";

export interface AssertionEntry {
  /** Address of the status, which is the first field of the entry. */
  readonly address: bigint;
  /** 0 not run, 1 success, 2 failure; in an image always 0. */
  readonly status: number;
  readonly line: number;
}

export interface CaseEntries {
  /** Line of the case's own definition. */
  readonly line: number;
  readonly sites: readonly AssertionEntry[];
}

const HEADER = 0xffff;

/**
 * Width of the halves. Up to Unikraft 0.7 the entries were written with a directive that means two bytes on x86 and
 * four on arm64; then the half after the mark of a header is zero, which as a line no case can have.
 */
export function halfBytesOf(
  table: TableBytes,
  cases: readonly CaseSlot[],
  machine: { readonly architecture: Architecture; readonly wordBytes: WordBytes },
): HalfBytes {
  if (machine.architecture !== "arm64" || machine.wordBytes !== 8 || cases.length === 0) return 2;
  return cases.every((one) => table.bytes.readUInt16LE(one.assertions + 2) === 0) ? 4 : 2;
}

/** Checks that the cases share no entry, so that reading all of them reads each entry once. */
export function overlap(cases: readonly CaseSlot[], halfBytes: HalfBytes): Contradiction | undefined {
  const first = cases.reduce((least, one) => Math.min(least, one.assertions), Infinity);
  const seen = new Set<number>();
  for (const { offset, assertions } of cases) {
    if (seen.has(assertions) || (assertions - first) % (2 * halfBytes) !== 0) {
      return { contradiction: `the assertions of the case ${offset} bytes into it are not its own` };
    }
    seen.add(assertions);
  }
  return undefined;
}

/** The entries of one case: from its header to the next header, or to the end of the table. */
export function entriesAt(table: TableBytes, header: number, halfBytes: HalfBytes): CaseEntries {
  const half = (at: number): number =>
    halfBytes === 2 ? table.bytes.readUInt16LE(at) : table.bytes.readUInt32LE(at);
  const stride = 2 * halfBytes;
  const room = table.bytes.length - stride;
  const sites: AssertionEntry[] = [];
  for (let at = header + stride; at <= room && half(at) !== HEADER; at += stride) {
    const line = half(at + halfBytes);
    // Zeros after the last entry are the linker's, not a site.
    if (line !== 0) sites.push({ address: table.address + BigInt(at), status: half(at), line });
  }
  return { line: header <= room ? half(header + halfBytes) : 0, sites };
}
