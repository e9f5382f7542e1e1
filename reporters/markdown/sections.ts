/**
 * The sections of a job summary, the worst on top: each says how many there are, then names and explains as many as the
 * detail allows. It does not judge.
 */
import type { ProblemGrade } from "../../src/core/events.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { knownCase } from "../../src/core/model/known.js";
import { isFlaky } from "../../src/core/verdict.js";
import { formatDuration } from "../../src/text/duration.js";
import { htmlCode, htmlText } from "../../src/text/html.js";
import { firstOf } from "../../src/text/shorten.js";
import { alikeIn } from "../view/alike.js";
import { benchmarkTable } from "../view/benchmarks.js";
import { changesOf, knownRows } from "../view/comparison.js";
import {
  changedMissed,
  changedWords,
  type CoverageRow,
  coverageTable,
  excludedWords,
} from "../view/coverage.js";
import { type Extra, extrasOf } from "../view/extras.js";
import { expectedFailure, faultsByCase } from "../view/failures.js";
import { firstFailure } from "../view/flaky.js";
import { oneLine } from "../view/line.js";
import { valueOf } from "../view/measurements.js";
import { caseName, suiteNamer } from "../view/names.js";
import { STATUS_WORDS } from "../view/counts.js";
import type { Detail } from "./detail.js";
import { caseEntry, type Entry, faultEntry, findingCells } from "./entries.js";
import { details, table } from "./html.js";

/** A part of a summary: nothing where there is nothing to say. */
export type Section = (detail: Detail) => Generator<string>;

interface Named {
  readonly name: string;
  readonly one: CaseModel;
}

const heading = (title: string, count: number): string => `### ${title} (${count})\n\n`;

/** What a list leaves out. A list that names nothing has its count above it. */
const andMore = (more: number, { named }: Detail): string =>
  more > 0 && named > 0 ? `And ${more} more, in the other reports of this run.\n\n` : "";

/** Entries below a heading: those that open, then those that are only named. */
const entries = (title: string, all: readonly Entry[], openAtFirst: boolean): Section =>
  function* (detail) {
    if (all.length === 0) return;
    yield heading(title, all.length);
    const { shown, more } = firstOf(all, detail.named);
    const opened = Math.min(detail.opened, shown.length);
    for (const [at, { line, body }] of shown.slice(0, opened).entries()) {
      const text = body(detail);
      yield text === "" ? `<p>${line}</p>\n\n` : details(line, text, openAtFirst && at === 0);
    }
    const rest = shown.slice(opened);
    if (rest.length > 0) yield `<ul>\n${rest.map(({ line }) => `<li>${line}</li>\n`).join("")}</ul>\n\n`;
    yield andMore(more, detail);
  };

const findings = (context: ReporterContext, all: readonly (Extra & { kind: "finding" })[]): Section =>
  function* (detail) {
    if (all.length === 0) return;
    const warned = all.every(({ grade }) => grade === "warning") ? ", a warning only" : "";
    const isUndefined = all.every(({ finding }) => finding.kind === "ubsan");
    yield heading(`${isUndefined ? "Undefined behaviour" : "Findings"}${warned}`, all.length);
    const { shown, more } = firstOf(all, detail.named);
    yield table(
      ["check", "where", "what", "case", "times"],
      shown.map(({ finding }) => findingCells(context, finding)),
    );
    yield andMore(more, detail);
  };

/** Cases that did not run, below the reason that they share. */
const notRun = (all: readonly Named[]): Section =>
  function* (detail) {
    if (all.length === 0) return;
    yield heading("Not run", all.length);
    const byReason = new Map<string, string[]>();
    for (const { name, one } of all) {
      const reason = oneLine(one.reason ?? "no reason is known");
      const known = byReason.get(reason);
      if (known === undefined) byReason.set(reason, [name]);
      else known.push(name);
    }
    const reasons = firstOf([...byReason], detail.named);
    for (const [reason, names] of reasons.shown) {
      const { shown, more } = firstOf(names, detail.named);
      const list = shown.map((name) => `<li>${htmlCode(name)}</li>\n`).join("");
      const rest = more > 0 ? `<li>and ${more} more</li>\n` : "";
      yield details(`${names.length} × ${htmlCode(reason)}`, `<ul>\n${list}${rest}</ul>\n\n`);
    }
    yield andMore(reasons.more, detail);
  };

