/**
 * Writes a run as one JSON document, in pieces of a case. It does not hold the whole document in one string.
 */
import { benchmarksOf } from "../src/core/model/benchmarks.js";
import { compare } from "../src/core/model/compare.js";
import { count } from "../src/core/model/counts.js";
import { changedCoverage } from "../src/core/model/coverage/changed.js";
import { excludedCount, fileCounts, missedRows, totalCounts } from "../src/core/model/coverage/counts.js";
import type { Origin } from "../src/core/events.js";
import type {
  AssertionModel,
  CaseModel,
  FaultModel,
  FindingModel,
  RunModel,
  SuiteModel,
} from "../src/core/model.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { type MatrixCell, matrixOf, OTHERS } from "../src/core/model/matrix.js";
import { knownCase, knownFinding, titleOf } from "../src/core/model/known.js";
import { cameToItsEnd, judge } from "../src/core/verdict.js";
import { jsonLine } from "../src/text/json.js";

/** Version of the document; a new major number for anything that breaks a reader. */
const REPORT_SCHEMA = "uktest-report/1";

interface Where {
  readonly file?: string;
  readonly line?: number;
}

/** A place with the file as the user knows it; nothing for what is not known. */
const whereOf = (context: ReporterContext, { file, line }: Where): Where => ({
  ...(file !== undefined && { file: context.place(file).path }),
  ...(line !== undefined && { line }),
});

const logOf = (origin: Origin | undefined): object => (origin === undefined ? {} : { log: origin });

const assertionOf = (context: ReporterContext, one: AssertionModel): object => ({
  status: one.status,
  message: one.message,
  ...whereOf(context, one),
  ...logOf(one.origin),
});

const knownOf = (known: object | string | undefined): object => (known === undefined ? {} : { known });

const caseOf = (context: ReporterContext, model: RunModel, one: CaseModel): object => ({
  name: one.name,
  status: one.status,
  ...knownOf(knownCase(model, one)),
  ...(one.reason !== undefined && { reason: one.reason }),
  ...(one.description !== undefined && { description: one.description }),
  ...whereOf(context, one),
  ...(one.durationMs !== undefined && { durationMs: one.durationMs }),
  evidence: one.evidence,
  evaluations: one.evaluations,
  ...(one.measurements !== undefined && { measurements: one.measurements }),
  assertions: one.assertions.map((assertion) => assertionOf(context, assertion)),
  output: one.output,
  droppedConsoleLines: one.droppedConsoleLines,
  ...logOf(one.origin),
});

const findingOf = (context: ReporterContext, model: RunModel, one: FindingModel): object => ({
  ...knownOf(knownFinding(model, one)),
  kind: one.kind,
  check: one.check,
  message: one.message,
  file: context.place(one.file).path,
  line: one.line,
  column: one.column,
  ...(one.function !== undefined && { function: one.function }),
  ...(one.system !== undefined && { system: one.system }),
  ...(one.callTrace !== undefined && {
    callTrace: one.callTrace.map((frame) => ({ ...frame, ...placed(context, frame) })),
  }),
  ...(one.excerpt !== undefined && { excerpt: one.excerpt }),
  ...(one.case !== undefined && { case: one.case }),
  occurrences: one.occurrences,
  boot: one.boot,
  ...logOf(one.origin),
});

/** The file as the user knows it, to be put in the place of the guest's. */
const placed = (context: ReporterContext, { file }: Where): { readonly file?: string } =>
  file === undefined ? {} : { file: context.place(file).path };

const faultOf = (context: ReporterContext, one: FaultModel): object => ({
  kind: one.kind,
  title: one.title,
  ...(one.suite !== undefined && { suite: one.suite }),
  ...(one.case !== undefined && { case: one.case }),
  ...whereOf(context, one),
  registers: one.registers,
  callTrace: one.callTrace.map((frame) => ({ ...frame, ...placed(context, frame) })),
  ...(one.fingerprint !== undefined && { fingerprint: one.fingerprint }),
  ...(one.source !== undefined && { source: { ...one.source, ...placed(context, one.source) } }),
  excerpt: one.excerpt,
  boot: one.boot,
  ...logOf(one.origin),
});

/** Items of an array, one a line. */
function* items(values: Iterable<object>, indent: string): Generator<string> {
  let separator = "\n";
  for (const value of values) {
    yield `${separator}${indent}${jsonLine(value)}`;
    separator = ",\n";
  }
}

function* suiteOf(context: ReporterContext, model: RunModel, suite: SuiteModel): Generator<string> {
  yield `    { "name": ${jsonLine(suite.name)}, "boot": ${jsonLine(suite.boot)}, "cases": [`;
  for (const one of suite.cases)
    yield `${one === suite.cases[0] ? "\n" : ",\n"}      ${jsonLine(caseOf(context, model, one))}`;
  yield "\n    ] }";
}

