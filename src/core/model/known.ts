/**
 * Red results that are known, and therefore do not make a run red: those of quarantined cases, those of a baseline when
 * only new ones count, and findings that were written down. Pure; the lists come with the run, so that a replay agrees.
 */
import { bootOf } from "./boots.js";
import type { BaselineCase, KnownFinding, QuarantineEntry } from "../events.js";
import { isJudged } from "./finding.js";
import type { FindingKind } from "../finding-kinds.js";
import { entriesOf, entriesOfFault } from "./known-findings.js";
import type { CaseModel, FaultModel, FindingModel, RunModel } from "../model.js";
import { matches } from "../plan/pattern.js";
import { sourceParts } from "./sources.js";
import { siteOfFinding, sitesOf } from "./sites.js";
import { isRed } from "../statuses.js";

export { matches };

export interface Known {
  readonly by: "quarantine" | "baseline" | "known fault";
  /** In words, for people. */
  readonly reason: string;
}

/** True where the date has passed; both are `YYYY-MM-DD`. An entry counts on its last day. */
export const isPast = (until: string | undefined, today: string): boolean =>
  until !== undefined && until < today;

/** `suite.case`, without the label of a parameter. */
export const titleOf = ({ suite, name }: Pick<CaseModel, "suite" | "name">): string => `${suite}.${name}`;

const sourceOf = (model: RunModel, one: CaseModel): string => bootOf(model, one.boot)?.source ?? "";

/** Entries may name a machine, which stands at the end of a source: `vfscore on qemu-arm64`. */
export const isMeant = (
  { case: pattern, machine }: QuarantineEntry,
  title: string,
  source: string,
): boolean =>
  (machine === undefined || source === machine || sourceParts(source)?.machine === machine) &&
  (matches(pattern, title) || matches(pattern, title.replace(/\/[^/]*$/s, "")));

/**
 * Why a red case does not count. A case that did not run is never quarantined: what is lost is lost.
 */
export function knownCase(model: RunModel, one: CaseModel): Known | undefined {
  if (!isRed(one.status)) return undefined;
  const entry = one.status === "not-run" ? undefined : quarantineOf(model, one);
  if (entry !== undefined) return { by: "quarantine", reason: wordsOf(entry) };
  const wanted = wantedFaults(model, one);
  if (wanted !== undefined) return { by: "known fault", reason: wanted };
  if (model.policy.onlyNew !== true || !isStillBroken(model, one)) return undefined;
  return { by: "baseline", reason: `red in ${model.baseline?.name ?? "the baseline"} too` };
}

/** The entry under which a case is in quarantine. */
function quarantineOf(model: RunModel, one: CaseModel): QuarantineEntry | undefined {
  const { quarantine } = model.policy;
  if (quarantine === undefined) return undefined;
  const source = sourceOf(model, one);
  return quarantine.entries.find(
    (entry) => !isPast(entry.until, quarantine.today) && isMeant(entry, titleOf(one), source),
  );
}

/** True for a case of which nobody expects that it passes each time. */
export const isQuarantined = (model: RunModel, one: CaseModel): boolean =>
  quarantineOf(model, one) !== undefined;

function wordsOf({ reason, owner, until }: QuarantineEntry): string {
  const more = [
    owner === undefined ? undefined : `owner ${owner}`,
    until === undefined ? undefined : `until ${until}`,
  ];
  const said = more.filter((one) => one !== undefined).join(", ");
  return said === "" ? reason : `${reason} (${said})`;
}

/** What a baseline says of a case: of the same source where it has that source at all, else of any. */
export function inBaseline(model: RunModel, one: CaseModel): readonly BaselineCase[] {
  const index = indexOf(model);
  const source = sourceOf(model, one);
  const all = index.cases.get(titleOf(one)) ?? [];
  return index.sources.has(source) ? all.filter((each) => each.source === source) : all;
}

/** True for a red case that was red before, and at no place at which it was not. */
export function isStillBroken(model: RunModel, one: CaseModel): boolean {
  const before = inBaseline(model, one).filter(({ status }) => isRed(status));
  const sites = new Set(before.flatMap((each) => each.sites));
  return before.length > 0 && sitesOf(one, model.faults).every((site) => sites.has(site));
}

interface Index {
  readonly cases: ReadonlyMap<string, readonly BaselineCase[]>;
  readonly sources: ReadonlySet<string>;
  readonly findings: ReadonlySet<string>;
}

const indices = new WeakMap<object, Index>();
const NO_INDEX: Index = { cases: new Map(), sources: new Set(), findings: new Set() };

function indexOf({ baseline }: RunModel): Index {
  if (baseline === undefined) return NO_INDEX;
  const known = indices.get(baseline.cases);
  if (known !== undefined) return known;
  const cases = new Map<string, BaselineCase[]>();
  for (const one of baseline.cases) {
    const some = cases.get(one.name);
    if (some === undefined) cases.set(one.name, [one]);
    else some.push(one);
  }
  const index = {
    cases,
    sources: new Set(baseline.cases.map(({ source }) => source)),
    findings: new Set(baseline.findings),
  };
  indices.set(baseline.cases, index);
  return index;
}

/** Why a finding does not count, in words. */
export function knownFinding(model: RunModel, finding: FindingModel): string | undefined {
  const { knownFindings, onlyNew } = model.policy;
  const today = knownFindings?.today ?? "";
  const entry = entriesOf(knownFindings?.entries ?? NONE, finding).find(({ until }) => !isPast(until, today));
  if (entry !== undefined) return entry.reason;
  if (onlyNew === true && model.baseline !== undefined && indexOf(model).findings.has(siteOfFinding(finding)))
    return `in ${model.baseline.name} too`;
  return undefined;
}

const NONE: readonly KnownFinding[] = [];

/** Why a fault of a case does not count, in words. */
export function knownFault({ policy }: RunModel, fault: FaultModel): string | undefined {
  const { entries = NONE, today = "" } = policy.knownFindings ?? {};
  return entriesOfFault(entries, fault).find(({ until }) => !isPast(until, today))?.reason;
}

/** A case that is red for nothing but faults that its suite provokes, each of which is written down. */
function wantedFaults(model: RunModel, one: CaseModel): string | undefined {
  if (one.survived === undefined || isRed(one.survived)) return undefined;
  const faults = model.faults.filter(({ caseId }) => caseId === one.id);
  const reasons = faults.map((fault) => knownFault(model, fault));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** The findings that fail the run. */
export const redFindings = (
  model: RunModel,
  isMeant: (kind: FindingKind) => boolean = () => true,
): readonly FindingModel[] =>
  model.findings.filter(
    (one) => isMeant(one.kind) && isJudged(model.policy, one.kind) && knownFinding(model, one) === undefined,
  );

/** The cases, as `suite.case`, in which a finding was first met that fails the run, whatever they came to themselves. */
export const casesWithFindings = (
  model: RunModel,
  isMeant?: (kind: FindingKind) => boolean,
): ReadonlySet<string> => new Set(redFindings(model, isMeant).flatMap((one) => one.case ?? []));
