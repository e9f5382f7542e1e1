/**
 * Call traces without end: what is kept of them, and that the frames in between are counted.
 */
import test from "ava";
import { families } from "../../src/faults/unikraft/families.js";
import { Frames, INNER_FRAMES, OUTER_FRAMES } from "../../src/faults/facts/frames.js";
import { readFaults } from "./segments.js";

const traceOf = (count: number): ReturnType<Frames["kept"]> => {
  const frames = new Frames();
  for (let at = 0; at < count; at += 1) frames.push({ address: at.toString(16) });
  return frames.kept();
};

test("a trace of any length is kept by its ends", (t) => {
  const most = INNER_FRAMES + OUTER_FRAMES;
  for (const count of [0, 1, INNER_FRAMES, INNER_FRAMES + 1, most]) {
    const kept = traceOf(count);
    t.is(kept.length, count);
    t.true(kept.every(({ address }, at) => address === at.toString(16)));
  }
  for (const count of [most + 1, most + OUTER_FRAMES - 1, most + OUTER_FRAMES, 100_003]) {
    const kept = traceOf(count);
    t.is(kept.length, most + 1);
    t.deepEqual(kept[INNER_FRAMES], { address: "", leftOut: count - most });
    t.is(kept[INNER_FRAMES - 1]?.address, (INNER_FRAMES - 1).toString(16));
    t.deepEqual(
      kept.slice(-OUTER_FRAMES).map(({ address }) => Number.parseInt(address, 16)),
      Array.from({ length: OUTER_FRAMES }, (_, at) => count - OUTER_FRAMES + at),
    );
  }
});

const crit = (body: string): string => `[    0.200000] CRIT: [libkvmplat] <trace.c @   86> ${body}`;

test("the chain of x86 and the trace of a crash screen are bounded", (t) => {
  const chain = Array.from({ length: 500 }, () => crit("base is 0x15ff40 caller is 0x10af45"));
  const x86 = readFaults([crit("RIP: 000000000010af31 CS: 0008"), ...chain].join("\n"), families).faults;
  t.is(x86.length, 1);
  t.deepEqual(x86[0]?.callTrace[INNER_FRAMES], { address: "", leftOut: 420 });
  const rows = Array.from({ length: 500 }, () => crit(" [0x000000000010af45]"));
  const screen = [crit("Unikraft Crash - Ijiraq (0.21.0)"), crit("Call Trace:"), ...rows].join("\n");
  t.deepEqual(readFaults(screen, families).faults[0]?.callTrace[INNER_FRAMES], { address: "", leftOut: 420 });
});

test("a fault inside the dump of another adds neither registers nor frames", (t) => {
  const lines = [
    crit("RIP: 000000000010af31 CS: 0008"),
    crit("RSP: 000000000015ff40 SS: 0010 EFLAGS: 00000202"),
    crit("base is 0x15ff40 caller is 0x10af45"),
    crit("fffffffffffffe20: 00 01 02 RIP: 0000000000101190 CS: 0008"),
    crit("RSP: 000000000015fed0 SS: 0000 EFLAGS: 00000006"),
    crit("base is 0x15fef0 caller is 0x102126"),
  ];
  const { faults, left } = readFaults(lines.join("\n"), families);
  t.is(faults.length, 1);
  t.is(left.length, 0);
  t.is(faults[0]?.title, "page fault at rip 0x10af31");
  t.deepEqual(faults[0]?.callTrace, [{ address: "10af45" }]);
  t.is(faults[0]?.registers.find(({ name }) => name === "RSP")?.value, "000000000015ff40");
});
