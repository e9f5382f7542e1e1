/** The suite that an address of code belongs to by its init function: told by symbols, never guessed. */
import test from "ava";
import { withImage } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { suiteInitsOf } from "../../src/image/suite-inits.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { compile, objcopy } from "./images.js";

const addressOf = (path: string, wanted: string): bigint =>
  withImage(path, (bytes) => readSymbols(readElf(bytes), (name) => name === wanted)[0]?.address ?? 0n);

for (const variant of ["x86_64", "i386", "arm64"] as const)
  test(`${variant}: every byte of an init function is its suite's, and one that two suites share is nobody's`, (t) => {
    const path = compile(variant, ["inits.c"]);
    const suiteAt = suiteInitsOf(() => ({ image: path }));
    for (const suite of ["first", "second"]) {
      const start = addressOf(path, `prepare_${suite}`);
      t.is(suiteAt(start), suite);
      t.is(suiteAt(start + 4n), suite);
    }
    t.is(suiteAt(addressOf(path, "prepare_both")), undefined);
    t.is(suiteAt(addressOf(path, "_start")), undefined);
    t.is(suiteAt(0n), undefined);
  });

test("without symbols, or without an image, nothing is known", (t) => {
  const path = compile("x86_64", ["inits.c"]);
  const start = addressOf(path, "prepare_first");
  t.is(suiteInitsOf(() => ({ image: objcopy(path, "x86_64", "--strip-all") }))(start), undefined);
  t.is(suiteInitsOf(() => ({ image: "no such image" }))(start), undefined);
});
