/**
 * What bytes of a stopped guest prove: the journal it keeps, the table it was built with. Bytes that are neither prove
 * nothing, and no byte makes it throw.
 */
import test from "ava";
import fc from "fast-check";
import type { MemoryFacts } from "../../src/core/evidence.js";
import { bytesOf } from "../../src/image/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { evidenceOf } from "../../src/image/evidence.js";
import { locateJournal, readJournal } from "../../src/image/journal.js";
import { readTableOf } from "../../src/image/plan.js";
import type { TestTable } from "../../src/image/testtab.js";
import { compile, contentOf, imageOf, VARIANTS, type Variant } from "./images.js";

const MAGIC = 0x6c746b75;
const TEXT_AT = 20 + 4 * 20;
const TEXT_BYTES = 32_768;
const LOST = 0xffffffff;
type Entry = readonly [record: number, status: number, assertions: number, failed: number, label?: number];

interface Words {
  readonly magic?: number;
  readonly room?: number;
  readonly begun?: number;
  readonly ended?: number;
  readonly findings?: number;
}

/** A journal with room for four entries, and these labels. */
function journal(entries: readonly Entry[], words: Words = {}, text = ""): Uint8Array {
  const { magic = MAGIC, room = 4, begun = entries.length, ended = 1, findings = 0 } = words;
  const labelled = entries.flatMap(([record, status, assertions, failed, label = 0]) => [
    record,
    status,
    assertions,
    failed,
    label,
  ]);
  const all = [magic, room, begun, ended, findings, ...labelled];
  const bytes = new Uint8Array(TEXT_AT + TEXT_BYTES);
  const view = new DataView(bytes.buffer);
  all.slice(0, TEXT_AT / 4).forEach((word, at) => {
    view.setUint32(4 * at, word, true);
  });
  bytes.set(Buffer.from(text, "latin1"), TEXT_AT);
  return bytes;
}

test("a journal as the guest writes it", (t) => {
  const entries: readonly Entry[] = [
    [56, 2, 3, 0],
    [112, 3, 2, 1],
    [56, 4, 0, 0],
    [168, 1, 7, 0],
  ];
  t.deepEqual(readJournal(journal(entries, { ended: 0, findings: 5 })), {
    entries: [
      { record: 56, status: "passed", assertions: 3, failed: 0 },
      { record: 112, status: "failed", assertions: 2, failed: 1 },
      { record: 56, status: "skipped", assertions: 0, failed: 0 },
      { record: 168, status: "running", assertions: 7, failed: 0 },
    ],
    lost: 0,
    ended: false,
    findings: 5,
  });
  t.deepEqual(readJournal(journal([])), { entries: [], lost: 0, ended: true, findings: 0 });
  // The bytes may lie anywhere in a larger piece of memory.
  const one = journal([[8, 2, 1, 0]]);
  const inside = new Uint8Array(one.length + 36);
  inside.set(one, 3);
  t.is(readJournal(inside.subarray(3, 3 + one.length))?.entries[0]?.record, 8);
});

test("labels of parameters; one that had no room is not there", (t) => {
  const entries: readonly Entry[] = [
    [56, 2, 1, 0, TEXT_AT],
    [56, 3, 1, 1, TEXT_AT + 2],
    [56, 2, 1, 0, LOST],
    [84, 2, 1, 0],
  ];
  const longest = "x".repeat(79);
  const read = readJournal(journal(entries, {}, `0\0${longest}\0`));
  t.deepEqual(
    read?.entries.map(({ label }) => label),
    ["0", longest, undefined, undefined],
  );
  // A text that stands at the very end of its room is still one; without its end it is none.
  const last = journal([[56, 2, 1, 0, TEXT_AT + TEXT_BYTES - 2]]);
  last[last.length - 2] = 0x41;
  t.is(readJournal(last)?.entries[0]?.label, "A");
  last[last.length - 1] = 0x42;
  t.is(readJournal(last), undefined);
});

test("a label that no guest writes was written over", (t) => {
  const at = (label: number, text: string): unknown => readJournal(journal([[56, 2, 1, 0, label]], {}, text));
  t.not(at(TEXT_AT, "a\0"), undefined);
  for (const [what, label, text] of [
    ["in the head", 4, "a"],
    ["in the entries", TEXT_AT - 1, "a"],
    ["behind the journal", TEXT_AT + TEXT_BYTES, "a"],
    ["far behind it", LOST - 1, "a"],
    ["empty", TEXT_AT, "\0"],
    ["with a slash", TEXT_AT, "a/b\0"],
    ["too long", TEXT_AT, `${"x".repeat(80)}\0`],
  ] as const)
    t.is(at(label, text), undefined, what);
});

test("more entries than there is room for are counted as lost", (t) => {
  const full = Array.from({ length: 4 }, (): Entry => [0, 2, 1, 0]);
  t.like(readJournal(journal(full, { begun: 9 })), { lost: 5 });
  t.is(readJournal(journal(full, { begun: 9 }))?.entries.length, 4);
});

test("what is no journal, or was written over, is none", (t) => {
  const good = journal([[56, 2, 3, 0]]);
  t.not(readJournal(good), undefined);
  for (const [what, bytes] of Object.entries({
    "another magic": journal([[56, 2, 3, 0]], { magic: MAGIC + 1 }),
    "never begun": new Uint8Array(good.length),
    "of the kit before": journal([[56, 2, 3, 0]], { magic: 0x6a746b75 }),
    "room for more": journal([[56, 2, 3, 0]], { room: 5 }),
    "room for less": journal([[56, 2, 3, 0]], { room: 3 }),
    "status 0": journal([[56, 0, 3, 0]]),
    "status 5": journal([[56, 5, 3, 0]]),
    "status huge": journal([[56, 0xffffffff, 3, 0]]),
    "an entry that was never written": journal([[56, 2, 3, 0]], { begun: 2 }),
    "too short for its head": good.subarray(0, 19),
    cut: good.subarray(0, good.length - 24),
    "without its text": good.subarray(0, TEXT_AT),
    nothing: new Uint8Array(0),
  }))
    t.is(readJournal(bytes), undefined, what);
  // Only 1 means that it came to its end.
  t.false(readJournal(journal([], { ended: 2 }))?.ended);
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
  return { table, now, map: evidenceOf(path) };
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
    }
    // A half of four bytes has more than its first two.
    const { map, now } = tableOf(variant, { [at]: 2, [at + 2]: 1 });
    const high = map.facts([now])?.cases.find((each) => each.name === name)?.sites[0]?.status;
    t.is(high, variant === "arm64-wide" ? "not-run" : "failed");
  }
});

test("a table that is not the image's proves nothing; counts of failures may differ", (t) => {
  const { table, map } = tableOf("x86_64");
  const suites = table.suites.map(({ address }) => Number(address - table.address) + 3 * table.wordBytes);
  const counts = new Set(suites.flatMap((at) => [at, at + 1, at + 2, at + 3]));
  for (let at = 0; at < table.recordBytes; at += 1) {
    const { now } = tableOf("x86_64", { [at]: (table.bytes[at] ?? 0) ^ 0xff });
    t.is(map.facts([now]) !== undefined, counts.has(at), `byte ${String(at)}`);
  }
  t.is(map.facts([]), undefined);
  t.is(map.facts([undefined]), undefined);
  t.is(map.facts([table.bytes.subarray(1)]), undefined);
  t.is(statuses(map.facts([table.bytes]))?.length, table.suites.flatMap(({ cases }) => cases).length);
});

test("an image without a table is refused", (t) => {
  t.throws(() => evidenceOf(compile("x86_64", ["no-table.c"])), { name: "RigError" });
});
