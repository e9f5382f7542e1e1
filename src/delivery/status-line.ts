/**
 * What the status line of a terminal says: how long the run takes so far, what it counted, which case runs. It is a pure
 * function of events and a time that is handed in; live-screen.ts draws it and owns the clock.
 */
import { type Tone, themeFor } from "../../reporters/view/theme.js";
import type { CaseStatus, RunEvent } from "../core/events.js";
import { SLOW_MS } from "../text/duration.js";
import { clip, displayWidth } from "../text/width.js";
import type { Screen } from "./terminal.js";

/** A run at one moment. Times are milliseconds of one clock. */
export interface RunState {
  readonly finished: Readonly<Partial<Record<CaseStatus, number>>>;
  /** Cases that have to run, where the images said it. */
  readonly planned?: number;
  readonly sources: number;
  /** The boot that runs, or ran last: its number from 1 and what boots. */
  readonly boot?: { readonly number: number; readonly source: string };
  readonly suites: ReadonlyMap<string, string>;
  /** The case that runs. */
  readonly running?: { readonly id: string; readonly name: string; readonly sinceMs: number };
}

/** A run of which nothing is known yet. */
export const freshState = (planned?: number): RunState => ({
  finished: {},
  ...(planned !== undefined && { planned }),
  sources: 1,
  suites: new Map(),
});

/** The state after an event that came at `nowMs`. */
export function afterEvent(state: RunState, event: RunEvent, nowMs: number): RunState {
  switch (event.type) {
    case "run-started":
      return { ...state, sources: event.sources.length };
    case "boot-started":
      return { ...state, boot: { number: (state.boot?.number ?? 0) + 1, source: event.source } };
    case "suite-started":
      return { ...state, suites: new Map([...state.suites, [event.suite, event.name]]) };
    case "suite-finished":
      return { ...state, suites: new Map([...state.suites].filter(([id]) => id !== event.suite)) };
    case "case-started": {
      const name = `${state.suites.get(event.suite) ?? ""}.${event.name}`;
      return { ...state, running: { id: event.case, name, sinceMs: nowMs } };
    }
    case "case-finished": {
      const { running, ...rest } = state;
      const finished = { ...state.finished, [event.status]: (state.finished[event.status] ?? 0) + 1 };
      return running?.id === event.case ? { ...rest, finished } : { ...state, finished };
    }
    case "baseline":
    case "history":
    case "assertion":
    case "console":
    case "finding":
    case "fault":
    case "fault-repeated":
    case "problem":
    case "evidence":
    case "measurement":
    case "boot-proven":
    case "artifact":
    case "value":
    case "trace":
    case "build":
    case "coverage":
    case "changes":
    case "boot-finished":
    case "run-finished":
      return state;
  }
}

interface Part {
  readonly text: string;
  readonly tone: Tone;
}

const COUNTED: readonly (readonly [CaseStatus, string, Tone])[] = [
  ["passed", "passed", "good"],
  ["failed", "failed", "bad"],
  ["timed-out", "timed out", "bad"],
  ["crashed", "crashed", "bad"],
  ["skipped", "skipped", "odd"],
  ["not-run", "not run", "odd"],
];

const SPINNER = { unicode: Array.from("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"), ascii: Array.from("|/-\\") };
const FRAME_MS = 100;

/** A time that is still growing: one digit after the point moves often enough. */
function elapsed(ms: number): string {
  if (ms < 60_000) return `${(Math.floor(Math.max(0, ms) / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function countParts({ finished, planned }: RunState): readonly Part[] {
  const counts = COUNTED.flatMap(([status, word, tone]): Part[] => {
    const count = finished[status] ?? 0;
    return count === 0 ? [] : [{ text: `${String(count)} ${word}`, tone }];
  });
  const all = planned === undefined ? "" : ` of ${String(planned)}`;
  const [first] = counts;
  if (first === undefined) return planned === undefined ? [] : [{ text: `0${all}`, tone: "plain" }];
  return planned === undefined ? counts : [...counts, { text: all.trim(), tone: "plain" }];
}

/** What is said of the moment: the running case, or what is booted; `slow` once it takes too long. */
function nowParts({ running, boot, sources }: RunState, nowMs: number): { name: string; slow?: string } {
  if (running !== undefined) {
    const ms = nowMs - running.sinceMs;
    return { name: running.name, ...(ms >= SLOW_MS && { slow: `slow ${elapsed(ms)}` }) };
  }
  if (boot === undefined) return { name: "" };
  const number = sources > 1 ? `${String(boot.number)}/${String(sources)} ` : "";
  return { name: number + boot.source };
}

/** A name shorter than this says nothing. */
const NAME_LEAST = 8;

/** Columns that stay free: a terminal echoes `^C` at the cursor, and must not wrap there. */
const MARGIN = 3;

export interface StatusLine {
  /** Without an end of line; what a guest said is harmless in it. */
  readonly text: string;
  /** Columns it takes: fewer than the screen has. */
  readonly columns: number;
}

/**
 * The line at a moment.
 * @param nowMs time of the clock of the state's times; it began with the run
 */
export const statusOf = (state: RunState, nowMs: number, screen: Screen): StatusLine =>
  lineOf(countParts(state), nowParts(state, nowMs), nowMs, screen);

/** A program that is built: its files that are compiled, and all of them. */
export interface BuildState {
  readonly program: string;
  readonly done: number;
  readonly of: number;
}

/** The line while nothing runs yet; `nowMs` began with the building. */
export function buildStatus({ program, done, of }: BuildState, nowMs: number, screen: Screen): StatusLine {
  const name = `building ${program}: ${String(done)} of ${String(of)} files`;
  return lineOf([], { name }, nowMs, screen);
}

function lineOf(
  parts: readonly Part[],
  { name, slow }: ReturnType<typeof nowParts>,
  nowMs: number,
  screen: Screen,
): StatusLine {
  const theme = themeFor(screen);
  const frames = screen.unicode ? SPINNER.unicode : SPINNER.ascii;
  const frame = frames[Math.floor(nowMs / FRAME_MS) % frames.length] ?? "";
  const most = Math.max(0, screen.width - MARGIN);
  let left = most;
  const take = ({ text, tone }: Part, gap: number): string => {
    const width = displayWidth(text) + gap;
    if (width > left) return "";
    left -= width;
    return " ".repeat(gap) + theme.paint(tone, text);
  };
  const head = take({ text: frame, tone: "strong" }, 0) + take({ text: elapsed(nowMs), tone: "faint" }, 1);
  const counts = parts.map((part, at) => take(part, at === 0 ? 2 : 1));
  // The marker keeps its place after a name of any length.
  const tail = slow === undefined ? "" : take({ text: slow, tone: "odd" }, 2);
  const room = left - 2;
  const shown = room < NAME_LEAST ? "" : clip(theme.safe(name), room, theme.ellipsis);
  left -= shown === "" ? 0 : displayWidth(shown) + 2;
  return {
    text: `${head}${counts.join("")}${shown === "" ? "" : `  ${shown}`}${tail}`,
    columns: most - left,
  };
}
