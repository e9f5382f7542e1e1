/** What the configuration of a project says of limits: of time, of memory, of coverage. It opens no image. */
import type { Limits } from "../../runner/watch.js";
import type { Config } from "../config/schema.js";
import type { MemoryLimit, Policy } from "../core/policy.js";
import { caseLimits, unusedLimits } from "./case-limits.js";
import type { Project, ProjectArguments, Task } from "./task.js";

/** How long boots and cases may take. */
export function limitsOf({
  timeoutMs,
  silenceMs,
  caseTimeoutMs: caseMs,
  caseTimeouts,
}: Config): Partial<Limits> {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(silenceMs !== undefined && { silenceMs }),
    ...(caseMs !== undefined && { caseMs }),
    ...(caseTimeouts !== undefined && { caseMsOf: caseLimits(caseTimeouts) }),
  };
}

/** In the order of the file: the exception stands before the rule. */
export const memoryLimitsOf = ({ memoryLimits }: Config): Policy["memoryLimits"] =>
  memoryLimits && Object.entries(memoryLimits).map(([name, max]) => ({ case: name, max }) as MemoryLimit);

/** In the order of the file as well. */
export const benchLimitsOf = ({ benchLimits }: Config): Policy["benchLimits"] =>
  benchLimits && Object.entries(benchLimits).map(([name, max]) => ({ case: name, max }));

/** Nobody knows what limits mean while a part of the project was not looked at. */
export function idleLimits({ caseTimeouts, suites }: Config, tasks: readonly Task[]): readonly string[] {
  const names = new Set(tasks.map(({ name }) => name));
  const plans = tasks.flatMap((task) => ("whole" in task ? [task.whole] : []));
  return caseTimeouts === undefined || names.size < Object.keys(suites).length || plans.length < tasks.length
    ? []
    : unusedLimits(caseTimeouts, plans);
}

/** Which lines count, where it is asked which of them run. */
export const coverageOf = (
  { coverage: kind, coverageMin: lines }: ProjectArguments,
  config: Config | undefined,
): Pick<Project, "coverage"> => {
  if (kind === undefined) return {};
  const known = config?.coverage?.minimum;
  const minimum = lines === undefined ? known : { ...known, lines };
  return { coverage: { ...config?.coverage, kind, minimum } };
};
