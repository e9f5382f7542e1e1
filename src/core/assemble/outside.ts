/**
 * Assertions that a guest of the kit evaluates outside of its cases: they belong to the init or the exit function of a
 * suite, or to the boot. A failed one is a fault of its own; a passed one is worth nothing to any case.
 */
import { decodeText } from "../decode.js";
import type { ExcerptLine, FaultKind } from "../fault.js";
import type { Segment } from "../segment.js";
import type { BootState, Part } from "./boot.js";
import { type Work, clip, fault, plainFault } from "./work.js";

/** Lines of notes that are kept: a failed BYTES_EQ has three. */
const MOST_NOTES = 20;

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

/** The part in words. */
function partWords({ protocol, end: { mainCalled } }: BootState, part: Part, suite?: string): string {
  if (part === "init") return `init function of ${suite ?? ""}`;
  if (part === "exit")
    return protocol?.phase === "exit"
      ? `exit function of ${suite ?? ""}`
      : `${suite ?? ""}, outside its cases`;
  if (protocol?.phase !== "ended") return "outside any suite";
  return mainCalled ? "main()" : "after the last suite";
}

/** Takes a failed assertion that stands outside any case. */
export function failedOutside(work: Work, message: string, at: Segment): void {
  const { boot } = work;
  settleOutside(work);
  const part = partOf(boot);
  const suite = part === "boot" ? undefined : boot.suite?.name;
  const key = partKey(part, suite);
  boot.outsideSeen.set(key, (boot.outsideSeen.get(key) ?? 0) + 1);
  boot.tally.failedLines += 1;
  if (suite !== undefined) boot.failedSuites.add(suite);
  boot.outside = {
    part,
    suite,
    title: `${partWords(boot, part, suite)}: ${clip(message, work.caps.textChars)}`,
    excerpt: [lineOf(work, at)],
    origin: { line: at.line, byteOffset: at.byteOffset },
  };
}

const lineOf = ({ caps }: Work, at: Segment): ExcerptLine => ({
  line: at.line,
  text: clip(decodeText(at.body), caps.textChars),
});

/** Gives the failure that waits its place. */
export function placeOutside({ boot }: Work, file: string, line: number): void {
  if (boot.outside?.place === undefined && boot.outside !== undefined)
    boot.outside = { ...boot.outside, place: { file, line } };
}

/** A line of output: a note of the failure that waits, where it has its place. */
export function noteOutside(work: Work, at: Segment): void {
  const { outside } = work.boot;
  if (outside?.place === undefined || outside.excerpt.length > MOST_NOTES) return;
  work.boot.outside = { ...outside, excerpt: [...outside.excerpt, lineOf(work, at)] };
}

/** Reports the failure that waits, with or without its place. */
export function settleOutside(work: Work): void {
  const { boot } = work;
  const { outside } = boot;
  if (outside === undefined) return;
  boot.outside = undefined;
  const { part, suite, title, place, excerpt, origin } = outside;
  fault(work, { ...plainFault(KINDS[part], title, excerpt), ...place }, origin, suite);
}

/** Reports failures of a part that only the guest's memory knows. */
export function failedUnseen(work: Work, part: Part, failed: number, suite?: string): void {
  const unseen = failed - failuresSeen(work.boot, part, suite);
  if (unseen <= 0) return;
  const number = unseen === 1 ? "an assertion" : `${String(unseen)} assertions`;
  const title = `${partWords(work.boot, part, suite)}: ${number} failed, reports the guest's memory alone`;
  fault(work, plainFault(KINDS[part], title), work.boot.spoken.last, suite);
}
