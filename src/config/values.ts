/** Values that several parts of a configuration have, as the check knows them. A leaf. */
import * as v from "valibot";

export const text = v.pipe(v.string(), v.nonEmpty());
export const texts = v.array(text);
export const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A record of valibot takes an array for a record of its indices; a configuration that holds one is a mistake. */
export const noArray = v.custom<Readonly<Record<string, unknown>>>(
  (value) => !Array.isArray(value),
  "Object",
);
