/**
 * The crash screens of Unikraft, in order of precedence, and the reading of a boot's last words. Each wraps others, so the
 * order is written here and is not made from the folder.
 * It recognises no fault itself. A draft that refuses a segment may still take a later one: lines of other writers fall
 * between those of a screen, and whoever holds the draft decides when the fault is over.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultFamily } from "../../core/fault/family.js";
import { arm64Trap } from "./arm64-trap.js";
import { assertion } from "./assertion.js";
import { crashScreen } from "./crash-screen.js";
import { explicitCrash } from "./explicit-crash.js";
import { failFast } from "./fail-fast.js";
import { kasan } from "./kasan.js";
import { libcAssertion } from "./libc-assertion.js";
import { withReason } from "./with-reason.js";
import { withScreen } from "./with-screen.js";
import { x86Trap } from "./x86-trap.js";

function registry(options: { readonly allowBare: boolean }): readonly FaultFamily[] {
  const screens = crashScreen(options);
  return [
    ...[failFast(options), assertion(options), kasan, explicitCrash].map((family) =>
      withScreen(family, screens),
    ),
    ...[x86Trap(options), arm64Trap(options)].map((family) => withReason(withScreen(family, screens))),
    withReason(screens),
    ...(options.allowBare ? [withScreen(libcAssertion, screens)] : []),
  ];
}

export { mayExplain } from "../facts/reasons.js";
export { explained, isUnexplained } from "./with-reason.js";

/** For a boot whose kernel prints a prefix: nothing without one is a fault, so an application cannot forge any. */
export const families: readonly FaultFamily[] = registry({ allowBare: false });

/** For a boot in which no line has had a prefix: whole lines in the exact form are believed as well. */
export const bareFamilies: readonly FaultFamily[] = registry({ allowBare: true });

/**
 * What the last line in front of a halt or a silence says about it: a message of UK_CRASH(), or a failed assert() of the
 * libc. Meant for a guest that stopped inside a case without a fault of its own.
 */
export function lastWords(segment: Segment): FaultDescription | undefined {
  const known = libcAssertion.begin(segment)?.finish();
  if (known !== undefined || segment.prefix?.level !== "crit") return known;
  const title = segment.body.trim().slice(0, 240);
  if (title === "") return undefined;
  const source = segment.prefix.source;
  return {
    kind: "crash",
    title,
    ...(source !== undefined && { file: source.file, line: source.line }),
    registers: [],
    callTrace: [],
  };
}
