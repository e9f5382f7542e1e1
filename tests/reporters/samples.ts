/**
 * The runs that every reporter is shown: a green one, a red one with one of everything, several boots, nothing at
 * all, a hostile guest and as many cases as asked for.
 */
import type { Policy, RunEvent } from "../../src/core/events.js";
import { fault, RunBuilder, type CaseScript } from "./builder.js";

export const MAIN = "/home/dev/app/main.c";

const UBSAN_FAIL: Policy = { ubsan: "fail" };

const ARGPARSE: readonly CaseScript[] = [
  {
    name: "parse_null",
    durationMs: 0.41,
    body: [{ pass: "expected `argc` to be 0 and was 0" }, { pass: "expected `arg_out` to be 0 and was 0" }],
  },
  { name: "parse_quotes", durationMs: 12, body: [{ pass: "expected `argc` to be 5 and was 5" }] },
];

const CONSOLE: readonly CaseScript[] = [
  {
    name: "uk_console_devices",
    body: [{ pass: 'expected `buf` at 0x15d0d7 to equal `"Hello in!"` at 0x10cf0' }],
  },
  { name: "uk_console_hotplug", status: "skipped", reason: "no second device on this machine" },
  { name: "uk_console_empty" },
];

/** Everything passed or was skipped; one warning and one note. */
export const greenRun = (): readonly RunEvent[] =>
  new RunBuilder(UBSAN_FAIL, { image: "build/app_qemu-x86_64" })
    .boot("boot.log", "normal", (run) => {
      run.suite("ukargparse", ...ARGPARSE).suite("uk_console_testsuite", ...CONSOLE);
      run.problem({
        code: "lookalike",
        grade: "note",
        message: "1 line of the application looks like a result",
      });
    })
    .end();

export const overflow = {
  check: "signed-integer-overflow",
  message: "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'",
  file: MAIN,
  line: 27,
  column: 6,
};

const misaligned = {
  check: "alignment",
  message: "load from misaligned address 0x1bc241 for type 'int', which requires 4 byte alignment",
  file: "/usr/src/unikraft/include/uk/event.h",
  line: 280,
  column: 10,
};

const generalProtection = fault("trap", "general protection fault (trap 13), error code 0x0", {
  file: MAIN,
  line: 71,
  registers: [
    { name: "RIP", value: "0000000000121ab2" },
    { name: "RSP", value: "0000000000010ef0" },
    { name: "EFLAGS", value: "00000293" },
    { name: "RAX", value: "deadbeefdead0000" },
    { name: "RBX", value: "00000000001878f0" },
    { name: "RCX", value: "000000000000025a" },
  ],
  callTrace: [
    { address: "0000000000121ab2", symbol: "demo_test_crash+12" },
    { address: "000000000010e321", symbol: "uk_testsuite_run+8b" },
    { address: "00000000001082c7" },
  ],
  excerpt: [
    {
      line: 150,
      text: "CRIT: [libkvmplat] <traps.c @ 84> Unhandled Trap 13 (general protection), error code=0x0",
    },
    { line: 152, text: "CRIT: [libkvmplat] <trace.c @ 41> RIP: 0000000000121ab2 CS: 0008" },
    { line: 153, text: "Info: [libkvmplat] <shutdown.c @ 59> Unikraft halted" },
  ],
});

const ARITH: readonly CaseScript[] = [
  {
    name: "demo_test_add",
    status: "failed",
    reason: "4 of 5 assertions failed",
    file: MAIN,
    line: 9,
    durationMs: 1240,
    body: [
      { console: "[    0.109095] Info: [appuktest] <main.c @ 8> adding" },
      { pass: "expected `2 + 2` to be 4 and was 4" },
      { console: "a line of the application in front of the failure" },
      { fail: "expected `2 + 2` to be 5 but was 4", file: MAIN, line: 12 },
      { console: "and one after it" },
      { fail: "expected `big < 0` to be true", file: MAIN, line: 13 },
      { fail: 'expected `"abc"` at 0x15a5fb to equal `"abd"` at 0x15a605', file: MAIN, line: 14 },
      { fail: "custom message with 100% and a -> arrow" },
    ],
  },
  {
    name: "demo_test_desc",
    description: "case with a description: colon inside",
    status: "failed",
    reason: "1 of 1 assertions failed",
    body: [{ fail: 'expected `strcmp("a", "b")` to be 0 but was -1', file: "main.c", line: 20 }],
  },
  { name: "demo_test_empty" },
];

