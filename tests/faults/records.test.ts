/**
 * What each fault family reads out of its screens: kind, title, place, registers, call trace.
 * It leaves what holds for all of them to families.test.ts.
 */
import test from "ava";
import { crashScreen } from "../../src/faults/unikraft/crash-screen.js";
import { families, lastWords } from "../../src/faults/unikraft/families.js";
import { libcAssertion } from "../../src/faults/unikraft/libc-assertion.js";
import type { FaultDescription } from "../../src/core/fault/family.js";
import * as samples from "./samples.js";
import { readFaults, segmentOf } from "./segments.js";

const read = (text: string): FaultDescription => {
  const [fault] = readFaults(text, families).faults;
  if (fault === undefined) throw new Error(`no fault in: ${text}`);
  return fault;
};
const crit = (body: string): string => `[    0.200000] CRIT: [libkvmplat] <traps.c @   84> ${body}`;
const registers = (fault: FaultDescription): Readonly<Record<string, string>> =>
  Object.fromEntries(fault.registers.map((one) => [one.name, one.value]));
const addresses = (fault: FaultDescription): readonly string[] => fault.callTrace.map((one) => one.address);

test("x86: an unhandled trap", (t) => {
  const fault = read(samples.GENERAL_PROTECTION);
  t.is(fault.kind, "trap");
  t.is(fault.title, "trap 13 (general protection) at rip 0x121ab2");
  t.is(fault.registers.length, 20);
  t.is(registers(fault)["RAX"], "deadbeefdead0000");
  t.is(registers(fault)["CS"], "0008");
  t.is(registers(fault)["EFLAGS"], "00000293");
  t.is(registers(fault)["R15"], "0000000000187b44");
  t.deepEqual(fault.callTrace, []);
});

test("x86: an error code is worth saying when it is not zero", (t) => {
  t.is(
    read(crit("Unhandled Trap 11 (segment not present), error code=0x18")).title,
    "trap 11 (segment not present), error code 0x18",
  );
  t.is(read(crit("Unhandled Trap 6 (inval")).title, "trap 6");
});

test("x86: a page fault that says nothing before its registers", (t) => {
  const fault = read(samples.PAGE_FAULT_SILENT);
  t.is(fault.kind, "trap");
  t.is(fault.title, "page fault at rip 0x1286e0");
  t.deepEqual(addresses(fault), ["120031", "1159d6"]);
  t.is(registers(fault)["RIP"], "00000000001286e0");
});

test("x86: the other first lines of a page fault", (t) => {
  t.is(read(samples.PAGE_FAULT_HANDLER).title, "page fault (handler returned error -12) at rip 0x1286e0");
  const old = read(samples.PAGE_FAULT_OLD);
  t.is(old.title, "page fault at 0x1234567000 (write, page not present)");
  t.is(registers(old)["RIP"], "00000000001286ea");
  t.is(old.registers.filter((one) => one.name === "RIP").length, 1);
  t.deepEqual(addresses(old), ["10a2c1"]);
  t.is(read(samples.GPF_OLD).title, "general protection fault at rip 0x1286ea");
  t.is(
    read(crit("Page fault in pagetable walk (access to invalid memory?).")).title,
    "page fault in the page table walk",
  );
  const cut = read(samples.PAGE_FAULT_OLD.split("\n")[0] ?? "");
  t.deepEqual(registers(cut), { RIP: "1286ea", RSP: "3fdff0c" });
});

test("x86: the error code of a page fault in words", (t) => {
  const title = (code: string): string =>
    read(crit(`Unhandled page fault vaddr=0x1000, error code=${code}`)).title;
  t.is(title("0"), "page fault at 0x1000 (read, page not present)");
  t.is(title("0x3"), "page fault at 0x1000 (write, not permitted)");
  t.is(title("0x10"), "page fault at 0x1000 (instruction fetch, page not present)");
  t.is(title("0x7"), "page fault at 0x1000 (write from user mode, not permitted)");
  t.is(title("0x9"), "page fault at 0x1000 (read, reserved bit set)");
  t.is(
    read(crit("Unhandled page fault vaddr=0, error code=0x10")).title,
    "page fault at 0x0 (instruction fetch, page not present)",
  );
  t.is(read(crit("Unhandled page fault vaddr=0x10")).title, "page fault at 0x10");
  t.is(read(crit("Unhandled page fault vaddr=")).title, "page fault");
});

test("x86: a second fault inside the dump belongs to the first", (t) => {
  const text = [
    crit("page fault handler returned error: -12"),
    crit("Unhandled page fault vaddr=0x401f9bffc, error code=0x2"),
    crit("Page fault in pagetable walk (access to invalid memory?)."),
  ].join("\n");
  const { faults } = readFaults(text, families);
  t.deepEqual(
    faults.map((one) => one.title),
    ["page fault at 0x401f9bffc (write, page not present)"],
  );
});

