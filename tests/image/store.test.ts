/**
 * What the libraries of an image offer through ukstore, in each container and width, in the three layouts that there are. No
 * damage of a file makes the reader throw something of its own, or go on for ever.
 */
import test from "ava";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { type StoreEntry, storeIn } from "../../src/image/store.js";
import { assertDamageIsData } from "./damage.js";
import { amount } from "../amount.js";
import { type Compiler, compile, contentOf } from "./images.js";

const storeOf = (content: Uint8Array): readonly StoreEntry[] => storeIn(readElf(bytesOf("image", content)));

const shown = (entries: readonly StoreEntry[]): readonly string[] =>
  entries
    .map(
      ({ library, name, id = "-", type, canRead, canWrite }) =>
        `${library}/${name} ${id} ${type} ${canRead ? "r" : ""}${canWrite ? "w" : ""}`,
    )
    .sort();

const ENTRIES = [
  "app/two 8 u32 r",
  "demo/level 18446744073709551615 u8 rw",
  "demo/quoted 3 charp ",
  "demo/used 1 u64 r",
  "kit/one 7 s32 r",
];
const OLD = "old/written - s64 w";

const COMPILERS: readonly Compiler[] = ["x86_64", "x86_64-pie", "i386", "arm64", "arm64-pie", "arm64-rela"];

for (const compiler of COMPILERS)
  test(`values of an image: ${compiler}`, (t) => {
    const entries = storeOf(contentOf(compile(compiler, ["store.c"])));
    t.deepEqual(shown(entries), [...ENTRIES, ...(compiler === "i386" ? [] : [OLD])].sort());
  });

test("an image without a store offers nothing", (t) => {
  t.deepEqual(storeOf(contentOf(compile("x86_64", ["first.c"]))), []);
});

test("a damaged file is an error of the image, or says less", (t) => {
  const whole = contentOf(compile("arm64-rela", ["store.c"]));
  assertDamageIsData(whole, amount(20_000, 1000), (changed) =>
    storeOf(changed).every(({ name, library }) => name !== "" && library !== ""),
  );
  t.pass();
});
