/**
 * The clock of whatever moves on a screen: it ticks and says how late it is. It keeps no process alive and draws nothing.
 */

export interface Ticker {
  /** Milliseconds since the start. */
  now(): number;
  stop(): void;
}

/** Calls `tick` every so often until it is stopped. */
export function startTicker(everyMs: number, tick: () => void): Ticker {
  const start = performance.now();
  const timer = setInterval(tick, everyMs);
  timer.unref();
  return {
    now: () => performance.now() - start,
    stop: () => {
      clearInterval(timer);
    },
  };
}
