/**
 * What is seen of a stopped guest from outside: registers as QEMU's monitor prints them, frames by their chain.
 */
import test from "ava";
import type { GuestSnapshot } from "../../runner/machine.js";
import { registersOf } from "../../runner/qemu/registers.js";
import { stackOf } from "../../runner/qemu/stack.js";
import type { Register } from "../../src/core/fault.js";

const X86_64 = `CPU#0
RAX=0000000000000003 RBX=000000000010a050 RCX=000000000010a050 RDX=0000000000000008
RSI=000000000010a043 RDI=00000000001549b0 RBP=0000000000154ab0 RSP=0000000000154a90
R8 =000000000015a44e R9 =00000000000003f8 R10=000000000000005e R11=000000000015a3f0
R12=000000000010a05b R13=000000000010a043 R14=0000000000000008 R15=0000000000113660
RIP=0000000000108e11 RFL=00000002 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=1
ES =0010 0000000000000000 ffffffff 00cf9300 DPL=0 DS   [-WA]
CS =0008 0000000000000000 ffffffff 00af9a00 DPL=0 CS64 [-R-]
CR0=80000013 CR2=0000000000000000 CR3=0000000000103000 CR4=00000020
FCW=037f FSW=0000 [ST=0] FTW=00 MXCSR=00001f80
FPR0=0000000000000000 0000 FPR1=0000000000000000 0000
CPU#1
RAX=ffffffffffffffff
`;
const I386 = `
CPU#0\r
EAX=00000001 EBX=00000002 ECX=00000003 EDX=00000004\r
ESI=00000005 EDI=00000006 EBP=00007f00 ESP=00007ef0\r
EIP=00101234 EFL=00000046 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=0\r
ES =0010 00000000 ffffffff 00cf9300 DPL=0 DS   [-WA]\r
`;
const ARM64 = `CPU#0
 PC=0000000040081234 X00=0000000000000001 X01=0000000000000002
X02=0000000000000003 X03=0000000000000004 X29=00000000400ff000
X30=0000000040080100  SP=00000000400feff0
PSTATE=600003c5 -ZC- EL1h
     FPCR=00000000 FPSR=00000000
Q00=0000000000000000:0000000000000000 Q01=0000000000000000:0000000000000000
`;

const named = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(registersOf(text).map(({ name, value }) => [name, value]));

test("general registers of three architectures, in the order they are printed", (t) => {
  const x86 = registersOf(X86_64);
  t.deepEqual(
    x86.map(({ name }) => name),
    "RAX RBX RCX RDX RSI RDI RBP RSP R8 R9 R10 R11 R12 R13 R14 R15 RIP RFL".split(" "),
  );
  t.like(named(X86_64), { RAX: "0000000000000003", R8: "000000000015a44e", RIP: "0000000000108e11" });
  t.deepEqual(Object.keys(named(I386)), "EAX EBX ECX EDX ESI EDI EBP ESP EIP EFL".split(" "));
  t.is(named(I386)["EIP"], "00101234");
  t.like(named(ARM64), { PC: "0000000040081234", X29: "00000000400ff000", SP: "00000000400feff0" });
  t.false("Q00" in named(ARM64));
  t.false("FPCR" in named(ARM64));
});

test("no registers in a text that has none", (t) => {
  for (const text of ["", "unknown command: 'info registers'\r\n", "CPU#1\nRAX=0000000000000001\n"])
    t.deepEqual(registersOf(text), [], text);
});

/** A guest whose memory is these words at these addresses. */
function guest(bytes: 4 | 8, words: Readonly<Record<number, number>>, registers: readonly Register[]) {
  const reads: number[] = [];
  const inside: GuestSnapshot = {
    registers,
    read(address, length) {
      reads.push(address);
      if (words[address] === undefined) return Promise.resolve(undefined);
      const piece = new Uint8Array(length);
      const view = new DataView(piece.buffer);
      for (let at = 0; at < length; at += bytes) {
        const word = words[address + at] ?? 0;
        if (bytes === 4) view.setUint32(at, word, true);
        else view.setBigUint64(at, BigInt(word), true);
      }
      return Promise.resolve(piece);
    },
  };
  return { inside, reads };
}

const at = (next: string, frame: string, pc: string, base: string): readonly Register[] => [
  { name: next, value: pc },
  { name: frame, value: base },
];

test("frames of a chain, on every architecture", async (t) => {
  for (const [architecture, bytes, next, frame] of [
    ["x86_64", 8, "RIP", "RBP"],
    ["i386", 4, "EIP", "EBP"],
    ["arm64", 8, "PC", "X29"],
  ] as const) {
    const words = {
      0x1000: 0x1100,
      [0x1000 + bytes]: 0xa1,
      0x1100: 0x1200,
      [0x1100 + bytes]: 0xa2,
      0x1200: 0,
      [0x1200 + bytes]: 0xa3,
    };
    const { inside } = guest(bytes, words, at(next, frame, "00a0", "00001000"));
    t.deepEqual(
      (await stackOf(architecture, inside)).map(({ address }) => address),
      ["00a0", "a1", "a2", "a3"],
      architecture,
    );
  }
});

test("a chain that is none ends: no loop, no way back, nothing unreadable, no address 0", async (t) => {
  const of = async (words: Readonly<Record<number, number>>, base = "1000"): Promise<readonly string[]> => {
    const { inside, reads } = guest(8, words, at("RIP", "RBP", "a0", base));
    const frames = await stackOf("x86_64", inside);
    t.true(reads.length <= 32);
    return frames.map(({ address }) => address);
  };
  t.deepEqual(await of({ 0x1000: 0x1000, 0x1008: 0xa1 }), ["a0", "a1"]);
  t.deepEqual(await of({ 0x1000: 0x800, 0x1008: 0xa1, 0x800: 0x1000, 0x808: 0xa2 }), ["a0", "a1"]);
  t.deepEqual(await of({}), ["a0"]);
  t.deepEqual(await of({ 0x1000: 0x1100, 0x1008: 0xa1 }), ["a0", "a1"]);
  t.deepEqual(await of({ 0x1000: 0x1100, 0x1008: 0 }), ["a0"]);
  t.deepEqual(await of({ 0x1000: 0x1100, 0x1008: 0xa1 }, "0"), ["a0"]);
  t.deepEqual(await of({ 0x1000: 0x1100, 0x1008: 0xa1 }, "ffffffffffffffff"), ["a0"]);
  const endless = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [
      0x1000 + 16 * (n >> 1) + 8 * (n % 2),
      n % 2 === 0 ? 0x1000 + 16 * ((n >> 1) + 1) : 0xa1,
    ]),
  );
  t.is((await of(endless)).length, 32);
});

test("without registers there is no stack; without a frame pointer one address", async (t) => {
  t.deepEqual(await stackOf("x86_64", guest(8, {}, []).inside), []);
  t.deepEqual(await stackOf("i386", guest(4, {}, [{ name: "EIP", value: "12" }]).inside), [
    { address: "12" },
  ]);
});
