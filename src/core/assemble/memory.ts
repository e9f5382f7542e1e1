/**
 * Holds what a boot's console said against the memory of the stopped guest. Both are witnesses: what a line lost, moved or
 * garbled changes nothing that memory knows, and no word of either that something failed is taken back by the other.
 * It reads no memory itself.
 */
import type { CaseFacts, JournalFacts, MemoryFacts, ResultFacts } from "../evidence.js";
import type { CaseStatus } from "../events.js";
import { isRed } from "../statuses.js";
import { caseKey, type FinishedCase } from "./boot.js";
import { countRounds } from "./benchmarks.js";
import { measure } from "./measures.js";
import type { Unrun } from "./unseen.js";
import { plannedCase } from "./missing.js";
import { failedUnseen } from "./outside.js";
import { printsNoResults } from "./quiet.js";
import { fault, plainFault, type Work, problem } from "./work.js";

/** What memory adds to a boot. */
export interface Confirmed {
  /** Cases that ran and of which the console has no line. */
  readonly unseen: readonly Unrun[];
}

const STATUS: Readonly<Record<ResultFacts["status"], CaseStatus>> = {
  running: "crashed",
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
};

const LINES_NAMED = 10;

/** What the cases of one boot are confirmed with. */
interface Witness {
  readonly work: Work;
  /** The host stopped the guest: a case that was running then has not crashed. */
  readonly isStopped: boolean;
  /** The console has more results FAILED than the journal knows, so that none of them is only out of its place. */
  readonly hasSurplus: boolean;
}

/**
 * Confirms or overrules every case of the boot that memory knows something of.
 * @param isStopped the host stopped the guest: a case that was running then has not crashed
 */
export function confirm(work: Work, facts: MemoryFacts, isStopped = false): Confirmed {
  const broken = facts.broken ?? (isErased(work, facts) ? "the guest's journal was erased" : undefined);
  if (broken !== undefined)
    problem(work, "memory-broken", "error", `${broken}: its memory proves nothing`, work.boot.spoken.last);
  suiteFunctions(work, facts);
  const witness = { work, isStopped, hasSurplus: work.boot.tally.failedLines > failedInMemory(facts) };
  const unseen: Unrun[] = [];
  const known = new Set<string>();
  for (const one of byName(facts.cases)) {
    const key = caseKey(one.suite, one.name);
    known.add(key);
    if (one.isLimited === true) work.boot.limited.add(key);
    if (one.benchmark !== undefined) work.boot.benchmarks.set(key, one.benchmark);
    const seen = work.boot.finished?.get(key) ?? [];
    unseen.push(
      ...(one.results === undefined ? bySites(work, one, seen) : byJournal(witness, one, one.results, seen)),
    );
  }
  if (facts.journal === undefined) return { unseen };
  refuseForeign(witness, known);
  holdTotals(work, facts);
  return { unseen };
}

/** The tests began by the console, and the journal in which they are noted first is empty. */
const isErased = ({ boot }: Work, { isUnbegun }: MemoryFacts): boolean =>
  isUnbegun === true && boot.protocol !== undefined;

/** Facts by the names of the cases: records of one name, an error of its own, run one after the other. */
function byName(cases: readonly CaseFacts[]): readonly CaseFacts[] {
  const all = new Map<string, CaseFacts>();
  for (const one of cases) {
    const key = caseKey(one.suite, one.name);
    const first = all.get(key);
    all.set(key, first === undefined ? one : joined(first, one));
  }
  return [...all.values()];
}

const joined = (first: CaseFacts, next: CaseFacts): CaseFacts => ({
  ...first,
  sites: [...first.sites, ...next.sites],
  ...(first.results !== undefined && { results: [...first.results, ...(next.results ?? [])] }),
});

/** Assertions that failed outside of cases, as the journal has them. */
const failedOutside = ({ suites, journal }: MemoryFacts): number =>
  suites.reduce(
    (sum, { failedInInit = 0, failedInExit = 0 }) => sum + failedInInit + failedInExit,
    journal?.failedOutside ?? 0,
  );

/** Assertions that failed and count, as the journal has them. */
const failedInMemory = (facts: MemoryFacts): number =>
  facts.cases.reduce(
    (sum, { results = [] }) => sum + results.reduce((more, { failed }) => more + failed, 0),
    failedOutside(facts),
  );

/** Init and exit functions in which something failed, and suites that had nothing to run. */
function suiteFunctions(work: Work, { suites, journal }: MemoryFacts): void {
  const { boot } = work;
  for (const { name, init, failedInInit = 0, failedInExit = 0 } of suites) {
    if (init === "skipped") boot.skippedInMemory.add(name);
    if (init === "failed" && !boot.initFailed.has(name)) {
      boot.initFailed.add(name);
      const title = `the init function of suite ${name} failed, reports the guest's memory`;
      if (failedInInit === 0) fault(work, plainFault("suite-init", title), boot.spoken.last, name);
    }
    failedUnseen(work, "init", failedInInit, name);
    failedUnseen(work, "exit", failedInExit, name);
  }
  failedUnseen(work, "boot", journal?.failedOutside ?? 0);
}

