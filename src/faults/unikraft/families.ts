/**
 * The registry of fault families, in order of precedence, and the reading of a boot's last words.
 * It recognises no fault itself. A draft that refuses a segment may still take a later one: lines of other writers fall
 * between those of a screen, and whoever holds the draft decides when the fault is over.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultFamily } from "../../core/fault/family.js";
import { arm64Trap } from "./arm64-trap.js";
import { assertion } from "./assertion.js";
import { crashScreen } from "./crash-screen.js";
import { esp } from "../esp.js";
import { explicitCrash } from "./explicit-crash.js";
import { failFast } from "./fail-fast.js";
import { freertos } from "../freertos.js";
import { includeos } from "../includeos.js";
import { kasan } from "./kasan.js";
import { kunitCrash } from "../kunit-crash.js";
import { kvmUnitTests } from "../kvm-unit-tests.js";
import { libcAssertion } from "./libc-assertion.js";
import { linux } from "../linux.js";
import { minimalRuntime } from "../minimal-runtime.js";
import { nanos } from "../nanos.js";
import { nuttx } from "../nuttx.js";
import { osv } from "../osv.js";
import { processDeath } from "../process-death.js";
import { programSanitizers } from "../program-sanitizers.js";
import { riot } from "../riot.js";
import { rtems } from "../rtems.js";
import { rustPanic } from "../rust-panic.js";
import { sel4 } from "../sel4.js";
import { checkOfHandler } from "../facts/ubsan-checks.js";
import { withReason } from "./with-reason.js";
import { withScreen } from "./with-screen.js";
import { x86Trap } from "./x86-trap.js";
import { zephyr } from "../zephyr.js";

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

/** What other systems than Unikraft print, in order of precedence: for boots in which Unikraft's kernel prints nothing. */
export const reportFamilies: readonly ReportFamily[] = [
  ...linux(checkOfHandler),
  kunitCrash,
  rustPanic,
  zephyr,
  esp,
  rtems,
  sel4,
  kvmUnitTests,
  osv,
  nanos,
  nuttx,
  riot,
  freertos,
  includeos,
  programSanitizers,
  minimalRuntime(checkOfHandler),
  processDeath,
];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A first line of one of these holds a match; hardly any other line does. */
export const REPORT_HINT = new RegExp(
  [...new Set(reportFamilies.flatMap(({ hints }) => hints))].map(escaped).join("|"),
);

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
