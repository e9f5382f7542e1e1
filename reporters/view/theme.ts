/**
 * Gives text its look for one destination: colours, signs and what becomes of characters it cannot show.
 * It does not look at the process: the context says what the destination can do.
 */
import { Ansis } from "ansis";
import type { CaseStatus } from "../../src/core/events.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { shorten } from "../../src/text/shorten.js";
import { ascii, visibleLine } from "../../src/text/visible.js";
import { defang } from "../../src/text/workflow.js";
import { MESSAGE_MAX } from "./line.js";

export type Tone = "good" | "bad" | "odd" | "faint" | "strong" | "plain";

export interface Theme {
  /** Columns of the destination, within reason. */
  readonly width: number;
  /** Makes guest text safe for a terminal and a CI log, on one line. */
  safe(text: string, max?: number): string;
  paint(tone: Tone, text: string): string;
  /** A word on a coloured ground. */
  badge(tone: "good" | "bad" | "odd", text: string): string;
  sign(status: CaseStatus): string;
  readonly bar: string;
  readonly pointer: string;
  readonly rule: string;
  readonly dot: string;
  readonly ellipsis: string;
}

const UNICODE_SIGNS: Readonly<Record<CaseStatus, string>> = {
  passed: "✔",
  skipped: "-",
  "not-run": "○",
  failed: "✖",
  "timed-out": "◷",
  crashed: "✱",
};

const ASCII_SIGNS: Readonly<Record<CaseStatus, string>> = {
  passed: "+",
  skipped: "-",
  "not-run": "o",
  failed: "x",
  "timed-out": "t",
  crashed: "*",
};

/** How good or bad a status looks. */
export const TONE: Readonly<Record<CaseStatus, "good" | "bad" | "odd">> = {
  passed: "good",
  skipped: "odd",
  "not-run": "odd",
  failed: "bad",
  "timed-out": "bad",
  crashed: "bad",
};

/** The look of a destination. */
export function themeFor({
  colorLevel,
  width,
  unicode,
}: Pick<ReporterContext, "colorLevel" | "width" | "unicode">): Theme {
  const ansis = new Ansis(colorLevel);
  const paints: Readonly<Record<Tone, (text: string) => string>> = {
    good: ansis.green,
    bad: ansis.red,
    odd: ansis.yellow,
    faint: ansis.dim,
    strong: ansis.bold,
    plain: (text) => text,
  };
  const grounds = {
    good: ansis.bold.black.bgGreen,
    bad: ansis.bold.white.bgRed,
    odd: ansis.bold.black.bgYellow,
  };
  const signs = unicode ? UNICODE_SIGNS : ASCII_SIGNS;
  return {
    width: Math.min(Math.max(Number.isFinite(width) ? Math.floor(width) : 80, 40), 1000),
    safe: (text, max = MESSAGE_MAX) => {
      const line = visibleLine(shorten(text, max));
      return defang(unicode ? line : ascii(line));
    },
    paint: (tone, text) => (text === "" ? "" : paints[tone](text)),
    badge: (tone, text) => grounds[tone](` ${text} `),
    sign: (status) => signs[status],
    bar: unicode ? "│" : "|",
    pointer: unicode ? "▸" : ">",
    rule: unicode ? "─" : "-",
    dot: unicode ? "·" : "-",
    ellipsis: unicode ? "…" : "...",
  };
}
