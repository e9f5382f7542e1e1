/** What the boots of a run have in common, as types: a leaf that schedules nothing. */
import type { Expectation } from "../../../runner/files/boot-history.js";
import type { Machine } from "../../../runner/machine.js";
import type { Limits } from "../../../runner/watch.js";
import type { Policy, Tool } from "../../core/events.js";
import type { PlaceRules } from "../../core/places.js";
import type { Plan } from "../../core/plan.js";
import type { Isolation } from "../../core/plan/rounds.js";
import type { Acceleration } from "../accelerate.js";
import type { RunHooks } from "../hooks.js";
import type { ProjectArguments, Task } from "../task.js";
import type { HeadStart } from "./head-start.js";
import type { Meter } from "./meter.js";
import type { Traced } from "./trace.js";

export interface ScheduleArguments extends Traced, Pick<ProjectArguments, "bench"> {
  /** What stands at the head of the events. */
  readonly tool: Tool;
  readonly policy: Policy;
  /** What measures the cases of an image from outside; absent where it is not wanted, or guests do it themselves. */
  readonly meters?: ReadonlyMap<Task, (limits: Limits, part: Plan) => Meter> | undefined;
  readonly memoryMiB?: number;
  readonly accelerations: (machine: Machine) => Acceleration;
  /** The boot of an image that runs already. */
  readonly begun: HeadStart["take"];
  readonly limits: Limits;
  readonly isolation: Isolation;
  /** Boots each case of its own too, and reports where it behaves differently. */
  readonly verifyIsolation: boolean;
  readonly maxCrashes: number;
  /** Further tries of a red case. */
  readonly retries: number;
  /** Red cases after which everything stops. */
  readonly failFast?: number;
  /** Seed of the order of cases. */
  readonly shuffle?: number;
  /** How often everything runs. */
  readonly repeat: number;
  /** Stops repeating at the first red case. */
  readonly untilFail: boolean;
  readonly keep: boolean;
  /** Folder for the raw consoles of a recorded run. */
  readonly logs?: string | undefined;
  /** Where sources are, for the lines around a crash. */
  readonly rules: PlaceRules;
  /** How long a boot will take. */
  readonly expected: Expectation;
  readonly hooks?: RunHooks | undefined;
}
