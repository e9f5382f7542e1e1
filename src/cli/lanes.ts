/**
 * Runs boots side by side and tells of them one after the other: the stream of each is whole before that of the next
 * begins, and that of the oldest comes live. What a boot is made of is not its business.
 */
import { Queue } from "../../runner/queue.js";
import type { RunEvent } from "../core/events.js";

export type Emit = (events: readonly RunEvent[]) => void;

/** One boot: tells what it concludes, and returns the boots that follow from it. */
export type Job = (emit: Emit) => Promise<readonly Job[]>;

/**
 * Runs jobs, at most `width` at once, in their order; those that follow from a job come in front of the waiting ones.
 * A job that throws ends the run when its lane is reached: what came before it is told.
 */
export async function* runLanes(jobs: readonly Job[], width: number): AsyncGenerator<readonly RunEvent[]> {
  const waiting = [...jobs];
  const lanes: { readonly lane: Queue<readonly RunEvent[]>; readonly done: Promise<void> }[] = [];
  let active = 0;
  const start = (): void => {
    while (active < width) {
      const job = waiting.shift();
      if (job === undefined) return;
      active += 1;
      const lane = new Queue<readonly RunEvent[]>();
      const done = job((events) => {
        lane.push(events);
      })
        .then((more) => void waiting.unshift(...more))
        .finally(() => {
          active -= 1;
          start();
          lane.close();
        });
      // Whoever reads the lane meets the failure; until then it is nobody's.
      done.catch(() => undefined);
      lanes.push({ lane, done });
    }
  };
  start();
  for (let index = 0; ; index += 1) {
    const next = lanes[index];
    if (next === undefined) return;
    yield* next.lane;
    await next.done;
  }
}
