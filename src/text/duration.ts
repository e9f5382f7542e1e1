/**
 * Words for durations and numbers. It does not measure anything.
 */

/** `0.4 ms`, `12 ms`, `1.24 s`, `2 min 03 s`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs) || durationMs < 0) return "? ms";
  if (durationMs < 9.95) return `${Number(durationMs.toFixed(1))} ms`;
  if (durationMs < 999.5) return `${durationMs.toFixed(0)} ms`;
  if (durationMs < 59_995) return `${(durationMs / 1000).toFixed(2)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A case that takes longer is worth a word: most take less than a thousandth of it. */
export const SLOW_MS = 1000;

/** The duration of a case; one that took long says so. */
export const caseDuration = (durationMs: number): string =>
  durationMs >= SLOW_MS ? `slow ${formatDuration(durationMs)}` : formatDuration(durationMs);

/** Milliseconds rounded to whole microseconds, so that no format prints an exponent. */
export const roundToMicroseconds = (durationMs: number): number => Math.round(durationMs * 1000) / 1000;
