/**
 * The sampler: what it makes of registers and memory, against a stub that is made up, and shares of a workload that are
 * known, on each emulator with a stub. Counts are compared, never times.
 */
import test from "ava";
import { turns } from "../amount.js";
import { chooseMachine } from "../../runner/machines.js";
import { sampleStacks, type Sampling } from "../../runner/debug/sampler.js";
import { readSymbolsOf } from "../../src/image/read-symbols.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { type Guest, stubOf } from "./made-up-stub.js";

/** Functions of 0x100 bytes each. */
const entryOf = (address: number): number | undefined =>
  address >= 0x1000 && address < 0x2000 ? address - (address % 0x100) : undefined;

function arm64({ pc = 0, fp = 0, link = 0 }): Uint8Array {
  const bytes = Buffer.alloc(33 * 8 + 4);
  bytes.writeBigUInt64LE(BigInt(fp), 29 * 8);
  bytes.writeBigUInt64LE(BigInt(link), 30 * 8);
  bytes.writeBigUInt64LE(BigInt(pc), 32 * 8);
  return bytes;
}

function x86({ pc = 0, fp = 0, sp = 0 }): Uint8Array {
  const bytes = Buffer.alloc(24 * 8);
  bytes.writeBigUInt64LE(BigInt(fp), 6 * 8);
  bytes.writeBigUInt64LE(BigInt(sp), 7 * 8);
  bytes.writeBigUInt64LE(BigInt(pc), 16 * 8);
  return bytes;
}

/** A frame at 0x8000 in 0x1100's caller 0x1300, and an outer one without an end. */
const STACK = new Map([
  [0x7ff8, 0x1510],
  [0x8000, 0x8100],
  [0x8008, 0x1310],
  [0x8100, 0x8200],
  [0x8108, 0x1410],
]);
const HOLDS_ITSELF = new Map([
  [0x8000, 0x8000],
  [0x8008, 0x1310],
]);
const NO_CODE = new Map([
  [0x8000, 0x8100],
  [0x8008, 0xdead0000],
]);
/** As long a chain as memory has room for. */
const ENDLESS = new Map(
  Array.from(
    { length: 4096 },
    (_, at) => [0x8000 + at * 8, at % 2 === 0 ? 0x8010 + at * 8 : 0x1310] as const,
  ),
);

async function stackOf(guest: Guest, architecture: Sampling["architecture"]): Promise<string> {
  const { stub } = stubOf(guest);
  const sampler = sampleStacks(stub, { architecture, hz: 1000, most: 2, entryOf });
  await sampler.over;
  const { samples } = sampler;
  if (samples.taken !== 2) throw new Error(`${String(samples.taken)} samples`);
  return [...samples.stacks].map(([key, count]) => `${key} x${String(count)}`).join("; ");
}

