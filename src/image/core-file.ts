/**
 * Core files of a guest: its registers and its memory, as a debugger opens them with the image. Layout only; who writes the
 * memory in between is elsewhere.
 *
 * Sources: System V ABI, "Program Header" and "Note Section"; Linux, `include/uapi/linux/elfcore.h`, `arch/x86/include/asm/elf.h`,
 * `arch/arm64/include/asm/elf.h` (`elf_gregset_t`), for the notes of the name CORE, which gdb reads for images of no system too.
 */
import type { Register } from "../core/fault.js";
import type { Plan } from "../core/plan.js";

type Architecture = Plan["architecture"];

export interface CoreThread {
  /** As QEMU, v86 or a crash screen names them; what is not there is 0. */
  readonly registers: readonly Register[];
  /** In the numbers of Linux. */
  readonly signal: number;
}

/** Memory from a physical address; an image of ours and of Unikraft runs where it was linked to. */
export interface CoreMemory {
  readonly address: number;
  readonly bytes: number;
}

export interface CoreOrder {
  readonly architecture: Architecture;
  /** The first one is what the debugger shows. */
  readonly threads: readonly CoreThread[];
  readonly memory: readonly CoreMemory[];
  /** Name of the image. */
  readonly program: string;
  /** What was run: `suite.case`. */
  readonly what: string;
}

export interface CoreLayout {
  /** What the file begins with. */
  readonly header: Uint8Array;
  /** Where each range of memory stands in the file, in their order. */
  readonly offsets: readonly number[];
  readonly bytes: number;
}

interface Shape {
  readonly machine: number;
  readonly bits: 32 | 64;
  /** Of the note of a thread: its length, and where signal, process and registers stand in it. */
  readonly status: { readonly bytes: number; readonly process: number; readonly registers: number };
  /** Of the note of the process: its length, and where name and arguments stand in it. */
  readonly info: { readonly bytes: number; readonly name: number; readonly words: number };
  /** Registers in their order, each with the names that it may have; empty for one that no guest shows. */
  readonly registers: readonly (readonly string[])[];
}

const named = (text: string): readonly (readonly string[])[] =>
  text.split(" ").map((names) => (names === "-" ? [] : names.split("|")));

/** A general register of arm64; QEMU writes numbers below ten with a zero. */
const numbered = (number: number): readonly string[] => [`X${String(number)}`, `X0${String(number)}`];

const SHAPES: Readonly<Record<Architecture, Shape>> = {
  x86_64: {
    ...{ machine: 62, bits: 64 },
    status: { bytes: 336, process: 32, registers: 112 },
    info: { bytes: 136, name: 40, words: 56 },
    registers: named(
      "R15 R14 R13 R12 RBP RBX R11 R10 R9|R09 R8|R08 RAX RCX RDX RSI RDI - RIP - RFL|EFLAGS RSP - - - - - - -",
    ),
  },
  i386: {
    ...{ machine: 3, bits: 32 },
    status: { bytes: 144, process: 24, registers: 72 },
    info: { bytes: 124, name: 28, words: 44 },
    registers: named("EBX ECX EDX ESI EDI EBP EAX - - - - - EIP - EFL|EFLAGS ESP -"),
  },
  arm64: {
    ...{ machine: 183, bits: 64 },
    status: { bytes: 392, process: 32, registers: 112 },
    info: { bytes: 136, name: 40, words: 56 },
    registers: [
      ...Array.from({ length: 30 }, (_, number) => numbered(number)),
      ...named("X30|LR SP PC|ELR_EL1 PSTATE|SPSR_EL1"),
    ],
  },
};

const PAGE_BYTES = 4096;
const SIGNAL_AT = 12;
/** Characters that a core has for the name of its program; the rest of a longer one is left out. */
export const PROGRAM_CHARS = 15;
const WORDS_BYTES = 79;
const NOTE = { status: 1, info: 3 } as const;
const PT = { load: 1, note: 4 } as const;
const READ_WRITE_EXECUTE = 7;
/** Of the ELF header and of one program header. */
const HEADER_BYTES = { 32: { elf: 52, program: 32 }, 64: { elf: 64, program: 56 } } as const;

const aligned = (value: number, to: number): number => Math.ceil(value / to) * to;

function word(bytes: Buffer, value: bigint, at: number, bits: 32 | 64): void {
  if (bits === 64) bytes.writeBigUInt64LE(BigInt.asUintN(64, value), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, value)), at);
}

