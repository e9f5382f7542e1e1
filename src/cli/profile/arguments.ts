/** What the options of `uktest profile` mean. It runs nothing. */
import { UsageError } from "../../core/errors.js";
import type { RunArguments } from "../../run/arguments.js";
import { oneCell, runArguments } from "../run-args.js";
import { isGiven, single } from "../values.js";

export const PROFILE_FORMATS = ["folded", "speedscope", "pprof", "html"] as const;
export type ProfileFormat = (typeof PROFILE_FORMATS)[number];

export interface ProfileArguments {
  readonly run: RunArguments;
  /** Samples a second. */
  readonly hz: number;
  readonly format: ProfileFormat;
  readonly isByCase: boolean;
  /** File; absent: printed. */
  readonly output?: string;
}

/** Options of `run` that need the stub of the machine themselves, or a machine without one. */
export const NOT_PROFILED = ["coverage", "coverage-min", "max-leak", "accel"] as const;

/** A stop costs about a millisecond: more of them leave the guest no time. */
const MOST_HZ = 1000;

/** @throws UsageError */
export function profileArguments(args: Readonly<Record<string, unknown>>): ProfileArguments {
  for (const name of NOT_PROFILED)
    if (args[name] !== undefined && !(name === "accel" && single(args, name) === "tcg"))
      throw new UsageError(`--${name} makes no sense in a profile`, "see uktest profile --help");
  const given = single(args, "hz") ?? "250";
  const hz = Number(given);
  if (!(hz >= 1 && hz <= MOST_HZ))
    throw new UsageError(`--hz has to be a number from 1 to ${String(MOST_HZ)}`, `it is ${given}`);
  const format = PROFILE_FORMATS.find((one) => one === single(args, "format")) ?? "folded";
  const output = single(args, "output");
  if (format === "pprof" && output === undefined)
    throw new UsageError("--format pprof needs --output", "the file is binary: -o profile.pb.gz");
  // Stacks of two architectures have nothing in common.
  const run = runArguments(args, oneCell(args));
  return {
    // Guests that run side by side take time from each other.
    run: { jobs: 1, ...run, isProfiled: true, ...(output === undefined && { isStdoutTaken: true as const }) },
    ...{ hz, format, isByCase: isGiven(args, "by-case") },
    ...(output !== undefined && { output }),
  };
}
