/** What the syndrome register of arm64 says of an exception, in words. It reads no lines. */

/** Exception classes. Source: Arm Architecture Reference Manual, ESR_ELx.EC. */
const CLASSES: ReadonlyMap<number, string> = new Map([
  [0x00, "undefined instruction"],
  [0x01, "trapped WFI or WFE"],
  [0x07, "trapped floating point or SIMD access"],
  [0x0d, "branch target exception"],
  [0x0e, "illegal execution state"],
  [0x15, "supervisor call"],
  [0x16, "hypervisor call"],
  [0x17, "secure monitor call"],
  [0x18, "trapped system register access"],
  [0x19, "trapped SVE access"],
  [0x1c, "pointer authentication failure"],
  [0x20, "instruction abort"],
  [0x21, "instruction abort"],
  [0x22, "misaligned program counter"],
  [0x24, "data abort"],
  [0x25, "data abort"],
  [0x26, "misaligned stack pointer"],
  [0x2c, "floating point exception"],
  [0x2f, "SError interrupt"],
  [0x30, "breakpoint"],
  [0x31, "breakpoint"],
  [0x32, "software step"],
  [0x33, "software step"],
  [0x34, "watchpoint"],
  [0x35, "watchpoint"],
  [0x3c, "breakpoint instruction"],
]);

/** Fault status without a level. Source: the same manual, ISS encoding of aborts, DFSC. */
const STATUS: ReadonlyMap<number, string> = new Map([
  [0x10, "external abort"],
  [0x11, "tag check fault"],
  [0x18, "parity or ECC error"],
  [0x21, "alignment fault"],
  [0x30, "TLB conflict"],
  [0x34, "lockdown fault"],
  [0x35, "unsupported atomic access"],
]);
const LEVELLED = ["address size fault", "translation fault", "access flag fault", "permission fault"];

function statusOf(code: number): string {
  const levelled = LEVELLED[code >> 2];
  if (levelled !== undefined) return `${levelled}, level ${code & 3}`;
  if (code >= 0x14 && code <= 0x17) return `external abort on a table walk, level ${code & 3}`;
  return STATUS.get(code) ?? `fault status 0x${code.toString(16)}`;
}

/** What ESR_EL1 and FAR_EL1 say, in words: `data abort (translation fault, level 0), write to 0xdeadbeefdead0000`. */
export function syndrome(esr: string, far: string | undefined): string {
  const value = BigInt(`0x${esr}`);
  const classOf = Number((value >> 26n) & 0x3fn);
  const iss = Number(value & 0x1ffffffn);
  const name = CLASSES.get(classOf) ?? `exception class 0x${classOf.toString(16)}`;
  // FnV: the fault address register holds nothing.
  const address =
    far === undefined || (iss & 0x400) !== 0 ? "an unknown address" : `0x${far.replace(/^0+(?=.)/, "")}`;
  if (classOf === 0x24 || classOf === 0x25)
    return `${name} (${statusOf(iss & 0x3f)}), ${(iss & 0x40) !== 0 ? "write to" : "read from"} ${address}`;
  if (classOf === 0x20 || classOf === 0x21) return `${name} (${statusOf(iss & 0x3f)}), jump to ${address}`;
  if (classOf === 0x22 && far !== undefined) return `${name} 0x${far}`;
  if (classOf === 0x15 || classOf === 0x3c) return `${name} (#0x${(iss & 0xffff).toString(16)})`;
  return name;
}
