/**
 * Where a stopped guest is: the address of its next instruction and the callers, by the chain of frames. A guest built
 * without frame pointers gives the first address only.
 */
import type { Frame, Register } from "../../src/core/fault.js";
import type { Architecture, GuestSnapshot } from "../machine.js";

/** Names of the registers, as QEMU and the embedded machine have them, and the size of a word. */
const SHAPE: Readonly<
  Record<Architecture, { readonly next: string; readonly frame: string; readonly bytes: 4 | 8 }>
> = {
  i386: { next: "EIP", frame: "EBP", bytes: 4 },
  x86_64: { next: "RIP", frame: "RBP", bytes: 8 },
  arm64: { next: "PC", frame: "X29", bytes: 8 },
};

const MOST_FRAMES = 32;

/** The frames, innermost first; addresses in hexadecimal. Callers' are those of the instruction after the call. */
export async function stackOf(architecture: Architecture, inside: GuestSnapshot): Promise<readonly Frame[]> {
  const { registers } = inside;
  const { next, frame, bytes } = SHAPE[architecture];
  const pc = valueOf(registers, next);
  if (pc === undefined) return [];
  const frames: Frame[] = [{ address: pc }];
  let at = Number.parseInt(valueOf(registers, frame) ?? "", 16);
  while (frames.length < MOST_FRAMES && Number.isSafeInteger(at) && at > 0) {
    const pair = await inside.read(at, 2 * bytes);
    if (pair === undefined) break;
    const [outer, back] = [wordAt(pair, 0, bytes), wordAt(pair, bytes, bytes)];
    if (back === 0) break;
    frames.push({ address: back.toString(16) });
    // Frames lie further and further up; anything else is no chain.
    if (outer <= at) break;
    at = outer;
  }
  return frames;
}

const valueOf = (registers: readonly Register[], name: string): string | undefined =>
  registers.find((one) => one.name === name)?.value;

/** A little-endian word of a guest; it has to lie in the bytes. */
export function wordAt(bytes: Uint8Array, at: number, size: 4 | 8): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return size === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
