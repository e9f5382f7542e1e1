/**
 * Streams of TAP 13, TAP 14 and KTAP and what they claim; streams that break the rules; lines of others in between.
 */
import test from "ava";
import { dialect as tap } from "../../src/dialects/tap.js";
import { segmentOf } from "../faults/segments.js";
import { claimsOf, isGreen, read, readAll } from "./tap-claims.js";

const lines = (...all: readonly string[]): string => all.join("\n");

test("TAP 13: a flat stream is one suite", (t) => {
  t.deepEqual(read(lines("TAP version 13", "1..3", "ok 1 - first", "not ok 2 second", "ok 3")), [
    "tap: first",
    "  passed",
    "tap: second",
    "  failed not ok: second",
    "  failed (not ok: second)",
    "tap: test 3",
    "  passed",
    "tests-ended",
  ]);
});

test("TAP 14: subtests are suites, by a comment inside, a comment in front, or braces", (t) => {
  const inside = lines(
    "TAP version 14",
    "1..1",
    "    # Subtest: net",
    "    1..2",
    "    ok 1 - a",
    "    ok 2 - b",
    "ok 1 - net",
  );
  const front = lines(
    "TAP version 14",
    "# Subtest: net",
    "    ok 1 - a",
    "    ok 2 - b",
    "    1..2",
    "ok 1 - net",
    "1..1",
  );
  const braces = lines(
    "TAP version 14",
    "1..1",
    "ok 1 - net {",
    "    1..2",
    "    ok 1 - a",
    "    ok 2 - b",
    "}",
  );
  const unnamed = lines("TAP version 14", "1..1", "    1..2", "    ok 1 - a", "    ok 2 - b", "ok 1 - net");
  const late = lines(
    "TAP version 14",
    "1..1",
    "    1..2",
    "    # Subtest: net",
    "    ok 1 - a",
    "    ok 2 - b",
    "ok 1 - net",
  );
  const want = ["net: a", "  passed", "net: b", "  passed", "tests-ended"];
  for (const text of [inside, front, braces, unnamed, late]) t.deepEqual(read(text), want, text);
});

test("TAP 14: subtests of subtests carry the names of all", (t) => {
  const text = lines(
    "TAP version 14",
    "1..2",
    "    # Subtest: outer",
    "    1..1",
    "        1..1",
    "        ok 1 - deep",
    "    ok 1 - inner",
    "ok 1 - outer",
    "ok 2 - flat",
  );
  t.deepEqual(read(text), ["outer/inner: deep", "  passed", "tap: flat", "  passed", "tests-ended"]);
});

const KTAP2 = lines(
  "KTAP version 1",
  "1..2",
  "  KTAP version 1",
  "  1..2",
  "    KTAP version 1",
  "    1..1",
  "    # test_1: initializing",
  "    ok 1 test_1",
  "  ok 1 example",
  "  ok 2 other # SKIP no device",
  "ok 1 main_test",
  "not ok 2 second # TIMEOUT 45 seconds",
);

test("KTAP: two spaces a level, no subtest lines, directives of its own", (t) => {
  t.deepEqual(read(KTAP2), [
    "main_test/example: test_1",
    "  passed",
    "main_test: other",
    "  skipped (skipped: no device)",
    "tap: second",
    "  failed timed out: 45 seconds",
    "  failed (timed out: 45 seconds)",
    "tests-ended",
  ]);
});

const KUNIT = lines(
  "[    0.061000] KTAP version 1",
  "[    0.061100] 1..1",
  "[    0.061200]     KTAP version 1",
  "[    0.061300]     # Subtest: example",
  "[    0.061400]     1..2",
  "[    0.061500]     # example_fail: EXPECTATION FAILED at lib/kunit/example.c:30",
  "[    0.061600]     Expected 1 + 1 == 3, but",
  "[    0.061700]     not ok 1 example_fail",
  "[    0.061800]     ok 2 example_pass",
  "[    0.061900] # example: pass:1 fail:1 skip:0 total:2",
  "[    0.062000] not ok 1 example",
);