/** How much of the sources ran, those that lack most first. */
const coverage = (run: RunModel, context: ReporterContext): Section =>
  function* (detail) {
    const { coverage: model } = run;
    if (model === undefined) return;
    const { total, files, more } = coverageTable(model, context);
    const row = (one: CoverageRow): readonly string[] => [
      htmlCode(one.path),
      ...[one.lines, one.functions, one.branches, one.missed].map(htmlText),
    ];
    yield `### Coverage (${total.lines} of the lines)\n\n`;
    const changed = changedWords(run);
    if (changed !== undefined) {
      yield `<p><strong>${htmlText(changed)}</strong></p>\n\n`;
      const missed = firstOf(changedMissed(run, context), detail.named);
      yield table(
        ["source", "changed lines that did not run"],
        missed.shown.map((one) => [htmlCode(one.path), htmlText(one.missed)]),
      );
      yield andMore(missed.more, detail);
    }
    const excluded = excludedWords(model);
    if (excluded !== undefined) yield `<p>${htmlText(excluded)}</p>\n\n`;
    const shown = firstOf(files, detail.named);
    yield table(
      ["source", "lines", "functions", "branches", "did not run"],
      [total, ...shown.shown].map(row),
    );
    yield andMore(shown.more + more, detail);
  };

const WORDS = new Map(STATUS_WORDS);

const flaky = (all: readonly Named[]): Section =>
  function* (detail) {
    if (all.length === 0) return;
    yield heading("Flaky", all.length);
    const { shown, more } = firstOf(all, detail.named);
    yield table(
      ["case", "attempts", "why the first was red"],
      shown.map(({ name, one }) => [
        htmlCode(name),
        [...(one.attempts ?? []).map((attempt) => attempt.status), one.status]
          .map((each) => WORDS.get(each) ?? each)
          .join(", "),
        htmlCode(oneLine(firstFailure(one) ?? "")),
      ]),
    );
    yield andMore(more, detail);
  };

/** Cases that failed as they were expected to. */
const expectedFailures = (all: readonly Named[]): Section =>
  function* (detail) {
    if (all.length === 0) return;
    yield heading("Expected failures", all.length);
    const { shown, more } = firstOf(all, detail.named);
    yield table(
      ["case", "why"],
      shown.map(({ name, one }) => [htmlCode(name), htmlCode(oneLine(expectedFailure(one) ?? ""))]),
    );
    yield andMore(more, detail);
  };

interface Problem {
  readonly grade: ProblemGrade;
  readonly code: string;
  readonly message: string;
}

const problems = (all: readonly Extra[]): Section =>
  function* (detail) {
    const problems = all.flatMap((extra): readonly Problem[] => {
      // Flaky cases have a section of their own.
      if (extra.kind === "problem")
        return extra.problem.code === "flaky-case" ? [] : [{ ...extra.problem, grade: extra.grade }];
      return extra.kind === "run" ? [{ code: "run", message: extra.title, grade: extra.grade }] : [];
    });
    if (problems.length === 0) return;
    yield heading("Problems of the run", problems.length);
    const ranked = (["error", "warning", "note"] as const).flatMap((grade) =>
      problems.filter((one) => one.grade === grade),
    );
    const { shown, more } = firstOf(ranked, detail.named);
    yield table(
      ["grade", "code", "what"],
      shown.map(({ grade, code, message }) => [grade, code, htmlCode(oneLine(message))]),
    );
    yield andMore(more, detail);
  };

const SLOWEST = 10;

const slowest = (all: readonly Named[]): Section =>
  function* (detail) {
    const timed = all.flatMap(({ name, one }) =>
      one.durationMs === undefined ? [] : [{ name, durationMs: one.durationMs }],
    );
    if (timed.length < 2 || detail.named === 0) return;
    const rows = timed
      .sort((a, b) => b.durationMs - a.durationMs)
      .slice(0, Math.min(SLOWEST, detail.named))
      .map(({ name, durationMs }) => [htmlCode(name), formatDuration(durationMs)]);
    yield details("Slowest cases", table(["case", "time"], rows));
  };

function* noRoom({ named }: Detail): Generator<string> {
  if (named === 0)
    yield "There is no room here for more than the counts: the other reports of this run have the rest.\n";
}

