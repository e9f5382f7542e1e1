/** Which limits of coverage a run stays below. It measures nothing. */
import type { RunModel } from "../../model.js";
import { plural } from "../../plural.js";
import { changedCoverage } from "./changed.js";
import { fileCounts, percentOf, rateOf, type Share, totalCounts } from "./counts.js";

/** What stays below its limit, in words; nothing where there is no limit. */
export function coverageBreaches(model: RunModel): readonly string[] {
  const { coverage, policy } = model;
  const { coverageMinimum: minimum } = policy;
  if (minimum === undefined) return [];
  if (coverage === undefined) return ["no coverage was measured, and some is wanted"];
  const { lines, file, changed: least } = minimum;
  const changed = changedCoverage(model);
  const total = totalCounts(coverage).lines;
  const low = file === undefined ? [] : coverage.files.filter((one) => isBelow(fileCounts(one).lines, file));
  const [first] = low;
  return [
    ...(lines !== undefined && isBelow(total, lines)
      ? [`${percentOf(total)} % of the lines ran, and ${String(lines)} % are wanted`]
      : []),
    ...(least !== undefined && changed !== undefined && isBelow(changed.lines, least)
      ? [
          `${percentOf(changed.lines)} % of the lines that have changed since ${changed.base} ran, and ` +
            `${String(least)} % are wanted`,
        ]
      : []),
    ...(first === undefined || file === undefined
      ? []
      : [
          `${plural(low.length, "source")} below ${String(file)} % of the lines (${first.path}: ` +
            `${percentOf(fileCounts(first).lines)} %)`,
        ]),
  ];
}

const isBelow = (share: Share, percent: number): boolean => rateOf(share) * 100 < percent;
