/**
 * Earlier runs beside this one: what each said of a case, and what that makes of its result now. It judges nothing: the
 * verdict knows no history.
 */
import type { CaseStatus, HistoryCase, PastStatus } from "../events.js";
import { titleOf } from "./known.js";
import type { CaseModel, RunModel } from "../model.js";
import { isRed } from "../statuses.js";

/** What is said of a case whose result differs from its last one. */
export type Turn =
  | "broken" // red, and not red the last time
  | "fixed" // passed, and red the last time
  | "added"; // in none of the earlier runs

const keyOf = (source: string, name: string): string => `${source}\0${name}`;

/**
 * What earlier runs said of the cases of a run, the oldest first; undefined for a case that none of them has. Where they
 * have results of the same log or machine, those count, otherwise those of any.
 */
export function pastOf(model: RunModel): (one: CaseModel) => readonly PastStatus[] | undefined {
  const bySource = new Map<string, HistoryCase>();
  const byName = new Map<string, HistoryCase>();
  for (const one of model.history?.cases ?? []) {
    bySource.set(keyOf(one.source, one.name), one);
    if (!byName.has(one.name)) byName.set(one.name, one);
  }
  if (byName.size === 0) return () => undefined;
  const sources = new Map(model.boots.map(({ id, source }) => [id, source]));
  return (one) => {
    const name = titleOf(one);
    return (bySource.get(keyOf(sources.get(one.boot) ?? "", name)) ?? byName.get(name))?.statuses;
  };
}

/** How a case turned out beside the last run that has it; undefined where it is what it was. */
export function turnOf(status: CaseStatus, past: readonly PastStatus[] = []): Turn | undefined {
  const last = past.findLast((one) => one !== "absent");
  if (last === undefined) return "added";
  if (isRed(status)) return isRed(last) ? undefined : "broken";
  return status === "passed" && isRed(last) ? "fixed" : undefined;
}
