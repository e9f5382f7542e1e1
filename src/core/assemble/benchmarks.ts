/**
 * What the memory of a stopped guest says of the rounds of its benchmarks: as measurements, and as findings where one takes more
 * instructions than it may. A time is compared with nothing: it is that of one host.
 */
import type { Rounds } from "../evidence.js";
import type { CaseStatus, Measurement } from "../events.js";
import { distanceOf, medianOf } from "../model/rounds.js";
import { matches } from "../plan/pattern.js";
import { baseName, caseKey, type FinishedCase } from "./boot.js";
import { type Place, report } from "./measured-finding.js";
import { problem, type Work } from "./work.js";

/** Nanoseconds have no digits that mean anything below these. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** What is reported of some rounds: each count of instructions is exact, a time is a median. */
function numbersOf({ unit, counts }: Rounds): readonly (readonly [name: string, value: number])[] {
  const median = medianOf(counts);
  if (unit === "nanoseconds")
    return [
      ["nanoseconds", rounded(median)],
      ["nanoseconds_mad", rounded(distanceOf(counts))],
    ];
  return [
    ["instructions", median],
    ["instructions_min", Math.min(...counts)],
    ["instructions_max", Math.max(...counts)],
  ];
}

/**
 * Reports the rounds of a finished benchmark.
 * @param status what is believed of it in the end
 */
export function countRounds(
  work: Work,
  one: Place,
  shown: FinishedCase,
  status: CaseStatus,
  rounds?: Rounds,
): void {
  if (rounds === undefined) return;
  const { unit, counts } = rounds;
  work.boot.counted.add(shown.id);
  const measured = { type: "measurement", boot: work.boot.id, case: shown.id, kind: "gauge", unit } as const;
  for (const [name, value] of numbersOf(rounds))
    work.emit({ ...measured, name, value } satisfies Measurement);
  const own = limitOf(work, shown);
  const limit = rounds.limit ?? own;
  if (status !== "passed" || limit === undefined) return;
  const by = rounds.limit === undefined ? "the project" : "its suite";
  const name = `${one.suite}.${shown.name}`;
  if (unit !== "instructions")
    problem(
      work,
      "unmeasured-case",
      "warning",
      `${by} allows ${name} ${String(limit)} instructions, and this machine does not count them`,
      work.boot.spoken.last,
    );
  else if (Math.max(...counts) > limit)
    report(work, one, shown, {
      ...{ kind: "limit", check: "instructions", trace: [] },
      message: `instructions of ${name} are ${String(Math.max(...counts))}, and ${by} allows ${String(limit)}`,
    });
}

/** What the project allows a benchmark; what its suite says stands above that. */
const limitOf = ({ policy }: Work, { suite, name }: FinishedCase): number | undefined =>
  policy.benchLimits?.find((one) => matches(one.case, `${suite}.${baseName(name)}`))?.max.instructions;

/** A benchmark that passed and has no count: where a limit is to be held, that is no limit that was held. */
export function holdBenchmarks(work: Work): void {
  const { boot, policy } = work;
  if (policy.bench === undefined) return;
  for (const shown of [...(boot.finished?.values() ?? [])].flat()) {
    const known = boot.benchmarks.get(caseKey(shown.suite, baseName(shown.name)));
    if (known === undefined || shown.status !== "passed" || boot.counted.has(shown.id)) continue;
    const isLimited =
      known === "limited" || limitOf(work, shown) !== undefined || policy.bench.maxGrowth !== undefined;
    problem(
      work,
      "unmeasured-case",
      isLimited ? "error" : "warning",
      `the rounds of ${shown.suite}.${shown.name} were not counted`,
      boot.spoken.last,
    );
  }
}
