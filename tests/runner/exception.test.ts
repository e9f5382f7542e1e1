/**
 * The exception of a crashed guest, found in a memory that is made up: which records are believed.
 */
import test from "ava";
import type { GuestSnapshot } from "../../runner/machine.js";
import { exceptionOf } from "../../runner/qemu/exception.js";

const RIP = 0x112991n;
const RSP = 0x10f30n;
const RAX = 0x13e938n;
const SHOWN = [
  { name: "RIP", value: "0000000000112991" },
  { name: "RSP", value: "0000000000010f30" },
  { name: "RAX", value: "000000000013e938" },
  { name: "ORIG_RAX", value: "0000000000000002" },
];
const SAVED = 0x8000;
const RECORD = 0x9000;
const TEXT = 0x100000;

/** A memory of two megabytes with such a record in it, changed by `change`. */
function memory(change: (bytes: Buffer) => void = () => undefined): GuestSnapshot {
  const bytes = Buffer.alloc(2 << 20);
  // The registers may stand in other places too, without a record that points to them.
  bytes.writeBigUInt64LE(RIP, 0x4000);
  bytes.writeBigUInt64LE(RIP, SAVED + 0x88);
  bytes.writeBigUInt64LE(RSP, SAVED + 0xa0);
  bytes.writeBigUInt64LE(RAX, SAVED + 0x58);
  bytes.writeBigUInt64LE(BigInt(SAVED), 0x7000);
  bytes.writeBigUInt64LE(BigInt(TEXT), RECORD);
  bytes.writeUInt32LE(14, RECORD + 8);
  bytes.writeBigUInt64LE(2n, RECORD + 16);
  bytes.writeBigUInt64LE(BigInt(SAVED), RECORD + 32);
  bytes.writeBigUInt64LE(0x7654321008n, RECORD + 40);
  bytes.write("page fault\0", TEXT, "latin1");
  change(bytes);
  return {
    registers: [],
    read: (address, length) =>
      Promise.resolve(
        address >= 0 && address + length <= bytes.length
          ? bytes.subarray(address, address + length)
          : undefined,
      ),
  };
}

test("the record of the handler says which exception it was", async (t) => {
  t.deepEqual(await exceptionOf("x86_64", SHOWN, memory()), {
    number: 14,
    name: "page fault",
    code: "2",
    address: "7654321008",
  });
});

test("what does not agree with the screen is not believed", async (t) => {
  const changes: readonly ((bytes: Buffer) => void)[] = [
    (bytes) => bytes.writeBigUInt64LE(RIP + 1n, SAVED + 0x88),
    (bytes) => bytes.writeBigUInt64LE(RSP + 8n, SAVED + 0xa0),
    (bytes) => bytes.writeBigUInt64LE(RAX + 1n, SAVED + 0x58),
    (bytes) => bytes.writeBigUInt64LE(3n, RECORD + 16),
    (bytes) => bytes.writeUInt32LE(32, RECORD + 8),
    (bytes) => bytes.writeBigUInt64LE(0xffffffff80000000n, RECORD),
    (bytes) => bytes.writeBigUInt64LE(BigInt(bytes.length), RECORD),
    (bytes) => bytes.write("\x01\x02\x03\0", TEXT, "latin1"),
    (bytes) => bytes.write("no end of the text in its thirty-two bytes", TEXT, "latin1"),
    (bytes) => bytes.writeBigUInt64LE(BigInt(SAVED + 8), RECORD + 32),
  ];
  for (const [index, change] of changes.entries())
    t.is(await exceptionOf("x86_64", SHOWN, memory(change)), undefined, String(index));
  t.is(await exceptionOf("x86_64", SHOWN.slice(0, 3), memory()), undefined);
  t.is(await exceptionOf("arm64", SHOWN, memory()), undefined);
});

test("a memory full of such registers is not searched for ever", async (t) => {
  let reads = 0;
  const full = memory((bytes) => {
    for (let at = 0; at < bytes.length; at += 8) bytes.writeBigUInt64LE(RIP, at);
  });
  const counted: GuestSnapshot = {
    registers: [],
    read: (address, length) => {
      reads += 1;
      return full.read(address, length);
    },
  };
  t.is(await exceptionOf("x86_64", SHOWN, counted), undefined);
  t.true(reads < 200, String(reads));
});
