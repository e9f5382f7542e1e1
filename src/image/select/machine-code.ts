/**
 * Finds, in the code of a guest, instructions that do nothing but return: what an entry that is to be left out of the boot
 * can point at. It decodes nothing else.
 */
import type { Architecture } from "../elf.js";

const BTI_C = 0xd503245f;
const RET = 0xd65f03c0;

/**
 * Offset of an instruction that returns. On x86 any such byte will do, also one inside an instruction:
 * a jump there returns. On arm64 one after a landing pad is taken before all others.
 */
export function findReturn(code: Buffer, architecture: Architecture): number | undefined {
  if (architecture !== "arm64") {
    const at = code.indexOf(0xc3);
    return at < 0 ? undefined : at;
  }
  let bare: number | undefined;
  for (let at = 0; at + 4 <= code.length; at += 4) {
    if (code.readUInt32LE(at) !== RET) continue;
    if (at >= 4 && code.readUInt32LE(at - 4) === BTI_C) return at - 4;
    bare ??= at;
  }
  return bare;
}

/** `xor %eax, %eax; ret`, in both of its encodings, and `mov w0, #0; ret` or `mov x0, #0; ret`. */
const NOTHINGS = {
  x86: [Buffer.from([0x31, 0xc0, 0xc3]), Buffer.from([0x33, 0xc0, 0xc3])],
  arm64: [
    Buffer.from([0, 0, 0x80, 0x52, 0xc0, 3, 0x5f, 0xd6]),
    Buffer.from([0, 0, 0x80, 0xd2, 0xc0, 3, 0x5f, 0xd6]),
  ],
} as const;

/** Offset of code that returns 0, which is what an init function says when all is well. */
export function findReturnOfZero(code: Buffer, architecture: Architecture): number | undefined {
  const step = architecture === "arm64" ? 4 : 1;
  const found = NOTHINGS[architecture === "arm64" ? "arm64" : "x86"].map((bytes) => {
    let at = code.indexOf(bytes);
    while (at >= 0 && at % step !== 0) at = code.indexOf(bytes, at + 1);
    return at;
  });
  return found.find((at) => at >= 0);
}