/** Results FAILED of cases that have died: the journal gets the results of a case with its end, and they are red as it is. */
function failedInDead({ boot }: Work, { cases }: MemoryFacts): number {
  const dead = cases.filter(({ results = [] }) => results.some(({ status }) => status === "running"));
  return dead.reduce((sum, { suite, name }) => {
    const seen = boot.finished?.get(caseKey(suite, name)) ?? [];
    const red = seen.filter(({ status }) => DIED.has(status) && isRed(status));
    return sum + red.reduce((more, { failedLines }) => more + failedLines, 0);
  }, 0);
}

/** Failures that the console counts and the journal does not know are not taken back by it. */
function holdTotals(work: Work, facts: MemoryFacts): void {
  const {
    tally: { totals, failedLines },
    spoken: { last },
  } = work.boot;
  const cases = facts.cases.reduce(
    (sum, { results = [] }) => sum + results.filter(({ status }) => status === "failed").length,
    0,
  );
  for (const [what, shown, kept] of [
    ["failed results", failedLines - failedInDead(work, facts), failedInMemory(facts)],
    ["failed cases", totals.failed, cases],
    ["failed assertions outside of cases", totals.outside, failedOutside(facts)],
  ] as const)
    if (shown > kept) {
      const words = `${String(shown)} ${what} on the console, and ${String(kept)} in the guest's memory: the worse counts`;
      problem(work, "memory-disagrees", "error", words, last);
    }
}

/** True when memory alone proves that the boot came to its end. */
export const provesEnd = ({ journal, broken }: MemoryFacts): boolean =>
  broken === undefined && journal?.ended === true;

/** What the memory of a guest proves of its boot as a whole; reports that the console lost are a problem of their own. */
export function prove(work: Work, { findings }: JournalFacts): void {
  const { boot, policy, emit } = work;
  const lost = findings - boot.tally.findings;
  if (lost > 0 && policy.ubsan !== "off") {
    const grade = policy.ubsan === "fail" ? "error" : "warning";
    const words = `${String(lost)} UBSAN reports are counted in the guest's memory and did not reach the console`;
    problem(work, "memory-disagrees", grade, words, boot.spoken.last);
  }
  if (boot.end.proven) emit({ type: "boot-proven", boot: boot.id, findings });
}

function overrule(work: Work, seen: FinishedCase, status: CaseStatus, reason: string): void {
  work.emit({ type: "evidence", case: seen.id, evidence: "memory", status, reason });
  const words = `${seen.suite}.${seen.name} is ${seen.status} by its console and ${status} by the guest's memory`;
  problem(work, "memory-disagrees", "warning", words, work.boot.spoken.last);
}

/** True when the console says in so many words that the case is red, and no lost or moved line explains it. */
const isRedForGood = ({ hasSurplus }: Witness, seen: FinishedCase): boolean =>
  seen.isSaidRed || (seen.failedLines > 0 && hasSurplus);

/** Memory knows better of a case than its console, which has said that it failed: the worse of the two stands. */
function keepRed({ work }: Witness, seen: FinishedCase, memory: string): void {
  const words = `${seen.suite}.${seen.name} is ${seen.status} by its console and ${memory} by the guest's memory: the worse counts`;
  problem(work, "memory-disagrees", "error", words, work.boot.spoken.last);
}

const agree = (work: Work, { id }: FinishedCase): void => {
  work.emit({ type: "evidence", case: id, evidence: "memory" });
};

/** A case that was running when the guest died, or was stopped, has no better word in memory than `running`. */
const DIED: ReadonlySet<CaseStatus> = new Set<CaseStatus>(["crashed", "timed-out", "not-run"]);

const isSame = (seen: CaseStatus, fact: ResultFacts["status"]): boolean =>
  fact === "running" ? DIED.has(seen) : seen === STATUS[fact];

/** The table and the journal are written apart from each other: a failed assertion is a failure of some result. */
function holdSites(work: Work, one: CaseFacts, results: readonly ResultFacts[]): void {
  if (results.some(({ status, failed }) => failed > 0 || status === "running")) return;
  if (!one.sites.some(({ status }) => status === "failed")) return;
  const words = `an assertion of ${one.suite}.${one.name} failed by the guest's table${linesOf(one)} and none by its journal`;
  problem(work, "memory-broken", "error", words, work.boot.spoken.last);
}