/** One of everything that can go wrong, in one boot. */
export const redRun = (policy: Policy = UBSAN_FAIL): readonly RunEvent[] =>
  new RunBuilder(policy, { image: "build/app_qemu-x86_64" })
    .boot("boot.log", "fault", (run) => {
      run.finding(misaligned).finding(misaligned).finding(misaligned);
      run.suite("ukargparse", ...ARGPARSE);
      run.suite("demo_ub_testsuite", {
        name: "demo_test_overflow",
        body: [{ finding: overflow }, { pass: "expected `r` to be less than 0 and was -2147483648" }],
      });
      run.suite("demo_arith_testsuite", ...ARITH);
      run.suite("uk_console_testsuite", ...CONSOLE);
      run.suite(
        "demo_initfail_testsuite",
        { fault: fault("suite-init", "init of suite demo_initfail_testsuite failed") },
        { name: "demo_test_after", status: "not-run", reason: "the init function of its suite failed" },
      );
      run.suite(
        "demo_net_testsuite",
        {
          name: "demo_test_wait",
          status: "timed-out",
          reason: "no output for 10 s",
          durationMs: 10_002,
          body: [{ console: "waiting for a packet" }],
        },
        {
          name: "demo_test_cut",
          status: "not-run",
          reason: "the boot ended in demo_zcrash_testsuite.demo_test_crash",
        },
      );
      run.suite("demo_zcrash_testsuite", {
        name: "demo_test_crash",
        status: "crashed",
        reason: "general protection fault (trap 13), error code 0x0",
        file: MAIN,
        line: 68,
        body: [{ pass: "expected `1` to be true" }, { fault: generalProtection }],
      });
      run.problem({ code: "plan-short", grade: "error", message: "2 planned cases have no result" });
      run.problem({
        code: "details-capped",
        grade: "warning",
        message: "1200 console lines were counted, not kept",
      });
      run.problem({
        code: "lookalike",
        grade: "note",
        message: "1 line of the application looks like a result",
      });
    })
    .end();

const MEMORY = "/home/dev/app/lib/memory.c";

/** A crash whose image is known: frames of the program between those of the machinery. */
const nullRead = fault("trap", "page fault at 0x0 (read, page not present)", {
  file: MEMORY,
  line: 22,
  registers: [
    { name: "RIP", value: "00000000001096bb" },
    { name: "RSP", value: "0000000000155aa8" },
  ],
  callTrace: [
    { address: "00000000001096bb", function: "load", file: MEMORY, line: 22, column: 9, isInlined: true },
    { address: "00000000001096bb", function: "read_from", file: MEMORY, line: 41, column: 3 },
    { address: "00000000001098ae", function: "test_read", file: MAIN, line: 49, column: 2 },
    { address: "0000000000107493", function: "call_case", file: "case.c", line: 41, machinery: "test" },
    { address: "0000000000107d6d", function: "uktest_guarded", file: "run.c", line: 24, machinery: "test" },
    { address: "0000000000100e2c", function: "ukplat_entry", file: "boot.c", line: 107, machinery: "boot" },
    { address: "000000000010005b" },
  ],
  fingerprint: "trap: load < read_from < test_read",
  source: { file: MEMORY, line: 22, firstLine: 21, texts: ["{", "\treturn *pointer;", "}"] },
  excerpt: [{ line: 5, text: "CRIT: Unhandled page fault vaddr=0x0, error code=0x0" }],
});

/** A case that crashes, and another crash outside of any case. */
export const symbolizedRun = (): readonly RunEvent[] =>
  new RunBuilder(UBSAN_FAIL, { image: "build/app.elf" })
    .boot("boot.log", "fault", (run) => {
      run.suite("memory", {
        name: "null_read",
        status: "crashed",
        reason: "page fault at 0x0 (read, page not present)",
        file: MAIN,
        line: 45,
        body: [{ fault: nullRead }],
      });
      run.fault(
        fault("boot-init", "init function start_network at 0x1583a0 returned -95", {
          file: "/home/dev/app/lib/net.c",
          line: 12,
          fingerprint: "boot-init: start_network",
        }),
      );
    })
    .end();

