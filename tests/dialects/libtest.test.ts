import test from "ava";
import { dialect } from "../../src/dialects/libtest.js";
import { segmentOf } from "../faults/segments.js";
import { claimsOf, flaws, owns, read } from "./grammar-claims.js";

const result = (passed: number, failed = 0, ignored = 0): string =>
  `test result: ${failed > 0 ? "FAILED" : "ok"}. ${String(passed)} passed; ${String(failed)} failed; ${String(ignored)} ignored; 0 measured; 0 filtered out`;

/** Claims in words, but for the start and the end of the stream. */
const cases = (text: string): readonly string[] =>
  read(dialect, text).filter((words) => words !== "tests-begin" && words !== "tests-ended");

test("results of all kinds, with times", (t) => {
  const lines = [
    "running 5 tests",
    "test a ... ok <0.012s>",
    "test b ... ignored, later",
    "test c  ... bench:       1,204 ns/iter (+/- 31)",
    "test src/lib.rs - d (line 4) - compile ... ok",
    "test e - should panic ... ok",
    "test result: ok. 3 passed; 0 failed; 1 ignored; 1 measured; 0 filtered out; finished in 0.10s",
  ];
  t.deepEqual(read(dialect, lines.join("\n")), [
    "tests-begin",
    "libtest: a",
    "  passed in 12 ms",
    "libtest: b",
    "  skipped (later)",
    "libtest: c",
    "  passed",
    "libtest: src/lib.rs - d (line 4)",
    "  passed",
    "libtest: e",
    "  passed",
    "tests-ended",
  ]);
});

test("the plan, the counts and the word of a program are held to its results", (t) => {
  const of = (plan: string, ending: string): readonly string[] =>
    flaws(dialect, `running ${plan}\ntest a ... ok\n${ending}`);
  t.deepEqual(of("1 test", result(1)), []);
  t.deepEqual(of("2 tests", result(1)), ["1 of 2 planned cases was reported"]);
  t.is(of("1 test", result(2)).length, 1);
  t.is(of("1 test", result(1, 0, 1)).length, 1);
  t.is(of("1 test", result(1).replace("ok.", "FAILED.")).length, 1);
  t.deepEqual(flaws(dialect, "test a ... ok\n"), ["the start of the group of a is missing"]);
});

test("cases without a result, and results without a case", (t) => {
  const inside = (lines: string): readonly string[] =>
    flaws(dialect, `running 1 test\n${lines}\n${result(1)}`);
  t.deepEqual(inside("test a ...\nok"), []);
  t.deepEqual(inside("test a ... hello\n ok"), []);
  t.true(inside("test a ... hello").includes("libtest.a has no result"));
  t.deepEqual(inside("test a ...\nok\nok"), ["a second result where no case runs: ok"]);
  t.deepEqual(inside("test a ... ok\nok"), []);
  t.true(inside("test a ... ok\nFAILED").includes("a second result where no case runs: FAILED"));
});

test("the front of a line is that of a case whose result is still to come", (t) => {
  const reader = dialect.open();
  const front = (text: string): number => reader.frontOf?.(segmentOf(text)) ?? 0;
  t.is(front("test a ... [ 1.0] hello"), 0);
  reader.line([segmentOf("running 2 tests")]);
  t.is(front("test a ... [ 1.0] hello"), "test a ... ".length);
  t.is(front("test a ...hello"), "test a ...".length);
  for (const whole of [
    "test a ... ok",
    "test a ... FAILED",
    "test a ... ignored, x",
    "test a ...",
    "test a b ... c",
  ])
    t.is(front(whole), 0, whole);
});

const LIST = "\nfailures:\n\n---- a stdout ----\n";

test("the list after the results says why, in all forms of a panic", (t) => {
  const why = (said: string): readonly string[] =>
    cases(`running 1 test\ntest a ... FAILED\n${LIST}${said}\n\nfailures:\n    a\n${result(0, 1)}`).slice(
      1,
      -1,
    );
  t.deepEqual(why("thread 'a' panicked at src/a.rs:3:5:\nno\n  left: 1"), [
    "  failed no\nleft: 1",
    "  at src/a.rs:3",
  ]);
  t.deepEqual(why("thread 'a' panicked at 'no', src/a.rs:3:5"), ["  failed no", "  at src/a.rs:3"]);
  t.deepEqual(why("thread 'a' panicked at 'no\n left: 1', src/a.rs:3:5"), [
    "  failed no\nleft: 1",
    "  at src/a.rs:3",
  ]);
  t.deepEqual(why("thread 'a' panicked at src/a.rs:3:5:\nno\nnote: run with `X`\nstack"), [
    "  failed no",
    "  at src/a.rs:3",
  ]);
  t.deepEqual(why("note: test did not panic as expected"), ["  failed note: test did not panic as expected"]);
});

