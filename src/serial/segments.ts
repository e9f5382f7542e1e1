/**
 * Cuts a line into segments, one for each writer: the kernel's prefix may stand in the middle of a line, after
 * firmware or application output without a line end. Source of the fields: Unikraft's ukdebug and ukprint, 0.3 to 0.21.
 */
import type { Writable } from "../core/writable.js";
import type { Colour, KernelLevel, KernelPrefix, Segment } from "../core/segment.js";
import type { RawLine } from "./lines.js";
import { strip } from "./strip.js";

const LEVELS: Readonly<Record<string, KernelLevel>> = {
  dbg: "dbg",
  Info: "info",
  Warn: "warn",
  ERR: "err",
  CRIT: "crit",
  Kern: "info",
  EInf: "info",
};

// Since boot, in seconds; a number of nine digits and more counts from 1970, and an application printed it.
const TIME = String.raw`\[ {0,4}(\d{1,8})\.(\d{6})\] `;
// ERR and dbg are padded to the width of the others.
const LEVEL = String.raw`(?:(dbg|ERR|Kern|EInf|Info|Warn|CRIT): (?:(?<=(?:ERR|dbg): ) )?)`;
const THREAD = String.raw`(?:<(<n/a>|(?![^>\n]* @ +\d+> )[^>\n]{1,64})> )?`;
const CALLER = String.raw`(?:\{r:(\S+?),f:(\S+?)\} )?`;
const LIBRARY = String.raw`(?:\[([\w+.-]+)\] )?`;
const SOURCE = String.raw`(?:<([^ >]+) @ +(\d+)> )?`;

const PREFIX = new RegExp(`(?:${TIME})?${LEVEL}?${THREAD}${CALLER}${LIBRARY}${SOURCE}`, "y");

/** Where a prefix can begin: a time, or a level in front of something only the kernel writes. */
const CANDIDATE = new RegExp(
  `${TIME}|${LEVEL}(?=(?:\\t|test:|\\[[\\w+.-]+\\] |<[^ >]+(?: @ +\\d+)?> |\\{r:))`,
  "g",
);

interface Found {
  readonly at: number;
  readonly bodyAt: number;
  readonly prefix: KernelPrefix;
}

/** Reads the prefix at `at`, or nothing if no kernel printed there. */
function prefixAt(text: string, at: number): Found | undefined {
  PREFIX.lastIndex = at;
  const match = PREFIX.exec(text);
  if (match === null) return undefined;
  const [whole, seconds, micros, level, thread, caller, , library, file, line] = match;
  if (seconds === undefined && level === undefined) return undefined;
  const prefix: Writable<KernelPrefix> = {};
  if (seconds !== undefined) prefix.timeUs = Number(seconds) * 1e6 + Number(micros);
  if (level !== undefined) prefix.level = LEVELS[level] ?? "info";
  if (thread !== undefined) prefix.thread = thread;
  if (caller !== undefined) prefix.caller = caller;
  if (library !== undefined) prefix.library = library;
  if (file !== undefined) prefix.source = { file, line: Number(line) };
  return { at, bodyAt: at + whole.length, prefix };
}

/** All prefixes of a line, in order. */
function prefixesOf(text: string): readonly Found[] {
  const found: Found[] = [];
  // A bracket or the first letter of a level: nothing else begins a prefix.
  const first = "[dEKIWC".includes(text.charAt(0)) ? prefixAt(text, 0) : undefined;
  if (first !== undefined) found.push(first);
  CANDIDATE.lastIndex = first?.bodyAt ?? 0;
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const next = prefixAt(text, match.index);
    if (next === undefined) continue;
    found.push(next);
    CANDIDATE.lastIndex = Math.max(next.bodyAt, CANDIDATE.lastIndex);
  }
  return found;
}

const isReset = ({ codes }: Colour): boolean => /^0*$/.test(codes);

/** Colours without a reset between them that are carried into the next piece; more say nothing new. */
const CARRIED_MAX = 16;

/** Hands out the colours of a line to its pieces, in order: those in force where a piece begins, and those inside. */
function colourist(colours: readonly Colour[]): (from: number, to: number) => readonly Colour[] | undefined {
  let next = 0;
  let inForce: readonly Colour[] = [];
  const take = (until: number): readonly Colour[] => {
    const first = next;
    while (next < colours.length && (colours[next]?.at ?? until) < until) next += 1;
    const taken = colours.slice(first, next);
    const all = [...inForce, ...taken];
    inForce = all.slice(all.findLastIndex(isReset) + 1).slice(-CARRIED_MAX);
    return taken;
  };
  return (from, to) => {
    take(from + 1);
    const all = [...inForce, ...take(to)].map(({ at, codes }) => ({ at: Math.max(0, at - from), codes }));
    return all.every(isReset) ? undefined : all;
  };
}

/** Cuts one raw line into the segments of its writers; an empty line is one empty segment. */
export function segmentsOf(raw: RawLine): readonly Segment[] {
  const { text, nulAt, colours } = strip(raw.text);
  const found = prefixesOf(text);
  const coloursOf = colours === undefined ? undefined : colourist(colours);
  const cut = (from: number, to: number, prefix: KernelPrefix | undefined, first: boolean): Segment => {
    const segment: Writable<Segment> = {
      line: raw.number,
      byteOffset: raw.byteOffset,
      body: text.slice(from, to),
      first,
      last: to === text.length,
      nulAt: nulAt.length === 0 ? nulAt : nulAt.filter((at) => at >= from && at <= to).map((at) => at - from),
      terminated: raw.terminated,
      droppedBytes: raw.droppedBytes,
    };
    if (prefix !== undefined) segment.prefix = prefix;
    const own = coloursOf?.(from, to);
    if (own !== undefined) segment.colours = own;
    return segment;
  };
  const lead = found[0]?.at ?? text.length;
  const segments = lead > 0 || found.length === 0 ? [cut(0, lead, undefined, true)] : [];
  found.forEach((one, index) => {
    segments.push(cut(one.bodyAt, found[index + 1]?.at ?? text.length, one.prefix, segments.length === 0));
  });
  return segments;
}
