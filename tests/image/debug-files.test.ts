/**
 * Images in two files: which build each is of, where an image says that its symbols are, and what both together tell. The
 * files are those that objcopy makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import test from "ava";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { buildIdPath, crc32, debugLinkOf } from "../../src/image/elf/debug-link.js";
import { hasDebugInformation } from "../../src/image/dwarf/sections.js";
import { type Elf, readElf } from "../../src/image/elf.js";
import { buildIdOf } from "../../src/image/identity.js";
import { isSymbolsOnly } from "../../src/image/elf/linked.js";
import { readImage, readPlan } from "../../src/image/plan.js";
import { readSymbolsOf } from "../../src/image/read-symbols.js";
import { differenceOf } from "../../src/image/elf/same-build.js";
import { selectInImage } from "../../src/image/select.js";
import { suiteInitsOf } from "../../src/image/suite-inits.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { compile, contentOf, imageOf, objcopy, strippedImageOf, tool } from "./images.js";

const elfOf = (path: string): Elf => readElf(bytesOf(path, contentOf(path)));
const ID = "-Wl,--build-id=sha1";
const TABLE = ["first.c", "second.c"];
const CODE = ["inlined.c", "outside.c"];

test("the build id is in a section of its name, in other notes, or in a segment", (t) => {
  const path = compile("x86_64", CODE, [ID]);
  const id = /Build ID: (\w+)/.exec(tool("readelf", ["-n", path]))?.[1];
  t.is(id?.length, 40);
  t.is(buildIdOf(elfOf(path)), id);
  const renamed = objcopy(path, "x86_64", "--rename-section", ".note.gnu.build-id=.other");
  t.is(buildIdOf(elfOf(renamed)), id);
  const elf = elfOf(path);
  const note = elf.sections.find(({ name }) => name === ".note.gnu.build-id");
  const segment = { address: 0n, offset: note?.offset ?? 0, fileBytes: note?.sizeBytes ?? 0 };
  t.is(buildIdOf({ ...elf, sections: [], notes: [segment] }), id);
  t.is(buildIdOf({ ...elf, sections: [], notes: [] }), undefined);
  t.is(buildIdOf({ ...elf, sections: [], notes: [{ ...segment, offset: elf.bytes.size - 8 }] }), undefined);
  t.is(buildIdPath(elf), `${id?.slice(0, 2) ?? ""}/${id?.slice(2) ?? ""}.debug`);
});

/** A stripped image with a debug link, and the file that the link names. */
function linkedPair(): { readonly image: string; readonly debug: string } {
  const whole = compile("x86_64", CODE, ["-g"]);
  const debug = objcopy(whole, "x86_64", "--only-keep-debug");
  const bare = objcopy(whole, "x86_64", "--strip-all");
  return { image: objcopy(bare, "x86_64", `--add-gnu-debuglink=${debug}`), debug };
}

test("a debug link names a file and its checksum", (t) => {
  const { image, debug } = linkedPair();
  const link = debugLinkOf(elfOf(image));
  t.is(link?.name, basename(debug));
  t.is(link?.checksum, crc32(bytesOf(debug, contentOf(debug))));
  t.is(debugLinkOf(elfOf(debug)), undefined);
  t.is(crc32(bytesOf("check", Buffer.from("123456789"))), 0xcbf43926, "the check value of the standard");
  t.is(differenceOf(elfOf(image), elfOf(debug)), undefined);
  const content = readFileSync(debug);
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
  writeFileSync(debug, content);
  t.regex(differenceOf(elfOf(image), elfOf(debug)) ?? "", /another checksum/);
});

test("a debug link does not lead to another folder", (t) => {
  const { image, debug } = linkedPair();
  const content = contentOf(image);
  const at = content.indexOf(basename(debug));
  content.write("../", at);
  t.is(debugLinkOf(readElf(bytesOf("image", content))), undefined);
  t.is(dirname(image), dirname(debug));
});

