/**
 * The verdict: one pure function of the model. Green has to satisfy every line of `redReasons`; there is no other door.
 */
import { plural } from "./plural.js";
import { coverageBreaches } from "./model/coverage/limits.js";
import { casesOf, count, type Counts } from "./model/counts.js";
import { EXIT, type ExitCode } from "./errors.js";
import type { Evidence } from "./evidence.js";
import { findingWords, isJudged } from "./model/finding.js";
import type { FindingKind } from "./finding-kinds.js";
import { isQuarantined, knownCase, knownFault, knownFinding } from "./model/known.js";
import type { CaseModel, RunModel } from "./model.js";
import { isRed, weakerEvidence } from "./statuses.js";

export interface Verdict {
  readonly verdict: "passed" | "failed";
  readonly exitCode: ExitCode;
  /** The weakest evidence of any case that has a result. */
  readonly evidence: Evidence;
  /** Why it is red, in words, the worst first; empty when green. */
  readonly reasons: readonly string[];
}

/** Counts without what is known, and the ids of the cases that are left out. */
function countNew(model: RunModel): Counts & {
  readonly known: ReadonlySet<string>;
  readonly kinds: readonly FindingKind[];
} {
  const known = new Set(
    casesOf(model).flatMap((one) => (knownCase(model, one) === undefined ? [] : [one.id])),
  );
  const suites = model.suites.map((suite) =>
    known.size === 0 ? suite : { ...suite, cases: suite.cases.filter(({ id }) => !known.has(id)) },
  );
  const findings = model.findings.filter((finding) => knownFinding(model, finding) === undefined);
  return { ...count({ ...model, suites, findings }), known, kinds: findings.map(({ kind }) => kind) };
}

/** Everything that keeps a run from being green. */
function redReasons(model: RunModel): readonly string[] {
  const counts = countNew(model);
  const reasons: string[] = [];
  const red = (n: number, text: string): void => {
    if (n > 0) reasons.push(text);
  };
  red(counts.crashed, `${plural(counts.crashed, "case")} crashed`);
  red(counts["timed-out"], `${plural(counts["timed-out"], "case")} timed out`);
  const faults = standingFaults(model, counts.known);
  red(faults, plural(faults, "fault"));
  red(counts.failed, `${plural(counts.failed, "case")} failed`);
  const kinds = counts.kinds.filter((kind) => isJudged(model.policy, kind));
  red(kinds.length, findingWords(kinds));
  red(counts["not-run"], `${plural(counts["not-run"], "case")} did not run`);
  red(counts.problems, plural(counts.problems, "problem"));
  for (const breach of coverageBreaches(model)) reasons.push(breach);
  const flaky =
    model.policy.flaky === "pass"
      ? 0
      : casesOf(model).filter((one) => isFlaky(one) && !isQuarantined(model, one)).length;
  red(flaky, `${plural(flaky, "case")} passed only on retry`);
  const least = model.policy.require ?? "console";
  const unproven = casesOf(model).filter(
    (one) => one.status === "passed" && weakerEvidence(one.evidence, least) !== least,
  ).length;
  red(unproven, `${plural(unproven, "passed case")} without the evidence that is required (${least})`);
  // A fault has already said why its boot did not end.
  const explained = new Set(
    model.faults.filter((fault) => knownFault(model, fault) === undefined).map(({ boot }) => boot),
  );
  const cut = model.boots.filter(({ id, end }) => end !== "normal" && !explained.has(id)).length;
  // That the run was stopped after a red case says why its boots did not end; without one nothing explains it.
  if (!isStoppedEarly(model) || reasons.length === 0) red(cut, `${plural(cut, "boot")} did not end normally`);
  red(model.complete ? 0 : 1, "the run is incomplete");
  if (ranCases(model) === 0 && !isEmptyShard(model) && !isAllLeftOut(model)) reasons.push("no case ran");
  return reasons;
}

/** True when the run came to its end: its stream did, and nothing in it says that the host was interrupted. */
export const cameToItsEnd = ({ complete, problems }: RunModel): boolean =>
  complete && !problems.some(({ code }) => code === "incomplete-run");

/** True when the host ended the run on purpose, since enough of it was red. */
export const isStoppedEarly = ({ problems }: RunModel): boolean =>
  problems.some(({ code }) => code === "stopped-early");

/** True for a case that was red and passed when it ran again. */
export const isFlaky = (one: CaseModel): boolean =>
  !isRed(one.status) && (one.attempts ?? []).some(({ status }) => isRed(status));

/** Faults but those of results that have been replaced by a better one: whether that is good is the flaky policy's. */
function standingFaults(model: RunModel, known: ReadonlySet<string>): number {
  const replaced = new Set(
    casesOf(model)
      .filter(isFlaky)
      .flatMap(({ attempts = [] }) => attempts.map(({ id }) => id)),
  );
  return model.faults.filter(
    ({ caseId }) => caseId === undefined || !(replaced.has(caseId) || known.has(caseId)),
  ).length;
}

const ranCases = (model: RunModel): number =>
  casesOf(model).filter((one) => one.status !== "not-run" && one.status !== "skipped").length;

/** Of fewer cases than shards some shard has none; whoever joins the shards sees that none is lost. */
const isEmptyShard = ({ shard }: RunModel): boolean =>
  shard !== undefined && shard.cases === 0 && shard.all > 0;

/** What another system printed in a log without tests says nothing about tests: there were none. */
const isOurs = ({ system }: { readonly system?: string }): boolean => system === undefined;

/** Nothing has changed for any of its cases, and the report says so. */
const isAllLeftOut = ({ selection }: RunModel): boolean =>
  selection !== undefined && selection.all > 0 && selection.leftOut.length === selection.all;

/** Judges a run. Pure: the same model gives the same verdict, on any host. */
export function judge(model: RunModel): Verdict {
  const reasons = redReasons(model);
  const cases = casesOf(model).filter((one) => one.status !== "not-run");
  const evidence = cases
    .map((one) => one.evidence)
    .reduce(weakerEvidence, cases.length > 0 ? "memory" : "console");
  if (reasons.length === 0) return { verdict: "passed", exitCode: EXIT.passed, evidence, reasons };
  // "Nothing ran" is only the whole story when nothing else explains it.
  const somethingBroke =
    model.faults.some(isOurs) ||
    model.findings.some(isOurs) ||
    casesOf(model).some((one) => isRed(one.status)) ||
    model.problems.some(({ code, grade }) => grade === "error" && code !== "no-end" && code !== "no-tests");
  const exitCode = ranCases(model) === 0 && !somethingBroke ? EXIT.nothingRan : EXIT.failed;
  return { verdict: "failed", exitCode, evidence, reasons };
}
