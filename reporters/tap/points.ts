/**
 * Turns a model into test points: one a case, one for each thing that makes a run red outside a case.
 * It does not know versions, numbers and indentation.
 */
import type { CaseModel, RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { knownCase } from "../../src/core/model/known.js";
import { isRed } from "../../src/core/statuses.js";
import { roundToMicroseconds } from "../../src/text/duration.js";
import { type Extra, extrasOf } from "../view/extras.js";
import { expectedFailure, faultsByCase } from "../view/failures.js";
import { nameOf, oneLine } from "../view/line.js";
import { suiteNamer } from "../view/names.js";
import * as diagnostics from "./diagnostics.js";
import type { Diagnostic } from "./yaml.js";
import { foundAt } from "../view/found.js";

export interface Point {
  readonly ok: boolean;
  readonly name: string;
  /** Reason after a SKIP directive. */
  readonly skip?: string;
  /** Reason after a TODO directive: not ok, and it does not count. */
  readonly todo?: string;
  readonly timeMs?: number;
  /** Made when it is written, so that no more than one exists at a time. */
  readonly diagnostic?: () => Diagnostic;
}

export interface Group {
  readonly name: string;
  readonly points: readonly Point[];
}

function extraName(context: ReporterContext, extra: Extra): string {
  switch (extra.kind) {
    case "finding":
      return `${extra.finding.kind}: ${oneLine(extra.finding.check, 100)} at ${foundAt(context, extra.finding) ?? "?"}`;
    case "fault":
      return `fault: ${oneLine(extra.fault.title)}`;
    case "problem":
      return `problem ${extra.problem.code}: ${oneLine(extra.problem.message)}`;
    case "run":
      return oneLine(extra.title);
  }
}

function casePoint(
  model: RunModel,
  context: ReporterContext,
  one: CaseModel,
  faultsOf: ReturnType<typeof faultsByCase>,
): Point {
  const timeMs = one.durationMs === undefined ? undefined : roundToMicroseconds(one.durationMs);
  const base = { name: nameOf(one.name), ...(timeMs !== undefined && { timeMs }) };
  if (one.status === "skipped") return { ...base, ok: true, skip: oneLine(one.reason ?? "") };
  const expected = expectedFailure(one);
  if (expected !== undefined)
    return { ...base, ok: true, diagnostic: () => ({ message: oneLine(expected) }) };
  if (!isRed(one.status)) return { ...base, ok: true };
  const known = knownCase(model, one);
  const todo = known === undefined ? {} : { todo: oneLine(`${known.by}: ${known.reason}`) };
  return { ...base, ok: false, ...todo, diagnostic: () => diagnostics.ofCase(context, one, faultsOf(one)) };
}

/** Suites with a point for each case. */
export function* groupsOf(model: RunModel, context: ReporterContext): Generator<Group> {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  for (const suite of model.suites)
    yield {
      name: nameSuite(suite),
      points: suite.cases.map((one) => casePoint(model, context, one, faultsOf)),
    };
}

/** Points outside suites. Findings that are only a warning are passing points; lesser problems are none. */
export const extraPoints = (model: RunModel, context: ReporterContext): readonly Point[] =>
  extrasOf(model)
    .filter((extra) => extra.kind === "finding" || extra.grade === "error")
    .map((extra) => ({
      ok: extra.grade !== "error",
      name: `${prefixOf(extra)}${extraName(context, extra)}`,
      diagnostic: () => diagnostics.ofExtra(context, extra),
    }));

const prefixOf = (extra: Extra): string => {
  if (extra.kind === "finding" && extra.known !== undefined) return `(known: ${oneLine(extra.known, 200)}) `;
  return extra.grade === "error" ? "" : "(warning) ";
};

/** What is worth a comment and no point. */
export const remarks = (model: RunModel): readonly string[] =>
  extrasOf(model).flatMap((extra) =>
    extra.kind === "problem" && extra.grade !== "error"
      ? [`${extra.grade} ${extra.problem.code}: ${oneLine(extra.problem.message)}`]
      : [],
  );
