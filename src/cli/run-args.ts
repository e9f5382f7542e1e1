/** What the options of a run mean: its project, its limits, its part, what is known to be red. It runs nothing. */
import { UsageError } from "../core/errors.js";
import { filterOf } from "../core/plan/filter.js";
import { ISOLATIONS } from "../core/plan/rounds.js";
import type { Shard } from "../core/plan/shards.js";
import type { KnownArguments } from "../history/known-arguments.js";
import type { RunArguments } from "../run/arguments.js";
import { settingFrom } from "../core/plan/settings.js";
import type { Hardware } from "../../runner/machine.js";
import { HARDWARE_LISTS } from "../run/images/options.js";
import type { ProjectArguments } from "../run/task.js";
import { COLORS } from "./options.js";
import type { CoverageKind } from "../core/model/coverage.js";
import { ACCELERATIONS, COVERAGE, EVIDENCE, MOST_ROUNDS, ROUNDS, UBSAN } from "../core/choices.js";
import { traceWish } from "./trace/formats.js";
import { shardFrom } from "./shard-auto.js";
import {
  atLeastOne,
  COUNTERS,
  isGiven,
  optionalNumber,
  positive,
  single,
  strings,
  values,
  wholeNumber,
} from "./values.js";

/**
 * What the options of a project mean.
 * @param axes machines and profiles; by default one of each
 * @throws UsageError
 */
export function projectArguments(
  args: Readonly<Record<string, unknown>>,
  axes: Axes = oneCell(args),
): ProjectArguments {
  const optional = (key: "image" | "symbols" | "config") => {
    const value = single(args, key);
    return value === undefined ? {} : { [key]: value };
  };
  const patterns = strings(args["pattern"]);
  if (patterns.includes(""))
    throw new UsageError("a pattern is empty", "is a variable of your script not set?");
  refuseLoneSymbols(args);
  const append = values(args, "append").flatMap((words) => words.split(/\s+/).filter((word) => word !== ""));
  const set = values(args, "set").map(settingFrom);
  const stress = atLeastOne(args, "stress");
  return {
    patterns,
    ...filterArgument(args),
    ...optional("image"),
    ...optional("symbols"),
    ...optional("config"),
    ...(append.length > 0 && { append }),
    ...(set.length > 0 && { set }),
    ...(stress !== undefined && { stress }),
    ...hardwareArguments(args),
    ...axes,
    compiler: single(args, "cc") ?? "gcc",
    build: !isGiven(args, "no-build"),
  };
}

type Axes = Pick<ProjectArguments, "machine" | "machines" | "profile" | "profiles" | "isMatrix">;

/** One machine and one profile, for commands that take no matrix. @throws UsageError */
export function oneCell(args: Readonly<Record<string, unknown>>): Axes {
  const machine = single(args, "machine");
  return { ...(machine !== undefined && { machine }), profile: single(args, "profile") ?? "" };
}

/** What names a board or a command may hold commas of its own. */
const BOARD = /^(?:serial|exec):/;

/** The names of an option that may be repeated, or hold several with commas between them. */
function namesIn(args: Readonly<Record<string, unknown>>, key: "machine" | "profile"): readonly string[] {
  const names = values(args, key).flatMap((word) => (BOARD.test(word) ? [word] : word.split(",")));
  if (names.includes(""))
    throw new UsageError(`--${key} has a name that is empty`, `names stand between commas: --${key} a,b`);
  return names;
}

/** Several machines, and several profiles, are a matrix: everything runs on each pair of them. */
function matrix(args: Readonly<Record<string, unknown>>): Axes {
  const [machines, profiles] = [namesIn(args, "machine"), namesIn(args, "profile")];
  const [[machine], [profile = ""]] = [machines, profiles];
  return {
    ...(machines.length > 1 ? { machines } : machine !== undefined && { machine }),
    profile,
    ...(profiles.length > 1 && { profiles }),
    isMatrix: true,
  };
}

/** A filter that is no expression is one error, before anything is built. @throws UsageError */
function filterArgument(args: Readonly<Record<string, unknown>>): Pick<ProjectArguments, "filter"> {
  const filter = single(args, "filter");
  if (filter === undefined) return {};
  filterOf(filter);
  return { filter };
}

/** What is asked for of hardware. @throws UsageError */
function hardwareArguments(args: Readonly<Record<string, unknown>>): Pick<ProjectArguments, "hardware"> {
  const initrd = single(args, "initrd");
  const cpus = wholeNumber(args, "cpus");
  if (cpus === 0) throw new UsageError("--cpus has to be a number from 1", "it is 0");
  const lists = HARDWARE_LISTS.map(([key, option]) => [key, values(args, option)] as const);
  const hardware: Hardware = {
    ...(initrd !== undefined && { initrd }),
    ...(cpus !== undefined && { cpus }),
    ...Object.fromEntries(lists.filter(([, all]) => all.length > 0)),
  };
  return Object.keys(hardware).length === 0 ? {} : { hardware };
}

