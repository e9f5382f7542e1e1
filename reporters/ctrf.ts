/**
 * Writes the Common Test Report Format: cases, and a test for each thing that makes a run red outside of them. It refuses
 * clocks: the format asks for a start and a stop, so the start is 0 and the stop what the cases took.
 */
import { casesOf } from "../src/core/model/counts.js";
import type { CaseStatus } from "../src/core/events.js";
import type { CaseModel, FaultModel, RunModel } from "../src/core/model.js";
import { type Known, knownCase } from "../src/core/model/known.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { isFlaky, judge } from "../src/core/verdict.js";
import { jsonLine } from "../src/text/json.js";
import { firstOf } from "../src/text/shorten.js";
import { visibleLine } from "../src/text/visible.js";
import { type Extra, extrasOf } from "./view/extras.js";
import {
  expectedFailure,
  failuresOf,
  faultsByCase,
  locationOf,
  messageOf,
  type Where,
  whereOf,
} from "./view/failures.js";
import { at, nameOf, oneLine } from "./view/line.js";
import { measuredOf } from "./view/measurements.js";
import { suiteNamer } from "./view/names.js";
import { traceLines } from "./view/trace.js";
import { findingTrace, foundAt, placeOfFinding } from "./view/found.js";

const SPEC_VERSION = "0.0.0";
const OUTPUT_MAX = 200;
const FAILURES_MAX = 50;

type Status = "passed" | "failed" | "skipped" | "pending" | "other";

/** What did not run although it was planned is red here, as it is in the verdict. */
const STATUS: Readonly<Record<CaseStatus, Status>> = {
  passed: "passed",
  skipped: "skipped",
  "not-run": "failed",
  failed: "failed",
  "timed-out": "failed",
  crashed: "failed",
};

interface Test {
  readonly name: string;
  readonly status: Status;
  /** Whole milliseconds. */
  readonly duration: number;
  readonly flaky?: boolean;
  readonly [key: string]: unknown;
}

const wholeMs = (durationMs: number | undefined): number => Math.max(0, Math.round(durationMs ?? 0));

/** A place that viewers may open: of the user's tree only, the texts name any other. */
function placeOf(context: ReporterContext, { file, line }: Where): object {
  const place = file === undefined ? undefined : context.place(file);
  if (place?.inTree !== true) return {};
  return { filePath: visibleLine(place.path), ...(line !== undefined && line > 0 && { line }) };
}

function outputOf(one: CaseModel): readonly string[] {
  const { shown, more } = firstOf(one.output, OUTPUT_MAX);
  const missing = more + one.droppedConsoleLines;
  const lines = shown.map(({ line, text }) => `${line} | ${oneLine(text)}`);
  return missing > 0 ? [...lines, `... ${missing} more lines`] : lines;
}

function redParts(context: ReporterContext, one: CaseModel, faults: readonly FaultModel[]): object {
  const { shown, more } = firstOf(failuresOf(one), FAILURES_MAX);
  const first = one.status === "failed" ? shown[0]?.message : undefined;
  const trace = [
    ...shown.map(
      (failure) => `${at(context, failure) ?? "at an unknown line"}: ${oneLine(messageOf(one, failure))}`,
    ),
    ...(more > 0 ? [`... ${more} more failed assertions`] : []),
    ...faults.flatMap((fault) => [`${fault.kind}: ${oneLine(fault.title)}`, ...traceLines(fault, context)]),
  ];
  const stdout = outputOf(one);
  return {
    message: oneLine(first ?? one.reason ?? faults[0]?.title ?? one.status),
    ...(trace.length > 0 && { trace: trace.join("\n") }),
    ...(stdout.length > 0 && { stdout }),
  };
}

function attemptsOf({ attempts = [] }: CaseModel): object {
  if (attempts.length === 0) return {};
  return {
    retries: attempts.length,
    retryAttempts: attempts.map(({ status, reason, failure, durationMs }, index) => ({
      attempt: index + 1,
      status: STATUS[status],
      ...(durationMs !== undefined && { duration: wholeMs(durationMs) }),
      ...((failure !== undefined || reason !== undefined) && {
        message: oneLine(failure?.message ?? reason ?? ""),
      }),
    })),
  };
}

/** Cases that are not red and have something to say: why they were skipped, or that they were expected to fail. */
const isRemarked = (one: CaseModel): boolean =>
  one.status === "skipped" || expectedFailure(one) !== undefined;

