import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { bytesOf, type ImageBytes } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { planOf, readTableOf } from "../../src/image/plan.js";
import { readTestTable, type TestTable } from "../../src/image/testtab.js";
import {
  compile,
  contentOf,
  imageOf,
  objcopy,
  strippedImageOf,
  tool,
  VARIANTS,
  type Variant,
} from "./images.js";

const decode = (content: Uint8Array): TestTable => readTestTable(readElf(bytesOf("image", content)));

/** `name@address` of each symbol, as the tool chain says it; two files may have a symbol of the same name. */
function symbolsOf(variant: Variant): ReadonlySet<string> {
  const lines = tool("aarch64-linux-gnu-nm", [imageOf(variant === "multiboot" ? "x86_64" : variant)]).split(
    "\n",
  );
  return new Set(lines.map((line) => line.replace(/^0*([0-9a-f]+) . (.*)$/, "$2@$1")));
}

test("addresses of records and entries are those of the symbols", (t) => {
  for (const variant of VARIANTS) {
    const table = readTableOf(imageOf(variant));
    const symbols = symbolsOf(variant);
    const isAt = (name: string, address: bigint): void => {
      t.true(
        symbols.has(`${name}@${address.toString(16)}`),
        `${variant}: ${name} at ${address.toString(16)}`,
      );
    };
    isAt("uk_testtab_start", table.address);
    isAt("uk_testtab_end", table.address + BigInt(table.recordBytes));
    isAt("uk_asserttab_end", table.address + BigInt(table.bytes.length));
    for (const suite of table.suites) {
      isAt(`testsuite_${suite.name}`, suite.address);
      for (const one of suite.cases) {
        isAt(`_uk_testtab_${suite.name}_${one.name}`, one.address);
        one.entries.forEach(({ address }, n) => {
          isAt(`entries_${suite.name}__${one.name}`, address - BigInt((n + 1) * 2 * table.halfBytes));
        });
      }
    }
  }
});

test("the bytes of the table are where it says, and widths are told from the data", (t) => {
  const widths = VARIANTS.map((variant) => {
    const path = strippedImageOf(variant);
    const { bytes, fileOffset, wordBytes, halfBytes } = readTableOf(path);
    t.deepEqual(Buffer.from(bytes), contentOf(path).subarray(fileOffset, fileOffset + bytes.length));
    return [variant, wordBytes, halfBytes];
  });
  t.deepEqual(widths, [
    ["x86_64", 8, 2],
    ["x86_64-pie", 8, 2],
    ["multiboot", 8, 2],
    ["i386", 4, 2],
    ["arm64", 8, 2],
    ["arm64-pie", 8, 2],
    ["arm64-rela", 8, 2],
    ["arm64-wide", 8, 4],
  ]);
});

test("entries keep what the compiler doubled; a plan names each line once", (t) => {
  const table = readTableOf(imageOf("x86_64"));
  const beta = table.suites.find((suite) => suite.name === "foo")?.cases.find((one) => one.name === "beta");
  t.deepEqual(
    beta?.entries.map((entry) => entry.line),
    [12, 15, 15, 15, 15],
  );
  const planned = planOf(table).suites.find((suite) => suite.name === "foo");
  t.deepEqual(planned?.cases.find((one) => one.name === "beta")?.sites, [12, 15]);
});

test("statuses are read from their entries", (t) => {
  for (const variant of ["x86_64", "i386", "arm64-wide"] as const) {
    const content = contentOf(strippedImageOf(variant));
    const before = decode(content);
    const entries = before.suites.flatMap((suite) => suite.cases.flatMap((one) => one.entries));
    t.true(entries.length > 8 && entries.every((entry) => entry.status === 0));
    entries.forEach(({ address }, n) => {
      content.writeUInt16LE(1 + (n % 2), before.fileOffset + Number(address - before.address));
    });
    const after = decode(content).suites.flatMap((suite) => suite.cases.flatMap((one) => one.entries));
    t.deepEqual(
      after,
      entries.map((entry, n) => ({ ...entry, status: 1 + (n % 2) })),
    );
  }
});

test("values that are only in the relocations", (t) => {
  const table = readTableOf(imageOf("arm64-rela"));
  t.is(Buffer.from(table.bytes).readBigUInt64LE(0), 0n, "the linker left the place empty");
  t.true(table.isRelocated);
  t.is(table.suites.length, 5);

  // The same for x86_64, whose linker always fills the places.
  const path = imageOf("x86_64-pie");
  const { fileOffset, recordBytes } = readTableOf(path);
  const emptied = contentOf(path).fill(0, fileOffset, fileOffset + recordBytes);
  t.deepEqual(decode(emptied).suites, readTableOf(path).suites);
});

