/**
 * Makes the mutants of every row, asks every judge, and counts: wrong greens among the red, true passes among the green.
 * What uktest got wrong is kept with everything that is needed to see it again.
 */
import { bases, captures } from "./captures.js";
import { greenLog, redLogs } from "./flaws.js";
import type { Judge } from "./judges.js";
import type { Log } from "./log.js";
import { randomOf } from "./random.js";
import { type Row, rows } from "./rows.js";

export interface Options {
  readonly seed: string;
  /** Scales the number of mutants. */
  readonly runs: number;
  readonly judges: readonly Judge[];
  /** Only rows and logs whose names hold these texts. */
  readonly row?: string;
  readonly log?: string;
}

export interface Cell {
  readonly reds: number;
  readonly wrongGreens: number;
  readonly greens: number;
  readonly keptPasses: number;
}

/** A verdict of a judge that is not the truth. */
export interface Miss {
  readonly row: string;
  readonly judge: string;
  readonly kind: "wrong green" | "lost pass";
  readonly log: string;
  readonly what: string;
  readonly line: number;
  readonly quote: string;
  /** The bytes that were judged. */
  readonly text: string;
}

export interface RowResult {
  readonly row: Row;
  /** One for each judge, in their order. */
  readonly cells: readonly Cell[];
}

export interface Report {
  readonly seed: string;
  readonly logs: { readonly green: number; readonly red: number };
  readonly results: readonly RowResult[];
  /** Misses of uktest where it must have none. */
  readonly misses: readonly Miss[];
}

/** All logs that are mutated, for one seed. */
export function logsFor(seed: string): readonly Log[] {
  const made = bases.flatMap((base) => [
    greenLog(base),
    ...redLogs(base, (name) => randomOf(`${seed} ${name}`)),
  ]);
  return [...captures, ...made];
}

/** Of the whole set, the least share of true passes that uktest has to keep. */
export const LEAST_KEPT = 0.999;

const NOTHING: Cell = { reds: 0, wrongGreens: 0, greens: 0, keptPasses: 0 };

const counted = (cell: Cell, truth: "green" | "red", green: boolean): Cell =>
  truth === "red"
    ? { ...cell, reds: cell.reds + 1, wrongGreens: cell.wrongGreens + Number(green) }
    : { ...cell, greens: cell.greens + 1, keptPasses: cell.keptPasses + Number(green) };

/** True when a verdict of this judge counts against uktest. */
function matters({ demand }: Row, nth: number, truth: "green" | "red"): boolean {
  if (nth > 1) return false;
  if (truth === "green") return true;
  return demand === "always" || (demand === "with plan" && nth === 1);
}

function runRow(
  row: Row,
  logs: readonly Log[],
  all: readonly Log[],
  options: Options,
  misses: Miss[],
): RowResult {
  const { judges, seed, runs } = options;
  let cells: readonly Cell[] = judges.map(() => NOTHING);
  for (const log of logs) {
    const random = randomOf(`${seed} ${row.name} ${log.name}`);
    for (const { text, truth = log.truth, what, at } of row.mutants(log, random, all, runs)) {
      const greens = judges.map((judge) => judge.isGreen({ text, plan: log.plan, halts: log.halts }));
      cells = cells.map((cell, nth) => counted(cell, truth, greens[nth] === true));
      greens.forEach((green, nth) => {
        if (green === (truth === "green") || !matters(row, nth, truth)) return;
        const quote = log.lines[at]?.text ?? "";
        const kind = green ? "wrong green" : "lost pass";
        const judge = judges[nth]?.name ?? "";
        misses.push({ row: row.name, judge, kind, log: log.name, what, line: at + 1, quote, text });
      });
    }
  }
  return { row, cells };
}

/** Runs the benchmark. The first two judges are uktest, without and with the plan. */
export function run(options: Options): Report {
  const all = logsFor(options.seed);
  const logs = all.filter(({ name }) => name.includes(options.log ?? ""));
  const misses: Miss[] = [];
  const results = rows
    .filter(({ name }) => name.includes(options.row ?? ""))
    .map((row) => runRow(row, logs, all, options, misses));
  const green = logs.filter(({ truth }) => truth === "green").length;
  return { seed: options.seed, logs: { green, red: logs.length - green }, results, misses };
}

/** The judges of uktest that keep too few true passes over all rows. */
export function losesPasses({ results }: Report, nth: number): boolean {
  const sum = (of: (cell: Cell) => number): number =>
    results.reduce((total, { cells }) => total + of(cells[nth] ?? NOTHING), 0);
  return sum(({ keptPasses }) => keptPasses) < LEAST_KEPT * sum(({ greens }) => greens);
}

/** True when uktest did what every row demands. */
export const holds = (report: Report): boolean =>
  !report.misses.some(({ kind }) => kind === "wrong green") &&
  !losesPasses(report, 0) &&
  !losesPasses(report, 1);
