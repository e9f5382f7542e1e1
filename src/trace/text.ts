/** A trace as text: a line for each event, with its time and what its format makes of its arguments. */
import { formatted } from "../image/trace-format.js";
import type { Trace, TraceRecord, TracepointDefinition } from "../image/tracepoints.js";
import { plural } from "../core/plural.js";
import { visibleLine } from "../text/visible.js";
import { casesOf } from "./cases.js";
import type { KeptTrace } from "./kept.js";

const NS = 1_000_000_000n;
const SECONDS_WIDTH = 5;

function timeOf(ns: bigint): string {
  const seconds = String(ns / NS).padStart(SECONDS_WIDTH);
  return `${seconds}.${String(ns % NS).padStart(9, "0")}`;
}

/** An event without its time: the name of its tracepoint, and what the format makes of its arguments; one visible line. */
export function eventText(
  definitions: readonly TracepointDefinition[],
  { definition, values }: TraceRecord,
): string {
  const known = definition === undefined ? undefined : definitions[definition];
  const words = known === undefined ? "" : formatted(known.format, values);
  return visibleLine(`${known?.name ?? "(unknown)"} ${words}`.trimEnd());
}

/** The events of a trace, one a line, without line feeds. */
export const eventLines = ({
  definitions,
  records,
}: Pick<Trace, "definitions" | "records">): readonly string[] =>
  records.map((record) => `${timeOf(record.timeNs)} ${eventText(definitions, record)}`);

/** What has to be known to read a trace, in one line. */
export function traceTitle({ boot, source, trace }: KeptTrace): string {
  const { records, lost, isFull, damage } = trace;
  return visibleLine(
    [
      `${source} (${boot}): ${plural(records.length, "event")}`,
      ...(lost > 0n ? [`${String(lost)} lost`] : []),
      ...(isFull ? ["the buffer was full, so what came later is missing"] : []),
      ...(damage === undefined ? [] : [damage]),
    ].join(", "),
  );
}

/** A whole trace; a comment names each case where its events begin. */
export function traceText(kept: KeptTrace): string {
  const cases = casesOf(kept.trace, kept.died);
  const lines = eventLines(kept.trace).flatMap((line, index) => {
    const current = cases[index];
    if (current === cases[index - 1]) return [line];
    return [current === undefined ? "# outside of a case" : `# ${visibleLine(current)}`, line];
  });
  return [`# ${traceTitle(kept)}`, ...lines].map((line) => `${line}\n`).join("");
}
