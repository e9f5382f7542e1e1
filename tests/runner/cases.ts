/** The cases of a report, as lines that can be compared. */
import type { JsonDocument } from "./kit.js";

/** `suite.case status`, in the order of the report. */
export const casesIn = ({ suites }: JsonDocument): readonly string[] =>
  suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name} ${one.status}`));
