/**
 * How a command that writes reports ends: events to the reporters, whatever failed remembered, one exit code. It reads
 * nothing and boots nothing; report.ts and run.ts make the events.
 */
import { stage } from "../../runner/host/stages.js";
import { type ExitCode, EXIT } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import type { RunModel } from "../core/model.js";
import { judge } from "../core/verdict.js";
import { type Destination, FanOut } from "./fan-out.js";
import { asKnown } from "../core/reason.js";

/** How a command ended: its exit code and what to tell the user about failures that are not the guest's. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly failures: readonly Error[];
  readonly model: RunModel;
}

/** Sends all events to their destinations; `adjust` may change the model that is judged. Never throws. */
export async function deliver(
  destinations: readonly Destination[],
  events: AsyncIterable<readonly RunEvent[]>,
  stop: AbortSignal,
  adjust: (model: RunModel) => RunModel = (model) => model,
): Promise<Outcome> {
  const fanOut = new FanOut(destinations);
  const failures: Error[] = [];
  try {
    for await (const some of events) await fanOut.send(some);
  } catch (error) {
    failures.push(asKnown(error));
  }
  stage(() => "the last event is reported");
  await fanOut.finish();
  stage(() => "the reports are written");
  failures.push(...fanOut.failures);
  const model = adjust(fanOut.model());
  return { exitCode: exitCodeOf(model, failures, stop), failures, model };
}

function exitCodeOf(model: RunModel, failures: readonly Error[], stop: AbortSignal): ExitCode {
  if (failures.some((failure) => failure.name !== "RigError" && failure.name !== "UsageError"))
    return EXIT.bug;
  if (stop.aborted) return stop.reason === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  if (failures.length > 0) return EXIT.rig;
  return judge(model).exitCode;
}
