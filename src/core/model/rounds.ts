/** What several counts of the same come to. Pure. */

/** The one in the middle: of an even number the lower of both, so that it is a count that there was; 0 of none. */
export function medianOf(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** The median absolute deviation: how far counts are from the one in the middle, in the middle. */
export function distanceOf(counts: readonly number[]): number {
  const median = medianOf(counts);
  return medianOf(counts.map((one) => Math.abs(one - median)));
}
