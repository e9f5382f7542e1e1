/**
 * Turns the record of a crash into short lines of text. It refuses colours and escaping for a format.
 */
import type { FaultRecord } from "../../src/core/fault.js";
import type { FaultModel } from "../../src/core/model.js";
import { firstOf } from "../../src/text/shorten.js";
import { oneLine } from "./line.js";

const REGISTERS_MAX = 64;
const EXCERPT_MAX = 24;
/** Columns that a 64-bit register takes, with the space between two. */
const CELL = 25;

const andMore = (more: number, what: string): readonly string[] =>
  more > 0 ? [`... ${more} more ${what}`] : [];

/** Registers, up to four to a line of `columns`. */
export function registerLines(fault: FaultRecord, columns = 4 * CELL): readonly string[] {
  const perLine = Math.min(4, Math.max(1, Math.floor((columns + 2) / CELL)));
  const { shown, more } = firstOf(fault.registers, REGISTERS_MAX);
  const cells = shown.map(({ name, value }) => `${oneLine(name, 48).padEnd(6)} ${oneLine(value, 64)}`);
  const lines: string[] = [];
  for (let first = 0; first < cells.length; first += perLine)
    lines.push(
      cells
        .slice(first, first + perLine)
        .join("  ")
        .trimEnd(),
    );
  return [...lines, ...andMore(more, "registers")];
}

/** The console around it with the line numbers of the log. */
export function excerptLines(fault: FaultRecord): readonly string[] {
  const { shown, more } = firstOf(fault.excerpt, EXCERPT_MAX);
  return [...shown.map(({ line, text }) => `${line} | ${oneLine(text, 400)}`), ...andMore(more, "lines")];
}

/**
 * The console that led to a fault, for readers who already have its registers in front of them: the lines after the
 * first of the crash screen only say the same again. Without registers the excerpt stays whole.
 */
export const leadUpLines = (fault: FaultModel): readonly string[] =>
  fault.registers.length === 0
    ? excerptLines(fault)
    : excerptLines({ ...fault, excerpt: fault.excerpt.filter(({ line }) => line <= fault.origin.line) });
