/**
 * Segments out of lines of text, for tests of what reads them.
 * It knows one prefix at the start of a line and leaves everything else to tests of the serial reader.
 */
import type { Segment } from "../../src/core/segment.js";
import type { FaultDescription, FaultFamily } from "../../src/core/fault/family.js";

const LEVELS = { dbg: "dbg", Info: "info", Warn: "warn", ERR: "err", CRIT: "crit" } as const;
const PREFIX =
  /^(?:\[ *(\d+)\.(\d{6})\] )?(?:(dbg|Info|Warn|ERR|CRIT): (?:(?<=(?:dbg|ERR): ) )?)?(?:\[([\w+.-]+)\] )?(?:<([^ >]+) @ +(\d+)> )?/;

/** The one segment of a line. NULs are dropped and remembered, as the serial reader does. */
export function segmentOf(raw: string, number = 1): Segment {
  const match = PREFIX.exec(raw);
  const rest = raw.slice(match?.[0].length ?? 0);
  const nulAt: number[] = [];
  let body = "";
  for (const char of rest) {
    if (char === "\0") nulAt.push(body.length);
    else body += char;
  }
  const common = { line: number, byteOffset: 0, body, first: true, last: true, nulAt };
  const rim = { terminated: true, droppedBytes: 0 };
  const [, seconds, , level, library, file, line] = match ?? [];
  if (seconds === undefined && level === undefined)
    return { ...common, body: raw.replaceAll("\0", ""), ...rim };
  return {
    ...common,
    ...rim,
    prefix: {
      ...(seconds !== undefined && { timeUs: Number(seconds) * 1e6 }),
      ...(level !== undefined && { level: LEVELS[level as keyof typeof LEVELS] }),
      ...(library !== undefined && { library }),
      ...(file !== undefined && { source: { file, line: Number(line) } }),
    },
  };
}

/** The segments of a text, one a line. */
export const segmentsOf = (text: string): readonly Segment[] =>
  text.split("\n").map((line, index) => segmentOf(line, index + 1));

export interface Read {
  readonly faults: readonly FaultDescription[];
  /** Bodies of the lines that no fault took. */
  readonly left: readonly string[];
}

/** Reads lines as a dialect does: the open draft first, then each family in order. */
export function readFaults(text: string, families: readonly FaultFamily[]): Read {
  const drafts: { finish(): FaultDescription; take(segment: Segment): boolean }[] = [];
  const left: string[] = [];
  for (const segment of segmentsOf(text)) {
    if (drafts.at(-1)?.take(segment) === true) continue;
    const draft = families.map((family) => family.begin(segment)).find((one) => one !== undefined);
    if (draft === undefined) left.push(segment.body);
    else drafts.push(draft);
  }
  return { faults: drafts.map((draft) => draft.finish()), left };
}

/** The same lines as an application would print them: without the kernel's prefix. */
export const forged = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(PREFIX, ""))
    .join("\n");

/** The first lines of a text, one count after the other. */
export function* cuts(text: string): Generator<string> {
  const lines = text.split("\n");
  for (let count = 1; count < lines.length; count += 1) yield lines.slice(0, count).join("\n");
}

/** The same text with a line of another writer after each line. */
export const interleaved = (text: string, other: string): string =>
  text
    .split("\n")
    .map((line) => `${line}\n${other}`)
    .join("\n");
