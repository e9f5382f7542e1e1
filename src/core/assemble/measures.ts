/**
 * What the memory of a stopped guest says of the memory that its cases have used: as measurements, and as findings where a
 * case exceeds what it may. Only a case that passed is held to it: one that was left early had no chance to give back.
 */
import type { HeldFacts, Measured, Metric } from "../evidence.js";
import { METRICS } from "../evidence.js";
import type { CaseStatus } from "../events.js";
import { plural } from "../plural.js";
import { matches } from "../plan/pattern.js";
import { baseName, caseKey, type FinishedCase } from "./boot.js";
import { type Place, report } from "./measured-finding.js";
import { problem, type Work } from "./work.js";

const UNITS: Readonly<Record<Metric, "bytes" | undefined>> = {
  leaked_bytes: "bytes",
  leaked_blocks: undefined,
  peak_bytes: "bytes",
};

/**
 * Reports what was measured of a finished case.
 * @param status what is believed of it in the end
 */
export function measure(
  work: Work,
  one: Place,
  shown: FinishedCase,
  status: CaseStatus,
  measured?: Measured,
): void {
  if (measured === undefined) return;
  work.boot.measured.add(shown.id);
  for (const name of METRICS) {
    const unit = UNITS[name];
    const value = measured.values[name];
    if (value === undefined) continue;
    work.emit({
      type: "measurement",
      ...{ boot: work.boot.id, case: shown.id, name, kind: "gauge", value },
      ...(unit !== undefined && { unit }),
    });
  }
  if (status !== "passed" || measured.again === "left") return;
  const project = limitOf(work, shown) ?? {};
  leaks(work, one, shown, { ...measured, limits: { ...project, ...measured.limits } });
  breaches(work, one, shown, measured, "its suite");
  const others = METRICS.filter((name) => measured.limits[name] === undefined && project[name] !== undefined);
  const limits = Object.fromEntries(others.map((name) => [name, project[name]]));
  breaches(work, one, shown, { ...measured, limits }, "the project");
}

/** What the project allows a case; what its suite says stands above that. */
const limitOf = ({ policy }: Work, { suite, name }: FinishedCase): Measured["limits"] | undefined =>
  policy.memoryLimits?.find((one) => matches(one.case, `${suite}.${baseName(name)}`))?.max;

/** A check that cannot be made is no check that was passed. */
export function holdMeasured(work: Work): void {
  const isHeld = (one: FinishedCase): boolean =>
    work.policy.maxLeak !== undefined ||
    limitOf(work, one) !== undefined ||
    work.boot.limited.has(caseKey(one.suite, baseName(one.name)));
  const { finished = new Map<string, FinishedCase[]>(), measured, spoken } = work.boot;
  const unknown = [...finished.values()]
    .flat()
    .filter((one) => one.status === "passed" && !measured.has(one.id) && isHeld(one));
  for (const { suite, name } of unknown)
    problem(
      work,
      "unmeasured-case",
      "error",
      `what ${suite}.${name} did with memory is not known, so that nothing proves that it keeps none`,
      spoken.last,
    );
}

/**
 * More is held than the run allows: a finding for each place of an allocation, and one for what has none. What the suite
 * allows the case stands above that.
 */
function leaks(work: Work, one: Place, shown: FinishedCase, measured: Measured): void {
  const { maxLeak } = work.policy;
  const { again, values, limits, held } = measured;
  const { leaked_bytes: bytes = 0, leaked_blocks: blocks = 0 } = values;
  if (maxLeak === undefined || limits.leaked_bytes !== undefined || limits.leaked_blocks !== undefined)
    return;
  if (bytes <= maxLeak && (blocks <= 0 || maxLeak > 0)) return;
  const places = byPlace(held);
  const known = places.reduce((sum, { bytes: some }) => sum + some, 0);
  const back = known > bytes ? `, and ${plural(known - bytes, "byte")} of before were given back` : "";
  const doubt = DOUBTS[again];
  const say = (what: string, trace: readonly string[]): void => {
    const message = `${what} still held after ${one.suite}.${shown.name}${back}${doubt}`;
    report(work, one, shown, { kind: "leak", check: "memory", message, trace });
  };
  for (const { trace, bytes: some, count } of places)
    say(`${plural(some, "byte")} in ${plural(count, "block")}`, trace);
  if (places.length === 0) say(`${plural(bytes, "byte")} in ${plural(blocks, "block")}`, []);
  else if (known < bytes) say(plural(bytes - known, "more byte"), []);
}

/** Why a leak may be a first use, in words. */
const DOUBTS: Readonly<Record<Measured["again"], string>> = {
  held: "",
  failed: " (it fails when it runs again, so a first use cannot be ruled out)",
  left: "",
  not: " (it could not run again, so a first use cannot be ruled out)",
};

interface Allocations extends HeldFacts {
  readonly count: number;
}

/** Allocations by the calls that made them, the largest first. */
function byPlace(held: readonly HeldFacts[]): readonly Allocations[] {
  const places = new Map<string, Allocations>();
  for (const { bytes, trace } of held) {
    const key = trace.join(" ");
    const known = places.get(key) ?? { bytes: 0, count: 0, trace };
    places.set(key, { ...known, bytes: known.bytes + bytes, count: known.count + 1 });
  }
  return [...places.values()].sort((a, b) => b.bytes - a.bytes);
}

/** More of something than the case may have. @param by what allows it no more */
function breaches(
  work: Work,
  one: Place,
  shown: FinishedCase,
  { values, limits, held }: Measured,
  by: string,
): void {
  for (const name of METRICS) {
    const max = limits[name];
    const value = values[name] ?? 0;
    if (max === undefined || value <= max) continue;
    const [largest] = name === "peak_bytes" ? [] : byPlace(held);
    report(work, one, shown, {
      kind: "limit",
      check: name,
      message: `${name} of ${one.suite}.${shown.name} is ${String(value)}, and ${by} allows ${String(max)}`,
      trace: largest?.trace ?? [],
    });
  }
}