function* suites(context: ReporterContext, model: RunModel): Generator<string> {
  let separator = "\n";
  for (const suite of model.suites) {
    yield separator;
    yield* suiteOf(context, model, suite);
    separator = ",\n";
  }
}

function* list(name: string, content: Iterable<string>, last = false): Generator<string> {
  yield `  ${jsonLine(name)}: [`;
  yield* content;
  yield `\n  ]${last ? "" : ","}\n`;
}

/** Instructions of benchmarks now and in the baseline; what only one of both has is without the other. */
function comparedBenchmarks(model: RunModel): object {
  const found = benchmarksOf(model);
  if (found?.isCompared !== true) return {};
  const counted = found.all.filter(({ instructions }) => instructions !== undefined);
  return {
    benchmarks: [
      ...counted.map(({ one, before, instructions }) => ({
        name: titleOf(one),
        ...(before !== undefined && { before }),
        instructions,
      })),
      ...found.gone.map((name) => ({ name })),
    ],
  };
}

/** The comparison with a baseline, by name. */
function comparisonOf(model: RunModel): object {
  const found = compare(model);
  if (found === undefined) return {};
  const { name, newlyBroken, stillBroken, newlyFixed, added, gone, newFindings } = found;
  return {
    comparison: {
      name,
      newlyBroken: newlyBroken.map(titleOf),
      stillBroken: stillBroken.map(titleOf),
      newlyFixed: newlyFixed.map(titleOf),
      added: added.map(titleOf),
      gone,
      newFindings: newFindings.length,
      ...comparedBenchmarks(model),
    },
  };
}

/** How much ran, in all and of each source, with the lines that did not; what cases ran stands in records and for lcov. */
function coverageOf(model: RunModel, context: ReporterContext): object {
  const { coverage } = model;
  if (coverage === undefined) return {};
  const changed = changedCoverage(model);
  const path = (file: string): string => context.place(file).path;
  return {
    coverage: {
      kinds: coverage.kinds,
      ...totalCounts(coverage),
      excluded: excludedCount(coverage),
      files: coverage.files.map((file) => ({
        path: path(file.path),
        ...fileCounts(file),
        missed: missedRows(file.lines),
        ...(file.excluded.length > 0 && { excluded: file.excluded }),
      })),
      ...(changed !== undefined && {
        changed: { ...changed, missed: changed.missed.map((one) => ({ ...one, path: path(one.path) })) },
      }),
    },
  };
}

/** Counts by status, and of what else fails the run there. */
const cellOf = ({ counts, others }: MatrixCell): object => ({
  ...Object.fromEntries(counts),
  ...Object.fromEntries(OTHERS.flatMap((what) => (others[what] > 0 ? [[`${what}s`, others[what]]] : []))),
});

/** What each program came to on each machine and with each profile, in the order of the columns. */
function sideBySide(model: RunModel): object {
  const found = matrixOf(model);
  if (found === undefined) return {};
  const rows = found.rows.map(({ program, cells, differing }) => ({
    program,
    cells: cells.map((cell) => (cell === undefined ? null : cellOf(cell))),
    differing: differing.map(({ name, statuses }) => ({
      name,
      statuses: statuses.map((status) => status ?? null),
    })),
  }));
  return { matrix: { columns: found.columns, rows } };
}

function* document(model: RunModel, context: ReporterContext): Generator<string> {
  const { verdict, exitCode, evidence, reasons } = judge(model);
  const head = {
    schema: REPORT_SCHEMA,
    tool: model.tool,
    verdict,
    exitCode,
    evidence,
    reasons,
    complete: cameToItsEnd(model),
    policy: model.policy,
    sources: model.sources,
    ...(model.image !== undefined && { image: model.image }),
    counts: count(model),
    ...(model.shard !== undefined && { shard: model.shard }),
    ...(model.openings !== undefined && { openings: model.openings }),
    ...(model.selection !== undefined && { selection: model.selection }),
    ...sideBySide(model),
    ...comparisonOf(model),
    ...coverageOf(model, context),
  };
  yield "{\n";
  for (const [name, value] of Object.entries(head)) yield `  ${jsonLine(name)}: ${jsonLine(value)},\n`;
  yield* list("boots", items(model.boots, "    "));
  yield* list("suites", suites(context, model));
  const findings = model.findings.map((finding) => findingOf(context, model, finding));
  yield* list("findings", items(findings, "    "));
  const faults = model.faults.map((fault) => faultOf(context, fault));
  yield* list("faults", items(faults, "    "));
  const problems = model.problems.map(({ origin, ...problem }) => ({ ...problem, ...logOf(origin) }));
  yield* list("problems", items(problems, "    "), true);
  yield "}\n";
}

/** One document of schema `uktest-report/1`. */
export const reporter: Reporter = {
  name: "json",
  summary: "one JSON document with everything",
  render: atEnd((model, context) => document(model, context)),
};
