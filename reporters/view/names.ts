/**
 * Names suites so that several boots do not collide. It does not number equal names; the caller does that.
 */
import type { BootModel, RunModel, SuiteModel } from "../../src/core/model.js";
import { nameOf } from "./line.js";

/** The last `parts` names of a path; Windows' own separator counts as well. */
const tailOf = (path: string, parts: number): string =>
  path
    .split(/[\\/]/)
    .filter((part) => part !== "" && part !== ".")
    .slice(-parts)
    .join("/") || path;

/** Folders of a path that are shown at most. */
const MOST_PARTS = 16;

/**
 * What to call each source: the name of its file, and as many of its folders as tell it from others of that name. Two
 * sources whose last 16 names are the same keep one label.
 */
export function sourceLabels(sources: Iterable<string>): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  let undecided: readonly string[] = [...new Set(sources)];
  for (let parts = 1; undecided.length > 0; parts += 1) {
    const counts = new Map<string, number>();
    for (const source of undecided) {
      const tail = tailOf(source, parts);
      counts.set(tail, (counts.get(tail) ?? 0) + 1);
    }
    const isLast = parts === MOST_PARTS;
    const alone = (source: string): boolean => isLast || counts.get(tailOf(source, parts)) === 1;
    for (const source of undecided.filter(alone)) labels.set(source, nameOf(tailOf(source, parts)));
    undecided = undecided.filter((source) => !alone(source));
  }
  return labels;
}

/** Boots by their source; equal sources get their number after them, unless they are boots of one image. */
function bootLabels(boots: readonly BootModel[]): ReadonlyMap<string, string> {
  const seen = new Map<string, number>();
  const labels = new Map<string, string>();
  const groups = new Map<string, string>();
  const sources = sourceLabels(boots.map(({ source }) => source));
  for (const boot of boots) {
    const shared = boot.group === undefined ? undefined : groups.get(boot.group);
    if (shared !== undefined) {
      labels.set(boot.id, shared);
      continue;
    }
    const base = sources.get(boot.source) ?? nameOf(boot.source);
    const number = (seen.get(base) ?? 0) + 1;
    seen.set(base, number);
    const label = number === 1 ? base : `${base} #${number}`;
    labels.set(boot.id, label);
    if (boot.group !== undefined) groups.set(boot.group, label);
  }
  return labels;
}

/** What to call a boot, undefined where there is only one. */
export function bootNamer(model: RunModel): (boot: string | undefined) => string | undefined {
  const groups = new Set(model.boots.map(({ id, group }) => group ?? id));
  if (groups.size < 2) return () => undefined;
  const labels = bootLabels(model.boots);
  return (boot) => (boot === undefined ? undefined : labels.get(boot));
}

/** What to call a suite: its name, after its boot's where there are several. */
export function suiteNamer(model: RunModel): (suite: Pick<SuiteModel, "boot" | "name">) => string {
  const nameBoot = bootNamer(model);
  return ({ boot, name }) => {
    const prefix = nameBoot(boot);
    return prefix === undefined ? nameOf(name) : `${prefix}: ${nameOf(name)}`;
  };
}

/** Cases' ids with the full name `suite.case`. */
export const caseName = (suite: string, name: string): string => `${suite}.${nameOf(name)}`;
