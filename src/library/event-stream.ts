/**
 * The events of a run, for one reader, and what they come to. It judges by the same function as the command line, and
 * never calls a run that was not read to its end anything.
 */
import type { RunEvent } from "../core/events.js";
import type { RunModel } from "../core/model.js";
import { ModelBuilder } from "../core/model/reduce.js";
import { judge, type Verdict } from "../core/verdict.js";

/** What a run came to. */
export interface Result extends Verdict {
  /** Suites, cases, findings, faults and problems of the whole run. */
  readonly model: RunModel;
}

/** A run while it goes on: iterate over its events, then ask for its result; or ask for the result alone. */
export interface Run extends AsyncIterable<RunEvent> {
  /**
   * Reads what has not been read yet, and judges.
   * @throws UsageError, RigError as the iteration does; Error when the iteration was left before its end
   */
  readonly result: () => Promise<Result>;
}

type Batches = AsyncIterable<readonly RunEvent[]>;

/**
 * @param open called once, when the first event or the result is asked for
 * @param adjust changes the model before it is judged
 */
export function runOf(
  open: () => Promise<Batches>,
  adjust: (model: RunModel) => RunModel = (model) => model,
): Run {
  const builder = new ModelBuilder();
  let state: "new" | "open" | "whole" | "left" = "new";
  let failure: Error | undefined;
  async function* read(): AsyncGenerator<RunEvent> {
    state = "open";
    try {
      for await (const batch of await open())
        for (const event of batch) {
          builder.add(event);
          yield event;
        }
      state = "whole";
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      if (state === "open") state = "left";
    }
  }
  const events = read();
  return {
    [Symbol.asyncIterator]: () => events,
    async result() {
      for (;;) {
        const { done } = await events.next();
        if (done === true) break;
      }
      if (failure !== undefined) throw failure;
      if (state !== "whole") throw new Error("the run was not read to its end, so it has no result");
      const model = adjust(builder.model());
      return { model, ...judge(model) };
    },
  };
}
