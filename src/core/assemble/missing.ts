/**
 * Which planned cases have no result in a boot, and why, in words.
 */
import type { Plan, PlannedCase } from "../plan.js";
import { baseName, type BootState, caseKey, endedNormally } from "./boot.js";

export interface MissingCase {
  readonly suite: string;
  readonly planned: PlannedCase;
  readonly reason: string;
  /** True when nothing explains it: the guest went on as if it had run. */
  readonly unexplained: boolean;
  readonly status: "not-run" | "skipped";
  readonly evidence?: "memory";
  /** Its suite as a whole cannot run. */
  readonly isSuiteLost?: boolean;
}

/** Planned cases that never began, in the order of the plan. */
export function missingCases(boot: BootState, plan: Plan): readonly MissingCase[] {
  return plan.suites.flatMap((suite) =>
    suite.cases
      .filter((planned) => !boot.seen.has(caseKey(suite.name, planned.name)))
      .map((planned) => ({ suite: suite.name, planned, ...reasonFor(boot, suite.name) })),
  );
}

function reasonFor(boot: BootState, suite: string): Omit<MissingCase, "suite" | "planned"> {
  const skipped = boot.protocol?.skippedSuites.get(suite);
  if (boot.skippedInMemory.has(suite)) {
    const reason = skipped ?? "its suite was skipped, says the guest's memory";
    return { reason, unexplained: false, status: "skipped", evidence: "memory" };
  }
  if (skipped !== undefined) return { reason: skipped, unexplained: false, status: "skipped" };
  return { ...notRunBecause(boot, suite), status: "not-run" };
}

function notRunBecause(boot: BootState, suite: string): Omit<MissingCase, "suite" | "planned" | "status"> {
  if (boot.initFailed.has(suite))
    return { reason: "the init function of its suite failed", unexplained: false, isSuiteLost: true };
  if (boot.death.fatal !== undefined)
    return { reason: `the boot ended before: ${boot.death.fatal}`, unexplained: false };
  if (!endedNormally(boot)) return { reason: "the log stops before it", unexplained: false };
  const reason = boot.suitesSeen.has(suite)
    ? "its suite ran, and nothing was printed for it"
    : "its suite never ran";
  return { reason, unexplained: true };
}

const indices = new WeakMap<Plan, ReadonlyMap<string, PlannedCase>>();

/** The cases of a plan, which never changes: one is looked for at each of them. Of several with one name the first counts. */
function casesIn(plan: Plan): ReadonlyMap<string, PlannedCase> {
  const known = indices.get(plan);
  if (known !== undefined) return known;
  const found = new Map<string, PlannedCase>();
  const suites = new Set<string>();
  for (const { name, cases } of plan.suites) {
    if (suites.has(name)) continue;
    suites.add(name);
    for (const one of cases) if (!found.has(caseKey(name, one.name))) found.set(caseKey(name, one.name), one);
  }
  indices.set(plan, found);
  return found;
}

/** The planned case of that name, if the image has one. */
export const plannedCase = (plan: Plan | undefined, suite: string, name: string): PlannedCase | undefined =>
  (plan === undefined ? undefined : casesIn(plan).get(caseKey(suite, name))) ??
  (name.includes("/") ? plannedCase(plan, suite, baseName(name)) : undefined);
