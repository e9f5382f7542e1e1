/**
 * Writes one line for each case as it finishes, for pipes and CI logs: append-only, and the same words in every run.
 * It does not let guest text begin a line or reach the log as a command.
 */
import type { CaseStatus, RunEvent } from "../src/core/events.js";
import { knownCase } from "../src/core/model/known.js";
import type { FaultModel, RunModel } from "../src/core/model.js";
import type { Reporter, ReporterContext } from "../src/core/reporter.js";
import { judge } from "../src/core/verdict.js";
import { caseDuration } from "../src/text/duration.js";
import { plural } from "../src/core/plural.js";
import { firstOf } from "../src/text/shorten.js";
import { benchmarkTable } from "./view/benchmarks.js";
import { changesOf } from "./view/comparison.js";
import { consoleView } from "./view/console.js";
import { countsLine } from "./view/counts.js";
import { changedMissed, changedWords, coverageTable, coverageWords } from "./view/coverage.js";
import { type Extra, extrasOf } from "./view/extras.js";
import { expectedFailure, failuresOf, whereOf } from "./view/failures.js";
import { leadUpLines, registerLines } from "./view/faults.js";
import { at, NAME_MAX, oneLine } from "./view/line.js";
import { type FinishedCase, LiveCases } from "./view/live.js";
import { type Theme, themeFor, TONE } from "./view/theme.js";
import { sourceLines, traceLines } from "./view/trace.js";
import { openingLines } from "./view/openings.js";
import { matrixWords } from "./view/matrix.js";
import { selectionLines } from "./view/selection.js";
import { findingTrace, foundAt, kindOf } from "./view/found.js";
import { findingWords } from "../src/core/model/finding.js";

/** The first word of a case's line; scripts look for these. */
const WORD: Readonly<Record<CaseStatus, string>> = {
  passed: "PASS",
  skipped: "SKIP",
  "not-run": "NOTRUN",
  failed: "FAIL",
  "timed-out": "TIMEOUT",
  crashed: "CRASH",
};

const FAILURES_MAX = 20;

