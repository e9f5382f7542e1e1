/**
 * The journal that a guest of the kit keeps in its memory, as data. Source of the format: `guest/include/uk/test/journal.h`.
 * It reads bytes of a stopped guest and trusts none of them.
 */
import type { Elf } from "./elf.js";

const SECTION = ".uk_testlog";
const MAGIC = 0x6c746b75;
const HEAD_BYTES = 20;
const ENTRY_BYTES = 20;
const TEXT_BYTES = 32_768;

/** In the place of a label. */
const UNLABELLED = 0;
const LABEL_LOST = 0xffffffff;

/** What the guest lets into a label; see `format_label` in guest/lib/uktest/case.c. */
const LABEL_CHARS = 79;
const LABEL = /^[A-Za-z0-9_.+-]+$/;

export interface JournalEntry {
  /** Distance of the record from the start of the test table, in bytes. */
  readonly record: number;
  readonly status: "running" | "passed" | "failed" | "skipped";
  readonly assertions: number;
  readonly failed: number;
  /** Of its parameter; absent where there is none, or was no room for it. */
  readonly label?: string;
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
  if (bytes.length < HEAD_BYTES + TEXT_BYTES || word(0) !== MAGIC) return undefined;
  const room = Math.floor((bytes.length - HEAD_BYTES - TEXT_BYTES) / ENTRY_BYTES);
  const begun = word(8);
  if (word(4) !== room) return undefined;
  const textAt = HEAD_BYTES + room * ENTRY_BYTES;
  const entries: JournalEntry[] = [];
  for (let at = HEAD_BYTES; entries.length < Math.min(begun, room); at += ENTRY_BYTES) {
    const status = STATUSES[word(at + 4)];
    const label = labelAt(bytes, word(at + 16), textAt);
    if (status === undefined || label === undefined) return undefined;
    entries.push({ record: word(at), status, assertions: word(at + 8), failed: word(at + 12), ...label });
  }
  return { entries, lost: begun - entries.length, ended: word(12) === 1, findings: word(16) };
}

/** The label of an entry, if it has one; undefined where there can be none. */
function labelAt(bytes: Uint8Array, at: number, textAt: number): { readonly label?: string } | undefined {
  if (at === UNLABELLED || at === LABEL_LOST) return {};
  const end = at < textAt ? -1 : bytes.indexOf(0, at);
  const label =
    end < 0 ? "" : String.fromCharCode(...bytes.subarray(at, Math.min(end, at + LABEL_CHARS + 1)));
  return label.length <= LABEL_CHARS && LABEL.test(label) ? { label } : undefined;
}
