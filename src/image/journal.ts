/**
 * The journal that a guest of the kit keeps in its memory, as data. Source of the format: `guest/lib/uktest/include/uk/test/journal.h`.
 * It reads bytes of a stopped guest and trusts none of them: a journal that contradicts itself is named as broken.
 */
import type { Elf } from "./elf.js";

const SECTION = ".uk_testlog";
const MAGIC = 0x326b7475;
/** Of a kit of uktest 0.1.0, whose journal had no seals: it is not read. */
const OLDER_MAGIC = 0x6c746b75;
const HEAD_WORDS = 10;
const HEAD_BYTES = 4 * HEAD_WORDS;
const ENTRY_WORDS = 7;
const ENTRY_BYTES = 4 * ENTRY_WORDS;
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
  readonly kind: "case" | "init" | "exit";
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
  /** Assertions that failed while no suite ran. */
  readonly failedOutside: number;
}

/** A journal that the guest has not begun, one of an older kit, or one in which something cannot be, in words. */
export type UnreadJournal = "unbegun" | "older" | { readonly broken: string };

const KINDS = [undefined, "case", "init", "exit"] as const;
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

/** FNV-1a over 32-bit words, as `journal_seal` in guest/lib/uktest/journal.c has it. */
export function sealOf(view: DataView, at: number, words: number, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let nth = 0; nth < words; nth += 1)
    hash = Math.imul(hash ^ view.getUint32(at + 4 * nth, true), 0x01000193);
  return hash >>> 0;
}

const broken = (words: string): UnreadJournal => ({ broken: `the guest's journal ${words}` });

/** Reads a journal whose bytes are those of the image's section. */
export function readJournal(bytes: Uint8Array): Journal | UnreadJournal {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const room = Math.floor((bytes.length - HEAD_BYTES - TEXT_BYTES) / ENTRY_BYTES);
  if (room < 0) return broken("is too short");
  const head = Array.from({ length: HEAD_WORDS }, (_, nth) => view.getUint32(4 * nth, true));
  if (head.every((word) => word === 0)) return "unbegun";
  const [
    magic,
    said,
    begun = 0,
    ended,
    findings = 0,
    passed = 0,
    failed = 0,
    skipped = 0,
    outside = 0,
    seal,
  ] = head;
  if (magic === OLDER_MAGIC) return "older";
  if (magic !== MAGIC || said !== room || (ended ?? 2) > 1) return broken("has a damaged head");
  if (seal !== sealOf(view, 0, HEAD_WORDS - 1, 0)) return broken("has a head that was overwritten");
  const entries: JournalEntry[] = [];
  for (let nth = 0; nth < Math.min(begun, room); nth += 1) {
    const entry = entryAt(bytes, view, nth, room);
    if (entry === undefined) return broken(`has an entry that was overwritten (number ${String(nth)})`);
    entries.push(entry);
  }
  const journal = {
    entries,
    lost: begun - entries.length,
    ended: ended === 1,
    findings,
    failedOutside: outside,
  };
  const wrong = contradiction(journal, { passed, failed, skipped });
  return wrong === undefined ? journal : broken(wrong);
}

/** The entry with a number; undefined where its words cannot be what the guest wrote. */
function entryAt(bytes: Uint8Array, view: DataView, nth: number, room: number): JournalEntry | undefined {
  const at = HEAD_BYTES + nth * ENTRY_BYTES;
  const word = (index: number): number => view.getUint32(at + 4 * index, true);
  if (word(ENTRY_WORDS - 1) !== sealOf(view, at, ENTRY_WORDS - 1, nth)) return undefined;
  const kind = KINDS[word(1)];
  const status = STATUSES[word(2)];
  const label = labelAt(bytes, word(5), HEAD_BYTES + room * ENTRY_BYTES);
  if (kind === undefined || status === undefined || label === undefined) return undefined;
  return { record: word(0), kind, status, assertions: word(3), failed: word(4), ...label };
}

type Totals = Readonly<Record<"passed" | "failed" | "skipped", number>>;

/** What in the journal cannot be true at once, in words; entries that had no room are only in the totals. */
function contradiction({ entries, lost, ended }: Journal, totals: Totals): string | undefined {
  const counts = { running: 0, passed: 0, failed: 0, skipped: 0 };
  for (const { kind, status, assertions, failed } of entries) {
    counts[status] += 1;
    if (failed > assertions) return "has more failures than assertions";
    if (status === "passed" && failed > 0 && kind === "case") return "has a passed case with failures";
    if (status === "running" && assertions > 0) return "has a result of a case that still runs";
  }
  if (ended && counts.running > 0) return "is closed, and a case in it still runs";
  for (const status of ["passed", "failed", "skipped"] as const) {
    const differs = lost === 0 ? totals[status] !== counts[status] : totals[status] < counts[status];
    if (differs) return `counts ${String(totals[status])} as ${status} and holds ${String(counts[status])}`;
  }
  return undefined;
}

/** The label of an entry, if it has one; undefined where there can be none. */
function labelAt(bytes: Uint8Array, at: number, textAt: number): { readonly label?: string } | undefined {
  if (at === UNLABELLED || at === LABEL_LOST) return {};
  const end = at < textAt ? -1 : bytes.indexOf(0, at);
  const label =
    end < 0 ? "" : String.fromCharCode(...bytes.subarray(at, Math.min(end, at + LABEL_CHARS + 1)));
  return label.length <= LABEL_CHARS && LABEL.test(label) ? { label } : undefined;
}
