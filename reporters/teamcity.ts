/**
 * Writes TeamCity's service messages: suites and cases as tests, and a build problem for each thing that makes a run red
 * outside of them. It refuses any line that is no message.
 */
import type { CaseModel, FaultModel, RunModel, SuiteModel } from "../src/core/model.js";
import { type Known, knownCase } from "../src/core/model/known.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { digest } from "../src/text/digest.js";
import { firstOf, headAndTail, shorten } from "../src/text/shorten.js";
import { teamcityMessage } from "../src/text/teamcity.js";
import { visible } from "../src/text/visible.js";
import { parseExpectation } from "./view/expectation.js";
import { expectedFailure, failuresOf, faultsByCase, messageOf, whereOf } from "./view/failures.js";
import { excerptLines, registerLines } from "./view/faults.js";
import { type Issue, issuesOf } from "./view/issues.js";
import { at, nameOf, oneLine } from "./view/line.js";
import { suiteNamer } from "./view/names.js";
import { sourceLines, traceLines } from "./view/trace.js";

const FAILURES_MAX = 50;
const DETAILS_MAX = 32_768;
const OUTPUT_MAX = 32_768;
/** TeamCity shows no more of one build in a way that helps, and keeps 4000 characters of each. */
const PROBLEMS_MAX = 100;
const PROBLEM_MAX = 4000;

type Attributes = Parameters<typeof teamcityMessage>[1];

interface Scene {
  readonly context: ReporterContext;
  readonly flowId: string;
}

const said = ({ flowId }: Scene, name: string, attributes: Attributes): string =>
  `${teamcityMessage(name, { ...attributes, flowId })}\n`;

function faultText(fault: FaultModel, context: ReporterContext): readonly string[] {
  return [
    `fault (${fault.kind}): ${oneLine(fault.title)}`,
    ...traceLines(fault, context),
    ...sourceLines(fault),
    ...registerLines(fault),
    ...excerptLines(fault),
  ];
}

function failed(scene: Scene, one: CaseModel, faults: readonly FaultModel[]): string {
  const { context } = scene;
  const all = failuresOf(one);
  const { shown, more } = firstOf(all, FAILURES_MAX);
  const first = shown[0];
  const parts = one.status === "failed" && first !== undefined ? parseExpectation(first.message) : undefined;
  const message = one.status === "failed" ? (first?.message ?? one.reason) : (one.reason ?? faults[0]?.title);
  const place = at(context, whereOf(one, faults));
  const details = [
    ...shown.map(
      (failure) => `${at(context, failure) ?? "at an unknown line"}: ${oneLine(messageOf(one, failure))}`,
    ),
    ...(more > 0 ? [`... ${more} more`] : []),
    ...faults.flatMap((fault) => faultText(fault, context)),
  ];
  const compared = all.length === 1 && parts?.actual !== undefined ? parts : undefined;
  return said(scene, "testFailed", {
    name: nameOf(one.name),
    message: `${place === undefined ? "" : `${place}: `}${oneLine(message ?? one.status)}`,
    details: headAndTail(details.join("\n"), DETAILS_MAX),
    ...(compared !== undefined && {
      type: "comparisonFailure",
      expected: oneLine(compared.expected),
      actual: oneLine(compared.actual ?? ""),
    }),
  });
}

function* caseMessages(
  scene: Scene,
  one: CaseModel,
  faults: readonly FaultModel[],
  known: Known | undefined,
): Generator<string> {
  const name = nameOf(one.name);
  if (known !== undefined) {
    const why = failuresOf(one)[0]?.message ?? one.reason ?? "";
    const message = oneLine(`${one.status}, and known (${known.by}: ${known.reason}): ${why}`);
    yield said(scene, "testIgnored", { name, message });
    return;
  }
  if (one.status === "skipped" || one.status === "not-run") {
    // A test that did not run is red in the build problem that says so; TeamCity has no other state for it.
    const message = oneLine(one.reason ?? (one.status === "skipped" ? "skipped" : "did not run"));
    yield said(scene, "testIgnored", { name, message });
    return;
  }
  yield said(scene, "testStarted", { name, captureStandardOutput: "false" });
  const expected = expectedFailure(one);
  if (expected !== undefined) yield said(scene, "testStdOut", { name, out: oneLine(expected) });
  if (one.status !== "passed") {
    const text = one.output.map(({ text: line }) => visible(line)).join("\n");
    if (one.output.length > 0) yield said(scene, "testStdOut", { name, out: headAndTail(text, OUTPUT_MAX) });
    yield failed(scene, one, faults);
  }
  const duration = one.durationMs === undefined ? undefined : Math.round(one.durationMs);
  yield said(scene, "testFinished", { name, duration });
}

function* suiteMessages(
  scene: Scene,
  model: RunModel,
  suite: SuiteModel,
  name: string,
  faultsOf: ReturnType<typeof faultsByCase>,
): Generator<string> {
  yield said(scene, "testSuiteStarted", { name });
  for (const one of suite.cases) yield* caseMessages(scene, one, faultsOf(one), knownCase(model, one));
  yield said(scene, "testSuiteFinished", { name });
}

/** Red, and no test says so. */
const isProblem = ({ kind, grade, rule }: Issue, inCase: boolean): boolean =>
  grade === "error" &&
  (kind === "finding" || kind === "problem" || kind === "not-run" || (rule.startsWith("fault/") && !inCase));

function* problems(scene: Scene, model: RunModel): Generator<string> {
  const reported = new Set(
    model.suites.flatMap(({ cases }) =>
      cases.flatMap(({ id, status }) => (/^(?:failed|crashed|timed-out)$/.test(status) ? [id] : [])),
    ),
  );
  const red = issuesOf(model, scene.context).filter((issue) =>
    isProblem(issue, issue.fault?.caseId !== undefined && reported.has(issue.fault.caseId)),
  );
  const { shown, more } = firstOf(red, PROBLEMS_MAX);
  for (const issue of shown) {
    const place = at(scene.context, issue);
    const text = `${issue.rule}: ${place === undefined ? "" : `${place}: `}${issue.message}`;
    yield said(scene, "buildProblem", {
      description: shorten(text, PROBLEM_MAX),
      identity: digest(issue.identity),
    });
  }
  if (more > 0)
    yield said(scene, "buildProblem", {
      description: `${more} more problems are in the other reports of this run`,
      identity: "uktest-more",
    });
}

function* messages(model: RunModel, context: ReporterContext): Generator<string> {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  for (const suite of model.suites)
    yield* suiteMessages({ context, flowId: nameOf(suite.boot) }, model, suite, nameSuite(suite), faultsOf);
  yield* problems({ context, flowId: "uktest" }, model);
}

/** Service messages: `##teamcity[testFailed name='…' message='…' …]`. */
export const reporter: Reporter = {
  name: "teamcity",
  summary: "service messages for TeamCity",
  render: atEnd(messages),
};
