/**
 * Writes SARIF 2.1.0 that GitHub's code scanning takes whole: what is wrong with a run, the worst first, each with a rule
 * that says what to do. It refuses the hash of a line that GitHub makes itself: a wrong one is worse than none.
 */
import type { ProblemGrade } from "../src/core/events.js";
import type { RunModel } from "../src/core/model.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { digest } from "../src/text/digest.js";
import { cameToItsEnd } from "../src/core/verdict.js";
import { jsonLine } from "../src/text/json.js";
import { firstOf, shorten } from "../src/text/shorten.js";
import { LOG_ROOT, locationOf, SOURCE_ROOT, stackOf } from "./sarif/places.js";
import { ruleText } from "./sarif/rules.js";
import { anchoredMessage, anchorer } from "./view/anchor.js";
import { type Issue, issuesOf } from "./view/issues.js";
import type { Frame } from "../src/core/fault.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// GitHub refuses a run with more results, shows 5000 of them, and refuses more than 10 MB of compressed text.
const RESULTS_MAX = 25_000;
const SHOWN_MAX = 5000;
const UNSHOWN_TEXT_MAX = 300;
/** A stack is as long as many results: the worst have one. */
const STACKS_MAX = 1000;

/** What is no defect of the code: doubts that do not make a run red. */
const isRemark = ({ kind, grade }: Issue): boolean => kind === "problem" && grade !== "error";

function ruleOf(id: string): object {
  const { short, full, help, tags } = ruleText(id);
  return {
    id,
    name: id
      .split(/[\W_]+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(""),
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: help },
    properties: { tags, precision: "very-high", "problem.severity": "error" },
  };
}

/** The stack of a finding, where its report has one. */
const tracedOf = ({ finding, message }: Issue): { callTrace: readonly Frame[]; title: string } | undefined =>
  finding?.callTrace === undefined ? undefined : { callTrace: finding.callTrace, title: message };

const notification = (level: ProblemGrade, text: string): object => ({ level, message: { text } });

function* results(
  issues: readonly Issue[],
  rules: readonly string[],
  model: RunModel,
  context: ReporterContext,
): Generator<string> {
  const anchorOf = anchorer(model, context);
  const indexes = new Map(rules.map((id, index) => [id, index]));
  let stacks = 0;
  let separator = "\n";
  for (const [at, issue] of issues.entries()) {
    const { rule, grade, name, identity, known } = issue;
    const fault = issue.fault ?? tracedOf(issue);
    const anchor = anchorOf(issue);
    const text = anchoredMessage(issue, anchor);
    const stack = fault === undefined || stacks >= STACKS_MAX ? {} : stackOf(fault, context);
    if (fault !== undefined) stacks += 1;
    yield `${separator}        ${jsonLine({
      ruleId: rule,
      ruleIndex: indexes.get(rule),
      level: grade,
      message: { text: at < SHOWN_MAX ? text : shorten(text, UNSHOWN_TEXT_MAX) },
      locations: [locationOf(anchor, name)],
      partialFingerprints: { "uktest/v1": digest(identity) },
      ...(known !== undefined && { suppressions: [{ kind: "external", justification: known }] }),
      ...stack,
    })}`;
    separator = ",\n";
  }
}

function* log(model: RunModel, context: ReporterContext): Generator<string> {
  const all = issuesOf(model, context);
  const { shown, more } = firstOf(
    all.filter((issue) => !isRemark(issue)),
    RESULTS_MAX,
  );
  const rules = [...new Set(shown.map(({ rule }) => rule))];
  const { name, version } = model.tool;
  const driver = { name, version, rules: rules.map(ruleOf) };
  const remarks = all.filter(isRemark).map(({ grade, message }) => notification(grade, message));
  const left =
    more > 0 ? [notification("warning", `${more} more results are in the other reports of this run`)] : [];
  const invocation = {
    executionSuccessful: cameToItsEnd(model),
    toolExecutionNotifications: [...left, ...remarks],
  };
  const bases = {
    [SOURCE_ROOT]: { description: { text: "The root of the source tree." } },
    [LOG_ROOT]: { description: { text: "The folder of the logs that the run was judged by." } },
  };
  yield `{\n  "$schema": ${jsonLine(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  yield `      "tool": ${jsonLine({ driver })},\n`;
  yield `      "invocations": ${jsonLine([invocation])},\n`;
  yield `      "originalUriBaseIds": ${jsonLine(bases)},\n`;
  yield `      "columnKind": "utf16CodeUnits",\n      "results": [`;
  yield* results(shown, rules, model, context);
  yield "\n      ]\n    }\n  ]\n}\n";
}

/** One log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with one run. */
export const reporter: Reporter = {
  name: "sarif",
  summary: "SARIF 2.1.0 for code scanning: findings, crashes and failures with help",
  render: atEnd(log),
};
