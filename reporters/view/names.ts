/**
 * Names suites so that several boots do not collide. It refuses to number equal names; whoever needs that does it.
 */
import type { BootModel, RunModel, SuiteModel } from "../../src/core/model.js";
import { nameOf } from "./line.js";

/** Boots by their source; equal sources get their number behind them, unless they are boots of one image. */
function bootLabels(boots: readonly BootModel[]): ReadonlyMap<string, string> {
  const seen = new Map<string, number>();
  const labels = new Map<string, string>();
  const groups = new Map<string, string>();
  for (const boot of boots) {
    const shared = boot.group === undefined ? undefined : groups.get(boot.group);
    if (shared !== undefined) {
      labels.set(boot.id, shared);
      continue;
    }
    const base = nameOf(boot.source.split("/").at(-1) ?? boot.source);
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

/** What to call a suite: its name, behind its boot's where there are several. */
export function suiteNamer(model: RunModel): (suite: Pick<SuiteModel, "boot" | "name">) => string {
  const nameBoot = bootNamer(model);
  return ({ boot, name }) => {
    const prefix = nameBoot(boot);
    return prefix === undefined ? nameOf(name) : `${prefix}: ${nameOf(name)}`;
  };
}

/** Cases' ids with the full name `suite.case`. */
export const caseName = (suite: string, name: string): string => `${suite}.${nameOf(name)}`;