/** Cases that keep memory, one that needs more than it may, and one that was not measured. */
export const leakingRun = (policy: Policy = { ubsan: "fail", maxLeak: 0 }): readonly RunEvent[] =>
  new RunBuilder(policy, { sources: ["ring on qemu-x86_64"] })
    .boot("ring on qemu-x86_64", "normal", (run) => {
      const place = { file: MEMORY, line: 22, column: 9 };
      const keeps = (name: string, message: string) =>
        ({
          kind: "leak",
          check: "memory",
          message: `${message} still held after ring.${name}`,
          ...place,
        }) as const;
      run.suite(
        "ring",
        { name: "clean", durationMs: 1, measured: [0, 0, 160] },
        {
          name: "keeps",
          durationMs: 2,
          measured: [64, 1, 64],
          body: [{ finding: keeps("keeps", "64 bytes in 1 block") }],
        },
        {
          name: "keeps_more",
          measured: [4096, 3, 9000],
          body: [
            { finding: keeps("keeps_more", "4096 bytes in 3 blocks") },
            {
              finding: {
                kind: "limit",
                check: "peak_bytes",
                message: "peak_bytes of ring.keeps_more is 9000, and its suite allows 8192",
                ...{ file: MAIN, line: 45, column: 0 },
              },
            },
          ],
        },
        { name: "gives_back", measured: [-64, -1, 0] },
        { name: "unknown", status: "skipped", reason: "no device" },
      );
    })
    .end();

/** Benchmarks beside those of an earlier run: longer, shorter, as it was, new, gone; and one whose time was measured. */
export const benchedRun = (): readonly RunEvent[] => {
  const source = "ring on qemu-x86_64";
  const before = { "ring.put": 1200, "ring.get": 900, "ring.peek": 40, "ring.gone": 7 };
  const [started, ...rest] = new RunBuilder({ ubsan: "fail", bench: {} }, { sources: [source] })
    .boot(source, "normal", (run) =>
      run.suite(
        "ring",
        { name: "put", durationMs: 1, instructions: [1234, 1234, 1234] },
        { name: "get", instructions: [899, 890, 1900] },
        { name: "peek", instructions: [40, 40, 40] },
        { name: "drop", instructions: [1, 1, 1] },
        { name: "waits", nanoseconds: [1_250_000, 812.25] },
        { name: "plain", durationMs: 1 },
      ),
    )
    .end();
  const cases = Object.entries(before).map(([name, instructions]) => ({
    ...{ source, name, instructions, sites: [] },
    status: "passed" as const,
  }));
  return started === undefined
    ? []
    : [started, { type: "baseline", name: "before", cases, findings: [] }, ...rest];
};

/** The same suite on two machines, the second of which dies outside any case. */
export const twoBoots = (): readonly RunEvent[] =>
  new RunBuilder(UBSAN_FAIL, { sources: ["out/x86_64.log", "out/arm64.log"] })
    .boot("out/x86_64.log", "normal", (run) => run.suite("ukargparse", ...ARGPARSE))
    .boot("out/arm64.log", "fault", (run) => {
      run.suite("ukargparse", ...ARGPARSE);
      run.fault(fault("boot-init", "init function at 0x1583a0 returned -95"));
    })
    .end();

/** A log in which nothing ran. */
export const emptyRun = (): readonly RunEvent[] =>
  new RunBuilder()
    .boot("boot.log", "cut", (run) =>
      run.problem({ code: "no-tests", grade: "error", message: "no case ran in this boot" }),
    )
    .end();

/** A run in which everything the guest can choose is `text`. */
export const hostileRun = (text: string): readonly RunEvent[] =>
  new RunBuilder({ ubsan: "fail" }, { sources: [text], image: text })
    .boot(text, "cut", (run) => {
      const place = { file: text, line: 3 };
      const crash = fault("trap", text, {
        ...place,
        registers: [{ name: text, value: text }],
        callTrace: [
          { address: text, symbol: text },
          { address: text, function: text, ...place, column: 1, isInlined: true },
          { address: text, function: text, ...place, machinery: "test" },
        ],
        fingerprint: text,
        source: { ...place, firstLine: 2, texts: [text, text] },
        excerpt: [{ line: 1, text }],
      });
      const finding = { check: text, message: text, file: text, line: 1, column: 1 };
      const inner = [
        { console: text, painted: text },
        { pass: text, ...place },
        { fail: text, ...place },
      ] as const;
      run.suite(
        text,
        { name: text, description: text, ...place, body: [{ console: text }, { pass: text, ...place }] },
        { name: text, status: "failed", reason: text, ...place, body: inner },
        { name: text, status: "skipped", reason: text },
        { name: text, status: "not-run", reason: text },
        { name: text, status: "timed-out", reason: text, ...place, body: inner },
        {
          name: text,
          status: "crashed",
          reason: text,
          ...place,
          body: [...inner, { fault: crash }, { finding }],
        },
      );
      run.fault(crash);
      for (const grade of ["error", "warning", "note"] as const)
        run.problem({ code: "ambiguous-line", grade, message: text });
    })
    .end();

