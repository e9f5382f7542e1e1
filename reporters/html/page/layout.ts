/**
 * Where the bars of boots stand: where they began when it was noted, else one after the other. Pure: it knows no
 * document, so that it is tested without one.
 */
import type { BootData } from "../data.js";

export interface Bar {
  readonly index: number;
  readonly boot: BootData;
  /** In milliseconds since the run, or the lane, began. */
  readonly from: number;
  /** Where it stands beside others: bars of one track do not overlap. */
  readonly track: number;
}

export interface Layout {
  readonly bars: readonly Bar[];
  /** In milliseconds. */
  readonly length: number;
  readonly tracks: number;
  /** Whether the beginnings are real ones. */
  readonly isTimed: boolean;
}

/** Where all boots stand. Real beginnings count only where every boot that was measured has one. */
export function layOut(boots: readonly BootData[]): Layout {
  const isTimed =
    boots.some(({ from }) => from !== undefined) &&
    boots.every(({ from, ms }) => from !== undefined || ms === undefined);
  return isTimed ? asTheyRan(boots) : oneAfterTheOther(boots);
}

function oneAfterTheOther(boots: readonly BootData[]): Layout {
  const ends = new Map<number, number>();
  const bars = boots.map((boot, index) => {
    const from = ends.get(boot.lane) ?? 0;
    ends.set(boot.lane, from + (boot.ms ?? 0));
    return { index, boot, from, track: 0 };
  });
  return { bars, length: Math.max(0, ...ends.values()), tracks: 1, isTimed: false };
}

/** Each boot takes the first track that is free when it begins. */
function asTheyRan(boots: readonly BootData[]): Layout {
  const free: number[] = [];
  const tracks = new Map<number, number>();
  const order = boots.map(({ from = 0, ms = 0 }, index) => ({ index, from, end: from + ms }));
  order.sort((a, b) => a.from - b.from || a.index - b.index);
  let length = 0;
  for (const { index, from, end } of order) {
    const found = free.findIndex((until) => until <= from);
    const track = found < 0 ? free.length : found;
    free[track] = end;
    tracks.set(index, track);
    length = Math.max(length, end);
  }
  const bars = boots.map((boot, index) => ({
    index,
    boot,
    from: boot.from ?? 0,
    track: tracks.get(index) ?? 0,
  }));
  return { bars, length, tracks: free.length, isTimed: true };
}
