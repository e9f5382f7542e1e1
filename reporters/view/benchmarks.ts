/** Benchmarks of a run in words: what each takes, and what became of that since the baseline. It compares nothing itself. */
import { type Benchmark, benchmarksOf, growthOf } from "../../src/core/model/benchmarks.js";
import { titleOf } from "../../src/core/model/known.js";
import type { RunModel } from "../../src/core/model.js";
import { oneLine } from "./line.js";
import { grouped, instructions, nanoseconds, valueOf } from "./measurements.js";

export interface BenchmarkRow {
  readonly name: string;
  /** `1,234 instructions`, with their range where the rounds differ; a time with its deviation. */
  readonly words: string;
  /** `+12 instructions (+3 %)`, `new`; empty where it is as it was, or nothing was compared. */
  readonly change: string;
  readonly tone: "bad" | "good" | "odd" | "faint";
}

const signed = (value: number): string => `${value < 0 ? "-" : "+"}${grouped(Math.abs(value))}`;

/** Whole percents, and below ten of them one digit more. */
function percentWords(percent: number): string {
  const size = Math.abs(percent);
  if (!Number.isFinite(size)) return "from none";
  const shown = size < 10 ? Math.max(Number(size.toFixed(1)), 0.1) : Math.round(size);
  return `${percent < 0 ? "-" : "+"}${grouped(shown)} %`;
}

function wordsOf({ one, instructions: count }: Benchmark): string {
  const of = (name: string): number => valueOf(one, name) ?? 0;
  if (count === undefined)
    return `${nanoseconds(of("nanoseconds"))} (deviation ${nanoseconds(of("nanoseconds_mad"))})`;
  const [least, most] = [of("instructions_min"), of("instructions_max")];
  return `${instructions(count)}${least === most ? "" : ` (${grouped(least)} to ${grouped(most)})`}`;
}

function changeOf(
  { instructions: now, before }: Benchmark,
  isCompared: boolean,
): Pick<BenchmarkRow, "change" | "tone"> {
  if (now === undefined || !isCompared || now === before) return { change: "", tone: "faint" };
  if (before === undefined) return { change: "new", tone: "odd" };
  const more = now - before;
  const what = Math.abs(more) === 1 ? "instruction" : "instructions";
  return {
    change: `${signed(more)} ${what} (${percentWords(growthOf(before, now))})`,
    tone: more > 0 ? "bad" : "good",
  };
}

export interface BenchmarkTable {
  readonly rows: readonly BenchmarkRow[];
  /** Names of those that are in the baseline alone. */
  readonly gone: readonly string[];
}

/** The benchmarks of a run; undefined where none was to be counted, or there is none. */
export function benchmarkTable(model: RunModel): BenchmarkTable | undefined {
  const found = benchmarksOf(model);
  if (found === undefined || (found.all.length === 0 && found.gone.length === 0)) return undefined;
  return {
    rows: found.all.map((one) => ({
      name: oneLine(titleOf(one.one)),
      words: wordsOf(one),
      ...changeOf(one, found.isCompared),
    })),
    gone: found.gone.map((name) => oneLine(name)),
  };
}
