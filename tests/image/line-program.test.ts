/**
 * Line programs written by hand, every opcode and every version. What compilers write is held against other readers in
 * symbols.test.ts.
 */
import test from "ava";
import { Cursor } from "../../src/image/dwarf/cursor.js";
import { pathOf, readLineHeader } from "../../src/image/dwarf/line-header.js";
import { rowAt, runLineProgram } from "../../src/image/dwarf/line-program.js";
import type { DebugSections } from "../../src/image/dwarf/sections.js";
import { all, sectionsWith, sized, sleb, text, u8, uint, uleb } from "./dwarf-bytes.js";

const OWNER = { directory: "/build", name: "unit.c", addressBytes: 8 };
const LINE_BASE = -5;
const LINE_RANGE = 14;
const OPERANDS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];

interface Shape {
  readonly version: number;
  readonly offsetBytes?: 4 | 8;
  readonly instructionBytes?: number;
  readonly addressBytes?: number;
  readonly operands?: readonly number[];
  readonly lineRange?: number;
  readonly tables?: Buffer;
}

/** Folders `inc` and `/abs`, files `a.c` in the unit's own folder, `b.h` in `inc`, `c.h` in `/abs`. */
const OLD_TABLES = all(
  ...[text("inc"), text("/abs"), u8(0)],
  ...[text("a.c"), u8(0, 0, 0), text("b.h"), u8(1, 0, 0), text("../c.h"), u8(2, 0, 0), u8(0)],
);

/** The same with an MD5 sum in each file, texts in all three places. */
const newTables = (offsetBytes: number): Buffer =>
  all(
    ...[
      u8(1),
      uleb(1),
      uleb(0x1f),
      uleb(3),
      uint(0, offsetBytes),
      uint(7, offsetBytes),
      uint(11, offsetBytes),
    ],
    ...[u8(3), uleb(1), uleb(0x08), uleb(2), uleb(0x0b), uleb(5), uleb(0x1e), uleb(3)],
    ...[text("a.c"), u8(0), Buffer.alloc(16, 0xaa)],
    ...[text("b.h"), u8(1), Buffer.alloc(16, 0xbb)],
    ...[text("../c.h"), u8(2), Buffer.alloc(16, 0xcc)],
  );
const LINE_TEXTS = all(text("/build"), text("inc"), text("/abs/x"));

function lineProgram(shape: Shape, ...program: readonly Buffer[]): Buffer {
  const { version, offsetBytes = 4, instructionBytes = 1, addressBytes = 8, operands = OPERANDS } = shape;
  const header = all(
    u8(instructionBytes),
    ...(version >= 4 ? [u8(1)] : []),
    u8(1, LINE_BASE & 0xff, shape.lineRange ?? LINE_RANGE, operands.length + 1, ...operands),
    shape.tables ?? (version >= 5 ? newTables(offsetBytes) : OLD_TABLES),
  );
  return sized(
    all(
      uint(version, 2),
      ...(version >= 5 ? [u8(addressBytes, 0)] : []),
      uint(header.length, offsetBytes),
      header,
      ...program,
    ),
    offsetBytes,
  );
}

const extended = (code: number, body: Buffer = Buffer.alloc(0)): Buffer =>
  all(u8(0), uleb(1 + body.length), u8(code), body);
const setAddress = (address: number, width = 8): Buffer => extended(2, uint(address, width));
const END = extended(1);
const copy = u8(1);
const advancePc = (by: number): Buffer => all(u8(2), uleb(by));
const advanceLine = (by: number): Buffer => all(u8(3), sleb(by));
const setFile = (file: number): Buffer => all(u8(4), uleb(file));
const setColumn = (column: number): Buffer => all(u8(5), uleb(column));
const special = (operations: number, lines: number): Buffer =>
  u8(lines - LINE_BASE + LINE_RANGE * operations + OPERANDS.length + 1);

function read(lines: Buffer, more: Partial<DebugSections> = {}) {
  const sections = sectionsWith({ lines, lineTexts: LINE_TEXTS, ...more });
  const header = readLineHeader(new Cursor(lines, 0), sections, OWNER);
  if (header === undefined) return undefined;
  const rows = runLineProgram(header, sections.isCode);
  /** `path:line:column` of an address. */
  const at = (address: number): string | undefined => {
    const row = rowAt(rows, address);
    if (row === undefined) return undefined;
    const path = pathOf(header, OWNER, rows.files[row] ?? -1) ?? "?";
    return [path, String(rows.lines[row]), String(rows.columns[row])].join(":");
  };
  return { rows, at };
}

for (const version of [2, 3, 4, 5])
  for (const offsetBytes of [4, 8] as const)
    test(`version ${String(version)} with offsets of ${String(offsetBytes)} bytes: opcodes, folders, files`, (t) => {
      const first = version >= 5 ? 0 : 1;
      const program = [
        setAddress(0x1000),
        ...[setFile(first), setColumn(3), advanceLine(9), copy],
        special(4, 2),
        ...[setFile(first + 1), advancePc(300), advanceLine(-7), copy],
        u8(6, 7, 10, 11), // statement, basic block, end of prologue, begin of epilogue
        u8(8), // as special opcode 255, without a row
        all(u8(9), uint(0x100, 2)),
        all(u8(12), uleb(200)), // the instruction set
        ...[setFile(first + 2), setColumn(0), copy],
        advancePc(4),
        END,
      ];
      const got = read(lineProgram({ version, offsetBytes }, ...program));
      t.is(got?.at(0x0fff), undefined);
      t.is(got?.at(0x1000), "/build/a.c:10:3");
      t.is(got?.at(0x1003), "/build/a.c:10:3");
      t.is(got?.at(0x1004), "/build/a.c:12:3");
      t.is(got?.at(0x1130), "/build/inc/b.h:5:3");
      // 255 is (255 - 13) / 14 = 17 operations.
      t.is(got?.at(0x1130 + 17 + 0x100 - 1), "/build/inc/b.h:5:3");
      const folder = version >= 5 ? "/abs" : "";
      t.is(got?.at(0x1130 + 17 + 0x100), `${folder}/c.h:5:0`);
      t.is(got?.at(0x1130 + 17 + 0x100 + 4), undefined);
    });