test("KUnit: four spaces a level after a time, failures announced in front of the point", (t) => {
  const want = [
    "example: example_fail",
    "  failed EXPECTATION FAILED: Expected 1 + 1 == 3, but",
    "  at lib/kunit/example.c:30",
    "  failed (EXPECTATION FAILED: Expected 1 + 1 == 3, but)",
    "example: example_pass",
    "  passed",
    "tests-ended",
  ];
  t.deepEqual(read(KUNIT), want);
  // The serial reader takes the time for a kernel prefix; any other repeated lead is cut here.
  t.deepEqual(read(KUNIT.replaceAll("[    0.0", "<6>|    0.0")), want);
  t.true(readAll(KUNIT).includes(">     Expected 1 + 1 == 3, but"));
});

test("a lead in front of the version line that does not repeat is firmware", (t) => {
  const text = lines("Booting from ROM..TAP version 13", "1..1", "ok 1 - a");
  t.deepEqual(read(text), ["tap: a", "  passed", "tests-ended"]);
});

test("nothing in front of the version line counts, and a boot without one claims nothing", (t) => {
  t.deepEqual(read(lines("ok booting", "1..1", "ok - fake", "TAP version 13", "1..1", "ok 1 - a")), [
    "tap: a",
    "  passed",
    "tests-ended",
  ]);
  t.deepEqual(claimsOf(""), []);
  t.deepEqual(claimsOf(lines("1..1", "ok 1 - a", "XTAP version 13", "TAP version x")), []);
  const reader = tap.open();
  reader.line([segmentOf("ok 1")]);
  t.false(reader.owns);
  reader.line([segmentOf("TAP version 13")]);
  t.true(reader.owns);
  t.true(reader.holds);
});

test("YAML diagnostics: message, values, place, time", (t) => {
  const text = lines(
    "TAP version 13",
    "1..4",
    "not ok 1 - a",
    "  ---",
    '  message: "two \\"quoted\\" words"',
    "  expected: 'it''s 3'",
    "  actual: 4",
    "  at:",
    "    file: src/a.c",
    "    line: 12",
    "  duration_ms: 1.5",
    "  ...",
    "not ok 2 - b",
    "  ---",
    "  error: |-",
    "    first",
    "    second",
    "  at: {file: 'b.c', line: 7, column: 1}",
    "  ...",
    "not ok 3 - c",
    "  ---",
    "  at: lib/c.c:9:3",
    "  ...",
    "ok 4 - d # time=12ms",
    "  ---",
    "  message: ignored",
    "  ...",
  );
  t.deepEqual(read(text), [
    "tap: a",
    '  failed two "quoted" words: expected it\'s 3, got 4',
    "  at src/a.c:12",
    '  failed in 1.5 ms (two "quoted" words: expected it\'s 3, got 4)',
    "tap: b",
    "  failed first\nsecond",
    "  at b.c:7",
    "  failed (first\nsecond)",
    "tap: c",
    "  failed not ok: c",
    "  at lib/c.c:9",
    "  failed (not ok: c)",
    "tap: d",
    "  passed in 12 ms",
    "tests-ended",
  ]);
});

test("hostile YAML is only text", (t) => {
  const text = lines(
    "TAP version 13",
    "1..1",
    "not ok 1 - a",
    "  ---",
    "  __proto__: {polluted: yes}",
    "  message: !error {name: x}",
    "  message: second",
    "  a: &a [*a, *a]",
    "  fn: !function 'process.exit(1)'",
    "  : : :",
    "  actual: !re /x/",
    "  line: 99999999999999",
    "  file: a.c",
    "  ...",
  );
  t.deepEqual(read(text).slice(0, 2), [
    "tap: a",
    "  failed !error {name: x}: expected something else, got !re /x/",
  ]);
  t.is(({} as { polluted?: unknown }).polluted, undefined);
});

test("a YAML block that never ends ends at the next protocol line further left", (t) => {
  const text = lines("TAP version 13", "1..2", "not ok 1 - a", "  ---", "  message: m", "ok 2 - b");
  t.deepEqual(read(text), [
    "tap: a",
    "  failed not ok: a",
    "  failed (not ok: a)",
    "tap: b",
    "  passed",
    "tests-ended",
  ]);
});

