/**
 * Lines of lib/ukvmem in front of a crash screen: which faults they explain, and which they leave alone.
 */
import test from "ava";
import { FaultCollector } from "../../src/console/fault-collector.js";
import type { FaultRecord } from "../../src/core/fault.js";
import { segmentsOf } from "./segments.js";

/** The faults of these lines, each after a prefix with its library. */
function faultsOf(...lines: readonly (readonly [library: string, body: string])[]): readonly FaultRecord[] {
  const desk = new FaultCollector();
  const text = lines
    .map(([library, body]) => `[    0.200000] CRIT: [${library}] <a.c @    1> ${body}`)
    .join("\n");
  const seen = segmentsOf(text).map((segment) => desk.see(segment).fault);
  return [...seen, desk.flush()].flatMap((claim) => (claim?.type === "fault" ? [claim.fault] : []));
}

const vmem = (body: string): readonly [string, string] => ["libukvmem", body];
const plat = (body: string): readonly [string, string] => ["libkvmplat", body];
const WRITE = vmem("Cannot handle write page fault at 0xffffc6e78 (ec: 0x2): Bad address (14).");
const FETCH = vmem("Cannot handle exec page fault at 0x7f001000 (ec: 0x11): Bad address (14).");
const GUARD = vmem("Guard page 0x1000ff000 of stack VMA 0x1000ff000 - 0x100110000 hit!");
const RIP = plat("RIP: 00000010088df442 CS: 0008");
const ARM = [plat("EL1 sync trap caught"), plat("\t ESR_EL1  : 0x0000000096000047")] as const;
const SCREEN = plat("Unikraft Crash - Ijiraq (0.21.0)");

test("a page fault says where it was, and what was tried", (t) => {
  t.deepEqual(
    [faultsOf(WRITE, RIP), faultsOf(FETCH, RIP), faultsOf(WRITE, SCREEN)].flat().map(({ title }) => title),
    [
      "page fault at 0xffffc6e78 (write, page not present)",
      "page fault at 0x7f001000 (instruction fetch, not permitted)",
      "page fault at 0xffffc6e78 (write, page not present)",
    ],
  );
});

test("a guard page is a stack overflow", (t) => {
  const titles = [
    faultsOf(GUARD, RIP),
    faultsOf(GUARD, WRITE, RIP),
    faultsOf(GUARD, SCREEN),
    faultsOf(GUARD, ...ARM),
  ];
  t.deepEqual(
    titles.flat().map(({ title }) => title),
    [
      "stack overflow: guard page 0x1000ff000 hit",
      "stack overflow: guard page 0x1000ff000 hit, page fault at 0xffffc6e78 (write, page not present)",
      "stack overflow: guard page 0x1000ff000 hit",
      "stack overflow: guard page 0x1000ff000 hit, data abort (translation fault, level 3), write to an unknown address",
    ],
  );
});

test("the line alone is no fault, and explains none that has a reason of its own", (t) => {
  t.deepEqual(faultsOf(WRITE), []);
  t.deepEqual(
    [
      faultsOf(WRITE, plat("Unhandled Trap 6 (invalid opcode), error code=0x0")),
      faultsOf(WRITE, plat("a word of another library"), RIP),
      faultsOf(vmem("Cannot handle write page f"), RIP),
      faultsOf(plat(WRITE[1]), RIP),
    ]
      .flat()
      .map(({ title }) => title),
    [
      "trap 6 (invalid opcode)",
      "page fault at rip 0x10088df442",
      "page fault at rip 0x10088df442",
      "page fault at rip 0x10088df442",
    ],
  );
});

test("a screen says the error code of the processor where nothing else says why", (t) => {
  const [fault] = faultsOf(
    SCREEN,
    plat(" rip: 0008:0000000000112991"),
    plat(" rsp: 0010:0000000000010f30 eflags: 00000293 orig_rax: 0000000000000002"),
  );
  t.is(fault?.title, "crash at 0x112991 (error code 0x2)");
});