test("knows whether the guest's start-up code writes to the table", (t) => {
  const written = VARIANTS.filter((variant) => readTableOf(imageOf(variant)).isRelocated);
  t.deepEqual(written, ["x86_64-pie", "arm64-pie", "arm64-rela"]);
  // Relocations that the linker keeps for other tools are applied by nobody.
  t.false(readTableOf(compile("x86_64", ["first.c", "second.c"], ["-Wl,--emit-relocs"])).isRelocated);
  // Unikraft's own table of relocations is what remains after its conversion for multiboot.
  const own = objcopy(imageOf("multiboot"), "multiboot", "--rename-section", ".rodata=.uk_reloc");
  t.true(readTableOf(own).isRelocated);
});

test("reads what it needs of a large image", (t) => {
  // Debug information: sections in the middle of the file that nobody asks for.
  const large = objcopy(imageOf("x86_64"), "x86_64", "--add-section", `.debug_info=${process.execPath}`);
  const content = contentOf(large);
  let readBytes = 0;
  const whole = bytesOf("large", content);
  const counted: ImageBytes = {
    ...whole,
    read: (offset, length, what) => {
      readBytes += length;
      return whole.read(offset, length, what);
    },
  };
  t.is(readTestTable(readElf(counted)).suites.length, 5);
  t.true(content.length > 10_000_000);
  t.true(readBytes < 100_000, `${readBytes} bytes read`);
});

/** Changes a word of the table and says what the decoder then says. */
function after(change: (content: Buffer, table: TestTable) => void): string {
  const content = contentOf(strippedImageOf("x86_64"));
  change(content, decode(content));
  try {
    decode(content);
    return "accepted";
  } catch (error) {
    return error instanceof RigError ? error.message : `thrown: ${String(error)}`;
  }
}

const suiteWord =
  (field: number, value: (table: TestTable) => bigint) =>
  (content: Buffer, table: TestTable): void => {
    content.writeBigUInt64LE(value(table), table.fileOffset + field);
  };

test("a table that contradicts itself is refused with the reason", (t) => {
  // The first record is the suite-less case a_gone_too.lost of 40 bytes, then the suite at_start and its one case.
  const name = 0;
  const entries = 24;
  const suite = 40;
  const casesEnd = suite + 16;
  t.is(after(suiteWord(name, () => 0n)), "image: the name of a case is at 0x0, which the file does not hold");
  t.is(
    after(suiteWord(name, () => 0xffff_ffff_ffff_fff0n)),
    "image: the name of a case is at 0xfffffffffffffff0, which the file does not hold",
  );
  t.is(
    after(suiteWord(entries, (table) => table.address - 4n)),
    "image: the test table cannot be read: the record 0 bytes into it is neither a suite nor a case",
  );
  t.is(
    after(suiteWord(entries, (table) => table.address + BigInt(table.recordBytes))),
    "image: the test table cannot be read: the assertions of the case 0 bytes into it are not its own",
  );
  t.is(
    after(suiteWord(casesEnd, (table) => table.address + BigInt(suite + 28 + 39))),
    "image: the test table cannot be read: the record 40 bytes into it is neither a suite nor a case",
  );
  t.regex(
    after(suiteWord(casesEnd, (table) => table.address + BigInt(suite + 28 + 80))),
    /^image: the test table cannot be read: the record 108 bytes into it is neither a suite nor a case$/,
  );
});

test("entries that lie among the records, or across each other, are refused", (t) => {
  // The count of failed cases of the suite at 40 is made to look like the head of a case's entries.
  const failed = 40 + 24;
  const entriesAt = (record: number, entries: number): string =>
    after((content, table) => {
      content.writeUInt32LE(0xffff, table.fileOffset + failed);
      content.writeUInt16LE(0xffff, table.fileOffset + table.recordBytes + 2);
      content.writeBigUInt64LE(table.address + BigInt(entries), table.fileOffset + record + 24);
    });
  const refused = "image: the test table cannot be read: ";
  t.is(entriesAt(0, failed), `${refused}the record 40 bytes into it reaches into the assertions`);
  t.is(entriesAt(68, failed), `${refused}the record 68 bytes into it is neither a suite nor a case`);
  const { recordBytes } = readTableOf(strippedImageOf("x86_64"));
  t.regex(entriesAt(0, recordBytes + 2), /the assertions of the case \d+ bytes into it are not its own$/);
});

test("a text that does not end is refused", (t) => {
  const message = after((content, table) => {
    // The last text of the last segment: everything after it in the file is made non-zero.
    content.writeBigUInt64LE(table.address + BigInt(table.bytes.length) - 4n, table.fileOffset);
    content.writeUInt32LE(0x41414141, table.fileOffset + table.bytes.length - 4);
  });
  t.is(message, "image: the name of a case has no end");
});
