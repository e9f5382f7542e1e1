/**
 * A guest without end lines of cases dies in the init function of a suite, after the last case of another: that case has
 * returned, and the suite is charged. The code that died tells; where it tells nothing, the case is charged as ever.
 */
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import type { RunInfo } from "../../src/core/assemble.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { MachineEnd } from "../../src/core/fault.js";
import type { RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { afterRound } from "../../src/core/plan/rounds.js";

const one = (name: string) => ({ name, file: "a.c", line: 3, sites: [] });
const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  suites: [
    { name: "a", cases: [one("x"), one("y")] },
    { name: "b", cases: [one("z")] },
    { name: "c", cases: [one("w")] },
  ],
  orphans: [],
};

/** Code of b's init function. */
const INSIDE = 0x115a40n;
const initAt = (address: bigint): string | undefined =>
  address >= INSIDE && address < INSIDE + 0x40n ? "b" : undefined;

const AUTO = await dialectsFor("auto");

const passed = (suite: string, name: string): readonly string[] => [
  `Info: test:\x1b[0m ${suite}->${name}`,
  `Info: \texpected \`1\` to be true ${".".repeat(57)} [ PASSED ]`,
];

/** A trap as 0.17 prints it; the leaf that died keeps no frame, so its caller is only on the stack. */
const trap = (rip: string, caller: string, top: string): readonly string[] => [
  `CRIT: [libkvmplat] <trace.c @   41> RIP: ${rip} CS: 0008`,
  "CRIT: [libkvmplat] <trace.c @   42> RSP: 0000000000011f18 SS: 0010 EFLAGS: 00000202",
  `CRIT: [libkvmplat] <trace.c @   86> base is 0x11f20 caller is 0x${caller}`,
  "CRIT: [libkvmplat] <trace.c @   66> 11f00: 50 1f 01 00 00 00 00 00 48 9c 12 00 00 00 00 00",
  `CRIT: [libkvmplat] <trace.c @   66> 11f10: 4c d3 13 00 00 00 00 00 ${top}`,
  "CRIT: [libkvmplat] <trace.c @   66> 11f20: 50 1f 01 00 00 00 00 00 59 9f 12 00 00 00 00 00",
  "CRIT: [libkvmplat] <traps.c @  113> Crashing",
];
const NOWHERE = "00 00 00 00 00 00 00 00";

const ARM64_TRAP: readonly string[] = [
  "CRIT: [libkvmplat] <traps_arm64.c @  210> EL1 sync trap caught",
  "CRIT: [libkvmplat] <traps_arm64.c @  172> \t ESR_EL1  : 0x0000000096000044",
  "CRIT: [libkvmplat] <traps_arm64.c @  173> \t ELR_EL1  : 0x0000000000115000",
  "CRIT: [libkvmplat] <traps_arm64.c @  174> \t LR (x30) : 0x0000000000115a49",
];

interface Read {
  readonly model: RunModel;
  /** Suites that a further boot leaves out, and those that it runs. */
  readonly left: readonly string[];
  readonly next: readonly string[];
}

function read(lines: readonly string[], end?: MachineEnd, more: Partial<RunInfo> = { initAt }): Read {
  const tool = { name: "uktest", version: "0" } as const;
  const reader = new RunReader({ tool, sources: ["g"], policy: { ubsan: "fail" }, ...more }, AUTO);
  reader.open("g", PLAN);
  const text = lines.map((line, n) => `[    0.${String(n).padStart(6, "0")}] ${line}\r\n`).join("");
  const events = [...reader.feed(Buffer.from(text, "latin1"))];
  const summary = reader.end(end);
  if (summary === undefined) throw new Error("no boot has ended");
  const { next, givenUp } = afterRound({ part: PLAN, without: [] }, summary, "auto", 5);
  events.push(...reader.settle(givenUp), ...reader.finish());
  return {
    model: reduce(events),
    left: givenUp.map(({ suite }) => suite),
    next: next.flatMap(({ part }) => part.suites.map(({ name }) => name)),
  };
}

const statuses = ({ model }: Read): readonly string[] =>
  [...casesOf(model)].map(({ name, status }) => `${name} ${status}`);
const charged = ({ model }: Read) => model.faults.map(({ suite, case: id }) => [suite, id]);

const BEFORE = [...passed("a", "x"), ...passed("a", "y")];
const ELSEWHERE = "0000000000100000";
const IN_INIT = INSIDE.toString(16).padStart(16, "0");

const DEATHS: Readonly<Record<string, readonly string[]>> = {
  "its own instruction": trap(IN_INIT, "129f59", NOWHERE),
  "a caller in the trace": trap(ELSEWHERE, "115a49", NOWHERE),
  "the word on top of the stack": trap(ELSEWHERE, "129f59", "49 5a 11 00 00 00 00 00"),
  "the link register": ARM64_TRAP,
};
for (const [what, death] of Object.entries(DEATHS))
  test(`the code tells by ${what}`, (t) => {
    const found = read([...BEFORE, ...death]);
    t.deepEqual(statuses(found), ["x passed", "y passed", "z not-run"]);
    t.deepEqual(charged(found), [["b", undefined]]);
    t.deepEqual([found.left, found.next], [["b"], ["c"]]);
  });

test("a hang in an init function is that of its suite", (t) => {
  const registers = [{ name: "RIP", value: IN_INIT }];
  const found = read(BEFORE, { kind: "timed-out", detail: "stopped after 20 s of silence", registers });
  t.deepEqual(statuses(found), ["x passed", "y passed", "z not-run"]);
  t.deepEqual(charged(found), [["b", undefined]]);
  t.is(found.model.faults[0]?.title, "stopped after 20 s of silence in the init function of suite b");
  t.deepEqual([found.left, found.next], [["b"], ["c"]]);
});

test("a guest that ends its machine in an init function, without a word, does so in its suite", (t) => {
  const registers = [{ name: "RIP", value: IN_INIT }];
  const detail = "the guest halted its processor with interrupts off";
  const found = read(BEFORE, { kind: "ended", how: "unknown", detail, cause: "halt", registers });
  t.deepEqual(statuses(found), ["x passed", "y passed", "z not-run"]);
  t.deepEqual(charged(found), [["b", undefined]]);
  t.is(found.model.faults[0]?.title, `${detail} in the init function of suite b`);
  t.deepEqual([found.left, found.next], [["b"], ["c"]]);
});

test("the case is charged where the code is elsewhere, or nobody knows the code", (t) => {
  const death = trap(ELSEWHERE, "129f59", NOWHERE);
  t.deepEqual(statuses(read([...BEFORE, ...death])), ["x passed", "y crashed"]);
  t.deepEqual(statuses(read([...BEFORE, ...trap(IN_INIT, "129f59", NOWHERE)], undefined, {})), [
    "x passed",
    "y crashed",
  ]);
});

test("between two cases of a suite no init function runs", (t) => {
  const found = read([...passed("a", "x"), ...trap(IN_INIT, "129f59", NOWHERE)]);
  t.is(statuses(found)[0], "x crashed");
});

test("a suite's own init function in one of its cases is that case's", (t) => {
  const found = read([...passed("b", "z"), ...trap(IN_INIT, "129f59", NOWHERE)]);
  t.is(statuses(found)[0], "z crashed");
});

test("a failure of the last case stays one", (t) => {
  const failing = passed("a", "y").map((line) => line.replace("PASSED", "FAILED"));
  const found = read([...passed("a", "x"), ...failing, ...trap(IN_INIT, "129f59", NOWHERE)]);
  t.is(statuses(found)[1], "y failed");
});
