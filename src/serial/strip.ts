/**
 * Takes out of a line what only a terminal needs: escape sequences, NULs, carriage returns, CI time stamps.
 * It keeps the one escape that carries meaning, the colour reset that marks a guest's own test lines (RESET_MARK).
 */
import { type Colour, RESET_MARK } from "../core/segment.js";

export interface StrippedLine {
  readonly text: string;
  /** Indexes into `text` in front of which NULs were dropped. */
  readonly nulAt: readonly number[];
  /** The colours that were taken out, with indexes into `text`; absent where there are none. */
  readonly colours?: readonly Colour[];
}

// ECMA-48: CSI parameters and final byte; OSC, DCS, SOS, PM and APC strings up to BEL or ST; two-byte escapes (RIS).
// A string without its end is not taken out: what stands after it may be another writer's.
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|\x1b/g;

// `test:ESC[0m name` and `    :ESC[0m TAB`: every released generation prints the reset, colours on or off.
// At the start of a line it may be the rest of such a lead, whose front another writer has cut off.
const RESET_AFTER_LEAD = /(test:|    :|^(?:est|st|t| {1,3})?:|^)\x1b\[0m(?=[ \t[]|\r?$)/g;

// GitHub, GitLab and `ts` put an ISO 8601 time in front of each line of a saved log.
const CI_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?[ \t]/;

const PLAIN = /^[\t -\x7e]*\r?$/;

// The same place with another escape in it: the mark is damaged, and must not look as if it had never been there.
const DAMAGED_RESET = /^( {1,4}:|test:)\x1b(?!\[0m)[^\t ]{1,4}(?=[ \t])/;

/** An escape shown as `^[`, as cat -v does, or lost from the sequence it began: `test:[0m name`. */
const SHOWN = /\^\[(?=\[[0-9;]{0,24}m)/g;
const COLOURED = /^\[\d{1,3}(?:;\d{1,3}){0,4}m/;
const SEQUENCE = /\[[0-9;]{0,24}m/g;
const LOST = /(?<=^|[ \t:>}\]m])(?=\[[0-9;]{0,24}m)/g;

/** The escapes of a line that a program has made visible or taken away alone; a line with `[0m` in it is asked. */
function restored(raw: string): string {
  if (raw.includes("^[[")) return raw.replace(SHOWN, "\x1b").replace(/\^M$/, "");
  // The kernel's colours: every sequence of the line has lost its escape.
  if (COLOURED.test(raw)) return raw.replace(SEQUENCE, "\x1b$&");
  const isTest = /(?:test:| {4}:|^)\[0m| failed\[0m, /.test(raw);
  return isTest ? raw.replace(LOST, "\x1b").replace("failed[0m, ", "failed, ") : raw;
}

/** Strips one line. Linear in its length. */
export function strip(raw: string): StrippedLine {
  if (PLAIN.test(raw)) {
    // Where `cat -v` has shown the carriage return, it has shown NULs as well.
    const line = raw.endsWith("^M") ? raw.replaceAll("^@", "") : raw;
    const visible = line.includes("[0m") ? restored(line) : line;
    if (visible !== raw) return strip(visible);
    // `^M` is a carriage return that was made visible.
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw.endsWith("^M") ? raw.slice(0, -2) : raw;
    return { text: text.charCodeAt(4) === 0x2d ? text.replace(CI_TIME, "") : text, nulAt: [] };
  }
  // An escape was taken away and NULs were left: where they stood says nothing any more.
  if (raw.includes("[0m") && raw.includes("\0") && !raw.includes("\x1b"))
    return strip(raw.replaceAll("\0", ""));
  const nulAt: number[] = [];
  let text = raw.includes(RESET_MARK) ? raw.replaceAll(RESET_MARK, "\x7f") : raw;
  const hadNul = text.includes("\0");
  // A NUL must go before anything else is looked for, but its place must survive until the line is whole.
  const places = hadNul ? nulPlaces(text) : [];
  if (hadNul) text = text.replaceAll("\0", "");
  text = text.replaceAll("\r", "");
  if (text.includes("\x1b"))
    text = text.replace(RESET_AFTER_LEAD, `$1${RESET_MARK}`).replace(DAMAGED_RESET, "$1\x7f");
  const whole = places.length === 0 ? { text: text.replace(ESCAPES, ""), nulAt } : stripAround(text, places);
  const stripped = places.length === 0 ? { text: whole.text.replace(CI_TIME, ""), nulAt } : whole;
  // Test lines of every generation come this way, and hardly any has a colour besides the one that marks it.
  if (!text.includes("\x1b[")) return stripped;
  const colours = coloursOf(text, whole.text.length - stripped.text.length);
  return colours.length === 0 ? stripped : { ...stripped, colours };
}

const COLOUR = /^\x1b\[([\d;:]*)m$/;

/** The colours of a line in front of which `skipped` characters go as well. */
function coloursOf(text: string, skipped: number): readonly Colour[] {
  const colours: Colour[] = [];
  let removed = skipped;
  for (const { 0: sequence, index } of text.matchAll(ESCAPES)) {
    const codes = COLOUR.exec(sequence)?.[1];
    if (codes !== undefined) colours.push({ at: Math.max(0, index - removed), codes });
    removed += sequence.length;
  }
  return colours;
}

/** Indexes of NULs, counted without the NULs and CRs in front of them. */
function nulPlaces(text: string): number[] {
  const places: number[] = [];
  let kept = 0;
  for (const char of text) {
    if (char === "\0") places.push(kept);
    else if (char !== "\r") kept += 1;
  }
  return places;
}

/** Strips the escapes and moves the places of NULs along. */
function stripAround(text: string, places: readonly number[]): StrippedLine {
  const nulAt: number[] = [];
  let out = "";
  let copied = 0;
  let place = 0;
  const settle = (until: number): void => {
    for (let at = places[place]; at !== undefined && at <= until; at = places[place]) {
      nulAt.push(Math.min(out.length + Math.max(at - copied, 0), out.length + until - copied));
      place += 1;
    }
  };
  for (const match of text.matchAll(ESCAPES)) {
    settle(match.index);
    out += text.slice(copied, match.index);
    copied = match.index + match[0].length;
  }
  settle(text.length);
  return { text: out + text.slice(copied), nulAt };
}