test("debug messages do not end a screen, and much of them does", (t) => {
  const dbg = "[    0.200000] dbg:  [libvfscore] <main.c @    1> (int) uk_syscall_r_write()";
  const crit = (body: string): string => `[    0.200000] CRIT: [libkvmplat] <a.c @    1> ${body}`;
  const titleOf = (messages: number): string | undefined => {
    const desk = new FaultCollector();
    const between = Array.from({ length: messages }, () => dbg);
    const lines = [crit("EL1 sync trap caught"), ...between, crit("\t ESR_EL1  : 0x0000000096000061")];
    const claims = segmentsOf(lines.join("\n")).map((segment) => desk.see(segment).fault);
    const [claim] = [...claims, desk.flush()].filter((one) => one !== undefined);
    return claim?.type === "fault" ? claim.fault.title : undefined;
  };
  t.is(titleOf(4), "data abort (alignment fault), write to an unknown address");
  t.is(titleOf(5), "EL1 sync trap");
});

test("a guest that prints its crash without end is known, one that survives some is not", (t) => {
  const lines = (count: number, body: string): string =>
    Array.from({ length: count }, () => `[    0.200000] CRIT: [libkvmplat] <a.c @    1> ${body}`).join("\n");
  const endless = (text: string): boolean => {
    const desk = new FaultCollector();
    for (const segment of segmentsOf(text)) desk.see(segment);
    return desk.isEndless;
  };
  t.false(endless(lines(400, "Abnormal termination!")));
  t.true(endless(lines(600, "Abnormal termination!")));
  const screen = `${lines(1, "RIP: 00000010088df442 CS: 0008")}\n`;
  t.false(endless(screen + lines(4000, "base is 0x15ff40 caller is 0x10af45")));
  t.true(endless(screen + lines(6000, "base is 0x15ff40 caller is 0x10af45")));
});

test("memory says which exception it was, and the rest of the record stays", (t) => {
  const titleOf = (number: number, name: string, code: string): string | undefined => {
    const desk = new FaultCollector();
    const text = [
      "Unikraft Crash - Ijiraq (0.21.0)",
      " rip: 0008:0000000000112991",
      " rsp: 0010:0000000000010f30 eflags: 00000293 orig_rax: 0000000000000000",
    ];
    for (const segment of segmentsOf(text.map((body) => `[    0.200000] CRIT: ${body}`).join("\n")))
      desk.see(segment);
    t.is(desk.unexplained?.[0]?.value, "0000000000112991");
    desk.explain({ number, name, code, address: "7654321008" });
    const claim = desk.flush();
    return claim?.type === "fault" ? `${claim.fault.kind}: ${claim.fault.title}` : undefined;
  };
  t.deepEqual(
    [
      titleOf(14, "page fault", "3"),
      titleOf(6, "invalid opcode", "0"),
      titleOf(13, "general protection", "18"),
    ],
    [
      "trap: page fault at 0x7654321008 (write, not permitted)",
      "trap: trap 6 (invalid opcode) at rip 0x112991",
      "trap: trap 13 (general protection), error code 0x18 at rip 0x112991",
    ],
  );
});

test("a screen with a reason, and one of an older tree, are not looked up in memory", (t) => {
  const unexplained = (...lines: readonly string[]): boolean => {
    const desk = new FaultCollector();
    for (const segment of segmentsOf(lines.map((body) => `[    0.200000] CRIT: ${body}`).join("\n")))
      desk.see(segment);
    return desk.unexplained !== undefined;
  };
  const screen = [
    "Unikraft Crash - Ijiraq (0.21.0)",
    " rip: 0008:0000000000112991",
    " rsp: 0010:0000000000010f30 orig_rax: 0000000000000000",
  ];
  t.true(unexplained(...screen));
  t.false(unexplained("Assertion failure: one == 2", ...screen));
  t.false(unexplained("the reason of the program", ...screen));
  t.false(unexplained(...screen.slice(0, 2)));
  t.false(unexplained());
});
