/**
 * The tables of a boot: which functions they call, what these are called, and how one of them is left out.
 */
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { functionNameAt, initEntriesOf, type InitEntry } from "../../src/image/init-table.js";
import { readTestTable } from "../../src/image/testtab.js";
import { compile, contentOf, objcopy, type Compiler } from "./images.js";
import { allOf, select, started } from "./selecting.js";

const COMPILERS: readonly Compiler[] = ["x86_64", "i386", "arm64", "x86_64-pie", "arm64-pie", "arm64-rela"];
const image = (compiler: Compiler, words: 1 | 2): string =>
  compile(compiler, ["boot.c"], [`-DWORDS=${words}`]);

function entriesIn(content: Uint8Array): readonly InitEntry[] {
  const elf = readElf(bytesOf("image", content));
  return initEntriesOf(elf, readTestTable(elf));
}

test("the functions of a boot, in order, with their names and suites", (t) => {
  for (const compiler of COMPILERS)
    for (const words of [1, 2] as const) {
      const content = contentOf(image(compiler, words));
      const entries = entriesIn(content);
      t.deepEqual(
        entries.map(({ kind, name, suite }) => [kind, name, suite]),
        [
          ["constructor", "construct", undefined],
          ["constructor", "testsuite_run_beta", "beta"],
          ["init", "quick", undefined],
          ["init", "random_init", undefined],
          ["init", "testsuite_run_alpha", "alpha"],
        ],
        compiler,
      );
      const word = compiler === "i386" ? 4 : 8;
      t.deepEqual(new Set(entries.slice(2).map(({ sizeBytes }) => sizeBytes)), new Set([words * word]));
      const elf = readElf(bytesOf("image", content));
      for (const { target, name } of entries) t.is(functionNameAt(elf, target), name);
      t.is(functionNameAt(elf, 1n), undefined);
    }
});

test("without symbols the functions are still found, and have no names", (t) => {
  for (const compiler of COMPILERS) {
    const path = image(compiler, 1);
    const stripped = entriesIn(contentOf(objcopy(path, compiler, "--strip-all")));
    const whole = entriesIn(contentOf(path));
    t.deepEqual(
      stripped.map(({ target }) => target),
      whole.map(({ target }) => target),
    );
    t.true(stripped.every(({ name, suite }) => name === undefined && suite === undefined));
  }
});

const targetOf = (content: Uint8Array, wanted: string): bigint =>
  entriesIn(content).find(({ name }) => name === wanted)?.target ?? 0n;

/** The functions of the init table and of the constructors after start-up; a number where an entry has no name. */
const calledIn = (content: Buffer): readonly (string | bigint)[] =>
  entriesIn(started(content)).map(({ name, target }) => name ?? target);

test("an entry of two words is emptied, with the function that undoes it", (t) => {
  for (const compiler of COMPILERS) {
    const content = contentOf(image(compiler, 2));
    const result = select(content, allOf(content), { without: [targetOf(content, "random_init")] });
    t.deepEqual(
      calledIn(result),
      ["construct", "testsuite_run_beta", "quick", 0n, "testsuite_run_alpha"],
      compiler,
    );
    const undo = targetOf(content, "random_init");
    t.true(undo > 0n);
    const entry = entriesIn(content)[3];
    const memory = started(result);
    const { sections } = readElf(bytesOf("image", memory));
    const table = sections.find(({ name }) => name === ".uk_inittab");
    const at = (table?.offset ?? 0) + Number((entry?.address ?? 0n) - (table?.address ?? 0n));
    t.deepEqual([...memory.subarray(at, at + (entry?.sizeBytes ?? 0))].filter(Boolean), [], compiler);
  }
});

test("an entry of one word may not be empty: it calls code that returns 0", (t) => {
  for (const compiler of COMPILERS) {
    const content = contentOf(image(compiler, 1));
    const result = select(content, allOf(content), { without: [targetOf(content, "random_init")] });
    const called = calledIn(result);
    t.deepEqual(called.toSpliced(3, 1), ["construct", "testsuite_run_beta", "quick", "testsuite_run_alpha"]);
    const { sections } = readElf(bytesOf("image", result));
    const text = sections.find(({ name }) => name === ".text");
    const address = entriesIn(started(result))[3]?.target ?? 0n;
    const at = (text?.offset ?? 0) + Number(address - (text?.address ?? 0n));
    const code = result.subarray(at, at + 8).toString("hex");
    t.regex(
      code,
      compiler.startsWith("arm64") ? /^0000805[2a]c0035fd6|^000080d2c0035fd6/ : /^3[13]c0c3/,
      compiler,
    );
  }
});

test("a constructor that is left out returns at once", (t) => {
  for (const compiler of COMPILERS) {
    const content = contentOf(image(compiler, 1));
    const result = select(content, allOf(content), { without: [targetOf(content, "construct")] });
    const { sections } = readElf(bytesOf("image", result));
    const text = sections.find(({ name }) => name === ".text");
    const address = entriesIn(started(result))[0]?.target ?? 0n;
    t.not(address, targetOf(content, "construct"));
    const at = (text?.offset ?? 0) + Number(address - (text?.address ?? 0n));
    const code = result.subarray(at, at + 4).toString("hex");
    t.regex(code, compiler.startsWith("arm64") ? /^c0035fd6/ : /^c3/, compiler);
  }
});

test("a function that the boot does not call is refused", (t) => {
  const content = contentOf(image("x86_64", 1));
  for (const address of [0n, 0x1234n]) {
    const error = t.throws(() => select(content, allOf(content), { without: [address] }), {
      instanceOf: RigError,
      message: `image: the boot calls no init function at 0x${address.toString(16)}`,
    });
    t.truthy(error.hint);
  }
});

test("an image whose init table is not that of its symbols is refused", (t) => {
  const content = contentOf(image("x86_64", 1));
  const symbols = { name: "image.dbg", content };
  const other = Buffer.from(content);
  const table = readElf(bytesOf("image", other)).sections.find(({ name }) => name === ".uk_inittab");
  other.writeBigUInt64LE(0x100040n, (table?.offset ?? 0) + 8);
  const without = [targetOf(content, "random_init")];
  t.throws(() => select(other, allOf(content), { symbols, without }), {
    instanceOf: RigError,
    message: "image: does not hold the tables of image.dbg",
  });
});
