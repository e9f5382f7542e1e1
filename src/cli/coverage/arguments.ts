/** What was typed after `uktest coverage`, and what it means. It reads no record. */
import { UsageError } from "../../core/errors.js";
import type { ColorChoice } from "../../delivery/terminal.js";
import { COLORS } from "../options.js";
import { single, strings, values } from "../values.js";

export const COVERAGE_ACTIONS = ["show", "merge", "diff"] as const;

export interface CoverageArguments {
  readonly action: (typeof COVERAGE_ACTIONS)[number];
  /** Records, folders of them, or `latest`. */
  readonly records: readonly string[];
  readonly reporters: readonly string[];
  readonly root: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
}

/** How many records each takes. */
const NUMBERS: Readonly<Record<CoverageArguments["action"], readonly [least: number, most: number]>> = {
  show: [1, 1],
  merge: [1, Infinity],
  diff: [2, 2],
};

/** @throws UsageError */
export function coverageArguments(args: Readonly<Record<string, unknown>>): CoverageArguments {
  const action = COVERAGE_ACTIONS.find((one) => one === args["action"]) ?? "show";
  const records = strings(args["record"]);
  if (records.includes(""))
    throw new UsageError("the name of a record is empty", "is a variable of your script not set?");
  const [least, most] = NUMBERS[action];
  if (records.length < least || records.length > most)
    throw new UsageError(
      `coverage ${action} takes ${least === most ? String(least) : "one or more"} ${least === 1 && most === 1 ? "record" : "records"}`,
      action === "diff" ? "uktest coverage diff BEFORE AFTER" : "uktest coverage merge joins several",
    );
  const reporters = values(args, "reporter");
  if (action === "diff" && reporters.length > 0)
    throw new UsageError(
      "coverage diff goes without --reporter",
      "it prints what one has more than the other",
    );
  return {
    ...{ action, records, reporters },
    root: single(args, "root") ?? ".",
    stripPrefixes: values(args, "strip-prefix"),
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
  };
}
