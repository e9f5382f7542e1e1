/**
 * What holds for every fault family: whole screens, screens cut anywhere, other writers in between, forgeries, garbage.
 * What a family reads out of its screens is in the tests beside this one.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { bareFamilies, families, lastWords } from "../../src/faults/unikraft/families.js";
import { readFinding } from "../../src/faults/unikraft/ubsan.js";
import * as samples from "./samples.js";
import { cuts, forged, interleaved, readFaults, segmentOf, segmentsOf } from "./segments.js";
import { anyText } from "../oracles/hostile.js";

const HALT = "Unikraft halted";
const all = Object.entries(samples);

for (const [name, text] of all) {
  test(`${name}: the whole screen is one fault and leaves the halt alone`, (t) => {
    const { faults, left } = readFaults(text, families);
    t.is(faults.length, 1);
    t.deepEqual(left, text.includes(HALT) ? [HALT] : []);
  });

  test(`${name}: a screen cut at any line is one fault of the same kind`, (t) => {
    const kind = readFaults(text, families).faults[0]?.kind;
    for (const cut of cuts(text)) {
      const { faults } = readFaults(cut, families);
      t.is(faults.length, 1, cut);
      t.is(faults[0]?.kind, kind, cut);
      t.regex(faults[0]?.title ?? "", /^\S.*\S$/, cut);
    }
  });

  test(`${name}: lines of other writers in between change nothing`, (t) => {
    const whole = readFaults(text, families).faults;
    for (const other of [
      "hello from the application",
      "RIP: 0000000000000000 CS: 0008",
      "[    0.3] not a prefix",
      "[    0.300000] Info: test:\x0e demo->case",
      "[    0.300000] Info: \texpected `1` to be 1 and was 1 .... [ PASSED ]",
      "[    0.300000] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted",
      "[    0.300000] Warn: [appuktest] <main.c @    1> a warning",
    ]) {
      const { faults, left } = readFaults(interleaved(text, other), families);
      t.deepEqual(faults, whole, other);
      t.true(left.length >= text.split("\n").length, other);
    }
  });

  test(`${name}: an application that prints it forges nothing`, (t) => {
    t.deepEqual(readFaults(forged(text), families).faults, []);
  });

  test(`${name}: a library that prints it at another level forges nothing`, (t) => {
    t.deepEqual(readFaults(text.replaceAll("CRIT: ", "Info: "), families).faults, []);
    const [first = "", ...rest] = text.split("\n");
    const { faults } = readFaults(
      [first, ...rest.map((line) => line.replace("CRIT: ", "Info: "))].join("\n"),
      families,
    );
    t.is(faults.length, 1);
    t.deepEqual(faults, readFaults(first, families).faults);
  });

  test(`${name}: a title is one short line even of a line without end`, (t) => {
    const [first = ""] = text.split("\n");
    const { faults } = readFaults(first + "x".repeat(60_000), families);
    for (const fault of faults) t.true(fault.title.length <= 300);
  });
}

test("a boot without prefixes: whole lines in the exact form are faults", (t) => {
  const titles = (text: string): readonly string[] =>
    readFaults(forged(text), bareFamilies).faults.map((one) => one.title);
  t.deepEqual(titles(samples.GENERAL_PROTECTION), ["trap 13 (general protection) at rip 0x121ab2"]);
  t.deepEqual(titles(samples.ARM64_TRAP_OLD), [
    "data abort (translation fault, level 0), write to 0xdeadbeefdead0000",
  ]);
  t.deepEqual(titles(samples.ASSERTION), ["assertion failure: zero == 1"]);
  t.deepEqual(titles(samples.SCREEN_021), ["crash at 0x11be55"]);
  t.deepEqual(titles("so: Unhandled Trap 13 (general protection), error code=0x0"), []);
  t.deepEqual(titles("Unhandled Trap 13 (general protection), error code=0x0 or so"), []);
  t.deepEqual(titles("EL1 sync trap caught"), []);
  t.deepEqual(titles("Crashing"), []);
  t.deepEqual(titles("Crashing on first failure!"), [
    "stopped at the first failed assertion (LIBUKTEST_FAILFAST)",
  ]);
});

test("a bare screen keeps its registers and does not swallow empty lines", (t) => {
  const { faults, left } = readFaults(`${forged(samples.GENERAL_PROTECTION)}\n\nhello`, bareFamilies);
  t.is(faults[0]?.registers.find((one) => one.name === "RAX")?.value, "deadbeefdead0000");
  t.deepEqual(left, ["Unikraft halted", "", "hello"]);
});

test("bare families still read boots with prefixes", (t) => {
  for (const [name, text] of all)
    t.deepEqual(readFaults(text, bareFamilies), readFaults(text, families), name);
});

test("an ordinary critical message is no fault, but can be a boot's last words", (t) => {
  const line = "[    0.137035] CRIT: [appuktest] <main.c @   17> a crit line";
  t.deepEqual(readFaults(line, families).faults, []);
  const words = lastWords(segmentOf(line));
  t.is(words?.kind, "crash");
  t.is(words?.title, "a crit line");
  t.is(words?.file, "main.c");
  t.is(words?.line, 17);
  t.is(lastWords(segmentOf("[    0.1] hello")), undefined);
  t.is(lastWords(segmentOf("[    0.137035] CRIT: ")), undefined);
  t.is(
    lastWords(segmentOf("[    0.137035] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted")),
    undefined,
  );
});

test("garbage never throws, and gives records of the right shape", (t) => {
  const words = fc.constantFrom(
    ...all.flatMap(([, text]) => text.split("\n")),
    "[    0.1] CRIT: ",
    "CRIT: [libubsan] ",
  );
  const line = fc.oneof(
    words,
    anyText({ maxLength: 80 }).map((text) => text.replaceAll("\n", " ")),
    fc.tuple(words, fc.nat(120), fc.string({ maxLength: 10 })).map(([text, at, noise]) => {
      return (text.slice(0, at) + noise + text.slice(at + noise.length)).replaceAll("\n", " ");
    }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      for (const set of [families, bareFamilies]) {
        for (const fault of readFaults(lines.join("\n"), set).faults) {
          t.regex(fault.title, /\S/);
          t.true(fault.registers.every((one) => /^[A-Z]/.test(one.name) && /^[0-9a-f]+$/.test(one.value)));
          t.true(fault.callTrace.every((one) => /^[0-9a-f]+$/.test(one.address)));
        }
      }
      for (const segment of segmentsOf(lines.join("\n"))) {
        lastWords(segment);
        const finding = readFinding(segment, { allowBare: true });
        t.true(finding === undefined || (finding.message !== "" && Number.isSafeInteger(finding.line)));
      }
    }),
    { numRuns: amount(400, 66) },
  );
});

test("a line of 64 KiB is read in no time", (t) => {
  const fills = ["a", "0", " ", ":", "0: ", "[", "RIP: ", "X0 : 0 ", "0123456789abcdef ", ":1:1", "= ", "("];
  const heads = [
    "",
    "Unhandled Trap 1",
    "Assertion failed: ",
    "Assertion failure: ",
    "Undefined behavior at ",
    "\t x00 ~ x03: ",
  ];
  const started = process.hrtime.bigint();
  for (const fill of fills)
    for (const head of heads)
      for (const prefix of ["", "[    0.100000] CRIT: ", "[    0.100000] CRIT: [libubsan] "]) {
        const text = `${prefix}${head}${fill.repeat(65_536 / fill.length)}`;
        for (const screen of [samples.SCREEN_021, samples.GENERAL_PROTECTION, samples.ARM64_TRAP])
          readFaults(`${screen}\n${text}`, bareFamilies);
        readFinding(segmentOf(text), { allowBare: true });
      }
  // 216 lines in 3 screens; anything quadratic takes minutes.
  t.true(process.hrtime.bigint() - started < 20_000_000_000n);
});
