/**
 * A console log whose truth is known: lines with the part each one plays, and what is wrong with the run, if anything.
 * Parts are read off captures by expressions of this file's own, so that the reader under test does not mark itself.
 */
import type { Plan } from "../../src/core/plan.js";
import type { Style } from "./style.js";

export type Part =
  "header" | "passed" | "failed" | "location" | "statistics" | "finding" | "kernel" | "plain";

export interface Line {
  /** One character per byte, without the line feed. */
  readonly text: string;
  readonly part: Part;
  /** Of a header. */
  readonly suite?: string;
  readonly name?: string;
  /** True for the lines that say what is wrong with the run. */
  readonly trace?: true;
}

export type Flaw =
  | "failed-result"
  | "ubsan-report"
  | "suite-init"
  | "assertion"
  | "trap"
  | "crash-in-main"
  | "boot-init"
  | "hang";

export interface Log {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly truth: "green" | "red";
  /** What is wrong with a run that has exactly one thing wrong. */
  readonly flaw?: Flaw;
  readonly plan: Plan;
  /** Result lines of the same form belong to the same generation and build options. */
  readonly form: string;
  readonly style: Style;
  /** The kernel prints at level INFO. */
  readonly info: boolean;
  readonly statistics: boolean;
  /** False for a guest that never leaves its machine. */
  readonly halts: boolean;
}

const CSI = /\x1b\[[0-9;?]*[A-Za-z]/g;
/** A line as it looks on a terminal. */
export const shown = (text: string): string => text.replace(CSI, "").replace(/[\r\0]/g, "");

const HEADER = /test:\x1b\[0m ([\w$]+)->([\w$]+)/;
const TRANSCRIPT_HEADER = /^test: ([\w$]+)->([\w$]+)/;
const LEAD = /^(?:.*Info: [^[]*|: |\[ *\d+\.\d{6}\] )(?:\t|(?<=^: ))/;
const RESULT = /\.+ (?:\[ | )?(PASSED|FAILED)(?: \]| |)$/;
const LOCATION = /in [^:]+:(\d+)\]?$/;
const KERNEL = /(?:^|\] |\.\.|[a-z])(?:dbg|Info|Warn|ERR|CRIT): /;

/** The part a line of a capture plays. */
export function lineOf(text: string, transcript: boolean): Line {
  const header = (transcript ? TRANSCRIPT_HEADER : HEADER).exec(text);
  if (header !== null) return { text, part: "header", suite: header[1] ?? "", name: header[2] ?? "" };
  const plain = shown(text);
  const marked = text.includes("    :\x1b[0m\t");
  if (marked || (LEAD.test(plain) && (transcript || !plain.startsWith(": ")))) {
    const result = RESULT.exec(plain);
    if (result !== null) return { text, part: result[1] === "PASSED" ? "passed" : "failed" };
    if (LOCATION.test(plain)) return { text, part: "location" };
  }
  if (/Info: .*uktest:(?:suites|cases|assertions):/.test(plain)) return { text, part: "statistics" };
  if (/(?:ERR|CRIT): .*Undefined behavior at /.test(plain)) return { text, part: "finding" };
  return { text, part: KERNEL.test(plain) ? "kernel" : "plain" };
}

export const isTestLine = ({ part }: Line): boolean =>
  part === "header" || part === "passed" || part === "failed" || part === "location";

/** Message of a result line. */
export const messageOf = (text: string): string =>
  /(?:\t|^: )(.*?) \.+ (?:\[ | )?(?:PASSED|FAILED)/.exec(shown(text))?.[1] ?? "";

/** Line number of a location line. */
export const locationOf = (text: string): number | undefined => {
  const match = LOCATION.exec(shown(text));
  return match === null ? undefined : Number(match[1]);
};

export const textOf = (lines: readonly { readonly text: string }[]): string =>
  lines.length === 0 ? "" : `${lines.map(({ text }) => text).join("\n")}\n`;

/** Offset of the first byte of line `index`. */
export const offsetOf = (lines: readonly Line[], index: number): number =>
  lines.slice(0, index).reduce((sum, { text }) => sum + text.length + 1, 0);

const VERSION = /^(?:Powered by Unikraft )?\s*[A-Z][a-z]+ \(?\d+\.\d+\.\d+\S*$/;

/** What the boot code says at last; since 0.21 no platform says that it halts. */
export const LAST_WORD =
  /Unikraft halted|Shutting down system \(\d\)|Unikraft terminates with exit status -?\d+ \(target: \d\)/;

/** Index of the line with which a finished guest says that its tests are over, if it is there. */
export function lastWordAt(lines: readonly Line[]): number | undefined {
  const halted = lines.findLastIndex(({ text }) => LAST_WORD.test(shown(text)));
  if (halted >= 0) return halted;
  const version = lines.findLastIndex(({ text }) => VERSION.test(shown(text)));
  return version < 0 ? undefined : version;
}
