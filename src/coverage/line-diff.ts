/**
 * The lines in which two texts differ. It knows no language, and reads no file.
 * Source of the algorithm: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
 */

/** Lines that stand in place of others, counted from 0: those of the old text, and those of the new one. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Texts that differ in more lines than these are one hunk between what they share at both ends. */
const MOST_EDITS = 1000;

/** The hunks that make one list of lines of another, in their order; none touches the next. */
export function hunksOf(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  const whole = { from: 0, to: a.length, newFrom: 0, newTo: b.length };
  const hunks = a.length === 0 || b.length === 0 ? [whole] : (edits(a, b) ?? [whole]);
  return hunks.map(({ from, to, newFrom, newTo }) => ({
    ...{ from: from + head, to: to + head, newFrom: newFrom + head, newTo: newTo + head },
  }));
}

/** The shortest way from one list to the other; undefined where it is too long. */
function edits(a: readonly string[], b: readonly string[]): readonly Hunk[] | undefined {
  const limit = Math.min(a.length + b.length, MOST_EDITS);
  const middle = limit + 1;
  const reach = new Int32Array(2 * middle + 1);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= limit; d += 1) {
    trace.push(reach.slice(middle - d, middle + d + 1));
    for (let k = -d; k <= d; k += 2) {
      const [below, above] = [reach[middle + k - 1] ?? 0, reach[middle + k + 1] ?? 0];
      let x = k === -d || (k !== d && below < above) ? above : below + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return walkedBack(trace, a.length, b.length);
    }
  }
  return undefined;
}

/** The steps of a way that was found, from its end to its beginning, as hunks in their order. */
function walkedBack(trace: readonly Int32Array[], length: number, newLength: number): readonly Hunk[] {
  const hunks: { from: number; to: number; newFrom: number; newTo: number }[] = [];
  let [x, y] = [length, newLength];
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const reach = trace[d] ?? new Int32Array();
    const k = x - y;
    const at = (diagonal: number): number => reach[diagonal + d] ?? 0;
    const isDown = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const before = isDown ? k + 1 : k - 1;
    const [beforeX, beforeY] = [at(before), at(before) - before];
    const [stepX, stepY] = isDown ? [beforeX, beforeY + 1] : [beforeX + 1, beforeY];
    const last = hunks.at(-1);
    if (last?.from === stepX && last.newFrom === stepY) {
      last.from = beforeX;
      last.newFrom = beforeY;
    } else hunks.push({ from: beforeX, to: stepX, newFrom: beforeY, newTo: stepY });
    [x, y] = [beforeX, beforeY];
  }
  return hunks.reverse();
}
