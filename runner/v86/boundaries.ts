/**
 * Hears of the moments between cases, which a guest of the kit announces by a write to a port, and reads its memory in them.
 * What the guest hands over is data: a moment that cannot be one is passed over.
 * Source: guest/include/uk/boundary.h, `struct uk_boundary` of 32 bits; guest/plat/pc/announce.c.
 */
import type { MemoryRange } from "../../src/image/evidence.js";
import type { Boundary } from "../machine.js";

/** Bytes of a guest's memory; undefined outside of it. */
export type ReadGuest = (address: number, length: number) => Uint8Array | undefined;

/** The word that makes a guest announce them. */
export const BOUNDARY_WORD = "uktest.boundary";

const PORT = 0xe4;
const MOMENTS = { begin: 1, end: 2 } as const;
const HEAD_BYTES = 12;
const MOST_NAME = 256;
/** Of one boot: a guest that announces more tests something else. */
const MOST_BOUNDARIES = 100_000;

interface BoundaryPorts {
  register_write(
    port: number,
    device: object,
    w8?: (value: number) => void,
    w16?: (value: number) => void,
    w32?: (value: number) => void,
  ): void;
}

/** Reads these ranges whenever the guest announces a moment. */
export function hearBoundaries(
  io: BoundaryPorts,
  read: ReadGuest,
  ranges: readonly MemoryRange[],
  heard: (boundary: Boundary) => void,
): void {
  let count = 0;
  io.register_write(PORT, {}, undefined, undefined, (value) => {
    count += 1;
    const found = count > MOST_BOUNDARIES ? undefined : momentAt(read, value >>> 0);
    if (found === undefined) return;
    heard({ ...found, pieces: ranges.map(({ address, bytes }) => read(address, bytes)) });
  });
}

function momentAt(read: ReadGuest, address: number): Omit<Boundary, "pieces"> | undefined {
  const head = read(address, HEAD_BYTES);
  if (head?.length !== HEAD_BYTES) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, HEAD_BYTES);
  const number = view.getUint32(0, true);
  const moment = number === MOMENTS.begin ? "begin" : number === MOMENTS.end ? "end" : undefined;
  const suite = textAt(read, view.getUint32(4, true));
  const name = textAt(read, view.getUint32(8, true));
  return moment === undefined || suite === undefined || name === undefined
    ? undefined
    : { moment, suite, name };
}

/** The text at an address; undefined where it does not end. */
function textAt(read: ReadGuest, address: number): string | undefined {
  const bytes = read(address, MOST_NAME);
  const end = bytes?.indexOf(0) ?? -1;
  return end < 0 ? undefined : Buffer.from(bytes?.subarray(0, end) ?? []).toString("utf8");
}
