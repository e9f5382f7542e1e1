/**
 * The families of reports of other systems than Unikraft, in the order in which they are asked, with a quick test for lines
 * in which none can begin. It recognises no report itself.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { byPrecedence } from "./precedence.js";
import { FAMILIES } from "./families.generated.js";

export interface ReportFamilies {
  /** In the order in which they are asked. */
  readonly all: readonly ReportFamily[];
  /** A first line of one of them holds a match; hardly any other line does. */
  readonly hint: RegExp;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The families of src/faults, and those of a project; among equals its own come first. */
export function familiesWith(own: readonly ReportFamily[]): ReportFamilies {
  const all = [...own, ...FAMILIES.flat()].sort(byPrecedence);
  const hints = new Set(all.flatMap(({ hints }) => hints));
  return { all, hint: new RegExp([...hints].map(escaped).join("|")) };
}

export const reportFamilies: ReportFamilies = familiesWith([]);
