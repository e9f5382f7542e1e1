/**
 * A run in numbers that a monitoring system keeps: one table of what there is, and the values, read from the model each time
 * that somebody asks. It writes no format, and gives away no message and no path: a label is a name of a suite, a case, a
 * machine, a status or a kind.
 */
import { METRICS as MEASURED } from "../../src/core/evidence.js";
import { FINDING_KINDS } from "../../src/core/finding-kinds.js";
import { bootOf } from "../../src/core/model/boots.js";
import { count } from "../../src/core/model/counts.js";
import { sourceParts } from "../../src/core/model/sources.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import { STATUSES, worseStatus } from "../../src/core/statuses.js";
import { judge } from "../../src/core/verdict.js";
import type { Family, Metric, Sample } from "../../src/text/exposition.js";
import { defang } from "../../src/text/workflow.js";
import { nameOf } from "./line.js";
import { storeFamilies } from "./store-metrics.js";

/** What is emitted, in this order. Names: prometheus.io, "Metric and label naming": base units, at the end of the name. */
export const TABLE = {
  build: { name: "uktest_build", kind: "info", help: "The uktest that has made these numbers." },
  runSuccess: {
    name: "uktest_run_success",
    kind: "gauge",
    help: "1 where the run is over and its verdict is passed, else 0.",
  },
  runCases: { name: "uktest_run_cases", kind: "gauge", help: "Cases with a result, by their status." },
  runSuites: { name: "uktest_run_suites", kind: "gauge", help: "Suites that have begun." },
  runFindings: {
    name: "uktest_run_findings",
    kind: "gauge",
    help: "Places with a finding of a sanitizer, a leak or a broken limit, by kind.",
  },
  runFaults: { name: "uktest_run_faults", kind: "gauge", help: "Crashes and other faults of guests." },
  runProblems: {
    name: "uktest_run_problems",
    kind: "gauge",
    help: "Doubts about the run itself that make it red.",
  },
  boots: { name: "uktest_run_boots", kind: "gauge", help: "Boots that have begun." },
  bootDuration: {
    name: "uktest_boot_duration_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "How long the machine of a boot ran, by the clock of the host.",
  },
  caseStatus: { name: "uktest_case_status", kind: "gauge", help: "1 for the status of the case." },
  caseDuration: {
    name: "uktest_case_duration_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "How long the case ran.",
  },
  caseBoots: { name: "uktest_case_boots", kind: "gauge", help: "Boots in which the case has run." },
  leaked_bytes: {
    name: "uktest_case_leaked_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "Memory that was held when the case ended, less what was held when it began.",
  },
  leaked_blocks: {
    name: "uktest_case_leaked_blocks",
    kind: "gauge",
    help: "Allocations that were held when the case ended, less those held when it began.",
  },
  peak_bytes: {
    name: "uktest_case_peak_bytes",
    kind: "gauge",
    unit: "bytes",
    help: "The most memory that the case held at once, beyond what was held when it began.",
  },
  instructions: {
    name: "uktest_case_instructions",
    kind: "gauge",
    help: "Instructions of one call of the benchmark, in the middle of its rounds.",
  },
  instructions_min: {
    name: "uktest_case_instructions_min",
    kind: "gauge",
    help: "The fewest instructions of one of its rounds.",
  },
  instructions_max: {
    name: "uktest_case_instructions_max",
    kind: "gauge",
    help: "The most instructions of one of its rounds.",
  },
  nanoseconds: {
    name: "uktest_case_call_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "How long one call of the benchmark takes, in the middle of its rounds.",
  },
  nanoseconds_mad: {
    name: "uktest_case_call_deviation_seconds",
    kind: "gauge",
    unit: "seconds",
    help: "How far its rounds are from that, in the middle.",
  },
} as const satisfies Readonly<Record<string, Metric>>;

/** Of benchmarks; a time is in seconds there. */
const COUNTED = [
  "instructions",
  "instructions_min",
  "instructions_max",
  "nanoseconds",
  "nanoseconds_mad",
] as const;
const SCALE: Readonly<Record<string, number>> = { nanoseconds: 1e9, nanoseconds_mad: 1e9 };

/** All that can be emitted of a run, whatever is in its guests. */
export const METRICS: readonly Metric[] = Object.values(TABLE);

/** Most names, which need no look at each of their characters. */
const HARMLESS = /^[\w.-]{1,100}$/;

const label = (text: string): string => (HARMLESS.test(text) ? text : defang(nameOf(text)));

/** The machine of a source, and its profile where a run has several; a saved console was on a machine that is not known. */
function placeOf(source: string): Readonly<Record<string, string>> {
  const { machine = "log", profile } = sourceParts(source) ?? {};
  return { machine: label(machine), ...(profile !== undefined && { profile: label(profile) }) };
}

