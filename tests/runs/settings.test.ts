/**
 * Values that a guest is to set before its first suite: what was typed, the words for its command line, and what the table
 * of an image says of them. Nothing boots.
 */
import test from "ava";
import fc from "fast-check";
import { UsageError } from "../../src/core/errors.js";
import { settingFrom } from "../../src/core/plan/settings.js";
import type { StoreEntry } from "../../src/image/store.js";
import { settingWords, wrongWith } from "../../src/run/settings.js";
import { amount } from "../amount.js";

const entry = (name: string, type: StoreEntry["type"], canWrite = true): StoreEntry => ({
  library: "demo",
  name,
  type,
  canRead: true,
  canWrite,
});
const ENTRIES = [
  entry("small", "s8"),
  entry("large", "u64"),
  entry("place", "uptr"),
  entry("text", "charp"),
  entry("fixed", "u8", false),
];

const wrong = (text: string, bits: 32 | 64 = 64): string => {
  const found = wrongWith(settingFrom(text), ENTRIES, bits);
  return found === undefined ? "" : `${found.message}; ${found.hint}`;
};

test("what was typed has a library, a name and a value", (t) => {
  t.deepEqual(settingFrom("libdemo/text=a=b c"), { name: "demo/text", value: "a=b c" });
  t.deepEqual(settingFrom("demo/text="), { name: "demo/text", value: "" });
  for (const text of ["", "demo", "text=1", "demo/text", "/=1", "=demo/text", "a b/c=1"])
    t.throws(() => settingFrom(text), { instanceOf: UsageError, message: /LIBRARY\/NAME=VALUE/ }, text);
});

test("numbers are whole, and in the range of the type", (t) => {
  for (const good of ["small=-128", "small=+127", "large=18446744073709551615", "place=4294967295", "text="])
    t.is(wrong(`demo/${good}`, 32), "", good);
  t.is(wrong("demo/small=128"), "demo/small has to be from -128 to 127; it is 128");
  t.is(wrong("demo/large=-1"), "demo/large has to be from 0 to 18446744073709551615; it is -1");
  t.is(wrong("demo/place=4294967296"), "");
  t.regex(wrong("demo/place=4294967296", 32), /has to be from 0 to 4294967295/);
  for (const bad of ["", "x", "1.5", "0x10", "1e3", " 1", "-", "٣"])
    t.regex(wrong(`demo/large=${bad}`), /^demo\/large has to be a decimal number; it is /, bad);
  t.regex(
    wrong(`demo/text=${"ä".repeat(128)}`),
    /^the value for demo\/text is longer than 255 bytes; it has 256$/,
  );
});

test("names that there are not, with the nearest, and values without a setter", (t) => {
  t.is(wrong("demo/smal=1"), 'no value is named demo/smal; did you mean "demo/small"?');
  t.is(
    wrong("other/thing=1"),
    "no value is named other/thing; these can be set: demo/small, demo/large, demo/place, demo/text",
  );
  t.regex(wrong("demo/fixed=1"), /^demo\/fixed cannot be set: it has no setter; these can be set: /);
  t.is(wrongWith({ name: "a/b", value: "1" }, [], 64)?.hint, "none of its values can be set");
});

/** What the guest makes of a word; `guest/lib/ukstore/words.c` has the same rules. */
const decoded = (word: string): string =>
  Buffer.from(
    word.replace(/%([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    "latin1",
  ).toString("utf8");

test("any text is one word, and comes back from it", (t) => {
  t.deepEqual(settingWords(undefined), []);
  t.deepEqual(settingWords([{ name: "a/b", value: "one two%" }]), ["uktest.set=a/b=one%20two%25"]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (value) => {
      const [word = ""] = settingWords([{ name: "a/b", value }]);
      return /^[!-~]+$/.test(word) && decoded(word.replace(/^uktest\.set=a\/b=/, "")) === value;
    }),
    { numRuns: amount(1000, 50) },
  );
});
