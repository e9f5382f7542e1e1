/**
 * What bytes of a stopped guest prove: the journal it keeps, the table it was built with. Bytes that are neither prove
 * nothing, and no byte makes it throw.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import type { MemoryFacts } from "../../src/core/evidence.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { type Journal, locateJournal, readJournal } from "../../src/image/journal.js";
import { readImage, readTableOf } from "../../src/image/plan.js";
import type { TestTable } from "../../src/image/testtab.js";
import { compile, contentOf, imageOf, VARIANTS, type Variant } from "./images.js";

const MAGIC = 0x326b7475;
const HEAD_WORDS = 10;
const ENTRY_WORDS = 7;
const ROOM = 4;
const TEXT_AT = 4 * (HEAD_WORDS + ROOM * ENTRY_WORDS);
const TEXT_BYTES = 32_768;
const LOST = 0xffffffff;
const [CASE, INIT, EXIT] = [1, 2, 3];
type Entry = readonly [
  record: number,
  kind: number,
  status: number,
  assertions: number,
  failed: number,
  label?: number,
];

interface Words {
  readonly magic?: number;
  readonly room?: number;
  readonly begun?: number;
  readonly ended?: number;
  readonly findings?: number;
  readonly outside?: number;
  readonly totals?: readonly [passed: number, failed: number, skipped: number];
}

/** Written from docs/protocol.md, apart from the reader: FNV-1a over words, seeded with the number of the entry. */
function seal(words: readonly number[], seed: number): number {
  return words.reduce((hash, word) => Math.imul(hash ^ word, 16_777_619), 2_166_136_261 ^ seed) >>> 0;
}

/** A journal with room for four entries, and these labels; sealed as the guest seals it. */
function journal(entries: readonly Entry[], words: Words = {}, text = ""): Uint8Array {
  const { magic = MAGIC, room = ROOM, begun = entries.length, ended = 1, findings = 0, outside = 0 } = words;
  const of = (wanted: number): number => entries.filter(([, , status]) => status === wanted).length;
  const { totals = [of(2), of(3), of(4)] } = words;
  const head = [magic, room, begun, ended, findings, ...totals, outside];
  const labelled = entries.flatMap(([record, kind, status, assertions, failed, label = 0], nth) => {
    const own = [record, kind, status, assertions, failed, label];
    return [...own, seal(own, nth)];
  });
  const bytes = new Uint8Array(TEXT_AT + TEXT_BYTES);
  const view = new DataView(bytes.buffer);
  [...head, seal(head, 0), ...labelled].slice(0, TEXT_AT / 4).forEach((word, at) => {
    view.setUint32(4 * at, word, true);
  });
  bytes.set(Buffer.from(text, "latin1"), TEXT_AT);
  return bytes;
}

/** What is read of a journal that has to be whole. */
function read(bytes: Uint8Array): Journal | undefined {
  const found = readJournal(bytes);
  return typeof found === "object" && "entries" in found ? found : undefined;
}

/** Why a journal is not believed. */
function refusal(bytes: Uint8Array): string | undefined {
  const found = readJournal(bytes);
  return typeof found === "object" && "broken" in found ? found.broken : undefined;
}

const RUN: readonly Entry[] = [
  [28, INIT, 2, 1, 1],
  [56, CASE, 2, 3, 0],
  [112, CASE, 3, 2, 1],
  [56, CASE, 4, 0, 0],
];

test("a journal as the guest writes it", (t) => {
  t.deepEqual(readJournal(journal(RUN, { findings: 5, outside: 2 })), {
    entries: [
      { record: 28, kind: "init", status: "passed", assertions: 1, failed: 1 },
      { record: 56, kind: "case", status: "passed", assertions: 3, failed: 0 },
      { record: 112, kind: "case", status: "failed", assertions: 2, failed: 1 },
      { record: 56, kind: "case", status: "skipped", assertions: 0, failed: 0 },
    ],
    lost: 0,
    ended: true,
    findings: 5,
    failedOutside: 2,
  });
  t.like(read(journal([[28, EXIT, 1, 0, 0]], { ended: 0 })), { ended: false });
  t.is(read(journal([[28, EXIT, 1, 0, 0]], { ended: 0 }))?.entries[0]?.kind, "exit");
  t.deepEqual(read(journal([])), { entries: [], lost: 0, ended: true, findings: 0, failedOutside: 0 });
  // The bytes may lie anywhere in a larger piece of memory.
  const one = journal([[8, CASE, 2, 1, 0]]);
  const inside = new Uint8Array(one.length + 36);
  inside.set(one, 3);
  t.is(read(inside.subarray(3, 3 + one.length))?.entries[0]?.record, 8);
});