/** A note of the name CORE. */
function note(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE("CORE".length + 1, 0);
  head.writeUInt32LE(content.length, 4);
  head.writeUInt32LE(type, 8);
  head.write("CORE", 12, "latin1");
  return Buffer.concat([head, content, Buffer.alloc(aligned(content.length, 4) - content.length)]);
}

/** The value of a register; 0 for one that is not there, or no number. */
function valueOf(registers: ReadonlyMap<string, string>, names: readonly string[]): bigint {
  const text = names.map((name) => registers.get(name)).find((found) => found !== undefined) ?? "0";
  return /^[0-9a-f]{1,16}$/i.test(text) ? BigInt(`0x${text}`) : 0n;
}

function statusNote({ status, registers, bits }: Shape, thread: CoreThread, id: number): Buffer {
  const content = Buffer.alloc(status.bytes);
  content.writeUInt16LE(thread.signal, SIGNAL_AT);
  content.writeUInt32LE(id, status.process);
  const values = new Map(thread.registers.map(({ name, value }) => [name, value]));
  registers.forEach((names, at) => {
    word(content, valueOf(values, names), status.registers + (at * bits) / 8, bits);
  });
  return note(NOTE.status, content);
}

function infoNote({ info }: Shape, { program, what }: CoreOrder): Buffer {
  const content = Buffer.alloc(info.bytes);
  content.write(program.slice(0, PROGRAM_CHARS), info.name, "latin1");
  content.write(what.slice(0, WORDS_BYTES), info.words, "latin1");
  return note(NOTE.info, content);
}

function elfHeader({ machine, bits }: Shape, segments: number): Buffer {
  const sizes = HEADER_BYTES[bits];
  const head = Buffer.alloc(sizes.elf);
  head.set([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, 1, 1], 0);
  head.writeUInt16LE(4, 16);
  head.writeUInt16LE(machine, 18);
  head.writeUInt32LE(1, 20);
  const tables = bits === 64 ? 32 : 28;
  word(head, BigInt(sizes.elf), tables, bits);
  const counts = bits === 64 ? 52 : 40;
  head.writeUInt16LE(sizes.elf, counts);
  head.writeUInt16LE(sizes.program, counts + 2);
  head.writeUInt16LE(segments, counts + 4);
  return head;
}

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly bytes: number;
  readonly align: number;
}

function programHeader({ type, flags, offset, address, bytes, align }: Segment, bits: 32 | 64): Buffer {
  const head = Buffer.alloc(HEADER_BYTES[bits].program);
  const size = bits / 8;
  head.writeUInt32LE(type, 0);
  // The flags come second or second to last.
  head.writeUInt32LE(flags, bits === 64 ? 4 : 24);
  const first = bits === 64 ? 8 : 4;
  [offset, address, address, bytes, bytes].forEach((value, at) => {
    word(head, BigInt(value), first + at * size, bits);
  });
  word(head, BigInt(align), bits === 64 ? 48 : 28, bits);
  return head;
}

/**
 * Lays out a core file.
 * @returns its header, and where the memory goes; pages of zeros may stay holes
 */
export function coreLayout(order: CoreOrder): CoreLayout {
  const shape = SHAPES[order.architecture];
  const { bits } = shape;
  const [first, ...others] = order.threads.map((thread, at) => statusNote(shape, thread, at + 1));
  // gdb takes the first thread for the one that has died, and the process is described after it.
  const notes = Buffer.concat([...(first === undefined ? [] : [first]), infoNote(shape, order), ...others]);
  const sizes = HEADER_BYTES[bits];
  const notesAt = sizes.elf + sizes.program * (order.memory.length + 1);
  const offsets: number[] = [];
  let end = aligned(notesAt + notes.length, PAGE_BYTES);
  for (const { bytes } of order.memory) {
    offsets.push(end);
    end = aligned(end + bytes, PAGE_BYTES);
  }
  const segments: readonly Segment[] = [
    { type: PT.note, flags: 0, offset: notesAt, address: 0, bytes: notes.length, align: 4 },
    ...order.memory.map(({ address, bytes }, at) => ({
      ...{ type: PT.load, flags: READ_WRITE_EXECUTE, offset: offsets[at] ?? 0 },
      ...{ address, bytes, align: PAGE_BYTES },
    })),
  ];
  const headers = segments.map((segment) => programHeader(segment, bits));
  const header = Buffer.concat([elfHeader(shape, segments.length), ...headers, notes]);
  return { header, offsets, bytes: end };
}