interface Printer {
  readonly context: ReporterContext;
  readonly theme: Theme;
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("  ");

/** What a red case's line says after its name: where, and the first thing that went wrong. */
function gist({ context, theme }: Printer, { one, faults }: FinishedCase): readonly (string | undefined)[] {
  const place = at(context, whereOf(one, faults));
  const failures = failuresOf(one);
  const first = one.status === "failed" ? (failures[0]?.message ?? one.reason) : one.reason;
  const more = one.evaluations.failed - 1;
  return [
    place === undefined ? undefined : theme.safe(place),
    first === undefined ? undefined : theme.safe(first),
    one.status === "failed" && more > 0 ? `(and ${more} more)` : undefined,
  ];
}

/** What is known of a fault, after its title. */
function* faultLines({ context, theme }: Printer, fault: FaultModel): Generator<string> {
  for (const line of [...registerLines(fault), ...traceLines(fault, context)]) yield theme.safe(line);
  for (const line of sourceLines(fault)) yield `source  ${theme.safe(line)}`;
  for (const line of leadUpLines(fault)) yield `console ${theme.safe(line)}`;
  if (fault.fingerprint !== undefined) yield `fingerprint ${theme.safe(oneLine(fault.fingerprint))}`;
}

/** Indented lines below a red case: its other failures, its faults, the console around. */
function* details(printer: Printer, { one, faults }: FinishedCase): Generator<string> {
  const { context, theme } = printer;
  const { shown, more } = firstOf(failuresOf(one), FAILURES_MAX);
  if (shown.length > 1 || one.status !== "failed")
    for (const failure of shown)
      yield joined([theme.safe(at(context, failure) ?? "at an unknown line"), theme.safe(failure.message)]);
  if (more > 0) yield `... ${plural(more, "more failed assertion")}`;
  for (const fault of faults) {
    yield `fault (${fault.kind}): ${theme.safe(fault.title)}`;
    for (const line of faultLines(printer, fault)) yield `  ${line}`;
  }
  for (const { line, text, marked } of consoleView(one).rows)
    if (!marked) yield `console ${line} | ${theme.safe(text)}`;
}

function* caseLines(printer: Printer, finished: FinishedCase): Generator<string> {
  const { context, theme } = printer;
  const { one, findings } = finished;
  const red = TONE[one.status] !== "good";
  const known = red ? knownCase(context.model(), one) : undefined;
  const word =
    known === undefined ? theme.paint(TONE[one.status], WORD[one.status]) : theme.paint("odd", "KNOWN");
  const why = known === undefined ? undefined : `(${one.status}; ${known.by}: ${theme.safe(known.reason)})`;
  const name = `${theme.safe(one.suite, NAME_MAX)}.${theme.safe(one.name, NAME_MAX)}`;
  const time = one.durationMs === undefined ? undefined : `(${caseDuration(one.durationMs)})`;
  const expected = expectedFailure(one);
  const wanted = expected === undefined ? undefined : theme.safe(expected);
  const reports = findings.length === 0 ? undefined : findingWords(findings, "report");
  yield `${word} ${joined([name, ...(red ? gist(printer, finished) : [wanted]), reports, why, time])}\n`;
  if (!red || known !== undefined || one.status === "skipped" || one.status === "not-run") return;
  for (const line of details(printer, finished)) yield `  ${line}\n`;
}

/** What happened outside the cases, a line each. */
function* extraLines(printer: Printer, extra: Extra): Generator<string> {
  const { context, theme } = printer;
  const tone = { error: "bad", warning: "odd", note: "faint" } as const;
  const word = (text: string): string => theme.paint(tone[extra.grade], text);
  switch (extra.kind) {
    case "finding": {
      const { check, message, occurrences, case: charged } = extra.finding;
      const where = theme.safe(foundAt(context, extra.finding) ?? "?");
      const tail = [
        charged === undefined ? "outside the cases" : `in ${theme.safe(charged)}`,
        plural(occurrences, "time"),
        ...(extra.known === undefined ? [] : [`known: ${theme.safe(extra.known)}`]),
      ];
      const said = [theme.safe(check, NAME_MAX), where, theme.safe(message), `(${tail.join(", ")})`];
      yield `${word(kindOf(extra.finding))} ${joined(said)}\n`;
      for (const line of findingTrace(extra.finding, context)) yield `  ${theme.safe(line)}\n`;
      return;
    }
    case "fault": {
      const place = at(context, extra.fault);
      const where = place === undefined ? undefined : theme.safe(place);
      yield `${word("FAULT")} ${joined([extra.fault.kind, where, theme.safe(extra.fault.title)])}\n`;
      for (const line of faultLines(printer, extra.fault)) yield `  ${line}\n`;
      return;
    }
    case "problem":
      yield `${word("PROBLEM")} ${joined([extra.grade, extra.problem.code, theme.safe(extra.problem.message)])}\n`;
      return;
    case "run":
      yield `${word("PROBLEM")} ${joined(["error", theme.safe(extra.title)])}\n`;
      return;
  }
}

/** What changed against the baseline, a line each. */
function* comparison({ theme }: Printer, model: RunModel): Generator<string> {
  const found = changesOf(model);
  if (found === undefined) return;
  // What is still broken has its line above.
  for (const { word, names, tone } of found.all)
    for (const name of word === "still broken" ? [] : names)
      yield `${theme.paint(tone, word.toUpperCase().replace(" ", "-"))} ${theme.safe(name, NAME_MAX)}\n`;
  yield `COMPARED with ${theme.safe(found.name, NAME_MAX)}: ${theme.safe(found.words)}\n`;
}

/** What did not run of each source, and all of it together. */
function* coverageLines({ context, theme }: Printer, model: RunModel): Generator<string> {
  const { coverage } = model;
  if (coverage === undefined) return;
  const { files, more } = coverageTable(coverage, context);
  for (const { path, lines, missed } of files)
    if (missed !== "") yield `MISSED ${theme.safe(path, NAME_MAX)}  ${lines}  ${missed}\n`;
  if (more > 0) yield `... ${plural(more, "more source")}\n`;
  yield `COVERAGE ${coverageWords(coverage)}\n`;
  const changed = changedWords(model);
  for (const { path, missed } of changedMissed(model, context))
    yield `UNTESTED ${theme.safe(path, NAME_MAX)}  ${missed}\n`;
  if (changed !== undefined) yield `CHANGED ${theme.safe(changed)}\n`;
}

/** What each benchmark takes, and what became of that since the baseline. */
function* benchmarkLines({ theme }: Printer, model: RunModel): Generator<string> {
  const table = benchmarkTable(model);
  if (table === undefined) return;
  for (const { name, words, change, tone } of table.rows)
    yield `BENCH ${joined([theme.safe(name, NAME_MAX), words, theme.paint(tone, change)])}\n`;
  for (const name of table.gone) yield `BENCH ${joined([theme.safe(name, NAME_MAX), "gone"])}\n`;
}

/** A line for each machine and profile, and one for each case that differs between them. */
function* matrixLines({ theme }: Printer, model: RunModel): Generator<string> {
  const found = matrixWords(model);
  for (const [at, name] of found?.columns.entries() ?? [])
    yield `MACHINE ${joined([theme.safe(name, NAME_MAX), found?.totals[at]?.text ?? ""])}\n`;
  for (const { name, line } of found?.differing ?? [])
    yield `DIFFERS ${joined([theme.safe(name, NAME_MAX), theme.paint("odd", line)])}\n`;
}

async function* render(events: AsyncIterable<RunEvent>, context: ReporterContext): AsyncGenerator<string> {
  const printer = { context, theme: themeFor(context) };
  const { theme } = printer;
  const live = new LiveCases();
  let several = false;
  /** Of the faults of the running boot. */
  const titles: string[] = [];
  for await (const event of events) {
    if (event.type === "run-started") several = event.sources.length > 1;
    if (event.type === "boot-started" && several) yield `BOOT ${theme.safe(event.source, NAME_MAX)}\n`;
    if (event.type === "boot-started") titles.length = 0;
    if (event.type === "fault") titles.push(event.fault.title);
    if (event.type === "fault-repeated")
      yield `AGAIN ${plural(event.times - 1, "more time")}: ${theme.safe(titles[event.fault] ?? "")}\n`;
    const finished = live.add(event);
    if (finished !== undefined) yield* caseLines(printer, finished);
  }
  const model = context.model();
  for (const extra of extrasOf(model)) yield* extraLines(printer, extra);
  const { verdict, evidence, reasons } = judge(model);
  yield* comparison(printer, model);
  yield* benchmarkLines(printer, model);
  yield* coverageLines(printer, model);
  yield* matrixLines(printer, model);
  for (const words of openingLines(model)) yield `HOST ${theme.safe(words)}\n`;
  for (const words of selectionLines(model)) yield `SELECTED ${theme.safe(words)}\n`;
  yield `COUNTS ${countsLine(model)}\n`;
  const tone = verdict === "passed" ? "good" : "bad";
  const because = reasons.length === 0 ? `evidence: ${evidence}` : theme.safe(reasons.join(", "));
  yield `${theme.paint(tone, "VERDICT")} ${verdict}: ${because}\n`;
}

/** Lines such as `FAIL suite.case  main.c:12  expected …`. */
export const reporter: Reporter = {
  name: "lines",
  summary: "a line for each case, for pipes and CI logs",
  render,
};
