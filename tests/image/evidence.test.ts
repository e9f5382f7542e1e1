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

const MAGIC = 0x6a746b75;
type Entry = readonly [record: number, status: number, assertions: number, failed: number];

interface Words {
  readonly magic?: number;
  readonly room?: number;
  readonly begun?: number;
  readonly ended?: number;
  readonly findings?: number;
}

/** A journal with room for four entries. */
function journal(entries: readonly Entry[], words: Words = {}): Uint8Array {
  const { magic = MAGIC, room = 4, begun = entries.length, ended = 1, findings = 0 } = words;
  const all = [magic, room, begun, ended, findings, ...entries.flat()];
  const bytes = new Uint8Array(20 + 4 * 16);
  const view = new DataView(bytes.buffer);
  all.slice(0, bytes.length / 4).forEach((word, at) => {
    view.setUint32(4 * at, word, true);
  });
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
  const inside = new Uint8Array(120);
  inside.set(journal([[8, 2, 1, 0]]), 3);
  t.is(readJournal(inside.subarray(3, 3 + 84))?.entries[0]?.record, 8);
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
    "never begun": new Uint8Array(84),
    "room for more": journal([[56, 2, 3, 0]], { room: 5 }),
    "room for less": journal([[56, 2, 3, 0]], { room: 3 }),
    "status 0": journal([[56, 0, 3, 0]]),
    "status 5": journal([[56, 5, 3, 0]]),
    "status huge": journal([[56, 0xffffffff, 3, 0]]),
    "an entry that was never written": journal([[56, 2, 3, 0]], { begun: 2 }),
    "too short for its head": good.subarray(0, 19),
    cut: good.subarray(0, 60),
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