test("files are of one build by their ids, else by their code, or nothing is known", (t) => {
  const one = compile("x86_64", CODE, [ID, "-g"]);
  const other = compile("x86_64", CODE, [ID, "-g", "-O1"]);
  const [idOne, idOther] = [buildIdOf(elfOf(one)), buildIdOf(elfOf(other))];
  t.is(differenceOf(elfOf(one), elfOf(one)), undefined);
  const difference = differenceOf(elfOf(one), elfOf(other)) ?? "";
  t.true(difference.includes(idOne ?? "?") && difference.includes(idOther ?? "?"), difference);

  const plain = compile("x86_64", CODE, ["-g"]);
  t.is(differenceOf(elfOf(objcopy(plain, "x86_64", "--strip-all")), elfOf(plain)), undefined);
  t.is(differenceOf(elfOf(plain), elfOf(objcopy(plain, "x86_64", "--only-keep-debug"))), undefined);
  t.regex(differenceOf(elfOf(plain), elfOf(compile("x86_64", CODE, ["-O1"]))) ?? "", /code in \.text/);
  const changed = contentOf(plain);
  const text = elfOf(plain).sections.find(({ name }) => name === ".text");
  const last = (text?.offset ?? 0) + (text?.sizeBytes ?? 1) - 1;
  changed[last] = (changed[last] ?? 0) ^ 0xff;
  const sameSize = readElf(bytesOf("changed", changed));
  t.is(differenceOf(elfOf(plain), sameSize), "has other code in .text than the image");
  t.is(differenceOf({ ...elfOf(plain), sections: [] }, elfOf(other)), undefined);
});

for (const variant of ["x86_64", "i386", "arm64", "x86_64-pie"] as const)
  test(`${variant}: a stripped image and the file of its symbols only are as good as both in one`, (t) => {
    const whole = imageOf(variant);
    const bare = strippedImageOf(variant);
    const symbols = objcopy(whole, variant, "--only-keep-debug");
    t.true(isSymbolsOnly(elfOf(symbols)));
    t.false(isSymbolsOnly(elfOf(whole)));
    const plan = readImage(bare, symbols).plan;
    t.deepEqual({ ...plan, image: whole }, readPlan(whole));
    t.deepEqual(readImage(bare, whole).plan, readPlan(whole), "a file with both is taken as it is");
    t.deepEqual(readImage(bare, symbols).evidence.ranges, readImage(whole).evidence.ranges);
    const wanted = new Map([["foo", ["beta"]]]);
    const [image, file] = [bare, symbols].map((name) => ({ name, content: contentOf(name) }));
    if (image === undefined || file === undefined) return t.fail();
    t.deepEqual(selectInImage(image, wanted, { symbols: file }), selectInImage(image, wanted));
  });

test("the suite of an init function is known from both files", (t) => {
  const whole = compile("x86_64", ["inits.c"]);
  const bare = objcopy(whole, "x86_64", "--strip-all");
  const symbols = objcopy(whole, "x86_64", "--only-keep-debug");
  const start = readSymbols(elfOf(whole), (name) => name === "prepare_first")[0]?.address ?? 0n;
  t.is(suiteInitsOf(() => ({ image: bare, symbols }))(start), "first");
  t.is(suiteInitsOf(() => ({ image: bare }))(start), undefined);
});

test("what is missing is said: nothing at all, a file elsewhere, or the files of -gsplit-dwarf", (t) => {
  const { image } = linkedPair();
  t.regex(readSymbolsOf(image).lack ?? "", /is in image-\d+, which is not beside it/);
  t.false(hasDebugInformation(elfOf(image)));
  t.true(hasDebugInformation(elfOf(compile("x86_64", TABLE, ["-g"]))));
  for (const version of [4, 5]) {
    const split = compile("x86_64", CODE, ["-gsplit-dwarf", `-gdwarf-${String(version)}`]);
    const symbols = readSymbolsOf(split);
    t.is(symbols.lack, undefined);
    t.regex(symbols.gap ?? "", /\.dwo files, which are not read: build without -gsplit-dwarf/);
    const first = readSymbols(elfOf(split), (name) => name === "first")[0]?.address ?? 0n;
    t.true((symbols.frames(first)[0]?.line ?? 0) > 0, "lines are there");
  }
  t.is(readSymbolsOf(compile("x86_64", CODE, ["-g"])).gap, undefined);
});
