/** What the options of the library mean to the rest of it. */
import { ACCELERATIONS, COMPILERS, COVERAGE, EVIDENCE, FLAKY, MOST_ROUNDS, UBSAN } from "../core/choices.js";
import { ISOLATIONS } from "../core/plan/rounds.js";
import { UsageError } from "../core/errors.js";
import type { RunArguments } from "../run/arguments.js";
import type { LogArguments } from "../run/logs/events.js";
import { settingFrom } from "../core/plan/settings.js";
import type { ProjectArguments } from "../run/task.js";
import type { ImageOptions, ReportOptions, RunOptions } from "./options.js";

/** Values of options that are one of a few words: a typo must not be taken for the strictest or for none. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ubsan: UBSAN,
  require: EVIDENCE,
  acceleration: ACCELERATIONS,
  isolate: ISOLATIONS,
  flaky: FLAKY,
  compiler: COMPILERS,
  coverage: COVERAGE,
};

/** @throws UsageError for options that are no object, and for a value that is none of its choices */
function checked<T extends object>(options: T): T {
  const given: unknown = options;
  if (typeof given !== "object" || given === null)
    throw new UsageError("the options are no object", "pass none, or an object of options");
  for (const [name, value] of Object.entries(given)) {
    const choices = Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
    if (choices === undefined || value === undefined || choices.includes(value as string)) continue;
    throw new UsageError(`${name}: ${String(value)}: unknown value`, `one of: ${choices.join(", ")}`);
  }
  return options;
}

/** A list of names, as a program that is not typed may get it wrong. */
export function names(value: unknown, what: string): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string" && one !== ""))
    return value as readonly string[];
  throw new UsageError(`${what} have to be a list of texts that is not empty`, "see docs/library.md");
}

/** Without what is undefined: an option that is not there and one without a value are the same. */
const given = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

export const projectArguments = (options: ImageOptions): ProjectArguments => {
  const { image, symbols, machine, config, patterns = [] } = checked(options);
  if (!Array.isArray(patterns)) throw new UsageError("patterns have to be a list", "see docs/library.md");
  return {
    patterns,
    ...(options.append !== undefined &&
      options.append.length !== 0 && { append: names(options.append, "the words to append") }),
    ...(options.set !== undefined &&
      options.set.length !== 0 && { set: names(options.set, "the values to set").map(settingFrom) }),
    ...(given({ image, symbols, machine, config }) as Partial<ProjectArguments>),
    ...(options.machines !== undefined && { machines: names(options.machines, "the machines") }),
    ...(options.profiles !== undefined && { profiles: names(options.profiles, "the profiles") }),
    profile: options.profile ?? "",
    compiler: options.compiler ?? "gcc",
    build: options.build ?? true,
  };
};

/** A number, as a program that is not typed may get it wrong. */
function numberFrom(value: unknown, what: string, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new UsageError(
    `${what} has to be a number from ${String(least)} to ${String(most)}`,
    "see docs/library.md",
  );
}

/** What is found out besides results. */
const measuringArguments = (options: RunOptions): Partial<RunArguments> => {
  const { coverage, coverageBase, store } = options;
  const coverageMin = numberFrom(options.coverageMin, "coverageMin", 0, 100);
  const bench = numberFrom(options.bench, "bench", 1, MOST_ROUNDS);
  if (bench !== undefined && !Number.isInteger(bench))
    throw new UsageError("bench has to be a whole number of rounds", `it is ${String(bench)}`);
  if (coverage === undefined && (coverageMin !== undefined || coverageBase !== undefined))
    throw new UsageError("coverageMin and coverageBase go with coverage", "name a kind of it");
  if (coverage !== undefined && bench !== undefined)
    throw new UsageError("coverage and bench exclude each other", "counters of lines are instructions too");
  if (coverage === "gcc" && options.compiler === "clang")
    throw new UsageError("coverage: gcc goes without clang", "coverage: clang");
  return {
    ...(given({ coverage, coverageMin, coverageBase, bench }) as Partial<RunArguments>),
    ...(coverage === "clang" && { compiler: "clang" }),
    ...(store === true && { store }),
  };
};

export const runArguments = (options: RunOptions): RunArguments => {
  const { memoryMiB, failFast, shard, shuffle, runTimeoutMs, jobs, record, quarantine, knownFindings } =
    options;
  const limits = {
    timeoutMs: options.timeoutMs,
    silenceMs: options.silenceMs,
    caseMs: options.caseTimeoutMs,
  };
  return {
    ...projectArguments(options),
    isMatrix: true,
    ...measuringArguments(options),
    ...(given({
      ...{ memoryMiB, failFast, shard, shuffle, runTimeoutMs, jobs, record, quarantine, knownFindings },
    }) as Partial<RunArguments>),
    reporters: [],
    autoReporters: false,
    ubsan: options.ubsan ?? "fail",
    require: options.require ?? "console",
    stripPrefixes: [],
    color: "never",
    acceleration: options.acceleration ?? "tcg",
    limits: given(limits) as RunArguments["limits"],
    isolation: options.isolate ?? "auto",
    verifyIsolation: false,
    maxCrashes: options.maxCrashes ?? 100,
    retries: options.retries ?? 0,
    flaky: options.flaky ?? "fail",
    repeat: options.repeat ?? 1,
    untilFail: false,
    keep: false,
    onlyNew: false,
    lastFailed: false,
    keepCore: false,
  };
};

export const logArguments = (logs: readonly string[], options: ReportOptions): LogArguments => {
  const { image, symbols, ubsan, config } = checked(options);
  return {
    logs,
    ...(given({ image, symbols, ubsan, config }) as Partial<LogArguments>),
    root: options.root ?? ".",
    stripPrefixes: [],
    dialect: options.dialect ?? "auto",
  };
};
