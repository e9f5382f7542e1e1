/** What is looked for in a record: texts, numbers, tuples and lists by their names. What is not there is empty or undefined. */
import type { MiTuple, MiValue } from "./records.js";

const isTuple = (value: MiValue | undefined): value is MiTuple =>
  typeof value === "object" && !Array.isArray(value);

/** A constant; undefined where there is none of that name. */
export function textOf(values: MiTuple, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** A constant; empty where there is none of that name, as where it is empty. */
export const wordOf = (values: MiTuple, name: string): string => textOf(values, name) ?? "";

/** A number in decimal or with `0x`; undefined where there is none. */
export function numberOf(values: MiTuple, name: string): number | undefined {
  const text = wordOf(values, name);
  const value = text === "" ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** A tuple; empty where there is none. */
export function tupleOf(values: MiTuple, name: string): MiTuple {
  const value = values[name];
  return isTuple(value) ? value : {};
}

/** The tuples of a list; none where there is no list. */
export function tuplesOf(values: MiTuple, name: string): readonly MiTuple[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly MiValue[]).filter(isTuple) : [];
}

/** A tuple of a list by its place; empty where there are not that many. */
export const tupleAt = (values: MiTuple, name: string, at: number): MiTuple =>
  tuplesOf(values, name)[at] ?? {};

/** The constants of a list. */
export function textsOf(values: MiTuple, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value)
    ? (value as readonly MiValue[]).filter((one): one is string => typeof one === "string")
    : [];
}
