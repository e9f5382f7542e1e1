/**
 * Sends one stream of events to all reporters at the pace of the slowest. A reporter or a sink that fails does not
 * disturb the others; the failure is remembered and handed to the command.
 */
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

/** A queue with one reader that can be waited for. */
class EventQueue implements AsyncIterable<RunEvent> {
  #events: RunEvent[] = [];
  #ended = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;
  /** Set when the reader has gone: what is pushed then is dropped. */
  #abandoned = false;

  async push(events: readonly RunEvent[]): Promise<void> {
    if (this.#abandoned) return;
    for (const event of events) this.#events.push(event);
    this.#wakeReader?.();
    while (this.#events.length > QUEUE_LIMIT && !this.#isAbandoned()) {
      await new Promise<void>((resolve) => (this.#wakeWriter = resolve));
    }
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  abandon(): void {
    this.#abandoned = true;
    this.#events = [];
    this.#wakeWriter?.();
  }

  #isAbandoned(): boolean {
    return this.#abandoned;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RunEvent> {
    for (;;) {
      const batch = this.#events;
      this.#events = [];
      this.#wakeWriter?.();
      yield* batch;
      if (this.#events.length > 0) continue;
      if (this.#ended) return;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
  }
}

/** Runs reporters side by side over one stream. */
export class FanOut {
  readonly #builder = new ModelBuilder();
  readonly #queues: EventQueue[] = [];
  readonly #running: Promise<void>[] = [];
  /** What went wrong in reporters and sinks, in order. */
  readonly failures: Error[] = [];

  constructor(destinations: readonly Destination[]) {
    for (const destination of destinations) {
      const queue = new EventQueue();
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
    await Promise.all(this.#queues.map((queue) => queue.push(events)));
  }

  /** No more events: waits for all reports. */
  async finish(): Promise<void> {
    for (const queue of this.#queues) queue.end();
    await Promise.all(this.#running);
  }

  async #drive({ reporter, sink, context }: Destination, queue: EventQueue): Promise<void> {
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
