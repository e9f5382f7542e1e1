/**
 * Explains one red case on the terminal: what was expected where, what came instead, what the guest printed around it.
 * It does not explain what happened outside a case.
 */
import type { AssertionModel, CaseModel, FaultModel } from "../../src/core/model.js";
import { formatDuration } from "../../src/text/duration.js";
import { plural } from "../../src/core/plural.js";
import { firstOf } from "../../src/text/shorten.js";
import { consoleView } from "../view/console.js";
import { parseExpectation } from "../view/expectation.js";
import { failuresOf, whereOf } from "../view/failures.js";
import { at } from "../view/line.js";
import { faultBlock } from "./faults.js";
import { fit, heading, labelled, type Page, paragraph } from "./page.js";

const FAILURES_MAX = 8;

const WORD: Readonly<Record<"failed" | "crashed" | "timed-out", string>> = {
  failed: "FAIL",
  crashed: "CRASH",
  "timed-out": "TIMEOUT",
};

export type Broken = CaseModel & { readonly status: keyof typeof WORD };

export const isBroken = (one: CaseModel): one is Broken => one.status in WORD;

/** One assertion: its place and expression, then what was expected and what was seen, one below the other. */
function* assertion(page: Page, one: AssertionModel, number: string): Generator<string> {
  const { context, theme } = page;
  const place = at(context, one);
  const shown = place === undefined ? "unknown line" : theme.safe(place);
  const message = theme.safe(one.message);
  const parts = parseExpectation(message);
  if (parts === undefined) {
    yield* labelled(page, 2, `${number}${shown}`, message, "plain");
    return;
  }
  yield* labelled(page, 2, `${number}${shown}`, parts.expression, "strong");
  const expected = parts.expected.replace(/^to be /, "").replace(/^to not be /, "not ");
  // A plain condition is the one wording that leaves its value to the reader.
  const actual = parts.actual ?? (expected === "true" ? "false" : undefined);
  yield* labelled(page, 6, "expected", expected, "good");
  if (actual !== undefined) yield* labelled(page, 6, "actual  ", actual, "bad");
}

/** The console of the case, numbered like the log, with the failing assertions marked. */
function* consoleLines(page: Page, one: CaseModel): Generator<string> {
  const { theme } = page;
  const { rows, hidden } = consoleView(one);
  if (rows.length === 0) return;
  const digits = Math.max(...rows.map(({ line }) => String(line).length));
  const rest = hidden > 0 ? theme.paint("faint", ` (${plural(hidden, "line")} of the case not shown)`) : "";
  yield `  ${theme.paint("faint", "console")}${rest}`;
  for (const { line, text, marked } of rows) {
    const mark = marked ? theme.paint("bad", theme.pointer) : " ";
    const number = theme.paint("faint", `${String(line).padStart(digits)} ${theme.bar}`);
    const shown = fit(page, digits + 7, theme.safe(text));
    yield `  ${mark} ${number} ${marked ? theme.paint("bad", shown) : shown}`;
  }
}

/** The block of a case that failed, crashed or timed out. */
export function* caseBlock(
  page: Page,
  one: Broken,
  suite: string,
  faults: readonly FaultModel[],
): Generator<string> {
  const { context, theme } = page;
  const place = at(context, whereOf(one, faults));
  const name = `${suite}.${theme.safe(one.name, 200)}`;
  yield heading(page, "bad", WORD[one.status], name, place === undefined ? undefined : theme.safe(place));
  if (one.description !== undefined) yield* paragraph(page, 2, theme.safe(one.description), "faint");
  if (one.reason !== undefined) {
    const time = one.durationMs === undefined ? "" : ` (${formatDuration(one.durationMs)})`;
    yield* paragraph(page, 2, `${theme.safe(one.reason)}${time}`);
  }
  const { shown, more } = firstOf(failuresOf(one), FAILURES_MAX);
  for (const [index, failure] of shown.entries())
    yield* assertion(page, failure, shown.length > 1 ? `${index + 1}) ` : "");
  if (more > 0) yield `  ${theme.paint("faint", `and ${plural(more, "more failed assertion")}`)}`;
  for (const fault of faults) yield* faultBlock(page, fault, one.reason);
  yield* consoleLines(page, one);
}