test("labels of parameters; one that had no room is not there", (t) => {
  const entries: readonly Entry[] = [
    [56, CASE, 2, 1, 0, TEXT_AT],
    [56, CASE, 3, 1, 1, TEXT_AT + 2],
    [56, CASE, 2, 1, 0, LOST],
    [84, CASE, 2, 1, 0],
  ];
  const longest = "x".repeat(79);
  t.deepEqual(
    read(journal(entries, {}, `0\0${longest}\0`))?.entries.map(({ label }) => label),
    ["0", longest, undefined, undefined],
  );
  // A text that stands at the very end of its room is still one; without its end it is none.
  const last = journal([[56, CASE, 2, 1, 0, TEXT_AT + TEXT_BYTES - 2]]);
  last[last.length - 2] = 0x41;
  t.is(read(last)?.entries[0]?.label, "A");
  last[last.length - 1] = 0x42;
  t.regex(refusal(last) ?? "", /entry that was overwritten \(number 0\)/);
});

test("a label that no guest writes was written over", (t) => {
  const at = (label: number, text: string): Uint8Array => journal([[56, CASE, 2, 1, 0, label]], {}, text);
  t.not(read(at(TEXT_AT, "a\0")), undefined);
  for (const [what, label, text] of [
    ["in the head", 4, "a"],
    ["in the entries", TEXT_AT - 1, "a"],
    ["after the journal", TEXT_AT + TEXT_BYTES, "a"],
    ["far after it", LOST - 1, "a"],
    ["empty", TEXT_AT, "\0"],
    ["with a slash", TEXT_AT, "a/b\0"],
    ["too long", TEXT_AT, `${"x".repeat(80)}\0`],
  ] as const)
    t.regex(refusal(at(label, text)) ?? "", /overwritten/, what);
});

test("more entries than there is room for are counted as lost", (t) => {
  const full = Array.from({ length: ROOM }, (): Entry => [0, CASE, 2, 1, 0]);
  const found = read(journal(full, { begun: 9, totals: [8, 1, 0] }));
  t.like(found, { lost: 5 });
  t.is(found?.entries.length, ROOM);
  t.regex(refusal(journal(full, { begun: 9, totals: [3, 1, 0] })) ?? "", /counts 3 as passed and holds 4/);
});

test("what contradicts itself is not believed, and the contradiction is named", (t) => {
  const of = (entry: Entry, words: Words = {}): Uint8Array => journal([entry], words);
  for (const [bytes, words] of [
    [of([56, CASE, 2, 3, 0], { magic: MAGIC + 1 }), /damaged head/],
    [of([56, CASE, 2, 3, 0], { room: 5 }), /damaged head/],
    [of([56, CASE, 2, 3, 0], { room: 3 }), /damaged head/],
    [of([56, CASE, 2, 3, 0], { ended: 2 }), /damaged head/],
    [of([56, CASE, 0, 3, 0]), /overwritten/],
    [of([56, CASE, 5, 3, 0]), /overwritten/],
    [of([56, 0, 2, 3, 0]), /overwritten/],
    [of([56, 4, 2, 3, 0]), /overwritten/],
    [of([56, CASE, 2, 3, 0], { begun: 2 }), /number 1/],
    [of([56, CASE, 2, 3, 1]), /passed case with failures/],
    [of([56, CASE, 3, 3, 4]), /more failures than assertions/],
    [of([56, CASE, 1, 3, 0], { ended: 0 }), /result of a case that still runs/],
    [of([56, CASE, 1, 0, 0], { ended: 1 }), /closed, and a case in it still runs/],
    [of([56, CASE, 2, 3, 0], { totals: [0, 1, 0] }), /counts 0 as passed and holds 1/],
    [of([56, CASE, 2, 3, 0], { totals: [1, 1, 0] }), /counts 1 as failed and holds 0/],
    [of([56, CASE, 2, 3, 0], { totals: [1, 0, 2] }), /counts 2 as skipped and holds 0/],
    [journal([]).subarray(0, 39), /too short/],
    [journal([]).subarray(0, TEXT_AT), /too short|damaged head/],
    [new Uint8Array(0), /too short/],
  ] as const)
    t.regex(refusal(bytes) ?? "it is believed", words);
  t.is(readJournal(new Uint8Array(journal([]).length)), "unbegun");
  t.is(readJournal(journal(RUN, { magic: 0x6c746b75 })), "older", "of a kit without seals");
});

test("one word that changes is always seen, whatever it becomes", (t) => {
  const whole = journal(RUN, { findings: 1, outside: 1 });
  const words = HEAD_WORDS + RUN.length * ENTRY_WORDS;
  fc.assert(
    fc.property(fc.nat(words - 1), fc.integer({ min: 1, max: 0xffffffff }), (at, change) => {
      const bytes = Uint8Array.from(whole);
      const view = new DataView(bytes.buffer);
      view.setUint32(4 * at, (view.getUint32(4 * at, true) ^ change) >>> 0, true);
      const found = readJournal(bytes);
      t.true(typeof found === "string" ? found === "older" : "broken" in found, `word ${String(at)}`);
    }),
    { numRuns: amount(2000, 333) },
  );
});