export function refuseLoneSymbols(args: Readonly<Record<string, unknown>>): void {
  if (single(args, "symbols") !== undefined && single(args, "image") === undefined)
    throw new UsageError("--symbols goes with --image", "name the image that they belong to");
}

/** `i/n`. */
function shard(args: Readonly<Record<string, unknown>>): Shard | undefined {
  const given = single(args, "shard");
  if (given === undefined) return undefined;
  if (given === "auto") return shardFrom(process.env);
  const match = /^(\d{1,5})\/(\d{1,5})$/.exec(given);
  const [index, total] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= total) return { index, total };
  throw new UsageError(`--shard has to be of the form i/n, from 1/n to n/n`, `it is ${given}`);
}

const SEEDS = 1_000_000;

function runControl(args: Readonly<Record<string, unknown>>) {
  const failFast = optionalNumber(args, "fail-fast", () => 1);
  const shuffle = optionalNumber(args, "shuffle", () => Math.floor(Math.random() * SEEDS));
  const runTimeout = positive(args, "run-timeout");
  const part = shard(args);
  const untilFail = isGiven(args, "until-fail");
  const record = single(args, "record");
  const keepCore = isGiven(args, "keep-core");
  if (keepCore && record === undefined)
    throw new UsageError("--keep-core goes with --record", "cores are kept beside the record of the run");
  const lastFailed = isGiven(args, "last-failed");
  if (lastFailed && single(args, "image") !== undefined)
    throw new UsageError("--last-failed goes without --image", "name the cases: the end of a red run does");
  const changed = single(args, "changed");
  if (changed !== undefined && single(args, "image") !== undefined)
    throw new UsageError(
      "--changed goes without --image",
      "it has to know which sources an image is made from, and builds the project for that",
    );
  if (changed !== undefined && lastFailed)
    throw new UsageError("--changed goes without --last-failed", "it runs what was red in any case");
  const times = single(args, "times");
  if (times !== undefined && part === undefined)
    throw new UsageError("--times goes with --shard", "it shares the cases out by how long they take");
  return {
    lastFailed,
    keepCore,
    ...(changed !== undefined && { changed }),
    ...(times !== undefined && { times }),
    ...(record !== undefined && { record }),
    verifyIsolation: isGiven(args, "verify-isolation"),
    retries: wholeNumber(args, "retries") ?? 0,
    flaky: single(args, "flaky") === "pass" ? "pass" : "fail",
    ...(failFast !== undefined && { failFast: Math.max(failFast, 1) }),
    ...(part !== undefined && { shard: part }),
    ...(shuffle !== undefined && { shuffle }),
    repeat: atLeastOne(args, "repeat") ?? (untilFail ? 1000 : 1),
    untilFail,
    ...(runTimeout !== undefined && { runTimeoutMs: runTimeout * 1000 }),
  } as const;
}

/** How coverage is found out; undefined where it is not asked for. @throws UsageError */
function coverageKind(args: Readonly<Record<string, unknown>>): CoverageKind | undefined {
  const given = single(args, "coverage");
  if (given === undefined) return undefined;
  const compiler = single(args, "cc");
  const kind = COVERAGE.find((one) => one === (given === COUNTERS ? (compiler ?? "gcc") : given));
  if (kind === undefined)
    throw new UsageError(`--coverage does not take ${given}`, `one of: ${COVERAGE.join(", ")}`);
  if (kind === "gcc" && compiler === "clang")
    throw new UsageError(
      "--coverage=gcc goes without --cc clang",
      "its counters are those of gcc: --coverage=clang",
    );
  return kind;
}

function coverageMinimum(
  args: Readonly<Record<string, unknown>>,
  kind: CoverageKind | undefined,
): number | undefined {
  const given = single(args, "coverage-min");
  if (given === undefined) return undefined;
  const percent = Number(given);
  if (!(percent >= 0 && percent <= 100))
    throw new UsageError("--coverage-min has to be a number from 0 to 100", `it is ${given}`);
  if (kind === undefined)
    throw new UsageError("--coverage-min goes with --coverage", "uktest run --coverage --coverage-min 80");
  return percent;
}

