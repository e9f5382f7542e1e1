/**
 * What is drawn of a line of things on an axis, at a width: things that are too narrow to be seen alone are one shape, so
 * that five thousand cases are at most a few hundred shapes. Pure: it knows no document.
 */

/** A thing on an axis. Times are in the unit of the axis. */
export interface Item {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** How it looks. */
  readonly look: string;
  /** Of several things in one shape the highest rank is what the shape looks like. */
  readonly rank: number;
  /** How many things it is, where that is not one. */
  readonly count?: number;
  /** Name that is written into it where there is room. */
  readonly label?: string;
  /** Its height among those of its line. */
  readonly value?: number;
  /** The fragment of what it leads to. */
  readonly link?: string;
}

export interface Shape {
  /** In pixels of the line. */
  readonly x: number;
  readonly width: number;
  /** The thing that it looks like, and leads to. */
  readonly item: Item;
  readonly count: number;
  /** Of all things in it. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The narrowest shape, in pixels. */
export const MIN_WIDTH = 4;

/**
 * The shapes of a line, from left to right; none overlaps another, so there are at most `width / MIN_WIDTH` of them.
 * @param items in the order of their beginnings
 */
export function shapesOf(items: readonly Item[], window: Window, width: number): readonly Shape[] {
  const scale = width / Math.max(window.to - window.from, Number.MIN_VALUE);
  const place = (time: number): number => Math.min(width, Math.max(0, (time - window.from) * scale));
  const shapes: { -readonly [K in keyof Shape]: Shape[K] }[] = [];
  for (const item of items) {
    if (item.to < window.from || item.from > window.to) continue;
    const last = shapes.at(-1);
    const end = last === undefined ? 0 : last.x + last.width;
    const x = Math.max(end, Math.min(place(item.from), width - MIN_WIDTH));
    const right = Math.max(place(item.to), Math.min(place(item.from) + MIN_WIDTH, width));
    if (last === undefined || right - x >= MIN_WIDTH - ROUNDING) shapes.push(alone(item, x, right - x));
    else join(last, item, place(item.to));
  }
  return shapes;
}

const ROUNDING = 1e-6;

const alone = (item: Item, x: number, width: number): Shape => ({
  ...{ x, width: Math.max(width, MIN_WIDTH), item, count: item.count ?? 1 },
  ...{ from: item.from, to: item.to, value: item.value ?? 0 },
});

function join(shape: { -readonly [K in keyof Shape]: Shape[K] }, item: Item, right: number): void {
  if (item.rank > shape.item.rank) shape.item = item;
  shape.count += item.count ?? 1;
  shape.from = Math.min(shape.from, item.from);
  shape.to = Math.max(shape.to, item.to);
  shape.value = Math.max(shape.value, item.value ?? 0);
  shape.width = Math.max(shape.width, right - shape.x);
}

/** Places for numbers under an axis: at most `most`, one, two or five of a power of ten apart. */
export function ticksOf({ from, to }: Window, most: number): readonly number[] {
  const length = to - from;
  if (!(length > 0) || !Number.isFinite(length) || most < 1) return [from];
  const power = 10 ** Math.floor(Math.log10(length / most));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => length / one <= most) ?? length;
  const first = Math.ceil(from / step);
  const count = Math.min(most + 1, Math.floor(to / step) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, at) => (first + at) * step);
}

/** A time of a guest in words: as many digits as the length that is looked at needs. */
export function timeText(us: number, length: number): string {
  const [unit, size] = length < 2000 ? ["\u00b5s", 1] : length < 2e6 ? ["ms", 1e3] : ["s", 1e6];
  const digits = Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(Math.max(length / size, 1e-3)))));
  return `${String(Number((us / size).toFixed(digits)))} ${unit}`;
}
