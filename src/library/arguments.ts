/** What the options of the library mean to the rest of it. */
import type { RunArguments } from "../run/arguments.js";
import type { LogArguments } from "../run/log-events.js";
import type { ProjectArguments } from "../run/task.js";
import type { ImageOptions, ReportOptions, RunOptions } from "./options.js";

/** Without what is undefined: an option that is not there and one without a value are the same. */
const given = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

export const projectArguments = (options: ImageOptions): ProjectArguments => {
  const { image, symbols, machine, config } = options;
  return {
    patterns: options.patterns ?? [],
    ...(given({ image, symbols, machine, config }) as Partial<ProjectArguments>),
    profile: options.profile ?? "",
    compiler: options.compiler ?? "gcc",
    build: options.build ?? true,
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
  };
};

export const logArguments = (logs: readonly string[], options: ReportOptions): LogArguments => {
  const { image, symbols, ubsan } = options;
  return {
    logs,
    ...(given({ image, symbols, ubsan }) as Partial<LogArguments>),
    root: options.root ?? ".",
    stripPrefixes: [],
    dialect: options.dialect ?? "auto",
  };
};