test("addresses are counted in instructions, but for the fixed advance", (t) => {
  const got = read(
    lineProgram(
      { version: 4, instructionBytes: 4 },
      setAddress(0x4000_0000),
      copy,
      special(2, 1),
      advancePc(3),
      copy,
      all(u8(9), uint(2, 2)),
      copy,
      u8(8),
      copy,
      END,
    ),
  );
  t.deepEqual(got?.rows.addresses, [
    0x4000_0000,
    0x4000_0008,
    0x4000_0014,
    0x4000_0016,
    0x4000_0016 + 4 * 17,
  ]);
});

test("sequences stand in any order; what the linker dropped is no sequence, and state begins anew", (t) => {
  const sequence = (address: number, line: number): Buffer =>
    all(setAddress(address), advanceLine(line - 1), copy, advancePc(0x10), END);
  const got = read(lineProgram({ version: 4 }, sequence(0x3000, 30), sequence(0, 99), sequence(0x2000, 20)));
  t.deepEqual(
    got?.rows.sequences.map(({ low, high }) => [low, high]),
    [
      [0x2000, 0x2010],
      [0x3000, 0x3010],
    ],
  );
  t.is(got?.at(0x2005), "/build/a.c:20:0");
  t.is(got?.at(0x3005), "/build/a.c:30:0");
  t.is(got?.at(0x5), undefined);
  t.is(got?.at(0x2010), undefined);
});

test("of several rows with one address the last counts", (t) => {
  const rows = [setAddress(0x1000), copy, special(0, 1), special(0, 1), special(1, 1), advancePc(1), END];
  const got = read(lineProgram({ version: 4 }, ...rows));
  t.is(got?.at(0x1000), "/build/a.c:3:0");
  t.is(got?.at(0x1001), "/build/a.c:4:0");
});

test("opcodes nobody knows are skipped by what the header says of them", (t) => {
  const operands = [...OPERANDS, 2];
  const unknown = all(u8(13), uleb(1000), uleb(7), extended(0x80, u8(1, 2, 3)), extended(4, uleb(5)));
  const program = [setAddress(0x1000), unknown, copy, advancePc(1), END];
  t.is(read(lineProgram({ version: 4, operands }, ...program))?.at(0x1000), "/build/a.c:1:0");
});

test("a file that the program defines, and numbers without a file", (t) => {
  const defined = extended(3, all(text("late.h"), uleb(1), uleb(0), uleb(0)));
  const rows = [setAddress(0x1000), defined, setFile(4), copy, advancePc(1), setFile(99), copy, advancePc(1)];
  const got = read(lineProgram({ version: 4 }, ...rows, setFile(0), copy, advancePc(1), END));
  t.is(got?.at(0x1000), "/build/inc/late.h:1:0");
  t.is(got?.at(0x1001), "?:1:0");
  t.is(got?.at(0x1002), "/build/unit.c:1:0");
});

test("addresses of four bytes", (t) => {
  const program = [setAddress(0xfff0_0000, 4), copy, advancePc(1), END];
  t.is(
    read(lineProgram({ version: 5, addressBytes: 4 }, ...program))
      ?.at(0xfff0_0000)
      ?.slice(-4),
    ":1:0",
  );
});

test("texts in .debug_str, and tables without columns", (t) => {
  const inTexts = all(u8(1), uleb(1), uleb(0x0e), uleb(1), uint(2, 4));
  const files = all(u8(1), uleb(1), uleb(0x0e), uleb(1), uint(9, 4));
  const program = [setAddress(0x1000), setFile(0), copy, advancePc(1), END];
  const texts = all(text("x"), text("folder"), text("far.c"));
  const got = read(lineProgram({ version: 5, tables: all(inTexts, files) }, ...program), { texts });
  t.is(got?.at(0x1000), "folder/far.c:1:0");
  const endless = all(u8(0), uleb(2 ** 40), u8(0), uleb(2 ** 50));
  t.is(read(lineProgram({ version: 5, tables: endless }, ...program))?.at(0x1000), "/build/unit.c:1:0");
});

test("what is no line program is none", (t) => {
  t.is(read(Buffer.alloc(0)), undefined);
  t.is(read(lineProgram({ version: 6 })), undefined);
  t.is(read(lineProgram({ version: 1 })), undefined);
  t.is(read(lineProgram({ version: 4, lineRange: 0 })), undefined);
  const whole = lineProgram({ version: 4 }, setAddress(0x1000), copy, advancePc(16), copy, advancePc(1), END);
  for (let length = 0; length < whole.length; length += 1) t.notThrows(() => read(whole.subarray(0, length)));
});