/** What each benchmark takes, and what became of that since the baseline. */
const benchmarks = (model: RunModel): Section =>
  function* (detail) {
    const found = benchmarkTable(model);
    if (found === undefined || detail.named === 0) return;
    const rows = [
      ...found.rows.map(({ name, words, change }) => [htmlCode(name), htmlText(words), htmlText(change)]),
      ...found.gone.map((name) => [htmlCode(name), "", "gone"]),
    ];
    const { shown, more } = firstOf(rows, detail.named);
    const title = `Benchmarks (${found.rows.length})`;
    const changed = rows.filter(([, , change]) => change !== "").length;
    yield details(title, table(["case", "takes", "since the baseline"], shown), changed > 0);
    yield andMore(more, detail);
  };

const WORST_LEAKS = 10;

/** Cases that hold more than before, whether they may or not. */
const leaks = (all: readonly Named[]): Section =>
  function* (detail) {
    const held = all.flatMap(({ name, one }) => {
      const bytes = valueOf(one, "leaked_bytes") ?? 0;
      const blocks = valueOf(one, "leaked_blocks") ?? 0;
      return bytes > 0 || blocks > 0 ? [{ name, bytes, blocks }] : [];
    });
    if (held.length === 0 || detail.named === 0) return;
    const rows = held
      .sort((a, b) => b.bytes - a.bytes || b.blocks - a.blocks)
      .slice(0, Math.min(WORST_LEAKS, detail.named))
      .map(({ name, bytes, blocks }) => [htmlCode(name), String(bytes), String(blocks)]);
    const title = `Cases that still hold memory after their end (${held.length})`;
    yield details(title, table(["case", "bytes", "blocks"], rows));
  };

/** What changed against the baseline, by name: the first thing that a reviewer asks. */
const changes = (model: RunModel): Section =>
  function* (detail) {
    const found = changesOf(model);
    if (found === undefined) return;
    yield `### Against ${htmlCode(oneLine(found.name))}: ${htmlText(found.words)}\n\n`;
    for (const { word, names } of found.all) {
      const { shown, more } = firstOf(names, detail.named);
      const list = shown.map((name) => `<li>${htmlCode(oneLine(name))}</li>\n`).join("");
      const rest = more > 0 ? `<li>and ${more} more</li>\n` : "";
      if (detail.named > 0)
        yield details(`${word} (${names.length})`, `<ul>\n${list}${rest}</ul>\n\n`, word === "newly broken");
    }
  };

/** Red cases that do not count, and why. */
const known = (model: RunModel): Section =>
  function* (detail) {
    const rows = knownRows(model);
    if (rows.length === 0) return;
    yield heading("Known, and not counted", rows.length);
    const { shown, more } = firstOf(rows, detail.named);
    yield table(
      ["case", "status", "why it does not count"],
      shown.map(({ one, by, reason }) => [
        htmlCode(oneLine(`${one.suite}.${one.name}`)),
        one.status,
        htmlCode(oneLine(`${by}: ${reason}`)),
      ]),
    );
    yield andMore(more, detail);
  };

/** All sections of a run in their order. */
export function sectionsOf(model: RunModel, context: ReporterContext): readonly Section[] {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  const alike = alikeIn(model);
  const all = model.suites.flatMap((suite): readonly Named[] => {
    const label = nameSuite(suite);
    return suite.cases.map((one) => ({ name: caseName(label, one.name), one }));
  });
  const extras = extrasOf(model);
  const having = (status: CaseModel["status"]): readonly Entry[] =>
    all
      .filter(({ one }) => one.status === status && knownCase(model, one) === undefined)
      .filter(({ one }) => !alike.isRepeated(one))
      .map(({ name, one }) => caseEntry(context, name, one, faultsOf(one), alike.words(one)));
  const faults = extras.flatMap((extra) =>
    extra.kind === "fault" ? [faultEntry(context, extra.fault)] : [],
  );
  const reported = extras.filter((extra) => extra.kind === "finding");
  const [crashed, timedOut, failed] = [having("crashed"), having("timed-out"), having("failed")];
  // The very worst is open at once.
  const worst = [crashed, faults, timedOut, failed].find((list) => list.length > 0);
  const opening = (title: string, list: readonly Entry[]): Section => entries(title, list, list === worst);
  return [
    changes(model),
    opening("Crashed", crashed),
    opening("Faults outside the cases", faults),
    findings(context, reported),
    opening("Timed out", timedOut),
    opening("Failed", failed),
    flaky(all.filter(({ one }) => isFlaky(one))),
    expectedFailures(all.filter(({ one }) => expectedFailure(one) !== undefined)),
    notRun(all.filter(({ one }) => one.status === "not-run")),
    known(model),
    problems(extras),
    benchmarks(model),
    leaks(all),
    slowest(all),
    coverage(model, context),
    noRoom,
  ];
}
