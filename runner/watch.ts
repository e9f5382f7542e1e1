/**
 * Reads a boot to its end within limits of time. It stops the machine when one fires, looks into it first and says
 * which it was; it judges nothing.
 */
import type { MachineEnd } from "../src/core/fault.js";
import { Deadline } from "./deadline.js";
import { type Boot, HALTED, type GuestSnapshot } from "./machine.js";

export interface Limits {
  /** Of the whole boot. */
  readonly timeoutMs: number;
  /** Of the serial line, from the start or the last byte. */
  readonly silenceMs: number;
  /** Of a case that has none of its own. */
  readonly caseMs: number;
  /** Of a case by its name, `suite.case`, where it has none of its own either. */
  readonly caseMsOf?: ((name: string) => number | undefined) | undefined;
  /** Of the silence after which a guest that has said its last is stopped; a few milliseconds where none is given. */
  readonly lastMs?: number;
}

export const DEFAULT_LIMITS: Limits = { timeoutMs: 300_000, silenceMs: 20_000, caseMs: 60_000 };

/** What runs in the guest, as far as its console tells. */
export interface Running {
  /** Of this run of the case, and no other. */
  readonly id: string;
  /** `suite.case`. */
  readonly name: string;
  /** The limit that the case itself has. */
  readonly limitMs?: number;
}

export interface Watcher {
  /** Asked after each chunk. */
  readonly running: () => Running | undefined;
  /** Whether the guest has said its last; asked after each chunk. */
  readonly isOver: () => boolean;
  /** Whether the guest is dead and prints its crash for ever; asked after each chunk. */
  readonly isEndless: () => boolean;
  /** A case has used up a good part of its limit. */
  readonly slow: (name: string, afterMs: number, limitMs: number) => void;
}

/** Knows of no case. */
export const NO_CASES: Watcher = {
  running: () => undefined,
  isOver: () => false,
  isEndless: () => false,
  slow: () => undefined,
};

export interface Ended {
  readonly end: MachineEnd;
  /** Missing where the machine failed. */
  readonly inside?: GuestSnapshot;
}

const seconds = (ms: number): string => `${String(ms / 1000)} s`;

/** A case is called slow after this part of its limit. */
const SLOW_PART = 0.5;

/** A guest that has said its last and is silent for so long does not end its machine by itself. */
const LAST_MS = 5;

/** The bytes of a boot; what it returns is how the machine ended, and its inside. `release()` is left to the caller. */
export async function* watch(
  boot: Boot,
  { timeoutMs, silenceMs, caseMs, caseMsOf, lastMs = LAST_MS }: Limits,
  { running, isOver, isEndless, slow }: Watcher,
): AsyncGenerator<Uint8Array, Ended> {
  const ending = new Ending(boot);
  const fire = (detail: string) => (): void => {
    ending.look({ kind: "timed-out", detail });
  };
  const waited = oncePerMoment(() => boot.waitedMs());
  const whole = new Deadline(
    timeoutMs,
    waited,
    fire(`stopped after ${seconds(timeoutMs)}, the limit of a boot,`),
  );
  const silence = new Deadline(silenceMs, waited, fire(`stopped after ${seconds(silenceMs)} of silence`));
  const caseLimits = new CaseLimits(
    { caseMs, ...(caseMsOf !== undefined && { caseMsOf }) },
    waited,
    slow,
    fire,
  );
  const quiet = watchSleep(boot, () => {
    ending.look({ kind: "ended", how: "unknown", detail: HALTED, cause: "halt" });
  });
  let last: Deadline | undefined;
  const leave = (): void => {
    last ??= new Deadline(lastMs, waited, () => {
      const detail = "stopped after the guest's final line";
      ending.leave({ kind: "ended", how: "unknown", detail, isCut: true });
    });
    last.restart();
  };
  try {
    for await (const chunk of boot.output) {
      silence.restart();
      quiet.restart();
      yield chunk;
      caseLimits.follow(running());
      if (isEndless())
        ending.look({ kind: "ended", how: "unknown", detail: "stopped in an endless crash screen" });
      if (isOver()) leave();
      else {
        last?.clear();
        last = undefined;
      }
    }
    const own = await boot.end;
    return { end: ending.how ?? own, inside: await (ending.inside ?? boot.inspect()) };
  } finally {
    quiet.clear();
    for (const limit of [last, whole, silence, caseLimits]) limit?.clear();
    // A reader that stops early leaves no machine behind.
    boot.stop();
  }
}

/** How a boot is stopped from here: the first reason counts. */
class Ending {
  how: MachineEnd | undefined;
  inside: Promise<GuestSnapshot> | undefined;

  constructor(private readonly boot: Boot) {}

  /** Stops it after a look into it. */
  look(how: MachineEnd): void {
    if (this.how !== undefined) return;
    this.how = how;
    this.inside = this.boot.inspect();
    const stop = (): void => {
      this.boot.stop();
    };
    this.inside.then(stop, stop);
  }

  /** Stops it at once: where it is now is of no interest. */
  leave(how: MachineEnd): void {
    this.how ??= how;
    this.boot.stop();
  }
}

/** Asks once for what several limits need that begin at one moment. */
function oncePerMoment(ask: () => number): () => number {
  let known: number | undefined;
  return () => {
    if (known === undefined)
      queueMicrotask(() => {
        known = undefined;
      });
    return (known ??= ask());
  };
}

/** The limits of the case that runs, and of no other. */
class CaseLimits {
  #key: string | undefined;
  #timers: readonly Deadline[] = [];

  constructor(
    private readonly limits: Pick<Limits, "caseMs" | "caseMsOf">,
    private readonly waited: () => number,
    private readonly slow: Watcher["slow"],
    private readonly fire: (detail: string) => () => void,
  ) {}

  /** Begins those of another case, once it runs. */
  follow(now: ReturnType<Watcher["running"]>): void {
    // A case says its own limit after its beginning, and that may be in a later chunk.
    const key = now === undefined ? undefined : `${now.id} ${String(now.limitMs)}`;
    if (key === this.#key) return;
    this.clear();
    this.#key = key;
    if (now === undefined) return;
    const own = now.limitMs ?? this.limits.caseMsOf?.(now.name);
    const limitMs = own ?? this.limits.caseMs;
    const slowMs = limitMs * SLOW_PART;
    const limit = `stopped after ${seconds(limitMs)}, the limit of ${own === undefined ? "a case" : "this case"},`;
    this.#timers = [
      new Deadline(slowMs, this.waited, () => {
        this.slow(now.name, slowMs, limitMs);
      }),
      new Deadline(limitMs, this.waited, this.fire(limit)),
    ];
  }

  clear(): void {
    for (const timer of this.#timers) timer.clear();
    this.#timers = [];
  }
}

/** A guest that has been quiet for so long may sleep. */
const QUIET_MS = 250;

/** Looks at a quiet guest now and then, and calls back once when it sleeps for ever. */
export function watchSleep(
  boot: Boot,
  found: () => void,
): { readonly restart: () => void; readonly clear: () => void } {
  if (boot.sleepsForEver === undefined) return { restart: () => undefined, clear: () => undefined };
  let isOver = false;
  const look = async (): Promise<void> => {
    const sleeps = await boot.sleepsForEver?.();
    if (isOver) return;
    if (sleeps === true) found();
    else timer.refresh();
  };
  const timer = setTimeout(() => void look(), QUIET_MS);
  return {
    restart: () => {
      timer.refresh();
    },
    clear: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
