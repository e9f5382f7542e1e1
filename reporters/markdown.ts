/**
 * Writes a summary in GitHub-flavoured Markdown: verdict, counts, the command that repeats it, then what broke, the worst
 * on top. It does not be cut: where the room is short, it says less, in steps, and how much is missing.
 */
import { count } from "../src/core/model/counts.js";
import type { RunModel } from "../src/core/model.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { judge } from "../src/core/verdict.js";
import { utf8Bytes } from "../src/text/bytes.js";
import { plural } from "../src/core/plural.js";
import { htmlText } from "../src/text/html.js";
import { markdownBlock } from "../src/text/markdown.js";
import { visibleLine } from "../src/text/visible.js";
import { defang } from "../src/text/workflow.js";
import { matrix } from "./markdown/matrix.js";
import { type Detail, DETAILS } from "./markdown/detail.js";
import { table } from "./markdown/html.js";
import { type Section, sectionsOf } from "./markdown/sections.js";
import { knownRows } from "./view/comparison.js";
import { openingLines } from "./view/openings.js";
import { selectionLines } from "./view/selection.js";
import { besideCases, STATUS_WORDS } from "./view/counts.js";

// GitHub drops a step's summary above 1 MiB whole, and other tools of the same step may append to it.
const BYTES_MAX = 900 * 1024;
const COMMAND_MAX = 2000;

const SIGNS = {
  crashed: "💥",
  "timed-out": "⏱️",
  failed: "❌",
  "not-run": "⚪",
  skipped: "⏭️",
  passed: "✅",
};

/** Verdict, reasons, counts and what to type: always there, whatever the room. */
function* head(model: RunModel, context: ReporterContext): Generator<string> {
  const counts = count(model);
  const { verdict, evidence, reasons } = judge(model);
  yield verdict === "passed" ? "## ✅ uktest: passed\n\n" : "## ❌ uktest: failed\n\n";
  if (reasons.length > 0) yield `<p><strong>${reasons.map(htmlText).join(" · ")}</strong></p>\n\n`;
  const statuses = STATUS_WORDS.filter(([status]) => counts[status] > 0);
  yield table(
    statuses.map(([status, word]) => `${SIGNS[status]} ${word}`),
    statuses.length === 0 ? [] : [statuses.map(([status]) => String(counts[status]))],
  );
  const cases = `${plural(counts.cases, "case")} in ${plural(counts.suites, "suite")}`;
  yield `<p>${[cases, ...besideCases(counts, knownRows(model).length, model.findings), `evidence: ${evidence}`].join(" · ")}</p>\n\n`;
  for (const words of [...openingLines(model), ...selectionLines(model)])
    yield `<p>${htmlText(words)}</p>\n\n`;
  yield matrix(model);
  const again = verdict === "failed" ? context.again?.(model) : undefined;
  if (again === undefined || again.length > COMMAND_MAX) return;
  yield `Run what was red again:\n\n${markdownBlock(defang(visibleLine(again)), "sh")}\n`;
}

/** The pieces of a summary, or undefined as soon as they are more than fits. */
function fitting(
  start: readonly string[],
  sections: readonly Section[],
  detail: Detail,
  maxBytes: number,
): readonly string[] | undefined {
  const pieces = [...start];
  let bytes = start.reduce((sum, piece) => sum + utf8Bytes(piece), 0);
  if (bytes > maxBytes) return undefined;
  for (const section of sections)
    for (const piece of section(detail)) {
      bytes += utf8Bytes(piece);
      if (bytes > maxBytes) return undefined;
      pieces.push(piece);
    }
  return pieces;
}

function* summary(model: RunModel, context: ReporterContext): Generator<string> {
  const maxBytes = context.maxBytes ?? BYTES_MAX;
  const start = [...head(model, context)];
  const sections = sectionsOf(model, context);
  for (const detail of DETAILS) {
    const pieces = fitting(start, sections, detail, maxBytes);
    if (pieces === undefined) continue;
    yield* pieces;
    return;
  }
  // Nearly no room at all: the first line is worth more than nothing.
  const [title = ""] = start;
  if (utf8Bytes(title) <= maxBytes) yield title;
}

/** A job summary; GitHub shows it on the page of the run. */
export const reporter: Reporter = {
  name: "markdown",
  summary: "a job summary for GitHub: what broke, the worst on top, within its limit",
  render: atEnd(summary),
};
