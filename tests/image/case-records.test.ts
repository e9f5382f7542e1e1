/** Where an image keeps the pointers by which it calls its cases, against what they point to. */
import test from "ava";
import { caseRecords } from "../../src/image/case-records.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { type Elf, readElf } from "../../src/image/elf.js";
import { readTestTable } from "../../src/image/testtab.js";
import { tableOf } from "../../src/run/boots/case-rows.js";
import type { Plan } from "../../src/core/plan.js";
import { compile, contentOf, imageOf, objcopy } from "./images.js";

const elfOf = (path: string): Elf => readElf(bytesOf(path, contentOf(path)));
const SOURCES = ["first.c", "second.c", "runner.c"];

for (const variant of ["x86_64", "i386", "arm64", "arm64-wide"] as const)
  test(`the pointers are those of the table: ${variant}`, (t) => {
    const elf = elfOf(compile(variant, SOURCES));
    const table = readTestTable(elf);
    const records = caseRecords(elf, table);
    t.true((records?.runner.bytes ?? 0) > 0);
    t.is(records?.suites.size, table.suites.length);
    const word = (address: number): bigint => {
      const at = address - Number(table.address);
      const bytes = Buffer.from(table.bytes);
      return table.wordBytes === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));
    };
    for (const { name, cases } of table.suites) {
      const pointers = records?.suites.get(name);
      if (pointers === undefined) return t.fail(name);
      cases.forEach((one, place) => {
        t.is(word(pointers.functionAt(place)), one.function, `${name}.${one.name}`);
      });
      const last = cases.at(-1);
      if (last !== undefined) t.is(word(pointers.end), last.address + BigInt(5 * table.wordBytes), name);
    }
  });

test("without a runner of a known size nothing is known", (t) => {
  const of = (path: string) => caseRecords(elfOf(path), readTestTable(elfOf(path)));
  t.is(of(imageOf("x86_64")), undefined);
  const sizeless = objcopy(
    imageOf("x86_64"),
    "x86_64",
    "--add-symbol",
    "uk_testsuite_run=.text:0,function,global",
  );
  t.is(of(sizeless), undefined);
  const elf = elfOf(compile("x86_64", SOURCES));
  const table = readTestTable(elf);
  t.is(caseRecords(elf, { ...table, suites: [...table.suites, ...table.suites] }), undefined, "names twice");
});

test("places in a boot are those of the cases that were selected; with an unknown one there are none", (t) => {
  const part = (...cases: readonly string[]): Plan =>
    ({ suites: [{ name: "s", cases: cases.map((name) => ({ name })) }] }) as unknown as Plan;
  const records = {
    runner: { address: 16, bytes: 32 },
    suites: new Map([["s", { functionAt: (place: number) => 100 + 10 * place, end: 90 }]]),
  };
  t.deepEqual(tableOf(records, [[7, 8]], part("b", "d")), {
    caller: records.runner,
    rows: [{ functions: [100, 110], end: 90 }],
  });
  t.is(tableOf(records, [[7]], part("b", "d")), undefined);
  t.is(tableOf({ ...records, suites: new Map() }, [[7, 8]], part("b", "d")), undefined);
});
