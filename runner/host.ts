/** The clock of the host that everything runs on. */

/** A stopwatch that runs: milliseconds since now. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}

/** Does something after so many milliseconds, unless the returned function is called before. */
export function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => {
    clearTimeout(timer);
  };
}
