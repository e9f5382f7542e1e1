/**
 * What symbols add to the record of a crash: frames, a place, a fingerprint. The symbols are made up here.
 */
import test from "ava";
import type { FaultRecord, Frame } from "../../src/core/fault.js";
import { markMachinery, ownFrames } from "../../src/core/fault/machinery.js";
import { fingerprintOf, hasAddress, symbolized } from "../../src/core/fault/symbolized.js";
import type { SymbolFrame, Symbols } from "../../src/core/fault/symbols.js";
import { fault } from "../reporters/builder.js";

const at = (name: string, file: string, line: number, isInlined = false): SymbolFrame => ({
  function: name,
  file,
  line,
  isInlined,
});

/** Functions of 0x100 bytes each; whoever asks for one of `asked` is remembered. */
const TABLE: ReadonlyMap<bigint, readonly SymbolFrame[]> = new Map([
  [0x1000n, [at("load", "src/load.c", 5, true), at("parse", "src/parse.c", 40)]],
  [0x2000n, [at("test_parse", "tests/parse.c", 12)]],
  [0x3000n, [at("call_case", "lib/case.c", 41)]],
  [0x4000n, [at("uk_testsuite_run", "lib/run.c", 9)]],
  [0x5000n, [at("ukplat_entry", "lib/boot.c", 1)]],
  [0x6000n, [at("memcpy", "lib/nolibc/copy.c", 3)]],
  [0x7000n, [at("abort", "lib/nolibc/exit.c", 41)]],
  [0x8000n, [at("start_network", "src/net.c", 7)]],
  [0x9000n, [{ function: "copy.constprop.0", isInlined: false }]],
]);
const asked: bigint[] = [];
const SYMBOLS: Symbols = {
  frames: (address) => {
    asked.push(address);
    return TABLE.get(address - (address % 0x100n)) ?? [];
  },
  function: (address) => {
    const name = TABLE.get(address - (address % 0x100n))?.at(-1)?.function;
    return name === undefined ? undefined : { name, offset: Number(address % 0x100n) };
  },
};

const frame = (address: number, symbol?: string): Frame => ({
  address: address.toString(16).padStart(16, "0"),
  ...(symbol !== undefined && { symbol }),
});
const crash = (more: Partial<FaultRecord>): FaultRecord => fault("trap", "page fault at 0x0", more);
const names = ({ callTrace }: FaultRecord): readonly string[] =>
  callTrace.map(({ function: name, address }) => name ?? address);

test("frames get functions and lines, inlined ones a frame of their own", (t) => {
  const record = symbolized(
    crash({
      registers: [{ name: "RIP", value: "0000000000001010" }],
      callTrace: [frame(0x1010, "parse+10"), frame(0x2020), frame(0x3020), frame(0x4020), frame(0x5020)],
    }),
    SYMBOLS,
  );
  t.deepEqual(record.callTrace.slice(0, 2), [
    { address: "0000000000001010", function: "load", file: "src/load.c", line: 5, isInlined: true },
    { address: "0000000000001010", symbol: "parse+10", function: "parse", file: "src/parse.c", line: 40 },
  ]);
  t.deepEqual(
    record.callTrace.map(({ machinery }) => machinery),
    [undefined, undefined, undefined, "test", "test", "boot"],
  );
  t.is(record.fingerprint, "trap: load < parse < test_parse");
  t.like(record, { file: "src/load.c", line: 5 });
  t.deepEqual(JSON.parse(JSON.stringify(record)), record);
});

test("the instruction itself is looked up, callers a byte before what they return to", (t) => {
  asked.length = 0;
  symbolized(
    crash({ registers: [{ name: "EIP", value: "1010" }], callTrace: [frame(0x1010), frame(0x2000)] }),
    SYMBOLS,
  );
  t.deepEqual(asked, [0x1010n, 0x1fffn]);
});

test("a trace that lacks the instruction gets it in front", (t) => {
  for (const name of ["RIP", "rip", "EIP", "PC", "ELR_EL1"]) {
    const registers = [{ name, value: "0000000000001010" }];
    t.deepEqual(names(symbolized(crash({ registers }), SYMBOLS)), ["load", "parse"], name);
    const callTrace = [frame(0x2010)];
    t.deepEqual(names(symbolized(crash({ registers, callTrace }), SYMBOLS)), ["load", "parse", "test_parse"]);
  }
  const wild = crash({ registers: [{ name: "RIP", value: "7ead0000" }], callTrace: [frame(0x2010)] });
  t.deepEqual(names(symbolized(wild, SYMBOLS)), ["7ead0000", "test_parse"]);
  t.like(symbolized(wild, SYMBOLS), { file: "tests/parse.c", line: 12, fingerprint: "trap: test_parse" });
});

test("the link register is a caller only where it leads elsewhere", (t) => {
  const registers = (link: string) => [
    { name: "ELR_EL1", value: "1010" },
    { name: "LR", value: link },
  ];
  t.deepEqual(names(symbolized(crash({ registers: registers("2010") }), SYMBOLS)), [
    "load",
    "parse",
    "test_parse",
  ]);
  t.deepEqual(names(symbolized(crash({ registers: registers("1020") }), SYMBOLS)), ["load", "parse"]);
  t.deepEqual(names(symbolized(crash({ registers: registers("ffff") }), SYMBOLS)), ["load", "parse"]);
  const traced = crash({ registers: registers("2010"), callTrace: [frame(0x1010), frame(0x5010)] });
  t.deepEqual(names(symbolized(traced, SYMBOLS)), ["load", "parse", "ukplat_entry"]);
});

