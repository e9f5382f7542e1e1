/**
 * Stops a guest that goes wrong without a word: a case that does not end, a processor that sleeps for ever. Its time runs
 * while the guest does, and up to the first stop only: a user who sees what is wrong has all the time there is.
 */
import { Deadline } from "../../runner/deadline.js";
import { type Boot, HALTED } from "../../runner/machine.js";
import { watchSleep } from "../../runner/watch.js";

export interface FirstStop {
  /** The guest runs. */
  readonly resumed: () => void;
  /** It stands still. */
  readonly stopped: () => void;
  /** It has printed something. @param isNews whether another case runs by now */
  readonly printed: (isNews: boolean) => void;
  /** From here on it may take its time. */
  readonly over: () => void;
  /** Why it was stopped from here, as text; undefined where it was not, and once that was asked. */
  readonly why: () => string | undefined;
}

/** Stops nothing. */
export const NO_FIRST_STOP: FirstStop = {
  resumed: () => undefined,
  stopped: () => undefined,
  printed: () => undefined,
  over: () => undefined,
  why: () => undefined,
};

/**
 * Watches a boot.
 * @param limitMs longest time of a case, in milliseconds
 * @param interrupt asks the guest to stop
 */
export function firstStop(boot: Boot, limitMs: number, interrupt: () => void): FirstStop {
  let limit: Deadline | undefined;
  let sleep: ReturnType<typeof watchSleep> | undefined;
  let isOver = false;
  let why: string | undefined;
  const fire = (reason: string) => (): void => {
    why = reason;
    interrupt();
  };
  const stopped = (): void => {
    limit?.clear();
    sleep?.clear();
  };
  return {
    resumed: () => {
      stopped();
      if (isOver) return;
      const late = fire(`stopped after ${String(limitMs / 1000)} s, the limit of a case`);
      limit = new Deadline(limitMs, () => boot.waitedMs(), late);
      sleep = watchSleep(boot, fire(HALTED));
    },
    stopped,
    printed: (isNews) => {
      if (isNews) limit?.restart();
      sleep?.restart();
    },
    over: () => {
      isOver = true;
      stopped();
    },
    why: () => {
      const last = why;
      why = undefined;
      return last;
    },
  };
}
