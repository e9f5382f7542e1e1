import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { readPlan } from "../../src/image/plan.js";
import { compile, contentOf, imageOf, newPath, objcopy, strippedImageOf, tool } from "./images.js";

/** The error of a path, which has to be one for users. */
function refusal(read: () => unknown): { readonly message: string; readonly hint: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof RigError && error.hint !== undefined)
      return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error("nothing was refused");
}

test("paths that are no image", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "uktest-elf-"));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const empty = join(folder, "empty");
  writeFileSync(empty, "");
  const text = join(folder, "text");
  writeFileSync(text, "#!/bin/sh\n");
  const missing = join(folder, "missing");
  const said = [missing, join(text, "below"), folder, pipe, empty, text].map((path) =>
    refusal(() => readPlan(path)).message.replaceAll(folder, ""),
  );
  t.deepEqual(said, [
    "cannot read the image /missing: no such file",
    "cannot read the image /text/below: no such file",
    "cannot read the image : not a regular file",
    "cannot read the image /pipe: not a regular file",
    "/empty: not an ELF file",
    "/text: not an ELF file",
  ]);
  t.regex(refusal(() => readPlan(text)).hint, /\.dbg/);
});

test("ELF files that are no guest", (t) => {
  const object = newPath();
  tool("gcc", ["-c", "no-table.c", "-o", object]);
  const changed = (offset: number, value: number): Buffer => {
    const content = contentOf(imageOf("x86_64"));
    content[offset] = value;
    return content;
  };
  const said = [contentOf(object), changed(5, 2), changed(4, 7), changed(18, 40)].map(
    (content) => refusal(() => readElf(bytesOf("image", content))).message,
  );
  t.deepEqual(said, [
    "image: not a linked image (ELF type 1)",
    "image: not a little-endian ELF file",
    "image: neither a 32-bit nor a 64-bit ELF file",
    "image: built for another machine (ELF machine 40)",
  ]);
});

test("images without a test table", (t) => {
  const plain = compile("x86_64", ["no-table.c"]);
  const renamed = objcopy(strippedImageOf("arm64"), "arm64", "--rename-section", ".uk_testtab=.other");
  for (const path of [plain, objcopy(plain, "x86_64", "--strip-all"), renamed]) {
    const { message, hint } = refusal(() => readPlan(path));
    t.is(message, `${path}: has no test table`);
    t.regex(hint, /LIBUKTEST.*\.dbg/);
  }
  const debugOnly = objcopy(imageOf("x86_64"), "x86_64", "--only-keep-debug");
  const { message, hint } = refusal(() => readPlan(debugOnly));
  t.is(message, `${debugOnly}: names a test table but does not hold it`);
  t.regex(hint, /image itself/);
});

test("headers that claim more than the file holds", (t) => {
  const at = (offset: number, write: (content: Buffer, offset: number) => void): string => {
    const content = contentOf(imageOf("x86_64"));
    write(content, offset);
    return refusal(() => readElf(bytesOf("image", content))).message;
  };
  const huge = (content: Buffer, offset: number): void => {
    content.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, offset);
  };
  const many = (content: Buffer, offset: number): void => {
    content.writeUInt16LE(0xffff, offset);
  };
  const none = (content: Buffer, offset: number): void => {
    content.writeUInt16LE(0, offset);
  };
  t.is(at(40, huge), "image: the file does not hold the section headers");
  t.is(at(60, many), "image: the file does not hold the section headers");
  t.is(at(58, none), "image: the section headers have entries of 0 bytes");
  t.is(at(32, huge), "image: the file does not hold the program headers");
  t.is(at(56, many), "image: the file does not hold the program headers");
  t.is(at(54, none), "image: the program headers have entries of 0 bytes");
});

test("counts that do not fit the header are in the first section header", (t) => {
  for (const variant of ["x86_64", "i386"] as const) {
    const content = contentOf(imageOf(variant));
    const [shoff, shnum, shstrndx, size, link] =
      variant === "x86_64" ? [40, 60, 62, 32, 40] : [32, 48, 50, 20, 24];
    const before = readElf(bytesOf("image", content));
    const first = content.readUInt32LE(shoff);
    content.writeUInt32LE(content.readUInt16LE(shnum), first + size);
    content.writeUInt32LE(content.readUInt16LE(shstrndx), first + link);
    content.writeUInt16LE(0, shnum);
    content.writeUInt16LE(0xffff, shstrndx);
    const names = readElf(bytesOf("image", content)).sections.map((section) => section.name);
    t.true(names.includes(".uk_testtab"));
    t.deepEqual(
      names,
      before.sections.map((section) => section.name),
    );
  }
});