test("x86: what follows the last word of a screen is another fault", (t) => {
  const two = `${samples.GENERAL_PROTECTION}\n${samples.GENERAL_PROTECTION}`;
  t.is(readFaults(two, families).faults.length, 2);
});

test("arm64: a trap with its syndrome in words", (t) => {
  for (const text of [samples.ARM64_TRAP, samples.ARM64_TRAP_OLD]) {
    const fault = read(text);
    t.is(fault.kind, "trap");
    t.is(fault.title, "data abort (translation fault, level 0), write to 0xdeadbeefdead0000");
    t.is(fault.registers.length, 36);
    const values = registers(fault);
    t.is(values["ELR_EL1"], "000000004010e208");
    t.is(values["LR"], "000000004010e1f8");
    t.is(values["X00"], "deadbeefdead0000");
    t.is(values["X04"], "0000000040146510");
    t.is(values["X27"], "0000000000000001");
    t.is(values["X29"], "000000004000feb0");
  }
});

test("arm64: exception classes", (t) => {
  const title = (esr: string, first = "EL1 sync trap caught"): string =>
    read([crit(first), crit(`\t ESR_EL1  : 0x${esr}`), crit("\t FAR_EL1  : 0x1001")].join("\n")).title;
  t.is(title("0000000002000000"), "undefined instruction");
  t.is(title("0000000096000021"), "data abort (alignment fault), read from 0x1001");
  t.is(title("000000009600000f"), "data abort (permission fault, level 3), read from 0x1001");
  t.is(title("0000000096000410"), "data abort (external abort), read from an unknown address");
  t.is(title("0000000096000015"), "data abort (external abort on a table walk, level 1), read from 0x1001");
  t.is(title("000000009600003f"), "data abort (fault status 0x3f), read from 0x1001");
  t.is(title("0000000086000006"), "instruction abort (translation fault, level 2), jump to 0x1001");
  t.is(title("000000008a000000"), "misaligned program counter 0x1001");
  t.is(title("0000000056000002"), "supervisor call (#0x2)");
  t.is(title("00000000f20003e8"), "breakpoint instruction (#0x3e8)");
  t.is(title("00000000fe000000"), "exception class 0x3f");
  t.is(
    title("00000000be000000", "EL1 invalid Error trap caught"),
    "EL1 invalid Error trap: SError interrupt",
  );
});

test("arm64: a trap without its registers", (t) => {
  t.is(read(crit("EL1 sync trap caught")).title, "EL1 sync trap");
  t.is(read(crit("Unikraft: EL0 invalid IRQ trap caught")).title, "EL0 invalid IRQ trap");
});

test("screen: a page fault and its screen are one fault", (t) => {
  const fault = read(samples.SCREEN_PAGE_FAULT);
  t.is(fault.kind, "trap");
  t.is(fault.title, "page fault at 0x1234567000 (write, page not present)");
  t.is(registers(fault)["RAX"], "0000001234567000");
  t.is(registers(fault)["RCX"], "0000000000000780");
  t.is(registers(fault)["ORIG_RAX"], "0000000000000002");
  t.is(fault.registers.length, 19);
  t.deepEqual(addresses(fault), [
    "000000000011be1a",
    "000000000011588e",
    "00000000001159d6",
    "000000000010b6b8",
  ]);
});

test("screen: on the slides the reason follows the trace", (t) => {
  const x86 = read(samples.SLIDE_X86_64);
  t.is(x86.kind, "crash");
  t.is(x86.title, "Could not initialize the scheduler");
  t.deepEqual(x86.callTrace, [
    { address: "000000000010e8e5", symbol: "ukplat_entry+5c4" },
    { address: "000000000010e321", symbol: "ukplat_entry_argp+8b" },
    { address: "00000000001082c7", symbol: "_libkvmplat_entry2+29" },
    { address: "0000000000106465", symbol: "_libkvmplat_newstack+f" },
  ]);
  t.is(registers(x86)["RIP"], "000000000010e8e5");
  t.is(x86.registers.length, 19);
  const arm = read(samples.SLIDE_ARM64);
  t.is(arm.title, "Could not initialize the scheduler");
  t.is(arm.callTrace[3]?.symbol, "_libkvmplat_newstack+10");
  t.deepEqual(
    arm.registers.map((one) => one.name),
    ["PC", "LR", "SP", "PSTATE", "X0", "X1", "X28", "X29"],
  );
});

test("screen: without a reason the title is where it happened", (t) => {
  const lines = samples.SLIDE_X86_64.split("\n");
  t.is(read(lines.slice(0, 1).join("\n")).title, "crash");
  t.is(read(lines.slice(0, 2).join("\n")).title, "crash at 0x10e8e5");
  t.is(read(lines.slice(0, -2).join("\n")).title, "crash at ukplat_entry+5c4");
});