test("directives: what is expected to fail is not red and proves nothing", (t) => {
  const text = lines(
    "TAP version 14",
    "1..9",
    "ok 1 - a # SKIP",
    "not ok 2 - b # SKIP no net",
    "not ok 3 - c # TODO later",
    "ok 4 - d # TODO later",
    "ok 5 - e # XFAIL known",
    "not ok 6 - f # XFAIL known",
    "not ok 7 - g # ERROR: broke",
    "not ok 8 - h # XPASS",
    "ok 9 - i \\# no directive",
  );
  t.deepEqual(read(text), [
    "tap: a",
    "  skipped (skipped)",
    "tap: b",
    "  skipped (skipped: no net)",
    "tap: c",
    "  skipped (known to fail (TODO): later)",
    "tap: d",
    "  passed passed although it is marked TODO: later",
    "  passed",
    "tap: e",
    "  skipped (failed as expected: known)",
    "tap: f",
    "  skipped (failed as expected: known)",
    "tap: g",
    "  failed error: broke",
    "  failed (error: broke)",
    "tap: h",
    "  failed passed although it is expected to fail",
    "  failed (passed although it is expected to fail)",
    "tap: i # no directive",
    "  passed",
    "tests-ended",
  ]);
});

test("a subtest that was announced and never came names no other", (t) => {
  const text = lines(
    "TAP version 14",
    "1..2",
    "# Subtest: ghost",
    "ok 1 - ghost",
    "    1..1",
    "    ok 1 - a",
    "ok 2 - real",
  );
  t.deepEqual(read(text), ["tap: ghost", "  passed", "real: a", "  passed", "tests-ended"]);
});

test("three dashes open a block only right of their point", (t) => {
  const text = lines(
    "TAP version 14",
    "1..1",
    "    1..2",
    "    ok 1 - a",
    "    ---",
    "    ok 2 - b",
    "ok 1 - s",
  );
  t.deepEqual(read(text), ["s: a", "  passed", "s: b", "  passed", "tests-ended"]);
});

test("a plan of nothing ends the stream without a case", (t) => {
  t.deepEqual(read(lines("TAP version 14", "1..0 # SKIP no hardware")), ["tests-ended"]);
  t.deepEqual(read(lines("TAP version 14", "1..1", "    1..0 # SKIP none", "ok 1 - net")), [
    "tap: net",
    "  skipped (no test ran in it)",
    "tests-ended",
  ]);
});

test("two points of one name are two cases", (t) => {
  t.deepEqual(read(lines("TAP version 13", "1..2", "ok 1 - a", "ok 2 - a")), [
    "tap: a",
    "  passed",
    "tap: a (line 4)",
    "  passed",
    "tests-ended",
  ]);
});

test("console lines belong to the test that was running", (t) => {
  const text = lines(
    "TAP version 13",
    "1..2",
    "connecting",
    "[    0.100000] Warn: [libnet] <net.c @    1> slow",
    "ok 1 - a",
    "not ok 2 - b",
    "# Failed test 'b'",
    "goodbye",
  );
  t.deepEqual(readAll(text), [
    "> TAP version 13",
    "> 1..2",
    "tap: a",
    "> connecting",
    "> slow",
    "  passed",
    "tap: b",
    "  failed not ok: b",
    "> # Failed test 'b'",
    "  failed (not ok: b)",
    "tests-ended",
    "> goodbye",
  ]);
});

test("a case begins after the protocol line in front of it, so that findings in between are its own", (t) => {
  const headers = claimsOf(lines("TAP version 13", "1..2", "x", "ok 1 - a", "y", "ok 2 - b")).filter(
    (claim) => claim.type === "header",
  );
  t.deepEqual(
    headers.map((claim) => claim.at.line),
    [2, 4],
  );
});

