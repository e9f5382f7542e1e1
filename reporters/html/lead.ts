/**
 * The one thing to look at first, for the top of the page. It does not judge, and to name more than one.
 */
import { knownCase } from "../../src/core/model/known.js";
import type { CaseStatus } from "../../src/core/events.js";
import { extrasOf } from "../view/extras.js";
import { failuresOf, faultsByCase, whereOf } from "../view/failures.js";
import { nameOf } from "../view/line.js";
import { given, type Scene, text } from "./scene.js";
import { kindOf, placeOfFinding } from "../view/found.js";

export interface Lead {
  /** `suite.case`, or the kind of thing. */
  readonly name: string;
  readonly why: string;
  readonly machine?: string;
  readonly at?: string;
  /** Indexes of its suite and of the case in it, where it is a case. */
  readonly place?: readonly [suite: number, one: number];
}

/** Cases of one status, in order. */
function* casesWith(scene: Scene, status: CaseStatus): Generator<Lead, undefined> {
  const faults = faultsByCase(scene.model);
  for (const [suiteIndex, suite] of scene.model.suites.entries()) {
    const machine = scene.machines[scene.machineAt(suite) ?? -1];
    for (const [index, one] of suite.cases.entries()) {
      if (one.status !== status || knownCase(scene.model, one) !== undefined) continue;
      const failure = status === "failed" ? failuresOf(one)[0]?.message : undefined;
      yield {
        name: `${nameOf(suite.name)}.${nameOf(one.name)}`,
        ...given("machine", machine),
        why: text(failure ?? one.reason ?? status),
        ...given("at", scene.at(whereOf(one, faults(one)))),
        place: [suiteIndex, index],
      };
    }
  }
  return undefined;
}

const first = (leads: Generator<Lead, undefined>): Lead | undefined => leads.next().value;

/** A crash, a fault, a finding, a time-out, a failure, what did not run, a problem: the first of these that there is. */
export function leadOf(scene: Scene): Lead | undefined {
  const extras = extrasOf(scene.model).filter(({ grade }) => grade === "error");
  const extra = (kind: (typeof extras)[number]["kind"]): Lead | undefined => {
    for (const one of extras) {
      if (one.kind !== kind) continue;
      if (one.kind === "fault")
        return { name: "fault", why: text(one.fault.title), ...given("at", scene.at(one.fault)) };
      if (one.kind === "finding")
        return {
          name: `${kindOf(one.finding)} finding`,
          why: text(one.finding.message),
          ...given("at", scene.at(placeOfFinding(one.finding))),
        };
      if (one.kind === "problem") return { name: "problem", why: text(one.problem.message) };
      return { name: "run", why: text(one.title) };
    }
    return undefined;
  };
  return (
    first(casesWith(scene, "crashed")) ??
    extra("fault") ??
    extra("finding") ??
    first(casesWith(scene, "timed-out")) ??
    first(casesWith(scene, "failed")) ??
    extra("problem") ??
    first(casesWith(scene, "not-run")) ??
    extra("run")
  );
}

/** The first red cases, for readers whose browser runs no scripts. */
export function* redCases(scene: Scene): Generator<Lead> {
  for (const status of ["crashed", "timed-out", "failed", "not-run"] as const)
    yield* casesWith(scene, status);
}
