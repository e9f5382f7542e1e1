/**
 * Evaluations of a case that waited for the plan to tell their lines, and what the plan misses in it. It closes no case.
 */
import type { CaseStatus } from "../events.js";
import type { OpenCase } from "./case.js";
import { matchSites } from "./sites.js";
import { type Work, problem } from "./work.js";

/** Lines of assertions that one message names. */
const LINES_NAMED = 20;

/** Emits evaluations that waited for the plan to tell their lines, and says what the plan misses. */
export function releaseHeld(work: Work, open: OpenCase, status: CaseStatus): void {
  const { plan } = open;
  const { boot } = work;
  if (plan === undefined) return;
  const whole = open.held.length === open.passed + open.failed;
  const report = whole ? matchSites(open.held, plan.sites, plan.file) : undefined;
  for (const event of report?.evaluations ?? open.held) work.emit(event);
  const name = `${open.suite}.${open.name}`;
  // The kit's assertions may stand in functions that are no part of a case.
  for (const line of boot.protocol === undefined ? (report?.unknownLines ?? []) : []) {
    problem(
      work,
      "unknown-site",
      "warning",
      `${name} failed at line ${String(line)}, where the image has no assertion`,
      open.last,
    );
  }
  // Omitted evaluations reach their sites, and nobody needs their lines.
  const unreached = Math.max((report?.unreached ?? 0) - open.omitted, 0);
  if (status !== "passed" || unreached === 0) return;
  const sites = `${String(unreached)} of ${String(plan.sites.length)} assertions of ${name}`;
  if (open.passed + open.omitted === 0)
    problem(work, "no-evidence", "error", `${sites} left no result, and it counts as passed`, open.last);
  else {
    const lines = plan.sites.slice(0, LINES_NAMED).map(String).join(", ");
    const more = plan.sites.length > LINES_NAMED ? ", …" : "";
    const words = `at least ${sites} were never reached (they stand at lines ${lines}${more} of ${plan.file})`;
    problem(work, "unreached-assertions", "note", words, open.last);
  }
}
