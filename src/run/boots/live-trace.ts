/** Looks at the trace of a guest again and again while it runs, and hands on a line for each event that is new. */
import { startTicker } from "../../../runner/host/ticker.js";
import type { Boot } from "../../../runner/machine.js";
import type { Trace, TraceMap } from "../../image/tracepoints.js";
import { plural } from "../../core/plural.js";
import { freshRecords, peekTrace } from "../../trace/live.js";
import { eventLines } from "../../trace/text.js";

export interface LiveTrace {
  /** Shows the rest, of the guest that has stopped. */
  readonly finish: (trace: Trace) => void;
  /** Ends it; nothing is shown any more. */
  readonly stop: () => void;
}

/** Often enough for a reader; a look takes a tenth of a millisecond, and none of the guest's time under QEMU. */
const LOOK_MS = 100;

/**
 * Begins to look; at a guest that its machine does not let us look at, once it has stopped.
 * @param show takes lines for the events that are new, oldest first
 */
export function followTrace(
  map: TraceMap,
  boot: Pick<Boot, "peek">,
  show: (lines: readonly string[]) => void,
): LiveTrace {
  const fresh = freshRecords();
  let isBusy = false;
  let isOver = false;
  const take = (trace: Trace): void => {
    const { records, missed } = fresh(trace);
    const lost = missed === 0n ? [] : [`# ${plural(Number(missed), "event")} overwritten before this`];
    if (records.length > 0) show([...lost, ...eventLines({ ...trace, records })]);
  };
  const look = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    const trace = await peekTrace(map, async (address, length) => boot.peek?.(address, length));
    isBusy = false;
    if (trace !== undefined && !isOver) take(trace);
  };
  const ticker = startTicker(LOOK_MS, () => void look());
  const stop = (): void => {
    isOver = true;
    ticker.stop();
  };
  return {
    finish: (trace) => {
      if (isOver) return;
      stop();
      take(trace);
    },
    stop,
  };
}
