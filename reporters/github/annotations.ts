/**
 * Ranks what deserves an annotation: findings, crashes, time-outs and faults, failures, not run, then problems.
 * It does not know the syntax or the budget.
 */
import type { CaseStatus, ProblemCode, ProblemGrade } from "../../src/core/events.js";
import type { CaseModel, FaultModel, RunModel } from "../../src/core/model.js";
import { changedCoverage } from "../../src/core/model/coverage/changed.js";
import { type Known, knownCase } from "../../src/core/model/known.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { plural } from "../../src/core/plural.js";
import { alikeIn } from "../view/alike.js";
import { type Extra, extrasOf, laterFaults } from "../view/extras.js";
import { differenceOf, failuresOf, faultsByCase, locationOf, whereOf } from "../view/failures.js";
import { caseName, suiteNamer } from "../view/names.js";
import { traceRows } from "../view/trace.js";
import { findingTrace, kindOf, placeOfFinding } from "../view/found.js";

export type Level = "error" | "warning" | "notice";

export interface Annotation {
  readonly level: Level;
  /** Lower is worse. */
  readonly rank: number;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly title: string;
  readonly message: string;
}

const RANK = {
  finding: 0,
  crashed: 1,
  "timed-out": 2,
  fault: 2,
  failed: 3,
  "not-run": 4,
  problem: 5,
  untested: 6,
} as const;

const LEVEL_OF: Readonly<Record<ProblemGrade, Level>> = {
  error: "error",
  warning: "warning",
  note: "notice",
};

/** One annotation a case: at the first failing assertion, all of them in its text. */
function failed(one: CaseModel, name: string): Annotation {
  const failures = failuresOf(one);
  const lines = failures.map((failure) => {
    const message = [failure.message, ...differenceOf(one, failure)].join("\n  ");
    return failure.line === undefined || failures.length === 1 ? message : `line ${failure.line}: ${message}`;
  });
  const message = lines.join("\n");
  return {
    level: "error",
    rank: RANK.failed,
    ...whereOf(one, []),
    title: `${name} failed`,
    message: message === "" ? (one.reason ?? "failed") : message,
  };
}

/** The call trace, and what the crash is recognised by in another run. */
const traceOf = (fault: FaultModel, context: ReporterContext): readonly string[] => [
  ...traceRows(fault, context).map(({ brief }) => `  ${brief}`),
  ...(fault.fingerprint === undefined ? [] : [`fingerprint: ${fault.fingerprint}`]),
];

function broken(
  one: CaseModel,
  name: string,
  status: "crashed" | "timed-out",
  faults: readonly FaultModel[],
  context: ReporterContext,
): Annotation {
  const trace = faults.flatMap((fault) => traceOf(fault, context));
  const words = status === "crashed" ? "crashed" : "timed out";
  return {
    level: "error",
    rank: RANK[status],
    ...whereOf(one, faults),
    title: `${name} ${words}`,
    message: [one.reason ?? faults[0]?.title ?? words, ...trace].join("\n"),
  };
}

/** What to say of a case; nothing for passed and skipped, and `not-run` is one for all. */
function ofCase(
  one: CaseModel,
  name: string,
  status: CaseStatus,
  faults: readonly FaultModel[],
  context: ReporterContext,
): readonly Annotation[] {
  switch (status) {
    case "passed":
    case "skipped":
      return [];
    case "failed":
      return [failed(one, name)];
    case "crashed":
    case "timed-out":
      return [broken(one, name, status, faults, context)];
    case "not-run": {
      const message = one.reason ?? "planned, but it has no result";
      return [
        { level: "error", rank: RANK["not-run"], ...whereOf(one, []), title: `${name} did not run`, message },
      ];
    }
  }
}

/** Changed lines that did not run, a row each: a reviewer sees them where they are. */
const untested = (model: RunModel): readonly Annotation[] =>
  (changedCoverage(model)?.missed ?? []).flatMap(({ path, rows }) =>
    rows.map(([line, last]) => ({
      level: "warning",
      rank: RANK.untested,
      file: path,
      line,
      title: "changed and not tested",
      message:
        line === last
          ? "this line has changed, and no case ran it"
          : `lines ${String(line)} to ${String(last)} have changed, and no case ran them`,
    })),
  );

const problemTitle = (code: ProblemCode): string =>
  code === "flaky-case" ? "flaky case" : `problem: ${code}`;

function ofExtra(extra: Extra, context: ReporterContext, later: ReturnType<typeof laterFaults>): Annotation {
  const level = LEVEL_OF[extra.grade];
  switch (extra.kind) {
    case "finding": {
      const { check, message, occurrences, case: name } = extra.finding;
      const times = occurrences > 1 ? ` (${plural(occurrences, "time")})` : "";
      const place = { ...placeOfFinding(extra.finding), title: `${kindOf(extra.finding)}: ${check}` };
      const trace = findingTrace(extra.finding, context).map((row) => `\n  ${row}`);
      return {
        level,
        rank: RANK.finding,
        ...place,
        message: `${message}${name ? `, in ${name}` : ""}${times}${extra.known === undefined ? "" : `\nknown: ${extra.known}`}${trace.join("")}`,
      };
    }
    case "fault": {
      const message = [extra.fault.title, ...traceOf(extra.fault, context)].join("\n");
      return {
        level,
        rank: later.has(extra.fault) ? RANK.problem : RANK.fault,
        ...locationOf(extra.fault),
        title: `fault: ${extra.fault.kind}`,
        message,
      };
    }
    case "problem": {
      const { code, message } = extra.problem;
      return { level, rank: RANK.problem, ...extra.where, title: problemTitle(code), message };
    }
    case "run":
      return { level, rank: RANK.problem, title: "uktest", message: extra.title };
  }
}

/** What is known stays visible, after everything that counts. */
const lesser = (one: Annotation, { by, reason }: Known): Annotation => ({
  ...one,
  level: "notice",
  rank: RANK.problem + 1,
  title: `known: ${one.title}`,
  message: `${one.message}\n${by}: ${reason}`,
});

/** All annotations, the worst first; equal ranks keep the order of the run. */
export function annotationsOf(model: RunModel, context: ReporterContext): readonly Annotation[] {
  const nameSuite = suiteNamer(model);
  const alike = alikeIn(model);
  const faultsOf = faultsByCase(model);
  const cases = model.suites.flatMap((suite) => {
    const label = nameSuite(suite);
    return suite.cases.flatMap((one) => {
      const known = knownCase(model, one);
      // A step has room for few.
      if (known === undefined && alike.isRepeated(one)) return [];
      const also = alike.words(one);
      const all = ofCase(one, caseName(label, one.name), one.status, faultsOf(one), context);
      if (known !== undefined) return all.map((each) => lesser(each, known));
      return also === undefined ? all : all.map((each) => ({ ...each, message: `${each.message}\n${also}` }));
    });
  });
  const later = laterFaults(model);
  const found = extrasOf(model).map((extra) => ofExtra(extra, context, later));
  return [...found, ...cases, ...untested(model)].sort((a, b) => a.rank - b.rank);
}