test("panics are quoted where they explain a failure or are wanted, and nowhere else", (t) => {
  const after = (lines: string): boolean => {
    const reader = dialect.open();
    for (const line of lines.split("\n")) reader.line([segmentOf(line)]);
    return reader.isTestLine?.(segmentOf("thread 'a' panicked at src/a.rs:3:5:")) === true;
  };
  const start = "running 2 tests\ntest b ... ok\n";
  t.false(after(start));
  t.false(after(`${start}test a ... `));
  t.true(after(`${start}test a - should panic ... `));
  t.false(after(`${start}test a - should panic ... ok`));
  t.false(after(`${start}test a ... FAILED`));
  t.true(after(`${start}test a ... FAILED\n${LIST}`));
  t.false(after(`${start}---- a stdout ----`));
  t.false(after(`${start}test a ... FAILED\n${LIST}x\n${result(1, 1)}`));
  t.true(after("Running 1 test\na... [failed]"));
  t.false(after("Running 2 tests\na... [failed]\nb... [ok]"));
});

test("cases of one name that fail are all claimed", (t) => {
  const text = `running 2 tests\ntest a ... FAILED\ntest a ... FAILED\n${LIST}no\n${result(0, 2)}`;
  t.deepEqual(
    cases(text).filter((words) => words.startsWith("libtest: ")),
    ["libtest: a", "libtest: a #2"],
  );
});

const ktest = (inner: string, runner = "2 tests in 1 crates"): readonly string[] =>
  flaws(
    dialect,
    `[ktest runner] running ${runner}\nrunning 2 tests in crate "k"\n${inner}\n[ktest runner] All crates tested.`,
  );

test("ktest: crates and their cases are held to the plan", (t) => {
  const both = "test k::a ... ok\ntest k::b ... ok\ntest result: ok. 2 passed; 0 failed; 0 filtered out.";
  t.deepEqual(ktest(both), []);
  t.deepEqual(ktest(both, "3 tests in 1 crates"), ["2 of 3 tests in 1 of 1 crates were reported"]);
  t.deepEqual(ktest(both, "2 tests in 2 crates"), ["2 of 2 tests in 1 of 2 crates were reported"]);
  t.deepEqual(ktest(`${both}\n[ktest runner] skipping crate "l".`, "9 tests in 2 crates"), []);
});

test("ktest: no crate without its runner", (t) => {
  const crate =
    'running 1 tests in crate "k"\ntest k::a ... ok\ntest result: ok. 1 passed; 0 failed; 0 filtered out.';
  t.deepEqual(flaws(dialect, crate), ["a crate begins here, and the start of its runner is missing"]);
});

test("ktest: what is filtered out is in the plan or is not", (t) => {
  const one = "test k::a ... ok\ntest result: ok. 1 passed; 0 failed; 1 filtered out.";
  t.deepEqual(ktest(one), []);
  t.deepEqual(ktest(one.replace("1 filtered", "2 filtered"), "3 tests in 1 crates"), [
    "1 of 2 planned cases were reported, 2 were filtered out",
  ]);
  const both = "test k::a ... ok\ntest k::b ... ok\ntest result: ok. 2 passed; 0 failed; 3 filtered out.";
  t.deepEqual(ktest(both, "5 tests in 1 crates"), []);
});

test("custom frameworks: the plan is the end, and nothing may follow it", (t) => {
  t.deepEqual(read(dialect, "Running 2 tests\na...\t[ok]\nb is c... [OK]\nHalting..."), [
    "tests-begin",
    "libtest: a",
    "  passed",
    "libtest: b is c",
    "  passed",
    "tests-ended",
  ]);
  t.deepEqual(flaws(dialect, "Running 1 test\na...\t[ok]\nb...\t[ok]"), [
    "the start of the group of b is missing",
  ]);
  t.deepEqual(flaws(dialect, "Running 1 test\na...\t[ok]\nk::b...\t"), [
    "the start of the group of k::b is missing",
  ]);
  t.deepEqual(flaws(dialect, "Running 2 tests\na...\t[ok]"), ["1 of 2 planned cases was reported"]);
});

test("custom frameworks: a result on a line of its own", (t) => {
  t.deepEqual(cases("Running 1 test\na...\nhello\n[failed]\nError: panicked at src/a.rs:3:5:\nno"), [
    "libtest: a",
    "  failed no",
    "  at src/a.rs:3",
    "  failed",
  ]);
  t.deepEqual(flaws(dialect, "Running 1 test\na...\n[ok]\n[ok]"), [
    "a second result where no case runs: [ok]",
  ]);
  t.deepEqual(flaws(dialect, "Running 1 test\na...\t[ok]\n[ok]"), []);
});