function byJournal(
  witness: Witness,
  one: CaseFacts,
  results: readonly ResultFacts[],
  seen: readonly FinishedCase[],
): readonly Unrun[] {
  const { work, isStopped } = witness;
  holdSites(work, one, results);
  const wasStopped = ({ status }: ResultFacts): boolean => isStopped && status === "running";
  const { isLabelled, left } = namedResults(one.name, results);
  for (const shown of seen) {
    const at = isLabelled ? left.findIndex(({ name }) => name === shown.name) : 0;
    const [known] = at < 0 ? [] : left.splice(at, 1);
    if (known === undefined) tooMany(witness, shown, results.length);
    else if (wasStopped(known.fact)) continue;
    else if (isSame(shown.status, known.fact.status)) {
      agree(work, shown);
      measure(work, one, shown, shown.status, known.fact.measured);
      countRounds(work, one, shown, shown.status, known.fact.rounds);
    } else if (!isRed(STATUS[known.fact.status]) && isRedForGood(witness, shown))
      keepRed(witness, shown, known.fact.status);
    else {
      const status = STATUS[known.fact.status];
      overrule(work, shown, status, why(one, known.fact));
      measure(work, one, shown, status, known.fact.measured);
      countRounds(work, one, shown, status, known.fact.rounds);
    }
  }
  return left.flatMap(({ name, fact }) =>
    wasStopped(fact)
      ? []
      : {
          ...unseenCase(work, one, name, STATUS[fact.status], why(one, fact)),
          ...{ measured: fact.measured, rounds: fact.rounds },
        },
  );
}

interface NamedResult {
  readonly name: string;
  readonly fact: ResultFacts;
}

/**
 * The results of a case by the names that its guest gives them. Where it kept no labels, the order has to tell which
 * is which, and parameters without a result on the console are counted from 0, as the guest counts them.
 */
function namedResults(
  name: string,
  results: readonly ResultFacts[],
): { readonly isLabelled: boolean; readonly left: NamedResult[] } {
  const isLabelled = results.every(({ label }) => label !== undefined);
  const left = results.map((fact, index): NamedResult => {
    const label = fact.label ?? (results.length > 1 ? String(index) : undefined);
    return { name: label === undefined ? name : `${name}/${label}`, fact };
  });
  return { isLabelled, left };
}

/** The console has a result that memory does not know. Where the case has run, nothing is lost with it. */
function tooMany(witness: Witness, shown: FinishedCase, results: number): void {
  if (shown.status === "not-run") return;
  if (isRedForGood(witness, shown)) return keepRed(witness, shown, "unknown");
  const reason = "its lines stand on the console, and the guest's memory knows nothing of it";
  overrule(witness.work, shown, results > 0 ? "skipped" : "not-run", reason);
}

function why(one: CaseFacts, fact: ResultFacts): string {
  switch (fact.status) {
    case "running":
      return "it began and never ended, says the guest's memory";
    case "failed":
      return `${String(fact.failed)} of ${String(fact.assertions)} assertions failed, says the guest's memory${linesOf(one)}`;
    case "passed":
    case "skipped":
      return `it ${fact.status === "passed" ? "passed" : "was skipped"}, says the guest's memory`;
  }
}

/** Where the failed assertions stand. */
function linesOf({ sites, file }: CaseFacts): string {
  const lines = [...new Set(sites.filter(({ status }) => status === "failed").map(({ line }) => line))];
  if (lines.length === 0) return "";
  const shown = lines.slice(0, LINES_NAMED).map((line) => `${file}:${String(line)}`);
  return ` (${shown.join(", ")}${lines.length > LINES_NAMED ? ", …" : ""})`;
}

/** A guest without a journal: statuses of assertions prove a failure, and that a case was reached. */
function bySites(work: Work, one: CaseFacts, seen: readonly FinishedCase[]): readonly Unrun[] {
  const failed = one.sites.some(({ status }) => status === "failed");
  const reached = one.sites.some(({ status }) => status !== "not-run");
  const [first] = seen.filter(({ status }) => status !== "not-run");
  const reason = `assertions failed, says the guest's memory${linesOf(one)}`;
  if (first === undefined) {
    return reached
      ? [
          {
            ...unseenCase(work, one, one.name, failed ? "failed" : "passed", failed ? reason : ""),
            measured: one.measured,
          },
        ]
      : [];
  }
  if (failed && (first.status === "passed" || first.status === "skipped"))
    overrule(work, first, "failed", reason);
  else if (reached || one.sites.length === 0) for (const shown of seen) if (reached) agree(work, shown);
  measure(work, one, first, failed ? "failed" : first.status, one.measured);
  return [];
}

function unseenCase(work: Work, one: CaseFacts, name: string, status: CaseStatus, reason: string): Unrun {
  const words = `${one.suite}.${name} is ${status} by the guest's memory and has no result on its console`;
  if (!(one.results === undefined && printsNoResults(work.boot)))
    problem(work, "memory-disagrees", "warning", words, work.boot.spoken.last);
  const planned = plannedCase(work.plan, one.suite, one.name) ?? { name, file: one.file, sites: [] };
  return {
    suite: one.suite,
    planned: { ...planned, name },
    reason,
    status,
    evidence: "memory",
  };
}

/** Cases of the console that the image does not have. */
function refuseForeign(witness: Witness, known: ReadonlySet<string>): void {
  for (const [key, seen] of witness.work.boot.finished ?? [])
    if (!known.has(key)) for (const shown of seen) tooMany(witness, shown, 1);
}
