/**
 * Holds the guest's own counts against the lines that were seen. The guest prints them at some point of the boot, not
 * at its end: later suites are not in them, so the comparison is made when the line comes.
 */
import type { BootState } from "./boot.js";

export interface Statistics {
  readonly what: "suites" | "cases" | "assertions";
  readonly failed: number;
  readonly total: number;
}

/** What contradicts, in words; undefined when the counts agree with the lines. */
export function contradiction(boot: BootState, { what, failed, total }: Statistics): string | undefined {
  const says = `the guest counted ${String(total)} ${what}, ${String(failed)} failed`;
  if (what === "suites") {
    const seen = new Set([...boot.suitesSeen, ...boot.initFailed]).size;
    const red = new Set([...boot.failedSuites, ...boot.initFailed]).size;
    // A suite without cases prints nothing, so only a count below what was seen contradicts on its own.
    return total < seen || failed > red
      ? `${says}; seen were ${String(seen)}, ${String(red)} failed`
      : undefined;
  }
  if (what === "cases") {
    const differs = total !== boot.tally.cases || failed > boot.tally.failedCases;
    return differs
      ? `${says}; seen were ${String(boot.tally.cases)}, ${String(boot.tally.failedCases)} failed`
      : undefined;
  }
  // "Assertions" are sites in the table, not evaluations: only more failed sites than failed lines is impossible.
  const noFailureCounted = boot.protocol === undefined && failed === 0 && boot.tally.failedLines > 0;
  // No site at all cannot have given a result; the kit's helpers have sites that no case counts.
  const noSites = boot.protocol === undefined && total < Math.max(failed, Math.min(boot.tally.results, 1));
  const differs = failed > boot.tally.failedLines || noFailureCounted || noSites;
  return differs ? `${says}; seen were ${String(boot.tally.failedLines)} failed results` : undefined;
}