/** What several results of one case come to: the worst status, the largest of each number. */
interface Series {
  readonly labels: Readonly<Record<string, string>>;
  status: CaseModel["status"];
  durationMs?: number;
  boots: number;
  readonly measured: Map<string, number>;
}

const larger = (a: number | undefined, b: number): number => (a === undefined ? b : Math.max(a, b));

/** Cases by their labels, each once: merged runs, and projects whose suites have the same name, have some twice. */
function seriesOf(model: RunModel): readonly Series[] {
  const all = new Map<string, Series>();
  for (const { boot, name, cases } of model.suites) {
    const [suite, place] = [label(name), placeOf(bootOf(model, boot)?.source ?? "")];
    for (const one of cases) {
      const labels = { suite, case: label(one.name), ...place };
      const key = Object.values(labels).join("\0");
      const known = all.get(key);
      const series: Series = known ?? { labels, status: one.status, boots: 0, measured: new Map() };
      if (known === undefined) all.set(key, series);
      series.status = worseStatus(series.status, one.status);
      series.boots = Math.max(series.boots, (one.attempts?.length ?? 0) + 1);
      if (one.durationMs !== undefined) series.durationMs = larger(series.durationMs, one.durationMs);
      // A case that was left early had no chance to give back: an alert on what is leaked is not about it.
      const isHeld = (what: string): boolean => one.status === "passed" || !what.startsWith("leaked_");
      for (const { name: what, value } of (one.measurements ?? []).filter((each) => isHeld(each.name)))
        series.measured.set(what, larger(series.measured.get(what), value));
    }
  }
  return [...all.values()];
}

/** A value without labels. */
const alone = (value: number): readonly Sample[] => [{ labels: {}, value }];

/** A value for each case that has it. */
function* ofCases(all: readonly Series[], valueOf: (one: Series) => number | undefined): Generator<Sample> {
  for (const one of all) {
    const value = valueOf(one);
    if (value !== undefined) yield { labels: one.labels, value };
  }
}

/** How often each of the words occurs; those that do not are there with 0, so that a curve begins at 0. */
function tally<T extends string>(
  key: string,
  words: readonly T[],
  of: (word: T) => number,
): readonly Sample[] {
  return words.map((word) => ({ labels: { [key]: word }, value: of(word) }));
}

/** Boots are numbered in each run; a merged run has names of its own for them. */
function* bootTimes({ boots }: RunModel): Generator<Sample> {
  const seen = new Set<string>();
  for (const { id, source, wallMs } of boots) {
    const boot = label(id);
    if (wallMs === undefined || seen.has(boot)) continue;
    seen.add(boot);
    yield { labels: { boot, ...placeOf(source) }, value: wallMs / 1000 };
  }
}

/** Numbers of benchmarks; nothing where none was counted. */
function benchmarkFamilies(series: readonly Series[]): readonly Family[] {
  return COUNTED.flatMap((name) => {
    const samples = [
      ...ofCases(series, ({ measured }) => {
        const value = measured.get(name);
        return value === undefined ? undefined : value / (SCALE[name] ?? 1);
      }),
    ];
    return samples.length === 0 ? [] : [{ ...TABLE[name], samples }];
  });
}

/** All numbers of a run as it is now. */
export function familiesOf(model: RunModel): readonly Family[] {
  const counts = count(model);
  const series = seriesOf(model);
  const kinds = new Map<string, number>();
  for (const { kind } of model.findings) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const family = (metric: Metric, samples: Iterable<Sample>): Family => ({ ...metric, samples });
  return [
    family(TABLE.build, [{ labels: { version: label(model.tool.version) }, value: 1 }]),
    family(TABLE.runSuccess, alone(judge(model).verdict === "passed" ? 1 : 0)),
    family(
      TABLE.runCases,
      tally("status", STATUSES, (status) => counts[status]),
    ),
    family(TABLE.runSuites, alone(counts.suites)),
    family(
      TABLE.runFindings,
      tally("kind", FINDING_KINDS, (kind) => kinds.get(kind) ?? 0),
    ),
    family(TABLE.runFaults, alone(counts.faults)),
    family(TABLE.runProblems, alone(counts.problems)),
    family(TABLE.boots, alone(model.boots.length)),
    family(TABLE.bootDuration, bootTimes(model)),
    family(
      TABLE.caseStatus,
      series.map(({ labels, status }) => ({ labels: { ...labels, status }, value: 1 })),
    ),
    family(
      TABLE.caseDuration,
      ofCases(series, ({ durationMs }) => (durationMs === undefined ? undefined : durationMs / 1000)),
    ),
    family(
      TABLE.caseBoots,
      ofCases(series, ({ boots }) => boots),
    ),
    ...MEASURED.map((name) =>
      family(
        TABLE[name],
        ofCases(series, ({ measured }) => measured.get(name)),
      ),
    ),
    ...benchmarkFamilies(series),
    ...storeFamilies(model, placeOf, label),
  ];
}
