/**
 * Sends one stream of events to all reporters at the pace of the slowest. A reporter or a sink that fails does not
 * disturb the others; the failure is remembered and handed to the command.
 */
import { Queue } from "../core/queue.js";
import { RigError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import { ModelBuilder } from "../core/model/reduce.js";
import type { RunModel } from "../core/model.js";
import type { Reporter, ReporterContext } from "../core/reporter.js";
import type { Sink } from "./sink.js";

export interface Destination {
  readonly reporter: Reporter;
  readonly sink: Sink;
  readonly context: Omit<ReporterContext, "model">;
}

/** Events a reporter may lag behind before the source has to wait. */
const QUEUE_LIMIT = 1024;

/** Runs reporters side by side over one stream. */
export class FanOut {
  readonly #builder = new ModelBuilder();
  readonly #queues: Queue<RunEvent>[] = [];
  readonly #running: Promise<void>[] = [];
  /** What went wrong in reporters and sinks, in order. */
  readonly failures: Error[] = [];

  constructor(destinations: readonly Destination[]) {
    for (const destination of destinations) {
      const queue = new Queue<RunEvent>();
      this.#queues.push(queue);
      this.#running.push(this.#drive(destination, queue));
    }
  }

  /** The run so far; whole once `finish` has been awaited. */
  model(): RunModel {
    return this.#builder.model();
  }

  async send(events: readonly RunEvent[]): Promise<void> {
    for (const event of events) this.#builder.add(event);
    await Promise.all(
      this.#queues.map((queue) => {
        for (const event of events) queue.push(event);
        return queue.room(QUEUE_LIMIT);
      }),
    );
  }

  /** No more events: waits for all reports. */
  async finish(): Promise<void> {
    for (const queue of this.#queues) queue.close();
    await Promise.all(this.#running);
  }

  async #drive({ reporter, sink, context }: Destination, queue: Queue<RunEvent>): Promise<void> {
    try {
      const full = { ...context, model: () => this.#builder.model() };
      for await (const text of reporter.render(queue, full)) await sink.write(text);
      await sink.close();
    } catch (error) {
      this.failures.push(describe(reporter.name, error));
      await sink.discard().catch(() => undefined);
    } finally {
      // Nobody reads any more, also where a reporter left before the end: the source must not wait for it.
      queue.abandon();
    }
  }
}

/** A reporter that throws is a bug and says so; a sink that fails is the rig's. */
function describe(reporter: string, error: unknown): Error {
  if (error instanceof RigError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new Error(`the ${reporter} reporter failed: ${cause.message}`, { cause });
}