test("no bytes make it throw", (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.boolean(), (bytes, isMarked) => {
      if (isMarked) bytes.set(journal([]).subarray(0, Math.min(8, bytes.length)));
      t.notThrows(() => readJournal(bytes));
      const whole = journal([]);
      whole.set(bytes.subarray(0, 80), isMarked ? 20 : 0);
      whole[8] = 4;
      t.notThrows(() => readJournal(whole));
    }),
  );
});

const without = (path: string): ReturnType<typeof locateJournal> =>
  locateJournal(readElf(bytesOf(path, contentOf(path))));

test("an image of another kit keeps no journal", (t) => {
  t.is(without(imageOf("x86_64")), undefined);
});

/** Where the status of a site stands in a table. */
const siteAt = (table: TestTable, suite: number, one: number, site: number): number =>
  Number((table.suites[suite]?.cases[one]?.entries[site]?.address ?? 0n) - table.address);

/** The table of an image in memory, with these bytes changed. */
function tableOf(variant: Variant, changes: Readonly<Record<number, number>> = {}) {
  const path = imageOf(variant);
  const table = readTableOf(path);
  const now = Uint8Array.from(table.bytes);
  for (const [at, value] of Object.entries(changes)) now[Number(at)] = value;
  return { table, now, map: readImage(path).evidence };
}

const statuses = (facts: MemoryFacts | undefined): readonly (readonly string[])[] | undefined =>
  facts?.cases.map(({ sites }) => sites.map(({ status }) => status));

test("the table of a guest that has not run says so, on every architecture and width", (t) => {
  for (const variant of VARIANTS) {
    const { table, now, map } = tableOf(variant);
    t.deepEqual(map.ranges, [{ address: Number(table.address), bytes: table.bytes.length }], variant);
    const facts = map.facts([now]);
    const cases = table.suites.flatMap((suite) => suite.cases.map((one) => `${suite.name}.${one.name}`));
    t.deepEqual(
      facts?.cases.map(({ suite, name }) => `${suite}.${name}`),
      cases,
      variant,
    );
    t.true(
      facts?.cases.flatMap(({ sites }) => sites).every(({ status }) => status === "not-run"),
      variant,
    );
    t.true(facts?.cases.every(({ results }) => results === undefined));
    t.is(facts?.journal, undefined);
    t.true(facts?.suites.every(({ init }) => init === "unknown"));
  }
});

test("statuses of sites, in halves of two bytes and of four", (t) => {
  for (const variant of ["x86_64", "i386", "arm64-wide"] as const) {
    const { table } = tableOf(variant);
    t.is(table.halfBytes, variant === "arm64-wide" ? 4 : 2);
    const suite = table.suites.findIndex(({ cases }) => cases.some(({ entries }) => entries.length > 0));
    const one = table.suites[suite]?.cases.findIndex(({ entries }) => entries.length > 0) ?? 0;
    const at = siteAt(table, suite, one, 0);
    const name = table.suites[suite]?.cases[one]?.name;
    for (const [value, word] of [
      [1, "passed"],
      [2, "failed"],
      [3, "omitted"],
      [4, "omitted"],
      [5, "not-run"],
      [255, "not-run"],
    ] as const) {
      const { map, now } = tableOf(variant, { [at]: value });
      const known = map.facts([now])?.cases.find((each) => each.name === name);
      t.is(known?.sites[0]?.status, word, `${variant} ${String(value)}`);
      t.is(map.facts([now])?.broken !== undefined, value > 4, `${variant} ${String(value)}`);
    }
    // A half of four bytes has more than its first two.
    const { map, now } = tableOf(variant, { [at]: 2, [at + 2]: 1 });
    const high = map.facts([now])?.cases.find((each) => each.name === name)?.sites[0]?.status;
    t.is(high, variant === "arm64-wide" ? "not-run" : "failed");
  }
});

test("a table that was overwritten is named; counts of failures and statuses may differ", (t) => {
  const { table, map } = tableOf("x86_64");
  const suites = table.suites.map(({ address }) => Number(address - table.address) + 3 * table.wordBytes);
  const counts = new Set(suites.flatMap((at) => [at, at + 1, at + 2, at + 3]));
  for (let at = 0; at < table.bytes.length; at += 1) {
    const { now } = tableOf("x86_64", { [at]: (table.bytes[at] ?? 0) ^ 0xff });
    const { broken } = map.facts([now]) ?? {};
    t.is(broken, counts.has(at) ? undefined : "the guest's test table was overwritten", String(at));
  }
  t.is(map.facts([]), undefined);
  t.is(map.facts([undefined]), undefined);
  t.is(map.facts([table.bytes.subarray(1)]), undefined);
  t.is(statuses(map.facts([table.bytes]))?.length, table.suites.flatMap(({ cases }) => cases).length);
  // Memory that never held the table is no witness at all.
  t.is(map.facts([new Uint8Array(table.bytes.length)]), undefined);
});

test("an image without a table is refused", (t) => {
  t.throws(() => readImage(compile("x86_64", ["no-table.c"])), { name: "RigError" });
});
