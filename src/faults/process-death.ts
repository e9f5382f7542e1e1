/**
 * Programs that die: a failed assert() of glibc or musl, abort(), a signal. Where tests go on after it, the program was a
 * child of theirs, which may be meant to die; where nothing follows, it was the test itself.
 */
import type { ReportFamily } from "../core/fault/report.js";
import type { FaultKind } from "../core/fault.js";
import { listedDraft } from "../core/fault/report-draft.js";

/** `app: main.c:12: main: Assertion `x' failed.` */
const GLIBC =
  /^(?:[^\s:]{1,200}: )?([^\s:][^:]{0,300}):(\d{1,7}): (?:[^:](?:.{0,240}[^:])?: )?Assertion [`'](.{1,400})' failed\.$/;
/** `Assertion failed: x (main.c: main: 12)` */
const MUSL = /^Assertion failed: (.{1,400}) \(([^()]{1,300}): [\w$<>~]{1,200}: (\d{1,7})\)$/;
const SHELL = String.raw`(?:\S{1,200}: line \d{1,7}: +\d{1,10} |\[\d{1,4}\] {0,4}\+? {0,4}\d{0,10} ?)?`;
const SIGNALS: readonly (readonly [RegExp, string, FaultKind])[] = [
  [new RegExp(`^${SHELL}Segmentation fault\\b`), "segmentation fault", "trap"],
  [new RegExp(`^${SHELL}Bus error\\b`), "bus error", "trap"],
  [new RegExp(`^${SHELL}Illegal instruction\\b`), "illegal instruction", "trap"],
  [new RegExp(`^${SHELL}Floating point exception\\b`), "floating point exception", "trap"],
  [new RegExp(`^${SHELL}Trace/breakpoint trap\\b`), "breakpoint trap", "trap"],
  [new RegExp(`^${SHELL}Aborted\\b`), "aborted", "crash"],
  [/^\*\*\* stack smashing detected \*\*\*/, "stack smashing detected", "crash"],
  [/^\*\*\* buffer overflow detected \*\*\*/, "buffer overflow detected", "crash"],
  [/^(?:free\(\)|malloc\(\)|realloc\(\)|munmap_chunk\(\)): (.{1,80})$/, "heap corruption: $1", "crash"],
  [
    /^(double free or corruption|corrupted size vs\. prev_size|malloc_consolidate)\b.{0,60}$/,
    "heap corruption: $1",
    "crash",
  ],
  [
    /^terminate called (?:after throwing an instance of '(.{1,120})'|without an active exception)/,
    "uncaught exception $1",
    "crash",
  ],
];
/** A signal says so on a line of its own; prose about one does not. */
const ENDS_THERE =
  /(?:Segmentation fault|Bus error|Illegal instruction|Floating point exception|Trace\/breakpoint trap|Aborted)(?: {1,8}\(core dumped\))?(?: {1,8}[./].{0,200})?$/;

interface Death {
  readonly kind: FaultKind;
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
}

function deathIn(text: string): Death | undefined {
  const glibc = GLIBC.exec(text);
  if (glibc !== null)
    return {
      kind: "assertion",
      title: `assertion failed: ${(glibc[3] ?? "").slice(0, 240)}`,
      file: (glibc[1] ?? "").trim(),
      line: Number(glibc[2]),
    };
  const musl = MUSL.exec(text);
  if (musl !== null)
    return {
      kind: "assertion",
      title: `assertion failed: ${(musl[1] ?? "").slice(0, 240)}`,
      file: musl[2] ?? "",
      line: Number(musl[3]),
    };
  for (const [pattern, words, kind] of SIGNALS) {
    const match = pattern.exec(text);
    if (match === null || (pattern.source.startsWith("^(?:\\S") && !ENDS_THERE.test(text))) continue;
    return { kind, title: words.replace("$1", match[1] ?? "").trim() };
  }
  return undefined;
}

/** Sources of the forms: glibc assert/assert.c, musl src/exit/assert.c, malloc/malloc.c, the shells' names of signals. */
export const family: ReportFamily = {
  name: "process-death",
  precedence: 90,
  system: "program",
  hints: [
    "Assertion ",
    "Segmentation fault",
    "Bus error",
    "Illegal instruction",
    "Floating point exc",
    "breakpoint trap",
    "Aborted",
    "*** stack sm",
    "*** buffer ov",
    "(): ",
    "double free",
    "corrupted size",
    "terminate called",
  ],
  begin({ text: whole }) {
    const death = deathIn(whole.trim());
    if (death === undefined) return undefined;
    return listedDraft({
      details: [/^(?:what\(\): |\*\*\* killed by)/],
      adopts: new RegExp(
        `^\\s*${SHELL}(?:Aborted|Segmentation fault|Trace/breakpoint)\\b|^\\*\\*\\* stack smashing`,
      ),
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "last-breath",
        fault: { ...death, registers, callTrace },
      }),
    });
  },
};
