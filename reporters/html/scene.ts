/**
 * What all parts of the page's data need of a run: indexes of boots, names of machines, places as the user knows them.
 * It does not hold anything of a single case.
 */
import type { PastStatus } from "../../src/core/events.js";
import { pastOf } from "../../src/core/model/earlier-runs.js";
import type { CaseModel, RunModel, SuiteModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { at, oneLine } from "../view/line.js";
import { bootNamer } from "../view/names.js";

export interface Scene {
  readonly model: RunModel;
  readonly machines: readonly string[];
  /** Index of a boot by its id; 0 for an unknown one. */
  bootAt(id: string): number;
  /** Index of a suite's machine, or log; undefined where no other one has a suite of this name. */
  machineAt(suite: Pick<SuiteModel, "name" | "boot">): number | undefined;
  /** What earlier runs said of a case; undefined where none has it. */
  past(one: CaseModel): readonly PastStatus[] | undefined;
  /** `path:line`, and the column where there is one. */
  at(where: { readonly file?: string; readonly line?: number; readonly column?: number }): string | undefined;
}

/** The scene of a run. */
export function sceneOf(model: RunModel, context: ReporterContext): Scene {
  const boots = new Map(model.boots.map(({ id }, index) => [id, index]));
  const nameBoot = bootNamer(model);
  const bySuite = new Map<string, Set<string>>();
  for (const { name, boot } of model.suites) {
    const names = bySuite.get(name) ?? new Set();
    bySuite.set(name, names.add(nameBoot(boot) ?? ""));
  }
  const shared = [...bySuite.values()].filter(({ size }) => size > 1);
  const machines = [...new Set(shared.flatMap((names) => [...names]))];
  const indexes = new Map(machines.map((name, index) => [name, index]));
  return {
    model,
    machines,
    bootAt: (id) => boots.get(id) ?? 0,
    machineAt: ({ name, boot }) =>
      (bySuite.get(name)?.size ?? 0) > 1 ? indexes.get(nameBoot(boot) ?? "") : undefined,
    past: pastOf(model),
    at: (where) => at(context, where),
  };
}

/** Longest text that the page shows of one message, and of one console line. */
const TEXT_MAX = 4000;
export const CONSOLE_MAX = 2000;

export const text = (value: string): string => oneLine(value, TEXT_MAX);

/** `{ [key]: value }` where there is a value. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