function ofCase(
  context: ReporterContext,
  suite: string,
  one: CaseModel,
  faults: readonly FaultModel[],
  known: Known | undefined,
): Test {
  const red = STATUS[one.status] === "failed";
  const measured = measuredOf(one);
  return {
    name: nameOf(one.name),
    // What is known does not count as failed; its own status and the reason stand beside it.
    status: red && known !== undefined ? "other" : STATUS[one.status],
    duration: wholeMs(one.durationMs),
    suite: [suite],
    rawStatus: one.status,
    ...placeOf(context, red ? whereOf(one, faults) : one),
    ...(red && redParts(context, one, faults)),
    ...(isRemarked(one) && one.reason !== undefined && { message: oneLine(one.reason) }),
    ...attemptsOf(one),
    ...(isFlaky(one) && { flaky: true }),
    extra: {
      ...(known !== undefined && { known }),
      evidence: one.evidence,
      boot: nameOf(one.boot),
      evaluations: one.evaluations,
      ...(measured.length > 0 && {
        measurements: Object.fromEntries(measured.map(({ name, value }) => [name, value])),
      }),
    },
  };
}

/** A test for something outside the cases; undefined for a mere remark. */
function ofExtra(context: ReporterContext, extra: Extra): Test | undefined {
  const test = (suite: string, name: string, message: string, more: object = {}): Test => ({
    name,
    status: extra.grade === "error" ? "failed" : "other",
    duration: 0,
    suite: ["uktest", suite],
    rawStatus: extra.kind,
    message: oneLine(message),
    ...more,
  });
  switch (extra.kind) {
    case "finding": {
      const { kind, check, message, column, occurrences, case: charged } = extra.finding;
      const trace = findingTrace(extra.finding, context).join("\n");
      const scene = charged === undefined ? {} : { case: nameOf(charged) };
      return test(kind, `${foundAt(context, extra.finding) ?? "?"} ${nameOf(check)}`, message, {
        ...placeOf(context, locationOf(placeOfFinding(extra.finding))),
        ...(trace !== "" && { trace }),
        extra: { check: nameOf(check), column, occurrences, ...scene },
      });
    }
    case "fault": {
      const { fault } = extra;
      const trace = traceLines(fault, context).join("\n");
      const place = at(context, fault);
      const name = `${place === undefined ? "" : `${place} `}${fault.kind}: ${oneLine(fault.title)}`;
      const shown = trace === "" ? {} : { trace };
      return test("faults", name, fault.title, { ...placeOf(context, locationOf(fault)), ...shown });
    }
    case "problem":
      return extra.grade === "error"
        ? test("problems", extra.problem.code, extra.problem.message)
        : undefined;
    case "run":
      return test("problems", "run", extra.title);
  }
}

function* testsOf(model: RunModel, context: ReporterContext): Generator<Test> {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  for (const suite of model.suites) {
    const name = nameSuite(suite);
    for (const one of suite.cases) yield ofCase(context, name, one, faultsOf(one), knownCase(model, one));
  }
  for (const extra of extrasOf(model)) {
    const test = ofExtra(context, extra);
    if (test !== undefined) yield test;
  }
}

function* document(model: RunModel, context: ReporterContext): Generator<string> {
  const summary = { tests: 0, passed: 0, failed: 0, skipped: 0, pending: 0, other: 0 };
  const { verdict, evidence, reasons } = judge(model);
  const tool = { name: model.tool.name, version: model.tool.version };
  yield `{\n  "reportFormat": "CTRF",\n  "specVersion": ${jsonLine(SPEC_VERSION)},\n  "generatedBy": "uktest",\n`;
  yield `  "results": {\n    "tool": ${jsonLine(tool)},\n    "tests": [`;
  let separator = "\n";
  for (const test of testsOf(model, context)) {
    summary.tests += 1;
    summary[test.status] += 1;
    yield `${separator}      ${jsonLine(test)}`;
    separator = ",\n";
  }
  const stop = casesOf(model).reduce((sum, { durationMs }) => sum + wholeMs(durationMs), 0);
  const counts = {
    ...summary,
    flaky: casesOf(model).filter(isFlaky).length,
    suites: model.suites.length,
    start: 0,
    stop,
    extra: { verdict, evidence, reasons, times: "of the cases, from 0 on" },
  };
  yield `\n    ],\n    "summary": ${jsonLine(counts)}\n  }\n}\n`;
}

/** One document of https://ctrf.io. */
export const reporter: Reporter = {
  name: "ctrf",
  summary: "Common Test Report Format, one JSON document",
  render: atEnd(document),
};
