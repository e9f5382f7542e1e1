/**
 * The events of a run on the host's clock, in the Trace Event Format: builds, boots, suites, cases, what cases were measured
 * by, and faults. It has nothing of a guest's clock.
 */
import type { BootModel, CaseModel, FaultModel, MeasurementModel, RunModel } from "../core/model.js";
import { type ChromeEvent, named, rounded, span } from "./chrome-event.js";

/** The part of a run that is shown. */
export type ShownRun = Pick<RunModel, "boots" | "suites" | "faults" | "builds">;

const HOST = 1;
/** Each boot has a thread after that of the builds. */
const BUILDS = 1;
const FIRST_BOOT = 2;

/** All of it, in microseconds since the first of it. */
export function hostEvents(run: ShownRun): readonly ChromeEvent[] {
  const { builds = [], boots } = run;
  // Builds come before the zero of the boots, and a trace has no times below its own.
  const zero = Math.max(0, ...builds.map(({ beforeMs }) => beforeMs)) * 1000;
  const results = resultsByBoot(run);
  return [
    named("process_name", HOST, BUILDS, "uktest: builds, boots and cases, clock of the host"),
    ...(builds.length > 0 ? [named("thread_name", HOST, BUILDS, "builds")] : []),
    ...buildEvents(builds, zero),
    ...boots.flatMap((boot, index) => {
      const faults = run.faults.filter((fault) => fault.boot === boot.id);
      return bootEvents(boot, results.get(boot.id) ?? [], faults, { tid: FIRST_BOOT + index, zero });
    }),
  ];
}

/** Builds follow each other; what rounding has made overlap begins where the one before it ends. */
function buildEvents(builds: NonNullable<ShownRun["builds"]>, zero: number): readonly ChromeEvent[] {
  let at = 0;
  return builds.map(({ name, architecture, outcome, beforeMs, durationMs }) => {
    const from = Math.max(at, zero - beforeMs * 1000);
    at = Math.max(from, zero - beforeMs * 1000 + durationMs * 1000);
    return span(name, "build", { pid: HOST, tid: BUILDS }, from, at - from, { architecture, outcome });
  });
}

interface Ran {
  readonly suite: string;
  readonly name: string;
  readonly status: string;
  readonly us: number;
  readonly line: number;
  /** Which result of the case it is, from 1, where there are several. */
  readonly attempt?: number;
  readonly reason?: string;
  readonly measurements: readonly MeasurementModel[];
}

/** The results of each boot in the order of its console, those that a later one has replaced included. */
function resultsByBoot({ suites }: ShownRun): ReadonlyMap<string, readonly Ran[]> {
  const all = new Map<string, Ran[]>();
  for (const suite of suites)
    for (const one of suite.cases)
      for (const { boot, ran } of resultsOf(suite.name, one)) {
        const known = all.get(boot);
        if (known === undefined) all.set(boot, [ran]);
        else known.push(ran);
      }
  for (const ran of all.values()) ran.sort((a, b) => a.line - b.line);
  return all;
}

function resultsOf(suite: string, one: CaseModel): readonly { readonly boot: string; readonly ran: Ran }[] {
  const { attempts = [], measurements = [] } = one;
  const { line } = one.origin;
  const last = { ...one, line, measurements };
  return [...attempts, last].map((result, at) => ({
    boot: result.boot,
    ran: {
      ...{ suite, name: one.name, status: result.status, us: (result.durationMs ?? 0) * 1000 },
      ...{ line: result.line ?? line, measurements: "measurements" in result ? result.measurements : [] },
      ...(attempts.length > 0 && { attempt: at + 1 }),
      ...(result.reason !== undefined && { reason: result.reason }),
    },
  }));
}

interface Place {
  readonly tid: number;
  /** Microseconds of the first event before the zero of the boots. */
  readonly zero: number;
}

/**
 * A boot with its suites and cases, one inside the other. How long a case took is known, and not when it began: they stand
 * one after another, and the last ends with its boot.
 */
function bootEvents(
  { id, source, why, end, kernel, startMs = 0, wallMs = 0 }: BootModel,
  ran: readonly Ran[],
  faults: readonly FaultModel[],
  { tid, zero }: Place,
): readonly ChromeEvent[] {
  const on = { pid: HOST, tid };
  const from = zero + startMs * 1000;
  const sum = ran.reduce((all, { us }) => all + us, 0);
  const dur = Math.max(wallMs * 1000, sum);
  const name = `${source} (${id})`;
  const args = {
    ...(why !== undefined && { why }),
    ...(end !== undefined && { end }),
    ...(kernel !== undefined && { kernel }),
  };
  return [
    named("thread_name", HOST, tid, name),
    span(name, "boot", on, from, dur, args),
    ...caseEvents(ran, on, from + dur - sum),
    ...faults.map((fault) => faultEvent(fault, tid, from + dur)),
  ];
}

/** Suites around their cases; one whose cases do not stand together is there more than once. */
function caseEvents(
  ran: readonly Ran[],
  on: { readonly pid: number; readonly tid: number },
  from: number,
): readonly ChromeEvent[] {
  let at = from;
  const suites: { readonly name: string; readonly from: number; to: number }[] = [];
  const cases = ran.flatMap(({ suite, name, status, us, attempt, reason, measurements }) => {
    const last = suites.at(-1);
    if (last?.name === suite) last.to = at + us;
    else suites.push({ name: suite, from: at, to: at + us });
    const args = {
      ...{ suite, status },
      ...(attempt !== undefined && { attempt }),
      ...(reason !== undefined && { reason }),
    };
    const one = span(name, "case", on, at, us, args);
    at += us;
    const counters = measurements.map((measured) => counter(measured, on, at));
    return [one, ...counters];
  });
  return [
    ...suites.map((suite) => span(suite.name, "suite", on, suite.from, suite.to - suite.from, {})),
    ...cases,
  ];
}

/** A value as of the end of its case; a counter is a number of its thread, by its name. */
const counter = (
  { name, value }: MeasurementModel,
  on: { readonly pid: number; readonly tid: number },
  ts: number,
): ChromeEvent => ({
  name: `${name}, boot ${String(on.tid - BUILDS)}`,
  ph: "C",
  ...on,
  ts: rounded(ts),
  args: { value },
});

/** A fault: when it was met is not known either, and most end their boot. */
const faultEvent = ({ kind, title, case: name }: FaultModel, tid: number, ts: number): ChromeEvent => ({
  ...{ name: title, cat: "fault", ph: "i", s: "g", pid: HOST, tid, ts: rounded(ts) },
  args: { kind, ...(name !== undefined && { case: name }) },
});
