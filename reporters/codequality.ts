/**
 * Writes GitLab's code quality report: what is wrong with a run, at its line in a merge request. It does not leave out
 * what has no line in the user's tree: that stands at its line of the log.
 */
import type { ProblemGrade } from "../src/core/events.js";
import type { RunModel } from "../src/core/model.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { digest } from "../src/text/digest.js";
import { jsonLine } from "../src/text/json.js";
import { shorten } from "../src/text/shorten.js";
import { anchoredMessage, anchorer } from "./view/anchor.js";
import { type Issue, type IssueKind, issuesOf } from "./view/issues.js";

type Severity = "info" | "minor" | "major" | "critical" | "blocker";

const DESCRIPTION_MAX = 1000;

const OF_KIND: Readonly<Record<IssueKind, Severity>> = {
  crashed: "blocker",
  fault: "blocker",
  finding: "critical",
  "timed-out": "critical",
  failed: "major",
  "not-run": "major",
  problem: "major",
};

const OF_GRADE: Readonly<Record<Exclude<ProblemGrade, "error">, Severity>> = {
  warning: "minor",
  note: "info",
};

const severityOf = ({ kind, grade }: Issue): Severity =>
  grade === "error" ? OF_KIND[kind] : OF_GRADE[grade];

function* document(model: RunModel, context: ReporterContext): Generator<string> {
  const anchorOf = anchorer(model, context);
  yield "[";
  let separator = "\n";
  for (const issue of issuesOf(model, context)) {
    const anchor = anchorOf(issue);
    yield `${separator}  ${jsonLine({
      description: shorten(anchoredMessage(issue, anchor), DESCRIPTION_MAX),
      check_name: issue.rule,
      fingerprint: digest(issue.identity),
      severity: severityOf(issue),
      location: { path: anchor.path, lines: { begin: anchor.line } },
    })}`;
    separator = ",\n";
  }
  yield "\n]\n";
}

/** An array of issues (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
export const reporter: Reporter = {
  name: "codequality",
  summary: "GitLab's code quality report: crashes, findings and failures at their lines",
  render: atEnd(document),
};
