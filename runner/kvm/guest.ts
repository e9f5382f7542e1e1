/**
 * The guest that KVM has to run before it is believed: a multiboot ELF of 256 bytes, made here so that no compiler is
 * needed. It takes an interrupt, returns from it and loops ten million times, which is where a KVM that lies gives up.
 */
import { debugExitCode } from "../machine.js";

/** What the guest writes to the debug port at its end: no value that an emulator ends with by itself. */
const END_VALUE = 0x2a;

/** QEMU's exit code after the guest came to its end. */
export const PROBE_END = debugExitCode(END_VALUE);

const BASE = 0x100000;
/** Offsets in the file, and from BASE in memory: the whole file is loaded. */
const AT = {
  multiboot: 0x60,
  gdt: 0x70,
  gdtr: 0x88,
  idtr: 0x90,
  idt: 0x98,
  code: 0xc0,
  handler: 0xf0,
  end: 0x100,
};
const STACK = BASE + 0x4000;
const BREAKPOINT = 3;

const word = (value: number): readonly number[] => [value & 0xff, (value >> 8) & 0xff];
const long = (value: number): readonly number[] => [...word(value), ...word(value >>> 16)];

/** Segments of 4 GiB: none, code, data. */
const GDT = [
  [0, 0],
  [0xffff, 0x00cf9a00],
  [0xffff, 0x00cf9200],
]
  .flat()
  .flatMap(long);
const [CODE_SELECTOR, DATA_SELECTOR] = [8, 16];

const HANDLER = BASE + AT.handler;
const GATE = [...word(HANDLER), ...word(CODE_SELECTOR), 0, 0x8e, ...word(HANDLER >>> 16)];

/** Entered in 32-bit protected mode without paging (Multiboot 0.6.96, 3.2); no segment may be loaded before the GDT. */
const CODE: readonly (readonly number[])[] = [
  [0x0f, 0x01, 0x15, ...long(BASE + AT.gdtr)], // lgdt
  [0x0f, 0x01, 0x1d, ...long(BASE + AT.idtr)], // lidt
  [0xea, ...long(BASE + AT.code + 21), ...word(CODE_SELECTOR)], // ljmp to the next instruction
  [0x66, 0xb8, ...word(DATA_SELECTOR)], // mov ax
  [0x8e, 0xd8], // mov ds, ax
  [0x8e, 0xd0], // mov ss, ax
  [0xbc, ...long(STACK)], // mov esp
  [0xcc], // int3
  [0xb9, ...long(10_000_000)], // mov ecx
  [0x49, 0x75, 0xfd], // dec ecx; jnz back
  [0xb0, END_VALUE, 0xe6, 0xf4], // mov al; out 0xf4, al
  [0xfa, 0xf4, 0xeb, 0xfc], // cli; hlt; jmp back
];
const IRET = 0xcf;

const MULTIBOOT = 0x1badb002;

/** ELF-32 (System V ABI, chapter 4): one segment that can do everything, the whole file. */
const HEADER: readonly number[] = [
  ...[0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[...word(2), ...word(3), ...long(1), ...long(BASE + AT.code), ...long(52), ...long(0), ...long(0)],
  ...[52, 32, 1, 0, 0, 0].flatMap(word),
  ...[1, 0, BASE, BASE, AT.end, STACK - BASE, 7, 4096].flatMap(long),
];

/** The image: an ELF file for i386. */
export function probeImage(): Uint8Array {
  const image = new Uint8Array(AT.end);
  image.set(HEADER);
  image.set([MULTIBOOT, 0, -MULTIBOOT].flatMap(long), AT.multiboot);
  image.set(GDT, AT.gdt);
  image.set([...word(GDT.length - 1), ...long(BASE + AT.gdt)], AT.gdtr);
  image.set([...word(8 * (BREAKPOINT + 1) - 1), ...long(BASE + AT.idt)], AT.idtr);
  image.set(GATE, AT.idt + 8 * BREAKPOINT);
  image.set(CODE.flat(), AT.code);
  image.set([IRET], AT.handler);
  return image;
}
