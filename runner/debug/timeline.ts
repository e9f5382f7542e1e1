/**
 * Where a replay stands in its time, and how it gets elsewhere. Every way back begins at a state that was kept, so it keeps
 * some on its way: the next step back has less to repeat. What is looked for there is in reverse.ts.
 */
import { RigError } from "../../src/core/errors.js";
import type { History } from "../machine.js";
import type { Asking } from "./asking.js";

/** The console of a guest that prints the same again whenever it is replayed. */
export interface ReplayedConsole {
  /** Resolves once all that the guest has printed by now was read. @returns bytes since its start */
  readonly settled: () => Promise<number>;
  /** The guest stands where it had printed so many bytes. */
  readonly rewound: (bytes: number) => void;
}

/** Counted in instructions of the guest since its start. */
export interface Timeline {
  readonly now: () => Promise<number>;
  /** The next run ends there at the latest. */
  readonly stopAt: (icount: number) => Promise<void>;
  /**
   * Goes there; no breakpoint may be set meanwhile. False where it was interrupted on its way, and stands anywhere.
   * @throws RigError where the emulator cannot
   */
  readonly goTo: (icount: number, isAsked: () => boolean) => Promise<boolean>;
  /** Makes sure that the way back to here is short. */
  readonly keep: () => Promise<void>;
}

/** More instructions than that are not repeated twice: it is a tenth of a second of a guest that prints a lot. */
const FAR = 200_000;
/** A state is kept so many instructions before the place that was wanted, for the steps from there. */
const BEFORE = 50_000;
/** Each takes up to some MB of the disk; the oldest gives its place to the newest. */
const MOST_STATES = 64;
/** An interrupt that comes late stops a way that it was not meant for. */
const TRIES = 3;

interface State {
  readonly name: string;
  readonly icount: number;
  readonly printed: number;
}

/** What the emulator has kept by itself. */
const START: State = { name: "", icount: 0, printed: 0 };

const refused = (): RigError =>
  new RigError("the emulator cannot go back in its recording", "end the session, and record once more");

/** The timeline of a replay that stands at its beginning. */
export function timelineOf(stub: Asking, history: History, printing: ReplayedConsole): Timeline {
  let states: readonly State[] = [];
  let kept = 0;
  const now = async (): Promise<number> => {
    const icount = await history.now();
    if (icount === undefined) throw refused();
    return icount;
  };
  const before = (icount: number): State =>
    states
      .filter((state) => state.icount <= icount)
      .reduce((best, state) => (state.icount > best.icount ? state : best), START);
  const keep = async (): Promise<void> => {
    const icount = await now();
    if (icount - before(icount).icount <= FAR) return;
    const printed = await printing.settled();
    kept += 1;
    const name = `uktest-${String(kept % MOST_STATES)}`;
    states = states.filter((state) => state.name !== name);
    // Where the disk is full, ways are longer.
    if (await history.keep(name)) states = [...states, { name, icount, printed }];
  };
  /** True where it has come there. */
  const jump = async (to: number): Promise<boolean> => {
    const from = await now();
    if (from === to) return true;
    await printing.settled();
    const state = before(to);
    if (to < from || from < state.icount) printing.rewound(state.printed);
    if (!(await history.goTo(to))) throw refused();
    await stub.stop();
    await printing.settled();
    return (await now()) === to;
  };
  const reach = async (to: number, isAsked: () => boolean): Promise<boolean> => {
    for (let left = TRIES; left > 0 && !isAsked(); left -= 1) if (await jump(to)) return true;
    return false;
  };
  return {
    now,
    keep,
    stopAt: async (icount) => {
      if (!(await history.stopAt(icount))) throw refused();
    },
    goTo: async (to, isAsked) => {
      if (to - before(to).icount > FAR) {
        if (!(await reach(to - BEFORE, isAsked))) return false;
        await keep();
      }
      return reach(to, isAsked);
    },
  };
}