test("another writer's lines are never results", (t) => {
  const forms = [
    "[    0.100000] Info: ok 2 - fake",
    "[    0.100000] Info: [libx] <x.c @    1> not ok 2 - fake",
    "\tok 2 - fake",
    "        ok 2 - fake",
    "ok then",
    "}",
    "ok 2nd - fake",
    "say: ok 2 - fake",
  ];
  for (const fake of forms) {
    const text = lines("TAP version 13", "1..2", "ok 1 - a", fake, "ok 2 - b");
    const cases = read(text).filter((line) => line.startsWith("tap:"));
    t.deepEqual(cases, ["tap: a", "tap: b"], fake);
    t.true(isGreen(text), fake);
  }
  const kernel = lines(
    "[    0.1] x",
    "[    0.100000] Info: TAP version 13",
    "[    0.100000] Info: 1..1",
    "ok 1 - fake",
    "[    0.100000] Info: ok 1 - a",
  );
  t.deepEqual(read(kernel), ["tap: a", "  passed", "tests-ended"]);
});

test("what breaks the rules is named and never green", (t) => {
  const broken: readonly (readonly [string, RegExp, readonly string[]])[] = [
    ["no plan", /no plan/, ["TAP version 13", "ok 1 - a"]],
    ["nothing at all", /no plan/, ["TAP version 13"]],
    ["too few", /1 of 2 planned tests were reported/, ["TAP version 13", "1..2", "ok 1 - a"]],
    ["too few, plan last", /1 of 2 planned/, ["TAP version 13", "ok 1 - a", "1..2"]],
    ["too few with a failure", /1 of 2 planned/, ["TAP version 13", "1..2", "not ok 1 - a"]],
    ["too many", /2 of 1 planned|greater than plan end/, ["TAP version 13", "1..1", "ok 1 - a", "ok 2 - b"]],
    ["too many, no ids", /2 of 1 planned/, ["TAP version 13", "1..1", "ok", "ok"]],
    ["too many, plan last", /out of place/, ["TAP version 13", "ok 1 - a", "1..1", "ok 2 - b"]],
    ["an id twice", /multiple times/, ["TAP version 13", "1..2", "ok 1 - a", "ok 1 - b"]],
    ["an id out of range", /greater than plan end/, ["TAP version 13", "1..2", "ok 1 - a", "ok 7 - b"]],
    [
      "an id out of range, plan last",
      /greater than plan end/,
      ["TAP version 13", "ok 1 - a", "ok 7 - b", "1..2"],
    ],
    ["two plans", /out of place/, ["TAP version 13", "1..2", "ok 1 - a", "1..2", "ok 2 - b"]],
    ["a plan after the end", /out of place/, ["TAP version 13", "1..1", "ok 1 - a", "", "1..1"]],
    ["a point after the end", /out of place/, ["TAP version 13", "1..1", "ok 1 - a", "bye", "ok 2 - b"]],
    ["bail-out", /bailed out: no disk/, ["TAP version 13", "1..2", "ok 1 - a", "Bail out! no disk"]],
    [
      "bail-out in a subtest",
      /bailed out/,
      ["TAP version 14", "1..1", "    1..2", "    ok 1 - a", "    Bail out!"],
    ],
    ["bail-out after the end", /out of place/, ["TAP version 13", "1..1", "ok 1 - a", "Bail out!"]],
    [
      "a subtest without a plan",
      /no plan in subtest s/,
      ["TAP version 14", "1..1", "    # Subtest: s", "    ok 1 - a", "ok 1 - s"],
    ],
    [
      "a subtest that is short",
      /1 of 2 planned tests were reported in subtest s/,
      ["TAP version 14", "1..1", "    # Subtest: s", "    1..2", "    ok 1 - a", "ok 1 - s"],
    ],
    [
      "a parent that says ok",
      /reported ok, but a test in it failed/,
      ["TAP version 14", "1..1", "    1..1", "    not ok 1 - a", "ok 1 - s"],
    ],
    [
      "a parent that says not ok",
      /reported not ok, but no test in it failed/,
      ["TAP version 14", "1..1", "    1..1", "    ok 1 - a", "not ok 1 - s"],
    ],
    [
      "a subtest without its point",
      /has no result of its own/,
      ["TAP version 14", "1..1", "    1..1", "    ok 1 - a"],
    ],
    [
      "a second version line",
      /second version line/,
      ["TAP version 13", "1..2", "ok 1 - a", "TAP version 13", "1..2", "ok 1 - a", "ok 2 - b"],
    ],
    ["an indented start", /first version line is indented/, ["  KTAP version 1", "  1..1", "  ok 1 a"]],
    ["a cut not", /garbled-line: not/, ["TAP version 13", "1..1", "not @cut", "# ok 1 - a", "ok 1 - b"]],
  ];
  for (const [name, words, text] of broken) {
    const reader = tap.open();
    const claims = [
      ...text.flatMap((line) => {
        const segment = segmentOf(line.replace("@cut", ""));
        return reader.line([line.endsWith("@cut") ? { ...segment, last: false } : segment]);
      }),
      ...reader.end(),
    ];
    const suspects = claims.flatMap((claim) =>
      claim.type === "suspect" ? [`${claim.code}: ${claim.text}`] : [],
    );
    t.regex(suspects.join("\n"), words, name);
    if (!name.startsWith("a cut")) t.false(isGreen(lines(...text)), name);
  }
});

