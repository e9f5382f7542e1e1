/**
 * What all parts of the page's data need of a run: indexes of boots, names of machines, places as the user knows them.
 * It refuses to hold anything of a single case.
 */
import type { RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { at, oneLine } from "../view/line.js";
import { bootNamer } from "../view/names.js";

export interface Scene {
  readonly model: RunModel;
  readonly machines: readonly string[];
  /** Index of a boot by its id; 0 for an unknown one. */
  bootAt(id: string): number;
  /** Index of the machine of a boot; undefined where there is one. */
  machineAt(boot: string): number | undefined;
  /** `path:line`, and the column where there is one. */
  at(where: { readonly file?: string; readonly line?: number; readonly column?: number }): string | undefined;
}

/** The scene of a run. */
export function sceneOf(model: RunModel, context: ReporterContext): Scene {
  const boots = new Map(model.boots.map(({ id }, index) => [id, index]));
  const nameBoot = bootNamer(model);
  const machines = [...new Set(model.boots.flatMap(({ id }) => nameBoot(id) ?? []))];
  const machineOf = new Map(
    model.boots.flatMap(({ id }) => {
      const name = nameBoot(id);
      return name === undefined ? [] : [[id, machines.indexOf(name)] as const];
    }),
  );
  return {
    model,
    machines,
    bootAt: (id) => boots.get(id) ?? 0,
    machineAt: (boot) => machineOf.get(boot),
    at: (where) => at(context, where),
  };
}

/** Longest text that the page shows of one message, and of one console line. */
export const TEXT_MAX = 4000;
export const CONSOLE_MAX = 2000;

export const text = (value: string): string => oneLine(value, TEXT_MAX);

/** `{ [key]: value }` where there is a value. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
