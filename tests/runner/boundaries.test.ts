/** Moments between cases as a guest in v86 announces them: what a guest of the kit says, and what none can mean. */
import test from "ava";
import fc from "fast-check";
import type { Boundary } from "../../runner/machine.js";
import { hearBoundaries, type ReadGuest } from "../../runner/v86/boundaries.js";
import { amount } from "../amount.js";

const MEMORY_BYTES = 4096;

/** A guest's memory with one moment at 0x100, and what was heard when it wrote to the port. */
function guest(change?: (memory: Buffer) => void) {
  const memory = Buffer.alloc(MEMORY_BYTES);
  memory.writeUInt32LE(1, 0x100);
  memory.writeUInt32LE(0x200, 0x104);
  memory.writeUInt32LE(0x300, 0x108);
  memory.write("suite\0", 0x200);
  memory.write("a_case\0", 0x300);
  memory.write("counters", 0x400);
  change?.(memory);
  const read: ReadGuest = (address, length) =>
    address < 0 || address + length > MEMORY_BYTES
      ? undefined
      : Uint8Array.from(memory.subarray(address, address + length));
  const heard: Boundary[] = [];
  let write: ((value: number) => void) | undefined;
  const ports = { register_write: (...[, , , , w32]: unknown[]) => (write = w32 as typeof write) };
  const ranges = [
    { address: 0x400, bytes: 8 },
    { address: MEMORY_BYTES - 4, bytes: 8 },
  ];
  hearBoundaries(ports, read, ranges, (one) => heard.push(one));
  return { heard, memory, write: (value: number) => write?.(value) };
}

test("a moment has its case, and the memory of then", (t) => {
  const { heard, memory, write } = guest();
  write(0x100);
  memory.writeUInt32LE(2, 0x100);
  memory.write("later   ", 0x400);
  write(0x100);
  const names = { suite: "suite", name: "a_case" };
  t.deepEqual(
    heard.map(({ pieces: [first, second], ...one }) => [one, Buffer.from(first ?? []).toString(), second]),
    [
      [{ moment: "begin", ...names }, "counters", undefined],
      [{ moment: "end", ...names }, "later   ", undefined],
    ],
  );
});

test("what can be no moment is passed over", (t) => {
  const { heard, write } = guest((memory) => memory.writeUInt32LE(3, 0x100));
  for (const address of [0x100, 0, MEMORY_BYTES - 4, -1, 0x7fff_ffff]) write(address);
  t.deepEqual(heard, []);
  const endless = guest((memory) => memory.fill(0x41, 0x300));
  endless.write(0x100);
  t.deepEqual(endless.heard, []);
  fc.assert(
    fc.property(fc.integer(), fc.uint8Array({ minLength: 12, maxLength: 12 }), (address, bytes) => {
      const any = guest((memory) => memory.set(bytes, 0x100));
      any.write(address);
      any.write(0x100);
      return any.heard.every(({ pieces }) => pieces.length === 2);
    }),
    { numRuns: amount(2000, 100) },
  );
});