test("a log that stops inside a point proves nothing", (t) => {
  const reader = tap.open();
  reader.line([segmentOf("TAP version 13")]);
  reader.line([segmentOf("1..1")]);
  const claims = [...reader.line([{ ...segmentOf("ok 1 - a"), terminated: false }]), ...reader.end()];
  t.false(claims.some((claim) => claim.type === "tests-ended"));
  t.true(claims.some((claim) => claim.type === "suspect"));
});

test("a stream that stops early stops in a case, so that a crash or silence is charged to it", (t) => {
  t.deepEqual(read(lines("TAP version 13", "1..3", "ok 1 - a")), [
    "tap: a",
    "  passed",
    "! tap-invalid: invalid TAP: 1 of 3 planned tests were reported",
    "tap: test 2",
  ]);
  const nested = read(
    lines("TAP version 14", "1..2", "    # Subtest: s", "    1..2", "    ok 1 - a", "waiting"),
  );
  t.is(nested.at(-1), "s: test 2");
  // All its points are there: what is missing is the subtest's own.
  const closing = read(lines("TAP version 14", "1..2", "    # Subtest: s", "    1..1", "    ok 1 - a"));
  t.deepEqual(closing.slice(0, 2), ["s: a", "  passed"]);
  t.false(closing.includes("s: test 2"));
});

test("a guest that starts again begins a new stream", (t) => {
  const once = ["TAP version 13", "1..1", "ok 1 - a"];
  t.deepEqual(read(lines(...once, ...once)), [
    "tap: a",
    "  passed",
    "tests-ended",
    "restarted",
    "tap: a",
    "  passed",
    "tests-ended",
  ]);
});

test("a complete stream ends at once, not at the end of the log", (t) => {
  const reader = tap.open();
  const seen = lines("TAP version 13", "1..1", "ok 1 - a", "bye")
    .split("\n")
    .flatMap((line) => reader.line([segmentOf(line)]));
  t.true(seen.some((claim) => claim.type === "tests-ended"));
  t.false(reader.holds);
  t.deepEqual(reader.end(), []);
});

test("settling lets go of what is held", (t) => {
  const reader = tap.open();
  for (const line of ["TAP version 13", "1..2"]) reader.line([segmentOf(line)]);
  t.deepEqual(reader.line([segmentOf("waiting")]), []);
  t.is(reader.settle?.().length, 1);
  t.deepEqual(reader.settle?.(), []);
});

test("the totals of a flat stream are held against its points", (t) => {
  const log = (totals: string): string => `TAP version 13\n1..2\nok 1 a\nok 2 b\n# Totals: ${totals}\n`;
  t.true(isGreen(log("pass:2 fail:0 xfail:0 xpass:0 skip:0 error:0")));
  t.true(isGreen(log("pass:1 fail:0 xfail:0 xpass:1 skip:0 error:0")));
  for (const totals of [
    "pass:1 fail:1 xfail:0 xpass:0 skip:0 error:0",
    "pass:1 fail:0 xfail:0 xpass:0 skip:0 error:1",
    "pass:3 fail:0 xfail:0 xpass:0 skip:0 error:0",
  ])
    t.false(isGreen(log(totals)), totals);
});
