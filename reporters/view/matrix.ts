/** The matrix of a run in words: a total for each machine and profile, and the cases that differ. It compares nothing itself. */
import type { CaseStatus } from "../../src/core/events.js";
import {
  type Matrix,
  type MatrixCell,
  type MatrixColumn,
  matrixOf,
  type Other,
  OTHERS,
} from "../../src/core/model/matrix.js";
import type { RunModel } from "../../src/core/model.js";
import { plural } from "../../src/core/plural.js";
import { STATUS_WORDS } from "./counts.js";
import { nameOf, oneLine } from "./line.js";
import type { Tone } from "./theme.js";

export interface MatrixWords {
  /** `qemu-arm64`, and `qemu-arm64 (debug)` where there are several profiles. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly program: string;
    /** One for each column. */
    readonly cells: readonly CellWords[];
  }[];
  /** Of all programs together, one for each column. */
  readonly totals: readonly CellWords[];
  readonly differing: readonly {
    /** `program: suite.case`; without the program where there is one. */
    readonly name: string;
    /** One for each column; empty where the case is not in that cell. */
    readonly words: readonly string[];
    /** `failed on qemu-arm64; passed on v86, qemu-x86_64`, the worst first. */
    readonly line: string;
  }[];
}

export interface CellWords {
  /** `9 passed, 1 failed`; empty where the program does not run in that cell. */
  readonly text: string;
  readonly tone: Tone;
}

const NOTHING: CellWords = { text: "", tone: "faint" };

/** What a column is called. */
export const columnName = ({ machine, profile }: MatrixColumn): string =>
  nameOf(profile === undefined ? machine : `${machine} (${profile})`);

/** The counts of a cell, as a status line says them but with what passed first. */
function cellWords(cell: MatrixCell | undefined): CellWords {
  if (cell === undefined) return NOTHING;
  const { counts, others, isRed } = cell;
  const statuses = [...STATUS_WORDS].reverse().filter(([status]) => (counts.get(status) ?? 0) > 0);
  const words = [
    ...statuses.map(([status, word]) => `${counts.get(status) ?? 0} ${word}`),
    ...OTHERS.filter((what) => others[what] > 0).map((what) => plural(others[what], what)),
  ];
  // As where --changed leaves all of them out: whether that is red is the verdict's.
  if (words.length === 0) return { text: "no case", tone: isRed ? "bad" : "faint" };
  const isGood = statuses.every(([status]) => status === "passed" || status === "skipped");
  return { text: words.join(", "), tone: isRed ? "bad" : isGood ? "good" : "odd" };
}

function added(all: readonly (MatrixCell | undefined)[]): MatrixCell {
  const there = all.filter((cell) => cell !== undefined);
  const counts = new Map<CaseStatus, number>();
  for (const cell of there)
    for (const [status, count] of cell.counts) counts.set(status, (counts.get(status) ?? 0) + count);
  const sum = (what: Other): number => there.reduce((total, { others }) => total + others[what], 0);
  return {
    counts,
    others: { fault: sum("fault"), finding: sum("finding"), problem: sum("problem") },
    isRed: there.some((cell) => cell.isRed),
  };
}

const WORDS = new Map(STATUS_WORDS);

const statusWord = (status: CaseStatus | undefined): string =>
  status === undefined ? "" : (WORDS.get(status) ?? status);

/** Which columns have which status, the worst first. */
function lineOf(columns: readonly string[], words: readonly string[], isThere: readonly boolean[]): string {
  const order = [...STATUS_WORDS.map(([, word]) => word), ""];
  return order
    .flatMap((word) => {
      const having = columns.filter((_, at) => isThere[at] === true && words[at] === word);
      return having.length === 0 ? [] : [`${word === "" ? "not there" : word} on ${having.join(", ")}`];
    })
    .join("; ");
}

function wordsOf({ columns, rows }: Matrix): MatrixWords {
  const names = columns.map(columnName);
  return {
    columns: names,
    rows: rows.map(({ program, cells }) => ({ program: nameOf(program), cells: cells.map(cellWords) })),
    totals: columns.map((_, at) => cellWords(added(rows.map(({ cells }) => cells[at])))),
    differing: rows.flatMap(({ program, cells, differing }) =>
      differing.map(({ name, statuses }) => {
        const words = statuses.map(statusWord);
        const isThere = cells.map((cell) => cell !== undefined);
        return {
          name: oneLine(rows.length === 1 ? name : `${program}: ${name}`),
          words,
          line: lineOf(names, words, isThere),
        };
      }),
    ),
  };
}

/** The matrix; undefined for a run on one machine with one profile. */
export function matrixWords(model: RunModel): MatrixWords | undefined {
  const matrix = matrixOf(model);
  return matrix && wordsOf(matrix);
}