test("what nothing is known of stays as it is", (t) => {
  for (const record of [
    crash({}),
    crash({ callTrace: [frame(0xffff), frame(0)] }),
    crash({ callTrace: [{ address: "no number" }] }),
    crash({ registers: [{ name: "RIP", value: "ffff" }] }),
    fault("silence", "no output for 10 s"),
  ])
    t.is(symbolized(record, SYMBOLS), record);
  t.false(hasAddress(fault("silence", "no output for 10 s")));
  t.true(hasAddress(crash({ callTrace: [frame(1)] })));
  t.true(hasAddress(crash({ registers: [{ name: "RIP", value: "1" }] })));
  t.true(hasAddress(fault("boot-init", "init function at 0x8000 returned -95")));
});

test("the guest's word for the place stands, made whole where it is short", (t) => {
  const callTrace = [frame(0x1010), frame(0x2010)];
  const placed = (file: string, line: number): FaultRecord =>
    symbolized(crash({ file, line, callTrace }), SYMBOLS);
  t.like(placed("other.c", 3), { file: "other.c", line: 3 });
  t.like(placed("parse.c", 12), { file: "tests/parse.c", line: 12 });
  t.like(placed("parse.c", 40), { file: "src/parse.c", line: 40 });
  t.like(placed("parse.c", 99), { file: "src/parse.c", line: 99 });
  t.like(placed("arse.c", 40), { file: "arse.c", line: 40 });
});

test("a place in the machinery of the crash is not where it happened", (t) => {
  const record = symbolized(
    crash({ file: "exit.c", line: 41, callTrace: [frame(0x7010), frame(0x2010), frame(0x3010)] }),
    SYMBOLS,
  );
  t.like(record, { file: "tests/parse.c", line: 12, fingerprint: "trap: test_parse" });
  t.is(record.callTrace[0]?.machinery, "crash");
});

test("a function of the C library that does as it is told is not the culprit", (t) => {
  const record = symbolized(crash({ callTrace: [frame(0x6010), frame(0x1010)] }), SYMBOLS);
  t.is(record.callTrace[0]?.machinery, "library");
  t.like(record, { file: "src/load.c", fingerprint: "trap: load < parse" });
});

test("machinery counts only where it can stand", (t) => {
  const trace = ["abort", "mine", "call_case", "memcpy", "run_once", "mine", "run_once", "ukplat_entry"];
  const frames = markMachinery(trace.map((name) => ({ address: "1", function: name })));
  t.deepEqual(
    frames.map(({ machinery }) => machinery ?? "own"),
    ["crash", "own", "own", "own", "own", "own", "test", "boot"],
  );
  t.is(ownFrames(frames).length, 5);
  const only = markMachinery(
    ["uk_crash", "run_cases", "ukplat_entry"].map((name) => ({ address: "1", function: name })),
  );
  t.deepEqual(
    ownFrames(only).map(({ function: name }) => name),
    ["run_cases", "ukplat_entry"],
  );
  t.deepEqual(ownFrames(markMachinery([{ address: "1" }])), []);
});

test("a fingerprint survives recursion, copies of functions, new lines and new addresses", (t) => {
  const own = (...functions: readonly string[]): string | undefined =>
    fingerprintOf(
      "trap",
      functions.map((name, n) => ({ address: String(n), function: name, line: n + 1 })),
    );
  t.is(own("f", "f", "f", "g"), "trap: f < g");
  t.is(own("f.constprop.0", "f", "g.part.1.cold", "h", "i"), "trap: f < g < h");
  t.is(own(), undefined);
  const unlined = symbolized(crash({ callTrace: [frame(0x9010)] }), SYMBOLS);
  t.is(unlined.fingerprint, "trap: copy");
  t.is(unlined.file, undefined);
});

test("an init function has a name and a place", (t) => {
  const record = fault("boot-init", "init function at 0x8000 returned -95 and stopped the boot");
  const known = symbolized(record, SYMBOLS);
  t.like(known, {
    title: "init function start_network at 0x8000 returned -95 and stopped the boot",
    file: "src/net.c",
    line: 7,
    fingerprint: "boot-init: start_network",
  });
  const unknown = fault("boot-init", "init function at 0xffff00 returned -95 and stopped the boot");
  t.is(symbolized(unknown, SYMBOLS), unknown);
  const other = fault("crash", record.title);
  t.is(symbolized(other, SYMBOLS), other);
});

test("a guest that was stopped from outside is said to hang where it was", (t) => {
  const stopped = fault("time-out", "stopped after 2 s of silence in s.c", { callTrace: [frame(0x1010)] });
  t.is(
    symbolized(stopped, SYMBOLS).title,
    "stopped after 2 s of silence in s.c: hung in load at src/load.c:5",
  );
  const inMachinery = fault("time-out", "stopped", { callTrace: [frame(0x4020)] });
  t.is(symbolized(inMachinery, SYMBOLS).title, "stopped: hung in uk_testsuite_run at lib/run.c:9");
  const nowhere = fault("time-out", "stopped", { callTrace: [frame(0x9020)] });
  t.is(symbolized(nowhere, SYMBOLS).title, "stopped", "without a line there is nothing to say");
});
