/**
 * TAP streams on a bad day: cut, doubled, dropped, garbled, endless. They never throw, never turn greener, never take long.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { dialect as tap } from "../../src/dialects/tap.js";
import { segmentOf } from "../faults/segments.js";
import { claimsOf, isGreen } from "./tap-claims.js";
import { anyText } from "../oracles/hostile.js";

const GREEN: readonly (readonly string[])[] = [
  ["TAP version 13", "1..3", "ok 1 - a", "ok 2 - b", "ok 3 - c # SKIP none", ""],
  [
    "TAP version 14",
    "# Subtest: s",
    "    ok 1 - a",
    "    ok 2 - b",
    "    1..2",
    "ok 1 - s",
    "ok 2 - t",
    "1..2",
    "",
  ],
  [
    "KTAP version 1",
    "1..2",
    "  KTAP version 1",
    "  # Subtest: s",
    "  1..2",
    "  ok 1 a",
    "  ok 2 b",
    "ok 1 s",
    "ok 2 t",
    "",
  ],
];
const RED = GREEN.flatMap((stream) =>
  stream.flatMap((line, index) =>
    /^ *ok /.test(line) && !line.includes("SKIP") ? [stream.with(index, line.replace("ok", "not ok"))] : [],
  ),
);

test("whole streams are green, and red with one failure", (t) => {
  for (const stream of GREEN) t.true(isGreen(stream.join("\n")));
  for (const stream of RED) t.false(isGreen(stream.join("\n")));
});

test("a stream without any one of its lines is never green", (t) => {
  for (const stream of GREEN) {
    stream.forEach((line, index) => {
      // An inner version line and a name are no part of the proof.
      if (line === "" || line.startsWith("  KTAP") || line.includes("# Subtest")) return;
      t.false(isGreen(stream.toSpliced(index, 1).join("\n")), `without ${line}`);
    });
  }
});

test("a stream with a line twice is never green", (t) => {
  for (const stream of GREEN) {
    stream.forEach((line, index) => {
      if (line === "" || line.startsWith("  KTAP") || line.includes("# Subtest")) return;
      t.false(isGreen(stream.toSpliced(index, 0, line).join("\n")), `twice ${line}`);
    });
  }
});

test("a failing stream stays red wherever it is cut", (t) => {
  for (const stream of RED) {
    const text = stream.join("\n");
    for (let end = 0; end < text.length; end += 1) {
      const reader = tap.open();
      const head = text.slice(0, end).split("\n");
      const claims = head.flatMap((line, index) =>
        reader.line([{ ...segmentOf(line), terminated: index < head.length - 1 }]),
      );
      const all = [...claims, ...reader.end()];
      const green =
        all.some((claim) => claim.type === "tests-ended") &&
        !all.some((claim) => claim.type === "case-end" && claim.status === "failed");
      t.false(green, text.slice(0, end));
    }
  }
});

test("console noise between any two lines keeps a green stream green", (t) => {
  const noise = [
    "hello",
    "",
    "[    0.100000] Info: [libx] <x.c @    1> ok 9 - fake",
    "# a comment",
    "okay",
    "  indented",
    "---",
  ];
  for (const stream of GREEN)
    for (const line of noise)
      for (let at = 0; at < stream.length; at += 1)
        t.true(isGreen(stream.toSpliced(at, 0, line).join("\n")), `${line} at ${String(at)}`);
});

test("garbage never throws, and every line is claimed at most once", (t) => {
  const line = fc.oneof(
    fc.constantFrom(
      ...GREEN.flat(),
      ...RED.flat(),
      "  ---",
      "  ...",
      "  message: x",
      "}",
      "ok 1 - s {",
      "Bail out!",
    ),
    fc.constantFrom(
      "TAP version 14",
      "        ok 1",
      "pragma +bail",
      "pragma +strict",
      "ok",
      "not ok # TODO",
      "1..0",
    ),
    anyText({ maxLength: 40 }).map((text) => text.replaceAll("\n", " ")),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (all) => {
      const text = ["TAP version 14", ...all].join("\n");
      const claims = claimsOf(text);
      const outputs = claims.filter((claim) => claim.type === "output").map((claim) => claim.at.line);
      t.is(new Set(outputs).size, outputs.length);
      const ends = claims.filter((claim) => claim.type === "case-end").length;
      t.true(claims.filter((claim) => claim.type === "header").length >= ends);
      if (claims.some((claim) => claim.type === "suspect" && /bailed out|planned/.test(claim.text)))
        t.false(isGreen(text));
    }),
    { numRuns: amount(1000, 166) },
  );
});

test("many points, endless output, deep indentation and long lines stay linear and bounded", (t) => {
  const reader = tap.open();
  const feed = (line: string): number => reader.line([segmentOf(line)]).length;
  const started = process.hrtime.bigint();
  feed("TAP version 13");
  feed("1..200000");
  let claimed = 0;
  for (let id = 1; id <= 60_000; id += 1) claimed += feed(`ok ${String(id)} - a`);
  t.true(claimed >= 59_999 * 2);
  let pending = 0;
  for (let count = 0; count < 100_000; count += 1) pending += 1 - feed("noise");
  t.true(pending < 2000);
  for (const line of ["ok 60001 - ", "1..", "# Subtest: ", "  ", "Bail out! "])
    for (const fill of ["x", " ", "#", "{", "\\", "# ", "9", ".."])
      feed(line + fill.repeat(65_000 / fill.length));
  for (let depth = 0; depth < 2000; depth += 1) feed(`${" ".repeat(depth)}ok 1 - deep`);
  feed("not ok 60002 - y");
  feed("  ---");
  for (let count = 0; count < 100_000; count += 1) feed("    key: [[[[{{{{");
  reader.end();
  t.true(process.hrtime.bigint() - started < 30_000_000_000n);
});

test("unnamed subtests are held back within bounds", (t) => {
  const reader = tap.open();
  reader.line([segmentOf("TAP version 14")]);
  const claims = Array.from({ length: 5000 }, (_, index) =>
    reader.line([segmentOf(`    ok ${String(index + 1)} - a`)]),
  ).flat();
  t.true(claims.length > 5000);
});
