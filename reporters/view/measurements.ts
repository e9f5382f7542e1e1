/**
 * What was measured of a case, in words that all reports share. It does not judge: what is too much is a finding.
 */
import type { CaseModel, MeasurementModel } from "../../src/core/model.js";
import { plural } from "../../src/core/plural.js";
import { formatDuration } from "../../src/text/duration.js";
import { nameOf } from "./line.js";

/** A record may hold any number of them. */
const MOST = 50;

/** `1,234`: an exact number that may be a large one. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `1,234 instructions`. */
export const instructions = (value: number): string =>
  `${grouped(value)} ${value === 1 ? "instruction" : "instructions"}`;

/** `812 ns`, `1.2 ms`. */
export const nanoseconds = (value: number): string =>
  value < 100_000 ? `${grouped(Math.round(value))} ns` : formatDuration(value / 1e6);

/** `64 bytes`, `12 ms`, `3`. */
function amountOf({ value, unit }: MeasurementModel): string {
  if (unit === "bytes") return plural(value, "byte");
  if (unit === "instructions") return instructions(value);
  if (unit === "nanoseconds") return nanoseconds(value);
  return unit === "seconds" ? formatDuration(value * 1000) : String(value);
}

export interface Measured {
  /** As in metrics: `peak_bytes`. */
  readonly name: string;
  /** Without the unit: `peak`. */
  readonly title: string;
  readonly value: number;
  readonly text: string;
}

/** All that was measured of a case, each under a name of one line. */
export const measuredOf = ({ measurements = [] }: CaseModel): readonly Measured[] =>
  measurements.slice(0, MOST).map((one) => {
    const name = nameOf(one.name);
    const end = one.unit === undefined ? "" : `_${one.unit}`;
    const title = (end !== "" && name.endsWith(end) ? name.slice(0, -end.length) : name).replaceAll("_", " ");
    return { name, title, value: one.value, text: amountOf(one) };
  });

/** A value of a case by its name; undefined where it was not measured. */
export const valueOf = ({ measurements = [] }: CaseModel, name: string): number | undefined =>
  measurements.find((one) => one.name === name)?.value;