test("the chain of frames, and the callers that are not on it", async (t) => {
  const rows: readonly (readonly [string, Guest, Sampling["architecture"], string])[] = [
    [
      "in a body",
      { registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff8 }), memory: STACK },
      "x86_64",
      "1120,1310,1410",
    ],
    [
      "at an entry",
      { registers: x86({ pc: 0x1100, fp: 0x8000, sp: 0x7ff8 }), memory: STACK },
      "x86_64",
      "1100,1510,1310,1410",
    ],
    [
      "at a return",
      { registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff8 }), memory: STACK, code: "c3669090" },
      "x86_64",
      "1120,1510,1310,1410",
    ],
    [
      "in a leaf without a frame, which has saved a register",
      {
        registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff0 }),
        memory: new Map([...STACK, [0x7ff0, 0x1611]]),
        calls: new Map([
          [0x1510, 0x1100],
          [0x1310, 0x1500],
          // What the leaf has saved is an address after the call of something else.
          [0x1611, 0x1700],
        ]),
      },
      "x86_64",
      "1120,1510,1310,1410",
    ],
    [
      "in a body that has called, and has left the address of that",
      {
        registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff8 }),
        memory: STACK,
        calls: new Map([
          [0x1510, 0x1100],
          [0x1310, 0x1100],
        ]),
      },
      "x86_64",
      "1120,1310,1410",
    ],
    [
      "after endbr64",
      { registers: x86({ pc: 0x1104, fp: 0x8000, sp: 0x7ff8 }), memory: STACK, code: "554889e5" },
      "x86_64",
      "1104,1510,1310,1410",
    ],
    [
      "after a push",
      { registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff0 }), memory: STACK, code: "4889e548" },
      "x86_64",
      "1120,1510,1310,1410",
    ],
    [
      "at something else",
      { registers: x86({ pc: 0x1120, fp: 0x8000, sp: 0x7ff8 }), memory: STACK, code: "c9c39090" },
      "x86_64",
      "1120,1310,1410",
    ],
    [
      "no stack at an entry",
      { registers: x86({ pc: 0x1100, fp: 0x8000, sp: 0x10 }), memory: STACK },
      "x86_64",
      "1100,1310,1410",
    ],
    [
      "a leaf",
      { registers: arm64({ pc: 0x1120, fp: 0x8000, link: 0x1510 }), memory: STACK },
      "arm64",
      "1120,1510,1310,1410",
    ],
    [
      "after a call of its own",
      { registers: arm64({ pc: 0x1120, fp: 0x8000, link: 0x1110 }), memory: STACK },
      "arm64",
      "1120,1310,1410",
    ],
    [
      "a leaf with a frame",
      { registers: arm64({ pc: 0x1120, fp: 0x8000, link: 0x1310 }), memory: STACK },
      "arm64",
      "1120,1310,1410",
    ],
    [
      "recursion at an entry",
      { registers: arm64({ pc: 0x1100, fp: 0x8000, link: 0x1180 }), memory: STACK },
      "arm64",
      "1100,1180,1310,1410",
    ],
    [
      "a link that is none",
      { registers: arm64({ pc: 0x1120, fp: 0x8000, link: 0x99 }), memory: STACK },
      "arm64",
      "1120,1310,1410",
    ],
    ["firmware", { registers: x86({ pc: 0xfff0, fp: 0x8000 }), memory: STACK }, "x86_64", "fff0"],
    [
      "a frame that holds itself",
      { registers: x86({ pc: 0x1120, fp: 0x8000 }), memory: HOLDS_ITSELF },
      "x86_64",
      "1120,1310",
    ],
    [
      "a return to no code",
      { registers: x86({ pc: 0x1120, fp: 0x8000 }), memory: NO_CODE },
      "x86_64",
      "1120",
    ],
    ["no memory", { registers: x86({ pc: 0x1120, fp: 0xffff_ffff_ffff }), memory: STACK }, "x86_64", "1120"],
  ];
  for (const [what, guest, architecture, stack] of rows)
    t.is(await stackOf(guest, architecture), `${stack} x2`, what);
  const endless = await stackOf({ registers: x86({ pc: 0x1120, fp: 0x8000 }), memory: ENDLESS }, "x86_64");
  t.is(endless.split(",").length, 129);
});

test("a guest that has stopped by itself is left as it is, and one that is gone ends it", async (t) => {
  const registers = x86({ pc: 0x1120, fp: 0x8000 });
  const options = { architecture: "x86_64", hz: 1, entryOf } as const;
  for (const stop of ["T03thread:01;", "T02thread:01;", "W00", "E01"]) {
    const { stub, packets } = stubOf({ registers, memory: STACK, stop, stopsAlone: true });
    const { over, samples } = sampleStacks(stub, options);
    await over;
    t.deepEqual(packets, ["?", "c"], stop);
    t.is(samples.taken, 0);
  }
  const short = stubOf({ registers: registers.subarray(0, 20), memory: STACK });
  const cut = sampleStacks(short.stub, { ...options, hz: 1000 });
  await cut.over;
  t.is(cut.samples.taken, 0);
  const { stub, packets } = stubOf({ registers, memory: STACK });
  const asked = sampleStacks(stub, options);
  await asked.end();
  t.false(packets.includes("g"), "who ends it does not wait for the next sample");
  const dropped = stubOf({ registers, memory: STACK });
  const lost = sampleStacks(dropped.stub, options);
  dropped.stub.destroy();
  await lost.over;
  t.is(lost.samples.taken, 0);
});

