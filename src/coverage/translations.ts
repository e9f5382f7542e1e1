/**
 * The instructions that QEMU has translated, and so run, as it notes them (`-d in_asm`): a block when it first comes to it.
 * It knows no lines. Lines that are none of instructions are passed over.
 * Source of the format: QEMU 5 to 10, disas/disas.c, "0x%08" PRIx64 ":  ", the bytes and the words of Capstone.
 */

export interface Instruction {
  readonly address: number;
  readonly bytes: number;
  /** Where a conditional branch goes when it is taken; absent for any other instruction. */
  readonly target?: number;
}

const LINE = /^0x([0-9a-f]{1,16}):\s+((?:[0-9a-f]{2} )+|[0-9a-f]{8})\s*(\S+)\s*(.*)$/;
/** Conditional branches of x86 and of arm64: they have two ways to go on. */
const CONDITIONAL = /^(?:j(?!mp)\w+|loop\w*|b\.\w+|bc\.\w+|cbn?z|tbn?z)$/;
const TARGET = /(?:^|[\s,#])#?0x([0-9a-f]{1,16})$/;
/** Bytes of an instruction of arm64, which are noted as one number. */
const WORD_BYTES = 4;

/** The instructions in a piece of whole lines, by address. */
export function readTranslations(text: string): ReadonlyMap<number, Instruction> {
  const instructions = new Map<number, Instruction>();
  let at = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
    const one = text.startsWith("0x", at) ? instructionOf(text.slice(at, end)) : undefined;
    if (one !== undefined) instructions.set(one.address, one);
    at = end + 1;
  }
  return instructions;
}

function instructionOf(line: string): Instruction | undefined {
  const [, address, bytes = "", name = "", operands = ""] = LINE.exec(line.trimEnd()) ?? [];
  if (address === undefined) return undefined;
  const length = bytes.includes(" ") ? bytes.trim().split(" ").length : WORD_BYTES;
  const target = CONDITIONAL.test(name) ? TARGET.exec(operands)?.[1] : undefined;
  return {
    address: Number.parseInt(address, 16),
    bytes: length,
    ...(target !== undefined && { target: Number.parseInt(target, 16) }),
  };
}
