/**
 * Lists what is wrong with a run the way a code scanner does: a rule, a place, a message and an identity that stays the
 * same from run to run, the worst first. It does not know a format, and to leave out anything that makes a run red.
 */
import type { CaseStatus, Origin, ProblemGrade } from "../../src/core/events.js";
import type { AssertionModel, CaseModel, FaultModel, FindingModel, RunModel } from "../../src/core/model.js";
import { knownCase } from "../../src/core/model/known.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { plural } from "../../src/core/plural.js";
import { parseExpectation } from "./expectation.js";
import { type Extra, extrasOf, laterFaults } from "./extras.js";
import { placeOfFinding } from "./found.js";
import { failuresOf, faultsByCase, locationOf, messageOf, whereOf } from "./failures.js";
import { nameOf, oneLine } from "./line.js";
import { caseName, suiteNamer } from "./names.js";

/** What an issue is about, the worst first. */
const ISSUE_KINDS = ["crashed", "fault", "finding", "timed-out", "failed", "not-run", "problem"] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export interface Issue {
  readonly kind: IssueKind;
  readonly grade: ProblemGrade;
  /** `ubsan/bounds`, `kasan/use-after-free`, `fault/trap`, `test/assertion`, `case/timed-out`, `problem/no-end`, `run/incomplete`. */
  readonly rule: string;
  /** `suite.case`, where it is about one. */
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** Without lines, addresses and values: the same issue in the next build has the same. */
  readonly identity: string;
  /** Why it does not count, where it is known. */
  readonly known?: string;
  readonly fault?: FaultModel;
  readonly finding?: FindingModel;
  readonly boot?: string;
  readonly origin?: Origin;
}

/** Files as the user knows them, so that a checkout elsewhere changes no identity. */
interface Scene {
  readonly context: ReporterContext;
  readonly name: string;
  readonly one: CaseModel;
}

const pathOf = (context: ReporterContext, file: string | undefined): string =>
  file === undefined ? "" : context.place(file).path;

/** A text without what differs between builds. */
const withoutNumbers = (text: string): string => text.replace(/\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/gi, "#");

const key = (...parts: readonly string[]): string => parts.join("\0");

const faultIdentity = (fault: FaultModel, name: string): string =>
  fault.fingerprint === undefined
    ? key("fault", fault.kind, name, withoutNumbers(oneLine(fault.title)))
    : `fault\0${oneLine(fault.fingerprint)}`;

function faultIssue(fault: FaultModel, kind: "crashed" | "timed-out" | "fault", name?: string): Issue {
  const charged = name ?? (fault.case === undefined ? undefined : nameOf(fault.case));
  const words = { crashed: " crashed: ", "timed-out": " timed out: ", fault: ": " }[kind];
  const lead = charged === undefined ? "" : `${charged}${words}`;
  return {
    kind,
    grade: "error",
    rule: `fault/${fault.kind}`,
    ...(charged !== undefined && { name: charged }),
    ...locationOf(fault),
    message: `${lead}${oneLine(fault.title)}`,
    identity: faultIdentity(fault, charged ?? ""),
    fault,
    boot: fault.boot,
    origin: fault.origin,
  };
}

/** One issue for each assertion of the source that failed, however often. */
function failedIssues({ context, name, one }: Scene): readonly Issue[] {
  const sites = new Map<string, { readonly first: AssertionModel; times: number }>();
  for (const failure of failuresOf(one)) {
    // An expression is a text of the source; any other message may hold values.
    const message = oneLine(failure.message);
    const what = parseExpectation(message)?.expression ?? withoutNumbers(message);
    const site = key("assertion", pathOf(context, failure.file), name, what);
    const at = `${site}\0${failure.line ?? ""}`;
    const known = sites.get(at);
    if (known === undefined) sites.set(at, { first: failure, times: 1 });
    else known.times += 1;
  }
  if (sites.size === 0) return [caseIssue({ context, name, one }, "failed")];
  return [...sites].map(([at, { first, times }]) => ({
    kind: "failed",
    grade: "error",
    rule: "test/assertion",
    name,
    ...(first.file === undefined ? whereOf(one, []) : locationOf(first)),
    message: `${name}: ${oneLine(messageOf(one, first))}${times > 1 ? ` (${plural(times, "time")})` : ""}`,
    identity: at.slice(0, at.lastIndexOf("\0")),
    boot: one.boot,
    origin: first.origin,
  }));
}