const WORK = `#include <uk/test.h>

static volatile unsigned int sum;

/* The same code for all, so that shares are those of the turns. */
static __attribute__((noinline)) void spin(int turns)
{
	for (int i = 0; i < turns; i++)
		sum += i;
}

static __attribute__((noinline)) void hot(void)
{
	spin(7000);
	sum++;
}

static __attribute__((noinline)) void warm(void)
{
	spin(2000);
	sum++;
}

static __attribute__((noinline)) void cold(void)
{
	spin(1000);
	sum++;
}

UK_TESTCASE(work, never_ends)
{
	for (;;) {
		hot();
		warm();
		cold();
	}
}
uk_testsuite_register(work, NULL);
`;

/** The greatest of three shares then has a standard deviation of 1.3 points. */
const SAMPLES = 1200;

for (const architecture of turns(["x86_64", "i386", "arm64"] as const, "profile/sampler"))
  test.serial(`shares that are known: ${architecture}`, async (t) => {
    t.timeout(600_000);
    const name = `qemu-${architecture}`;
    const { put, path } = scratch(t);
    put("test_work.c", WORK);
    put("uktest.config.json", JSON.stringify({ suites: { work: { sources: ["*.c"] } } }));
    await putKitObjects(path, [name]);
    const listed = await uktest(["list", "-m", name], { cwd: path });
    t.is(listed.code, 0, listed.stderr);
    const image = `${path}/.uktest/build/${architecture}-gcc/work.elf`;
    const symbols = readSymbolsOf(image);
    const { machine } = await chooseMachine(name, undefined);
    const boot = machine.boot(
      { path: image, architecture, isKit: true, words: [] },
      { memoryMiB: 64, acceleration: "tcg", debug: true },
    );
    t.teardown(() => {
      boot.stop();
      boot.release();
    });
    boot.end.catch(() => undefined);
    const { stub } = boot;
    if (stub === undefined) return t.fail("no stub");
    const known = new Map<number, number | undefined>();
    const entries = (address: number): number | undefined => {
      if (known.has(address)) return known.get(address);
      const found = symbols.function(BigInt(address));
      known.set(address, found === undefined ? undefined : address - found.offset);
      return known.get(address);
    };
    const sampler = sampleStacks(stub, { architecture, hz: 1000, most: SAMPLES, entryOf: entries });
    await sampler.over;
    const { stacks, taken } = sampler.samples;
    t.is(taken, SAMPLES);
    const counts = new Map<string, number>();
    for (const [key, count] of stacks) {
      const names = key
        .split(",")
        .map((one, at) => symbols.function(BigInt(`0x${one}`) - (at > 0 ? 1n : 0n))?.name);
      const own = ["hot", "warm", "cold"].find((one) => names.includes(one));
      if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + count);
      const spun = names.indexOf("spin");
      if (spun >= 0) t.is(names[spun + 1], own, names.join(" < "));
      if (own !== undefined) t.true(names.includes("_uk_testsuite_work_case_never_ends"), names.join(" < "));
    }
    for (const [one, share] of [
      ["hot", 70],
      ["warm", 20],
      ["cold", 10],
    ] as const) {
      const found = (100 * (counts.get(one) ?? 0)) / SAMPLES;
      t.true(Math.abs(found - share) < 5, `${one}: ${String(found)} %`);
    }
  });
