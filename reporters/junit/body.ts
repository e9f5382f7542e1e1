/**
 * Writes the body of a failure so that people and the parsers of mikepenz, dorny, EnricoMi, GitLab and Jenkins all find
 * file and line in it. It does not name a place in the user's tree that is not in it.
 */
import type { AssertionModel, CaseModel, FaultModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { headAndTail } from "../../src/text/shorten.js";
import { visibleLine } from "../../src/text/visible.js";
import { xmlText } from "../../src/text/xml.js";
import { excerptLines, registerLines } from "../view/faults.js";
import { failuresOf, type Where } from "../view/failures.js";
import { at, oneLine } from "../view/line.js";
import { sourceLines, traceLines } from "../view/trace.js";

/** Longest body and longest output of a case. */
const BODY_MAX = 65_536;

export interface Located {
  readonly file: string;
  readonly line: number;
}

/** A place that may be annotated, with the path that a repository has. */
export function annotatable(context: ReporterContext, where: Where): Located | undefined {
  if (where.file === undefined) return undefined;
  const { path, inTree } = context.place(where.file);
  return inTree ? { file: visibleLine(path), line: Math.max(1, where.line ?? 1) } : undefined;
}

// A parser takes the first line that ends like this for the place; guest text may not.
const unlikeTrace = (line: string): string => (/:\d+\)\s*$/.test(line) ? `${line.trimEnd()} .` : line);

/** Guest text on one line of a body. */
export const guestLine = (text: string): string => unlikeTrace(oneLine(text));

/** The directories as a Java package: none with dots or a first part that would read as a class. */
function javaPackage(path: string): { readonly prefix: string; readonly base: string } | undefined {
  const parts = path.split("/");
  const base = parts.pop() ?? "";
  const usable = parts.length > 0 && parts.every((part) => /^[a-z_][\w-]*$/.test(part));
  return usable && /^[\w.+-]+$/.test(base) ? { prefix: parts.join("."), base } : undefined;
}

/** Two lines in the shape of stack traces, one for parsers of Jest, one for those of Java. */
function traceShapes(place: Located, name: string): readonly string[] {
  const word = name.replace(/[^\w.-]+/g, "_");
  const java = javaPackage(place.file);
  return [
    `    at ${word} (${place.file}:${place.line}:1)`,
    ...(java === undefined ? [] : [`    at ${java.prefix}.T.${word}(${java.base}:${place.line})`]),
  ];
}

export interface BodyParts {
  readonly context: ReporterContext;
  readonly where: Where;
  readonly name: string;
  readonly message: string;
  readonly shapes: boolean;
  readonly more?: readonly string[];
}

/** `file:line: error: message`, the trace shapes, then whatever explains more. */
export function bodyOf({ context, where, name, message, shapes, more = [] }: BodyParts): string {
  const shown = at(context, where);
  const place = shapes ? annotatable(context, where) : undefined;
  const lines = [
    `${shown === undefined ? "" : `${shown}: `}error: ${guestLine(message)}`,
    ...(place === undefined ? [] : traceShapes(place, name)),
    ...more.map(unlikeTrace),
  ];
  return headAndTail(lines.join("\n"), BODY_MAX);
}

/** Everything known about faults, indented below the message. */
export const faultDetails = (context: ReporterContext, faults: readonly FaultModel[]): readonly string[] =>
  faults.flatMap((fault) => {
    const section = (title: string, lines: readonly string[]): readonly string[] =>
      lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
    return [
      `fault (${fault.kind}): ${oneLine(fault.title)}`,
      ...section("registers", registerLines(fault)),
      ...section("call trace", traceLines(fault, context)),
      ...section("source", sourceLines(fault)),
      ...section("console", excerptLines(fault)),
      ...(fault.fingerprint === undefined ? [] : [`fingerprint: ${oneLine(fault.fingerprint)}`]),
    ];
  });

/** Failing assertions of a case that broke for another reason. */
export const failureDetails = (context: ReporterContext, one: CaseModel): readonly string[] =>
  failuresOf(one).map((assertion: AssertionModel) => {
    const place = at(context, assertion);
    return `failed assertion: ${place === undefined ? "" : `${place}: `}${oneLine(assertion.message)}`;
  });

/** What the guest printed in a case, and what of it is missing. */
export function systemOutOf(one: CaseModel): string | undefined {
  const lines = one.output.map(({ line, text }) => `${line} | ${text}`);
  if (one.droppedConsoleLines > 0) lines.push(`[${one.droppedConsoleLines} more lines were not kept]`);
  return lines.length === 0 ? undefined : headAndTail(xmlText(lines.join("\n")), BODY_MAX);
}
