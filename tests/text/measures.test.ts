import test from "ava";
import fc from "fast-check";
import { caseDuration, formatDuration, roundToMicroseconds } from "../../src/text/duration.js";
import { plural } from "../../src/core/plural.js";
import { clip, displayWidth, pad } from "../../src/text/width.js";

/** Half of a surrogate pair. */
const LONE = /\p{Cs}/u;

test("durations", (t) => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0 ms"],
    [0.44, "0.4 ms"],
    [9.94, "9.9 ms"],
    [9.96, "10 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [1240, "1.24 s"],
    [59_994, "59.99 s"],
    [59_996, "1 min 00 s"],
    [123_000, "2 min 03 s"],
    [NaN, "? ms"],
    [-1, "? ms"],
  ];
  for (const [durationMs, words] of cases) t.is(formatDuration(durationMs), words);
  t.is(roundToMicroseconds(1e-7), 0);
  t.is(roundToMicroseconds(1.23456), 1.235);
});

test("plurals", (t) => {
  t.is(plural(1, "case"), "1 case");
  t.is(plural(0, "case"), "0 cases");
  t.is(plural(2, "did not", "did"), "2 did");
});

test("columns", (t) => {
  t.is(displayWidth("abc"), 3);
  t.is(displayWidth("漢字"), 4);
  t.is(displayWidth("e\u0301"), 1);
  t.is(displayWidth("\u{1f600}"), 2);
  t.is(clip("漢字漢字", 5, "…"), "漢字…");
  t.is(clip("abcdef", 6, "…"), "abcdef");
  t.is(clip("abcdefg", 6, "..."), "abc...");
  t.is(pad("漢", 4), "漢  ");
});

test("clip never exceeds and never splits", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
      const clipped = clip(text, columns, "…");
      t.true(displayWidth(clipped) <= columns);
      t.false(LONE.test(clipped));
    }),
  );
});

test("the duration of a case says when it is slow", (t) => {
  t.is(caseDuration(999.9), "1.00 s");
  t.is(caseDuration(1000), "slow 1.00 s");
  t.is(caseDuration(0), "0 ms");
  t.is(caseDuration(Number.NaN), "? ms");
});
