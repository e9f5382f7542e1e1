/**
 * Hands the port table of a guest that is gone to the next one. v86 makes 65,536 objects for each guest, and clearing them
 * away costs a tenth of a short boot. What is handed on is as empty as what v86 would make anew.
 */

/** One port: who reads and who writes it. */
interface Entry {
  read8: unknown;
  read16: unknown;
  read32: unknown;
  write8: unknown;
  write16: unknown;
  write32: unknown;
  device: unknown;
}

/** What of v86's ports is touched; a version that has other insides makes its entries itself. */
export interface Ports {
  readonly ports?: Entry[];
}

interface Maker {
  create_empty_entry?: (this: unknown) => Entry;
}

let spare: Entry[] = [];
const known = new WeakSet();

/** Lets the next guests of this thread take what `recycle` was given. */
export function reuseEntries(io: Ports): void {
  const maker = Object.getPrototypeOf(io) as Maker;
  const make = maker.create_empty_entry;
  if (make === undefined || known.has(maker)) return;
  known.add(maker);
  const blank = make.call(io);
  maker.create_empty_entry = function () {
    const used = spare.pop();
    if (used === undefined) return make.call(this);
    // One by one: copying whole objects takes longer than making new ones.
    used.read8 = blank.read8;
    used.read16 = blank.read16;
    used.read32 = blank.read32;
    used.write8 = blank.write8;
    used.write16 = blank.write16;
    used.write32 = blank.write32;
    used.device = blank.device;
    return used;
  };
}

/** Takes the table of a guest that will not run again. */
export function recycle({ ports }: Ports): void {
  spare = ports ?? [];
}
