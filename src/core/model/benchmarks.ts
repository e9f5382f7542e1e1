/**
 * Benchmarks of a run beside those of its baseline: what each takes, and by how much that has changed. A number of instructions
 * is compared, a time never is. Pure.
 */
import type { BaselineCase } from "../events.js";
import type { CaseModel, RunModel } from "../model.js";
import { casesOf } from "./counts.js";
import { bootOf } from "./boots.js";
import { titleOf } from "./known.js";

interface Number {
  readonly name: string;
  readonly value: number;
}

const INSTRUCTIONS = "instructions";

/** What a baseline keeps of what was measured of a case. */
export function instructionsOf(measurements: readonly Number[] = []): { readonly instructions?: number } {
  const found = measurements.find(({ name }) => name === INSTRUCTIONS);
  return found === undefined ? {} : { instructions: found.value };
}

/** A benchmark that was counted. */
export interface Benchmark {
  readonly one: CaseModel;
  /** Absent where only its time was measured. */
  readonly instructions?: number;
  /** What the baseline says; absent where it has no count of it, or there is none. */
  readonly before?: number;
}

export interface Benchmarks {
  readonly all: readonly Benchmark[];
  /** `suite.case` of what only the baseline has counted. */
  readonly gone: readonly string[];
  /** There is a baseline that has counted some. */
  readonly isCompared: boolean;
}

const isCounted = ({ measurements = [] }: CaseModel): boolean =>
  measurements.some(({ name }) => name === INSTRUCTIONS || name === "nanoseconds");

/** What a baseline has counted, by source and name: another machine has other instructions. */
export const countsIn = (cases: readonly BaselineCase[]): ReadonlyMap<string, number> =>
  new Map(
    cases.flatMap(({ source, name, instructions }) =>
      instructions === undefined ? [] : [[countKey(source, name), instructions]],
    ),
  );

export const countKey = (source: string, name: string): string => `${source}\0${name}`;

/** The benchmarks of a run; undefined where none was to be counted. */
export function benchmarksOf(model: RunModel): Benchmarks | undefined {
  if (model.policy.bench === undefined) return undefined;
  const sources = new Set(model.boots.map(({ source }) => source));
  const known = (model.baseline?.cases ?? []).filter(
    ({ source, instructions }) => instructions !== undefined && sources.has(source),
  );
  const counts = countsIn(known);
  const all = casesOf(model)
    .filter(isCounted)
    .map((one): Benchmark => {
      const before = counts.get(countKey(bootOf(model, one.boot)?.source ?? "", titleOf(one)));
      return { one, ...instructionsOf(one.measurements), ...(before !== undefined && { before }) };
    });
  const here = new Set(all.map(({ one }) => titleOf(one)));
  return {
    all,
    gone: [...new Set(known.map(({ name }) => name))].filter((name) => !here.has(name)),
    isCompared: known.length > 0,
  };
}

/** Percent by which a count has grown; from nothing to something it is infinite. */
export const growthOf = (before: number, now: number): number =>
  now === before ? 0 : ((now - before) / before) * 100;