/** Rounds of benchmarks, and by how much they may grow; nothing where no rounds are asked for. @throws UsageError */
function benchArguments(
  args: Readonly<Record<string, unknown>>,
): Pick<RunArguments, "bench" | "benchMaxGrowth"> {
  const rounds = atLeastOne(args, "bench-rounds") ?? ROUNDS;
  const growth = single(args, "bench-max-growth");
  if (!isGiven(args, "bench")) {
    const lone = ["bench-rounds", "bench-max-growth"].find((name) => single(args, name) !== undefined);
    if (lone === undefined) return {};
    throw new UsageError(
      `--${lone} goes with --bench`,
      "uktest run --bench counts the instructions of benchmarks",
    );
  }
  if (rounds > MOST_ROUNDS)
    throw new UsageError(
      `--bench-rounds has to be ${String(MOST_ROUNDS)} at the most`,
      `it is ${String(rounds)}`,
    );
  if (single(args, "accel") === "kvm")
    throw new UsageError("--bench goes without --accel kvm", "only an emulator counts instructions: TCG");
  if (single(args, "coverage") !== undefined)
    throw new UsageError(
      "--bench goes without --coverage",
      "counters of lines are instructions too: run it twice",
    );
  if (growth === undefined) return { bench: rounds };
  const percent = Number(growth);
  if (growth === "" || !(percent >= 0))
    throw new UsageError("--bench-max-growth has to be a number from 0", `it is ${growth}`);
  if (single(args, "baseline") === undefined)
    throw new UsageError("--bench-max-growth goes with --baseline", "name the run that it is compared with");
  return { bench: rounds, benchMaxGrowth: percent };
}

/**
 * What the options of a run mean.
 * @param axes machines and profiles; by default as many as are named, or as the configuration has
 * @throws UsageError
 */
export function runArguments(
  args: Readonly<Record<string, unknown>>,
  axes: Axes = matrix(args),
): RunArguments {
  const root = single(args, "root");
  const memory = positive(args, "memory");
  const timeout = positive(args, "timeout");
  const silence = positive(args, "silence");
  const ofCase = positive(args, "case-timeout");
  const jobs = atLeastOne(args, "jobs");
  const maxLeak = wholeNumber(args, "max-leak", 15);
  const trace = traceWish(args);
  const coverage = coverageKind(args);
  const coverageMin = coverageMinimum(args, coverage);
  const coverageBase = single(args, "coverage-base");
  if (coverageBase !== undefined && coverage === undefined)
    throw new UsageError(
      "--coverage-base goes with --coverage",
      "uktest run --coverage --coverage-base main",
    );
  const metrics = optionalNumber(args, "metrics", () => 0);
  return {
    ...projectArguments(args, axes),
    ...benchArguments(args),
    ...(maxLeak !== undefined && { maxLeak }),
    ...(trace !== undefined && { trace, isTraced: true as const }),
    ...(metrics !== undefined && { metrics }),
    ...(isGiven(args, "store") && { store: true as const }),
    ...(coverage !== undefined && { coverage }),
    // Its counters are no other compiler's.
    ...(coverage === "clang" && { compiler: "clang" as const }),
    ...(coverageMin !== undefined && { coverageMin }),
    ...(coverageBase !== undefined && { coverageBase }),
    ...known(args),
    reporters: values(args, "reporter"),
    autoReporters: !isGiven(args, "no-auto-reporters"),
    ubsan: UBSAN.find((policy) => policy === single(args, "ubsan")) ?? "fail",
    ...(root !== undefined && { root }),
    stripPrefixes: values(args, "strip-prefix"),
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
    ...(memory !== undefined && { memoryMiB: Math.ceil(memory) }),
    acceleration: ACCELERATIONS.find((one) => one === single(args, "accel")) ?? "tcg",
    limits: {
      ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      ...(silence !== undefined && { silenceMs: silence * 1000 }),
      ...(ofCase !== undefined && { caseMs: ofCase * 1000 }),
    },
    isolation: ISOLATIONS.find((one) => one === single(args, "isolate")) ?? "auto",
    maxCrashes: wholeNumber(args, "max-crashes") ?? 100,
    ...(jobs !== undefined && { jobs }),
    ...runControl(args),
    require: EVIDENCE.find((one) => one === single(args, "require")) ?? "console",
    keep: isGiven(args, "keep"),
  };
}

/** What is known to be red. */
export function known(args: Readonly<Record<string, unknown>>): KnownArguments {
  const optional = (key: string, name: "baseline" | "quarantine" | "knownFindings") => {
    const value = single(args, key);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    onlyNew: isGiven(args, "only-new"),
    ...(values(args, "history").length > 0 && { history: values(args, "history") }),
    ...optional("baseline", "baseline"),
    ...optional("quarantine", "quarantine"),
    ...optional("known-findings", "knownFindings"),
  };
}
