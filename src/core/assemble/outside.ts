/**
 * Assertions that a guest of the kit evaluates outside of its cases: they belong to the init or the exit function of a
 * suite, or to the boot. A failed one is a fault of its own; a passed one is worth nothing to any case.
 */
import { decodeText } from "../decode.js";
import type { Origin } from "../events.js";
import type { FaultKind } from "../fault.js";
import type { Segment } from "../segment.js";
import type { BootState } from "./boot.js";
import { type Work, clip, fault, plainFault } from "./work.js";

/** Part of a suite, or of the boot, in which an assertion may be evaluated outside of a case. */
export type Part = "init" | "exit" | "boot";

/** A failure whose place is printed on the next line. */
export interface OutsideFailure {
  readonly part: Part;
  readonly suite: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly origin: Origin;
}

const KINDS: Readonly<Record<Part, FaultKind>> = {
  init: "init-assertion",
  exit: "exit-assertion",
  boot: "boot-assertion",
};

/** The key under which failures of one part are counted. */
const partKey = (part: Part, suite: string | undefined): string => `${part}\0${suite ?? ""}`;

/** Number of failures of a part that the console has shown. */
export const failuresSeen = ({ outsideSeen }: BootState, part: Part, suite?: string): number =>
  outsideSeen.get(partKey(part, suite)) ?? 0;

/** What runs while no case does. */
function partOf({ protocol, suite }: BootState): Part {
  if (suite === undefined) return "boot";
  return protocol?.phase === "init" ? "init" : "exit";
}

/** The part in words, for a sentence that says that something failed there. */
export function partWords({ protocol, mainCalled }: BootState, part: Part, suite?: string): string {
  if (part === "init") return `in the init function of suite ${suite ?? ""}`;
  if (part === "exit")
    return protocol?.phase === "exit"
      ? `in the exit function of suite ${suite ?? ""}`
      : `in suite ${suite ?? ""}, outside its cases`;
  if (protocol?.phase !== "ended") return "outside any suite";
  return mainCalled ? "in main()" : "after the last suite";
}

/** Takes a failed assertion that stands outside any case. */
export function failedOutside(work: Work, message: string, at: Segment): void {
  const { boot } = work;
  settleOutside(work);
  const part = partOf(boot);
  const suite = part === "boot" ? undefined : boot.suite?.name;
  const key = partKey(part, suite);
  boot.outsideSeen.set(key, (boot.outsideSeen.get(key) ?? 0) + 1);
  boot.failedLines += 1;
  if (suite !== undefined) boot.failedSuites.add(suite);
  boot.outside = {
    part,
    suite,
    title: `${clip(message, work.caps.textChars)} ${partWords(boot, part, suite)}`,
    text: decodeText(at.body),
    origin: { line: at.line, byteOffset: at.byteOffset },
  };
}

/** Reports the failure that waits for its place, with or without it. */
export function settleOutside(work: Work, place?: { readonly file: string; readonly line: number }): void {
  const { boot } = work;
  const { outside } = boot;
  if (outside === undefined) return;
  boot.outside = undefined;
  const { part, suite, title, text, origin } = outside;
  fault(work, { ...plainFault(KINDS[part], title, [{ line: origin.line, text }]), ...place }, origin, suite);
}

/** Reports failures of a part that only the guest's memory knows. */
export function failedUnseen(work: Work, part: Part, failed: number, suite?: string): void {
  const unseen = failed - failuresSeen(work.boot, part, suite);
  if (unseen <= 0) return;
  const number = unseen === 1 ? "an assertion" : `${String(unseen)} assertions`;
  const title = `${number} failed ${partWords(work.boot, part, suite)}, reports the guest's memory alone`;
  fault(work, plainFault(KINDS[part], title), work.boot.last, suite);
}
