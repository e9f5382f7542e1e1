/**
 * The journal that a guest of the kit keeps in its memory, as data. Source of the format: `guest/include/uk/test/journal.h`.
 * It reads bytes of a stopped guest and trusts none of them.
 */
import type { Elf } from "./elf.js";

const SECTION = ".uk_testlog";
const MAGIC = 0x6a746b75;
const HEAD_BYTES = 20;
const ENTRY_BYTES = 16;

export interface JournalEntry {
  /** Distance of the record from the start of the test table, in bytes. */
  readonly record: number;
  readonly status: "running" | "passed" | "failed" | "skipped";
  readonly assertions: number;
  readonly failed: number;
}

export interface Journal {
  /** In the order in which they began; `lost` more had no room. */
  readonly entries: readonly JournalEntry[];
  readonly lost: number;
  /** The guest has come to the end of all suites. */
  readonly ended: boolean;
  /** Reports of the sanitizer, repetitions included. */
  readonly findings: number;
}

const STATUSES = [undefined, "running", "passed", "failed", "skipped"] as const;

/** Where the journal of an image lies in its guest; undefined where it keeps none. */
export function locateJournal({
  sections,
}: Elf): { readonly address: bigint; readonly bytes: number } | undefined {
  const section = sections.find(({ name }) => name === SECTION);
  return section === undefined || section.sizeBytes < HEAD_BYTES
    ? undefined
    : { address: section.address, bytes: section.sizeBytes };
}

/** Reads a journal; undefined when the guest has not begun it, or something wrote over it. */
export function readJournal(bytes: Uint8Array): Journal | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number => view.getUint32(at, true);
  if (bytes.length < HEAD_BYTES || word(0) !== MAGIC) return undefined;
  const room = Math.floor((bytes.length - HEAD_BYTES) / ENTRY_BYTES);
  const begun = word(8);
  if (word(4) !== room) return undefined;
  const entries: JournalEntry[] = [];
  for (let at = HEAD_BYTES; entries.length < Math.min(begun, room); at += ENTRY_BYTES) {
    const status = STATUSES[word(at + 4)];
    if (status === undefined) return undefined;
    entries.push({ record: word(at), status, assertions: word(at + 8), failed: word(at + 12) });
  }
  return { entries, lost: begun - entries.length, ended: word(12) === 1, findings: word(16) };
}
