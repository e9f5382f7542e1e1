/**
 * Guests that print no results, because they were built so (Unikraft's LIBUKTEST_LOG_TESTS off): their own statistics and
 * the case that they died in are held against their memory. It reads no memory itself, and says nothing of other guests.
 */
import type { CaseFacts, MemoryFacts } from "../evidence.js";
import { type BootState, endedNormally, type Surplus } from "./boot.js";
import type { Unrun } from "./unseen.js";
import type { Statistics } from "./statistics.js";
import { problem, type Work } from "./work.js";

/** True while no line of a test has been seen; a guest of the kit always prints them. */
export const printsNoResults = (boot: BootState): boolean =>
  boot.protocol === undefined && boot.tally.cases === 0 && boot.tally.results === 0;

/** Keeps what the guest counted until its memory is known; false where its lines can be held against it at once. */
export function postpone(boot: BootState, { what, failed, total }: Statistics): boolean {
  if (total === 0 || !printsNoResults(boot)) return false;
  if (what === "cases") boot.unprinted = { failed, total };
  return true;
}

/**
 * Keeps what contradicts a count, where the guest has counted planned cases that its console does not show: those that ran
 * before there was a console are in its memory.
 */
export function waitsForMemory(
  { boot, plan }: Work,
  { what, failed, total }: Statistics,
  { words, origin }: Omit<Surplus, "cases">,
): boolean {
  const cases = total - boot.tally.cases;
  if (what !== "cases" || plan === undefined || boot.protocol !== undefined) return false;
  if (cases <= 0 || failed > boot.tally.failedCases) return false;
  boot.surplus.push({ words, origin, cases });
  return true;
}

/** Reports the counts that memory does not explain. @param unseen the cases that only memory knows of */
function settleSurplus(work: Work, unseen: readonly Unrun[]): void {
  const reached = unseen.filter(({ status }) => status === "passed").length;
  for (const { words, origin, cases } of work.boot.surplus)
    if (cases !== reached) problem(work, "statistics-mismatch", "error", words, origin);
}

const isReached = ({ sites }: CaseFacts): boolean => sites.some(({ status }) => status !== "not-run");
const isFailed = ({ sites }: CaseFacts): boolean => sites.some(({ status }) => status === "failed");

/**
 * Settles a boot that printed no results.
 * @param unseen the cases that memory knows of
 * @returns the same, with the case in which the guest died
 */
export function settleQuiet(
  work: Work,
  facts: MemoryFacts | undefined,
  unseen: readonly Unrun[],
): readonly Unrun[] {
  const { boot } = work;
  settleSurplus(work, unseen);
  const counted = boot.unprinted;
  if (counted !== undefined) {
    const words = `the guest counted ${String(counted.total)} cases, ${String(counted.failed)} failed`;
    const all = facts?.cases.length ?? 0;
    const failed = facts?.cases.filter(isFailed).length ?? 0;
    // It counts before the last suites run, and a case without an assertion leaves no trace in memory.
    if (facts === undefined || counted.total > all || counted.failed > failed)
      problem(
        work,
        "statistics-mismatch",
        "error",
        `${words}; ${facts === undefined ? "it printed none" : `its memory has ${String(all)}, ${String(failed)} failed`}`,
        boot.spoken.last,
      );
  }
  if (facts === undefined || facts.journal !== undefined || !printsNoResults(boot) || unseen.length === 0)
    return unseen;
  problem(
    work,
    "memory-disagrees",
    "note",
    "the guest printed no results; they are those of its memory",
    boot.spoken.last,
  );
  const culprit = endedNormally(boot) ? undefined : culpritOf(facts);
  if (culprit === undefined) return unseen;
  const status = boot.death.killer?.kind === "time-out" ? "timed-out" : "crashed";
  const reason = boot.death.fatal ?? "the boot ended in it";
  return unseen.map((one) =>
    one.suite === culprit.suite && one.planned.name === culprit.name ? { ...one, status, reason } : one,
  );
}

/** The last case that was reached in the only suite that was left half-way. */
function culpritOf({ cases }: MemoryFacts): CaseFacts | undefined {
  const suites = new Map<string, CaseFacts[]>();
  for (const one of cases) {
    const known = suites.get(one.suite);
    if (known === undefined) suites.set(one.suite, [one]);
    else known.push(one);
  }
  const last = [...suites.values()].flatMap((all) => {
    const at = all.findLastIndex(isReached);
    const one = all[at];
    if (one === undefined) return [];
    const isHalfWay = at < all.length - 1 || one.sites.some(({ status }) => status === "not-run");
    return isHalfWay ? [one] : [];
  });
  return last.length === 1 ? last[0] : undefined;
}
