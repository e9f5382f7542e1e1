/**
 * A run beside its baseline: what broke, what still is broken, what was mended, what came and what went. Cases are the same
 * by suite and name, and red ones by their sites; no order and no line counts.
 */
import { casesOf } from "./counts.js";
import { inBaseline, isStillBroken, titleOf } from "./known.js";
import type { CaseModel, FindingModel, RunModel } from "../model.js";
import { siteOfFinding } from "./sites.js";
import { isRed } from "../statuses.js";

export interface Comparison {
  /** What the run was compared with, as the user named it. */
  readonly name: string;
  /** Red, and green before, or red at a place at which it was not, or not there before. */
  readonly newlyBroken: readonly CaseModel[];
  readonly stillBroken: readonly CaseModel[];
  readonly newlyFixed: readonly CaseModel[];
  /** Cases that the baseline does not have. */
  readonly added: readonly CaseModel[];
  /** `suite.case` of what only the baseline has. */
  readonly gone: readonly string[];
  readonly newFindings: readonly FindingModel[];
}

/** Compares; nothing where there is no baseline. */
export function compare(model: RunModel): Comparison | undefined {
  const { baseline } = model;
  if (baseline === undefined) return undefined;
  const cases = casesOf(model);
  const red = cases.filter((one) => isRed(one.status));
  const still = new Set(red.filter((one) => isStillBroken(model, one)));
  const here = new Set(cases.map(titleOf));
  const findings = new Set(baseline.findings);
  return {
    name: baseline.name,
    newlyBroken: red.filter((one) => !still.has(one)),
    stillBroken: [...still],
    newlyFixed: cases.filter(
      (one) => one.status === "passed" && inBaseline(model, one).some(({ status }) => isRed(status)),
    ),
    added: cases.filter((one) => inBaseline(model, one).length === 0),
    gone: [...new Set(baseline.cases.map(({ name }) => name))].filter((name) => !here.has(name)),
    newFindings: model.findings.filter((finding) => !findings.has(siteOfFinding(finding))),
  };
}
