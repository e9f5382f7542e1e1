/** A guest that is made up, with a past: what happens in it is a list of places in time. No emulator runs. */
import { timelineOf } from "../../runner/debug/timeline.js";
import { stoppedBy } from "../../src/rsp/packets.js";

/** Where breakpoints are, as places in time, and after which instructions watched memory was accessed. */
export interface Events {
  readonly length: number;
  readonly breaks: ReadonlySet<number>;
  readonly accesses: ReadonlySet<number>;
  /** The stub stops in front of these accesses, and again, as long as the watchpoint is set. */
  readonly stuck?: ReadonlySet<number>;
  /** An exception is raised at these places, and whoever goes there is at the first instruction of its handler. */
  readonly raised?: ReadonlySet<number>;
}

export const BREAK = "0,1000,1";
export const WATCH = "2,2000,4";
export const TRAP = stoppedBy(5);
export const WATCHED = "T05thread:01;watch:2000;";

/** A guest that does nothing else, and its emulator: a stub and a history. */
export function guest({ length, breaks, accesses, stuck = new Set(), raised = new Set() }: Events) {
  const set = new Set<string>();
  const states = new Map<string, number>();
  let now = length;
  let end = length;
  let asked = 0;
  let isWrong = false;
  let isInHandler = false;
  const run = (): string => {
    for (;;) {
      if (set.has(BREAK) && breaks.has(now)) return TRAP;
      if (now === end) return stoppedBy(2);
      if (set.has(WATCH) && stuck.has(now + 1)) return WATCHED;
      now += 1;
      if (!set.has(WATCH) || !accesses.has(now)) continue;
      // What QEMU makes of both at once is not to be relied on.
      isWrong ||= now === end;
      return WATCHED;
    }
  };
  const step = (): string => {
    now += 1;
    isInHandler = false;
    return set.has(WATCH) && accesses.has(now) ? WATCHED : TRAP;
  };
  const ask = (packet: string): Promise<string> => {
    asked += 1;
    if (packet === "c") return Promise.resolve(run());
    if (packet === "s") return Promise.resolve(step());
    if (packet.startsWith("Z")) set.add(packet.slice(1));
    else set.delete(packet.slice(1));
    return Promise.resolve("OK");
  };
  const history = {
    now: () => Promise.resolve(now),
    stopAt: (icount: number) => {
      end = icount;
      return Promise.resolve(icount >= now);
    },
    goTo: (icount: number) => {
      isWrong ||= set.size > 0;
      now = icount;
      isInHandler = raised.has(icount);
      return Promise.resolve(true);
    },
    keep: (name: string) => {
      states.set(name, now);
      return Promise.resolve(true);
    },
  };
  const stub = {
    ask,
    stop: () => Promise.resolve(stoppedBy(2)),
    interrupt: () => undefined,
    close: () => undefined,
  };
  const console = { settled: () => Promise.resolve(0), rewound: () => undefined };
  return {
    ...{ stub, history },
    timeline: timelineOf(stub, history, console),
    asks: () => asked,
    isWrong: () => isWrong,
    pc: () => Promise.resolve(isInHandler ? 0x3000 : breaks.has(now) ? 0x1000 : 0x4000),
    set,
  };
}