/** A case that is red and whose fault or assertion nobody saw. */
function caseIssue({ name, one }: Scene, kind: "crashed" | "timed-out" | "failed" | "not-run"): Issue {
  const words = { crashed: "crashed", "timed-out": "timed out", failed: "failed", "not-run": "did not run" };
  const reason = one.reason === undefined ? "" : `: ${oneLine(one.reason)}`;
  return {
    kind,
    grade: "error",
    rule: `case/${kind}`,
    name,
    ...whereOf(one, []),
    message: `${name} ${words[kind]}${reason}`,
    identity: key("case", kind, name),
    boot: one.boot,
    origin: one.origin,
  };
}

function caseIssues(scene: Scene, status: CaseStatus, faults: readonly FaultModel[]): readonly Issue[] {
  switch (status) {
    case "passed":
    case "skipped":
      return [];
    case "not-run":
      return [caseIssue(scene, status)];
    case "failed":
      return [...failedIssues(scene), ...faults.map((fault) => faultIssue(fault, "fault", scene.name))];
    case "crashed":
    case "timed-out": {
      const failures = failuresOf(scene.one).length === 0 ? [] : failedIssues(scene);
      const own = faults.map((fault) => faultIssue(fault, status, scene.name));
      return [...(own.length === 0 ? [caseIssue(scene, status)] : own), ...failures];
    }
  }
}

function extraIssue(extra: Extra, context: ReporterContext): Issue {
  const { grade } = extra;
  switch (extra.kind) {
    case "finding": {
      const { kind, check, message, file, occurrences, case: charged, boot, origin } = extra.finding;
      const scene = charged === undefined ? "" : `, in ${nameOf(charged)}`;
      const times = occurrences > 1 ? ` (${plural(occurrences, "time")})` : "";
      return {
        kind: "finding",
        grade,
        rule: `${kind}/${nameOf(check)}`,
        ...(extra.known !== undefined && { known: oneLine(extra.known) }),
        ...(charged !== undefined && { name: nameOf(charged) }),
        ...placeOfFinding(extra.finding),
        message: `${oneLine(message)}${scene}${times}`,
        identity:
          kind === "ubsan"
            ? key("finding", check, pathOf(context, file), withoutNumbers(oneLine(message)))
            : key("finding", kind, check, extra.finding.function ?? withoutNumbers(oneLine(message))),
        finding: extra.finding,
        boot,
        origin,
      };
    }
    case "fault":
      return faultIssue(extra.fault, "fault");
    case "problem": {
      const { code, message, boot, origin } = extra.problem;
      const where = { ...(boot !== undefined && { boot }), ...(origin !== undefined && { origin }) };
      const identity = key("problem", code, withoutNumbers(oneLine(message)));
      return {
        kind: "problem",
        grade,
        rule: `problem/${code}`,
        ...extra.where,
        message: oneLine(message),
        identity,
        ...where,
      };
    }
    case "run": {
      const message = oneLine(extra.title);
      return {
        kind: "problem",
        grade,
        rule: "run/incomplete",
        message,
        identity: key("run", withoutNumbers(message)),
      };
    }
  }
}

const GRADES: readonly ProblemGrade[] = ["error", "warning", "note"];
const rankOf = ({ kind, grade }: Issue): number =>
  GRADES.indexOf(grade) * ISSUE_KINDS.length + ISSUE_KINDS.indexOf(kind);

/** Tells equal identities apart by their order, so that no reader takes two issues for one. */
function* numbered(issues: readonly Issue[]): Generator<Issue> {
  const seen = new Map<string, number>();
  for (const issue of issues) {
    const times = (seen.get(issue.identity) ?? 0) + 1;
    seen.set(issue.identity, times);
    yield times === 1 ? issue : { ...issue, identity: `${issue.identity}\0\0${times}` };
  }
}

/** What is known stays in the list, as a note that says why. */
const lesser = (issue: Issue, known: string): Issue => ({ ...issue, grade: "note", known: oneLine(known) });

/** All issues of a run. The worst come first; equal ranks keep the order of the run. */
export function issuesOf(model: RunModel, context: ReporterContext): readonly Issue[] {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  const ofCases = model.suites.flatMap((suite) => {
    const label = nameSuite(suite);
    return suite.cases.flatMap((one) => {
      const issues = caseIssues({ context, name: caseName(label, one.name), one }, one.status, faultsOf(one));
      const known = knownCase(model, one);
      return known === undefined
        ? issues
        : issues.map((issue) => lesser(issue, `${known.by}: ${known.reason}`));
    });
  });
  const all = [...ofCases, ...extrasOf(model).map((extra) => extraIssue(extra, context))];
  const later: ReadonlySet<Issue["fault"]> = laterFaults(model);
  const lastOf = ({ fault }: Issue): number =>
    fault !== undefined && later.has(fault) ? GRADES.length * ISSUE_KINDS.length : 0;
  return [...numbered(all.sort((a, b) => rankOf(a) + lastOf(a) - (rankOf(b) + lastOf(b))))];
}
