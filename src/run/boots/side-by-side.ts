/**
 * Runs boots side by side and emits their events in boot order: the stream of each is whole before that of the next
 * begins, and that of the oldest comes live. What a boot is made of is not its business.
 */
import { Queue } from "../../core/queue.js";
import type { RunEvent } from "../../core/events.js";

export type Emit = (events: readonly RunEvent[]) => void;

/** One boot: tells what it concludes, and returns the boots that follow from it. */
export interface Job {
  (emit: Emit): Promise<readonly Job[]>;
  /** How long it will take, in milliseconds; undefined where nobody knows. Asked only where there is a choice. */
  readonly expectedMs?: (() => number | undefined) | undefined;
  /** Gets ready for it while others run. Called of the one that comes next, where several run at once. */
  readonly prepare?: (() => void) | undefined;
}

interface Lane {
  readonly job: Job;
  readonly events: Queue<readonly RunEvent[]>;
  /** Set once it has started. */
  done?: Promise<void>;
  expectedMs?: number;
}

const laneOf = (job: Job): Lane => ({ job, events: new Queue() });

/**
 * Runs jobs, at most `width` at once; that is asked for when there is a choice, so that one job waits for no answer. Of those that wait the one that will take longest comes first, since a long one
 * that begins last is waited for alone; one that nobody knows may be long. Equals, and all with a width of 1, come in
 * their order. They are emitted in their order, those that follow from a job in front of the waiting ones.
 *
 * A job that throws ends the run when its lane is reached: what came before it is emitted.
 */
export async function* runSideBySide(
  jobs: readonly Job[],
  width: () => number,
): AsyncGenerator<readonly RunEvent[]> {
  const lanes = jobs.map(laneOf);
  let active = 0;
  const start = (): void => {
    for (;;) {
      const waiting = lanes.filter(({ done }) => done === undefined);
      const [first] = waiting;
      if (first === undefined) return;
      if (active > 0 && active >= width()) {
        if (active > 1) nextOf(waiting, first, width()).job.prepare?.();
        return;
      }
      const lane = nextOf(waiting, first, width());
      active += 1;
      const { job, events } = lane;
      lane.done = job((some) => {
        events.push(some);
      })
        .then((more) => {
          const own = lanes.indexOf(lane);
          const at = lanes.findIndex((one, index) => index > own && one.done === undefined);
          lanes.splice(at < 0 ? lanes.length : at, 0, ...more.map(laneOf));
        })
        .finally(() => {
          active -= 1;
          start();
          events.close();
        });
      // Whoever reads the lane meets the failure; until then it is nobody's.
      lane.done.catch(() => undefined);
    }
  };
  start();
  for (let index = 0; ; index += 1) {
    const next = lanes[index];
    if (next === undefined) return;
    yield* next.events;
    await next.done;
  }
}

const nextOf = (waiting: readonly Lane[], first: Lane, width: number): Lane =>
  waiting.length === 1 || width === 1 ? first : longest(waiting, first);

function longest(waiting: readonly Lane[], first: Lane): Lane {
  for (const lane of waiting) lane.expectedMs ??= lane.job.expectedMs?.() ?? Number.POSITIVE_INFINITY;
  return waiting.reduce(
    (most, lane) => ((lane.expectedMs ?? 0) > (most.expectedMs ?? 0) ? lane : most),
    first,
  );
}
