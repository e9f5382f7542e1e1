/** The clock of the host that everything runs on, and its calendar. */

/** A stopwatch that runs: milliseconds since now. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
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