test("a plan that is its own end, with results and counts of libtest", (t) => {
  t.deepEqual(flaws(dialect, `Running 1 test\ntest a ... ok\n${result(1)}`), []);
  t.is(flaws(dialect, `Running 1 test\ntest a ... ok\n${result(2)}`).length, 1);
});

test("custom frameworks: a copy of a line is no further case", (t) => {
  t.deepEqual(flaws(dialect, "Running 2 tests\na...\t[ok]\na...\t[ok]"), ["a has a second result"]);
});

test("defmt-test: a place after the line", (t) => {
  const at = " (kiln tests/kiln.rs:9)";
  t.deepEqual(
    flaws(dialect, `0.10 [INFO ] (1/1) running \`a\`...${at}\n0.20 [INFO ] all tests passed!${at}`),
    [],
  );
  t.true(read(dialect, `(1/1) running \`a\`...${at}\nall tests passed!${at}`).includes("tests-ended"));
});

test("defmt-test: numbers, levels and the only end", (t) => {
  const text = "[INFO ] (1/2) running `a`...\n[INFO ] (2/2) running `b`...\n";
  t.deepEqual(read(dialect, `${text}[INFO ] all tests passed!`), [
    "tests-begin",
    "libtest: a",
    "  passed",
    "libtest: b",
    "  passed",
    "tests-ended",
  ]);
  t.deepEqual(cases(text), [
    "libtest: a",
    "  passed",
    "libtest: b",
    "! stream-invalid: 1 of 2 planned cases was reported",
  ]);
  t.deepEqual(flaws(dialect, "(2/2) running `b`...\nall tests passed!"), [
    "case 2 begins after 0 others",
    "1 of 2 planned cases was reported",
  ]);
  t.false(owns(dialect, "all tests passed!"));
});

const started = (count: number): string =>
  `{ "type": "suite", "event": "started", "test_count": ${String(count)} }\n`;
const event = (name: string, what: string, more = ""): string =>
  `{ "type": "test", "event": "${what}", "name": "${name}"${more} }\n`;
const ended = (passed: number, failed = 0): string =>
  `{ "type": "suite", "event": "${failed > 0 ? "failed" : "ok"}", "passed": ${String(passed)}, "failed": ${String(failed)}, "ignored": 0, "measured": 0 }`;

test("JSON: a failure with its panic, in the bytes of the console", (t) => {
  const stdout = ', "stdout": "hi\\nthread \'a\' panicked at src/a.rs:3:5:\\nn\\u00f6\\nnote: run with\\n"';
  t.deepEqual(cases(`${started(1)}${event("a", "started")}${event("a", "failed", stdout)}${ended(0, 1)}`), [
    "libtest: a",
    "  failed nö",
    "  at src/a.rs:3",
    "  failed",
  ]);
});

test("JSON: the case that runs is known, and side by side none is", (t) => {
  t.deepEqual(cases(`${started(2)}${event("a", "started")}`), [
    "libtest: a",
    "! stream-invalid: 0 of 2 planned cases were reported",
  ]);
  t.deepEqual(
    cases(
      `${started(2)}${event("a", "started")}${event("b", "started")}${event("b", "ok")}${event("a", "ok")}${ended(2)}`,
    ),
    ["libtest: b", "  passed", "libtest: a", "  passed"],
  );
  t.deepEqual(flaws(dialect, `${started(1)}${event("a", "timeout")}${event("a", "ok")}${ended(1)}`), []);
});

test("JSON: what is no event is output", (t) => {
  for (const line of [
    '{ not json, "type": }',
    '{"type": "test", "event": 3, "name": "a"}',
    '{"type": "test", "event": "ok", "name": ["a"]}',
    '{"type": ["suite"], "event": "ok"}',
    'null "type"',
    `{"type": ${"[".repeat(5000)}}`,
  ])
    t.deepEqual(claimsOf(dialect, line), [], line.slice(0, 50));
  t.deepEqual(
    flaws(
      dialect,
      '{"type":"suite","event":"started","test_count":-1}\n{"type":"suite","event":"ok","passed":1e400}',
    ),
    [],
  );
});

test("lines that others print as well prove nothing", (t) => {
  for (const text of [
    "Running 3 tests\nStarting...",
    "running 3 tests\nok\nFAILED",
    "test the engine ... maybe",
    "failures:\n---- a ----\npanicked at src/a.rs:3:5:",
  ])
    t.false(owns(dialect, text), text);
  t.true(owns(dialect, "running 1 test\ntest a ... hello"));
  t.true(owns(dialect, "Running 1 test\nk::a..."));
});
