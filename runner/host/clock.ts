/** The clock of the host that everything runs on, and its calendar. */

/** Milliseconds of a clock that only goes forward. Node sets up `performance`, which says the same, at its first use. */
function nowMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** A stopwatch that runs: milliseconds since now. */
export function stopwatch(): () => number {
  const start = nowMs();
  return () => nowMs() - start;
}

/** The day, `YYYY-MM-DD`, in UTC: the same on every host of a run. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Does something after so many milliseconds, unless the returned function is called before. */
export function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => {
    clearTimeout(timer);
  };
}