test("screen: 0.21", (t) => {
  const fault = read(samples.SCREEN_021);
  t.is(fault.kind, "crash");
  t.is(fault.title, "crash at 0x11be55");
  t.deepEqual(addresses(fault), ["000000000011be55", "000000000011588e"]);
  t.is(registers(fault)["RCX"], "0000000000000780");
  t.is(registers(fault)["R8"], "0000000000000202");
  t.is(registers(fault)["ORIG_RAX"], "0000000000000000");
  const arm = read(samples.SCREEN_021_ARM64);
  t.is(arm.title, "data abort (translation fault, level 0), write to an unknown address");
  t.is(registers(arm)["ESR_EL1"], "0000000096000044");
  t.is(registers(arm)["X28"], "0000000000000000");
  t.is(registers(arm)["SP"], "000000004000feb0");
});

test("screen: a message of the kernel in front of it says why", (t) => {
  const before = segmentOf("[    0.100000] CRIT: x");
  const screen = segmentOf("[    0.200000] CRIT: Unikraft Crash - Ijiraq (0.21.0)");
  const why = segmentOf("[    0.100000] CRIT: [libukallocpool] <pool.c @  390> not implemented");
  const begin = crashScreen({ allowBare: false });
  t.is(begin.begin(screen, why)?.finish().title, "not implemented");
  t.is(begin.begin(screen, why)?.finish().line, 390);
  t.is(begin.begin(screen, before)?.finish().title, "x");
  t.is(begin.begin(screen, segmentOf("hello"))?.finish().title, "crash");
});

test("screen: the reason is the first message without library after the trace", (t) => {
  const trace = samples.SLIDE_X86_64.split("\n").slice(0, -2);
  const more = ["[0.110000] CRIT: [libx] first", "[0.120000] CRIT: second", "[0.130000] CRIT: third"];
  const { faults, left } = readFaults([...trace, ...more].join("\n"), families);
  t.is(faults[0]?.title, "second");
  t.deepEqual(left, ["first", "third"]);
});

test("assertion: of the kernel, with its place", (t) => {
  const fault = read(samples.ASSERTION);
  t.is(fault.kind, "assertion");
  t.is(fault.title, "assertion failure: zero == 1");
  t.is(fault.file, "main.c");
  t.is(fault.line, 69);
  t.is(read("[    0.100000] CRIT: Assertion failure: ").title, "assertion failure");
});

test("assertion: with a crash screen it is one fault", (t) => {
  const fault = read(samples.ASSERTION_021);
  t.is(fault.kind, "assertion");
  t.is(fault.title, "assertion failure: thread != ((void *) 0)");
  t.is(fault.file, "sched.c");
  t.is(fault.line, 315);
  t.deepEqual(addresses(fault), ["000000000011be55", "000000000011588e"]);
  t.is(registers(fault)["RIP"], "000000000011be55");
});

test("assertion: an expression longer than the print buffer ends where the buffer does", (t) => {
  const message = `Assertion failure: ${"e".repeat(172)}`;
  t.is(message.length, 191);
  t.is(read(`[    0.100000] CRIT: ${message}\0 46\0stale`).title, `assertion failure: ${"e".repeat(172)}`);
  t.is(read("[    0.100000] CRIT: Assertion failure: a\0b").title, "assertion failure: ab");
});

test("assertion: of the libc", (t) => {
  const of = (line: string): FaultDescription | undefined => libcAssertion.begin(segmentOf(line))?.finish();
  const fault = of("Assertion failed: f(x) == 1 (src/a.c: main: 12)");
  t.is(fault?.kind, "assertion");
  t.is(fault?.title, "assertion failed: f(x) == 1");
  t.is(fault?.file, "src/a.c");
  t.is(fault?.line, 12);
  t.deepEqual(lastWords(segmentOf("Assertion failed: f(x) == 1 (src/a.c: main: 12)")), fault);
  t.is(of("Assertion failed: x"), undefined);
  t.is(of("Assertion failed: (a.c: main: 1)"), undefined);
  t.is(of("[    0.100000] CRIT: Assertion failed: x (a.c: main: 1)"), undefined);
});

test("fail-fast: only the file of its prefix is true", (t) => {
  const fault = read("[    0.136000] CRIT: [appuktest] <main.c @  663> Crashing on first failure!");
  t.is(fault.kind, "fail-fast");
  t.is(fault.file, "main.c");
  t.is(fault.line, undefined);
});

test("kasan: access and address", (t) => {
  const fault = read(samples.KASAN);
  t.is(fault.kind, "crash");
  t.is(fault.title, "KASAN: write of size 1 at 0x1bc241");
  t.is(read(samples.KASAN.split("\n")[0] ?? "").title, "KASAN: invalid access");
});

test("explicit crashes", (t) => {
  t.is(read(crit("Crashing")).kind, "crash");
  const fault = read("[    0.100000] CRIT: [libnolibc] <stdlib.c @  485> Abnormal termination!");
  t.is(fault.title, "abort() called");
  t.is(fault.file, "stdlib.c");
  t.is(read(crit("Stack smashing detected. SP 0x10f70")).title, "stack smashing detected");
});
