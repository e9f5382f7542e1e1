/**
 * What a job summary says of one red case, one fault or one finding: a line, and what opens below it.
 * It does not rank and to count.
 */
import type { CaseModel, FaultModel, FindingModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { caseDuration } from "../../src/text/duration.js";
import { plural } from "../../src/core/plural.js";
import { htmlCode, htmlText } from "../../src/text/html.js";
import { markdownBlock } from "../../src/text/markdown.js";
import { defang } from "../../src/text/workflow.js";
import { firstOf } from "../../src/text/shorten.js";
import { consoleView } from "../view/console.js";
import { parseExpectation } from "../view/expectation.js";
import { failuresOf, whereOf } from "../view/failures.js";
import { leadUpLines, registerLines } from "../view/faults.js";
import { oneLine } from "../view/line.js";
import { sourceLines, traceLines } from "../view/trace.js";
import type { Detail } from "./detail.js";
import { placeHtml, table } from "./html.js";
import { isPlaced } from "../../src/core/model/finding.js";

export interface Entry {
  /** HTML of one line: what, where, and the first word about why. */
  readonly line: string;
  /** Markdown below it. */
  readonly body: (detail: Detail) => string;
}

/** Longest message in a line that is always there. */
const GIST_MAX = 200;

/** A block of lines that came from the guest, as a job's log may show them too. */
const block = (lines: readonly string[], language = "text"): string =>
  lines.length === 0 ? "" : `${markdownBlock(defang(lines.join("\n")), language)}\n`;

const words = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

const expectationCells = (message: string): readonly string[] => {
  const parts = parseExpectation(message);
  if (parts === undefined) return [htmlCode(oneLine(message))];
  const expected = htmlCode(oneLine(`${parts.expression} ${parts.expected}`));
  return [expected, parts.actual === undefined ? "" : htmlCode(oneLine(parts.actual))];
};

/** The failed assertions of a case: place, expectation, value. */
function failuresTable(context: ReporterContext, one: CaseModel, max: number): string {
  const { shown, more } = firstOf(failuresOf(one), max);
  const rows = shown.map((failure) => [placeHtml(context, failure), ...expectationCells(failure.message)]);
  const left = Math.max(more, one.evaluations.failed - shown.length);
  const rest = left > 0 ? [["", `and ${plural(left, "more failed assertion")}`]] : [];
  return table(["where", "expected", "actual"], shown.length === 0 ? [] : [...rows, ...rest]);
}

function consoleBlock(one: CaseModel, max: number): string {
  if (max === 0) return "";
  const { rows } = consoleView(one);
  const shown = rows.slice(-max);
  return block(
    shown.map(({ line, text, marked }) => `${marked ? ">" : " "} ${line} | ${oneLine(text, 400)}`),
  );
}

/** Everything about a crash: source, stack, registers, the console in front of it. */
function faultBody(context: ReporterContext, fault: FaultModel, detail: Detail): string {
  const trace = traceLines(fault, context);
  const source = sourceLines(fault);
  const more = detail.isWholeFault ? registerLines(fault) : [];
  const lead = detail.consoleRows === 0 ? [] : leadUpLines(fault).slice(-detail.consoleRows);
  const print =
    fault.fingerprint === undefined ? "" : `<p>Fingerprint: ${htmlCode(oneLine(fault.fingerprint))}</p>\n\n`;
  return [
    block(source, "c"),
    block(detail.isWholeFault ? trace : trace.slice(0, 8)),
    block(more),
    block(lead),
    print,
  ].join("");
}

/**
 * A red case.
 * @param others where it is red for the same reasons, in words
 */
export function caseEntry(
  context: ReporterContext,
  name: string,
  one: CaseModel,
  faults: readonly FaultModel[],
  others?: string,
): Entry {
  const failures = failuresOf(one);
  const message = one.status === "failed" ? failures[0]?.message : (one.reason ?? faults[0]?.title);
  const more = one.status === "failed" ? one.evaluations.failed - 1 : 0;
  const line = words([
    htmlCode(name),
    placeHtml(context, whereOf(one, faults)),
    htmlCode(oneLine(message ?? one.reason ?? one.status, GIST_MAX)),
    more > 0 ? `(and ${more} more)` : "",
    others === undefined ? "" : `<b>${htmlText(others)}</b>`,
    one.durationMs === undefined ? "" : `<sub>${caseDuration(one.durationMs)}</sub>`,
  ]);
  const body = (detail: Detail): string =>
    [
      ...faults.map((fault) => faultBody(context, fault, detail)),
      failuresTable(context, one, detail.assertions),
      consoleBlock(one, detail.consoleRows),
    ].join("");
  return { line, body };
}

/** A fault that no red case speaks for. */
export const faultEntry = (context: ReporterContext, fault: FaultModel): Entry => ({
  line: words([
    htmlCode(oneLine(fault.title, GIST_MAX)),
    placeHtml(context, fault),
    fault.case === undefined ? "" : `in ${htmlCode(oneLine(fault.case))}`,
  ]),
  body: (detail) => faultBody(context, fault, detail),
});

/** Cells of a finding: check, place, message, case, how often. */
export const findingCells = (context: ReporterContext, finding: FindingModel): readonly string[] => [
  htmlCode(oneLine(finding.kind === "ubsan" ? finding.check : `${finding.kind}: ${finding.check}`, GIST_MAX)),
  isPlaced(finding) ? placeHtml(context, finding) : htmlCode(oneLine(finding.function ?? "?", GIST_MAX)),
  htmlCode(oneLine(finding.message, GIST_MAX)),
  finding.case === undefined ? "outside the cases" : htmlCode(oneLine(finding.case, GIST_MAX)),
  String(finding.occurrences),
];