/** `count` cases, every tenth failing, a hundred to a suite. */
export const manyCases = (count: number): readonly RunEvent[] =>
  new RunBuilder()
    .boot("boot.log", "normal", (run) => {
      for (let first = 0; first < count; first += 100) {
        const cases = Array.from({ length: Math.min(100, count - first) }, (_, at): CaseScript => {
          const name = `case_${String(first + at)}`;
          if (at % 10 !== 0) return { name, body: [{ pass: "expected `a` to be 1 and was 1" }] };
          const fail = { fail: "expected `a` to be 1 but was 2", file: MAIN, line: first + at + 1 };
          return { name, status: "failed", reason: "1 of 1 assertions failed", body: [fail] };
        });
        run.suite(`suite_${String(first / 100)}`, ...cases);
      }
    })
    .end();

/** A run of many cases, in each of which everything that the guest can choose is one of `texts`. */
export const hostileCases = (texts: readonly string[]): readonly RunEvent[] =>
  new RunBuilder()
    .boot("boot.log", "fault", (run) => {
      const cases = texts.map((text, at): CaseScript => {
        const place = { file: text, line: at + 1 };
        const told = [{ console: text }, { fail: text, ...place }] as const;
        switch (at % 4) {
          case 0:
            return { name: text, status: "failed", reason: text, ...place, body: told };
          case 1: {
            const finding = { check: text, message: text, file: "a.c", line: at + 1, column: 1 };
            return { name: text, description: text, ...place, body: [{ console: text }, { finding }] };
          }
          case 2:
            return { name: text, status: "skipped", reason: text, ...place };
          default: {
            const callTrace = [{ address: text, function: text, ...place }];
            const crash = fault("trap", text, { ...place, callTrace, excerpt: [{ line: 1, text }] });
            return {
              name: text,
              status: "crashed",
              reason: text,
              body: [{ console: text }, { fault: crash }],
            };
          }
        }
      });
      for (let first = 0; first < cases.length; first += 100)
        run.suite(`${texts[first] ?? ""} ${String(first)}`, ...cases.slice(first, first + 100));
    })
    .end();

/** A boot with a trace: a case from before it, one that is not in it, one that died; measurements, crashes, a finding. */
export const tracedRun = (): readonly RunEvent[] => {
  const marks = Array.from({ length: 60 }, (_, at) => {
    const us = at === 59 ? 6000 : 400 + at * 90;
    return { fromUs: us, toUs: us, events: 1, text: `trace_ukalloc_malloc 0x100 0x${String(at)} -> 0x2000` };
  });
  const bounds = { check: "bounds", message: "index 9 is out of bounds", file: "n.c", line: 3, column: 1 };
  return new RunBuilder()
    .boot("demo on v86", "fault", (boot) =>
      boot
        .suite(
          "ring",
          { name: "early", durationMs: 0.1 },
          { name: "wraps", durationMs: 1.2, measured: [0, 0, 640] },
          { name: "grows", durationMs: 3.4, measured: [64, 0, 5000] },
        )
        .suite(
          "net",
          { name: "between", durationMs: 0.01, body: [{ finding: bounds }] },
          { name: "crashes", status: "crashed", body: [{ fault: fault("trap", "page fault at 0x10") }] },
        )
        .fault(fault("crash", "heap is broken"))
        .trace({
          ...{
            events: 60,
            lost: 0,
            marks,
            held: marks.map(({ fromUs }, at) => [fromUs, 900 + ((at * 37) % 800)]),
          },
          cases: [
            { name: "ring.wraps", fromUs: 600, toUs: 1800 },
            { name: "ring.grows", fromUs: 1900, toUs: 5300 },
            { name: "net.crashes", fromUs: 5660 },
          ],
        }),
    )
    .end();
};
