/**
 * What a boot that its memory proves takes back: doubts about its console become a word, and crashes that its console only
 * looked like become none. What the guest itself has reported stays.
 */
import type { FaultModel, ProblemModel } from "../model.js";
import { CONSOLE_DOUBTS } from "./doubts.js";

/** Faults and problems of a run, which change in their place. */
export interface Conclusions {
  readonly problems: ProblemModel[];
  readonly faults: FaultModel[];
  /** Faults that the memory of their guest may prove never to have been. */
  readonly doubtful: ReadonlySet<FaultModel>;
}

/** Applies it to a boot. @param from how many problems and faults there were when it began: those are of others */
export function proveBoot(
  boot: string,
  { problems, faults, doubtful }: Conclusions,
  from: { readonly problems: number; readonly faults: number },
): void {
  for (let at = from.problems; at < problems.length; at += 1) {
    const problem = problems[at];
    if (problem?.boot === boot && problem.grade === "error" && CONSOLE_DOUBTS.has(problem.code))
      problems[at] = { ...problem, grade: "warning" };
  }
  const all = faults.slice(from.faults);
  const isUnproven = (one: FaultModel): boolean => one.boot === boot && doubtful.has(one);
  const unproven = all.filter(isUnproven);
  if (unproven.length === 0) return;
  faults.length = from.faults;
  for (const one of all) if (!isUnproven(one)) faults.push(one);
  for (const { title, origin } of unproven) {
    const message = `the console looks as if the guest had died, and its memory proves that it came to its end: ${title}`;
    problems.push({ code: "memory-disagrees", grade: "warning", message, boot, origin });
  }
}
