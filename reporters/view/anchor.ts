/**
 * Finds the line that a viewer of code can show for an issue: its own place, else the innermost frame in the user's
 * tree, else the line of the log. It does not name any other file.
 */
import type { RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { visibleLine } from "../../src/text/visible.js";
import type { Issue } from "./issues.js";
import { at, nameOf } from "./line.js";

export interface Anchor {
  /** Relative, with forward slashes, below the root of the tree or of the logs. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; only where the place is the issue's own. */
  readonly column?: number;
  /** True for a file of the user's tree, false for the log. */
  readonly isSource: boolean;
  /** The issue's own place in words, where another one stands for it. */
  readonly instead?: string;
}

const LOG_NAME_MAX = 120;

const fromOne = (value: number | undefined): number => Math.max(1, value ?? 1);

/** The last part of a log's path as a plain file name: where it lay is nobody's business, and no reader may climb. */
function logName(source: string): string {
  const name = source.split(/[/\\]/).at(-1) ?? "";
  const plain = name.replace(/[^\p{L}\p{N}_.+@ ()-]+/gu, "_").slice(0, LOG_NAME_MAX);
  return /^[. ]*$/.test(plain) ? "serial.log" : plain;
}

/** Anchors for the issues of one run. */
export function anchorer(model: RunModel, context: ReporterContext): (issue: Issue) => Anchor {
  const sources = new Map(model.boots.map(({ id, source }) => [id, source]));
  return (issue) => {
    const { file, line, column, fault } = issue;
    const own = file === undefined ? undefined : context.place(file);
    if (own?.inTree === true) {
      const at1 = column !== undefined && column > 0 && line !== undefined && line > 0 ? { column } : {};
      return { path: visibleLine(own.path), line: fromOne(line), ...at1, isSource: true };
    }
    const where = at(context, issue);
    const instead = where === undefined ? {} : { instead: nameOf(where) };
    for (const frame of fault?.callTrace ?? []) {
      if (frame.file === undefined || frame.machinery !== undefined) continue;
      const place = context.place(frame.file);
      if (place.inTree)
        return { path: visibleLine(place.path), line: fromOne(frame.line), isSource: true, ...instead };
    }
    const source = (issue.boot === undefined ? undefined : sources.get(issue.boot)) ?? model.sources[0] ?? "";
    return { path: logName(source), line: fromOne(issue.origin?.line), isSource: false, ...instead };
  };
}

/** The message of an issue, led by its own place where the anchor is another one. */
export const anchoredMessage = ({ message }: Issue, { instead }: Anchor): string =>
  instead === undefined ? message : `${instead}: ${message}`;
