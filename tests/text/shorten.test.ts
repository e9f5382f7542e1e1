import test from "ava";
import fc from "fast-check";
import { firstOf, headAndTail, shorten } from "../../src/text/shorten.js";

/** Half of a surrogate pair. */
const LONE = /\p{Cs}/u;

test("short text stays", (t) => {
  t.is(shorten("abc", 3), "abc");
  t.is(headAndTail("abc", 3), "abc");
});

test("says how much was cut", (t) => {
  t.is(shorten("x".repeat(100), 60), `${"x".repeat(21)} [... 79 more characters]`);
  t.is(headAndTail("a".repeat(50) + "b".repeat(50), 10), "aaaaa\n[... 90 characters cut ...]\nbbbbb");
});

test("never longer than asked, never half a character", (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.integer({ min: 40, max: 120 }),
      (text, max) => {
        t.true(shorten(text, max).length <= max);
        t.false(LONE.test(shorten(text, max)));
        t.false(LONE.test(headAndTail(text, max)));
      },
    ),
  );
  const smiles = "\u{1f600}".repeat(100);
  for (let max = 40; max < 50; max += 1) {
    t.false(LONE.test(shorten(smiles, max)));
    t.false(LONE.test(headAndTail(smiles, max)));
  }
});

test("firstOf counts the rest", (t) => {
  t.deepEqual(firstOf([1, 2, 3], 2), { shown: [1, 2], more: 1 });
  t.deepEqual(firstOf([1], 2), { shown: [1], more: 0 });
});
