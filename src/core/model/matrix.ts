/**
 * The results of a run on several machines or with several profiles, side by side: what each program came to in each cell,
 * and the cases whose results are not the same in all of them. It judges nothing: a case that differs is as red as it is.
 */
import type { CaseStatus } from "../events.js";
import type { RunModel } from "../model.js";
import { isRed, worseStatus } from "../statuses.js";
import { knownCase, knownFault, redFindings } from "./known.js";
import { type SourceParts, sourceParts } from "./sources.js";

/** A machine, and a profile where there are several. */
export type MatrixColumn = Omit<SourceParts, "program">;

/** A program in a cell. */
export interface MatrixCell {
  /** How many cases came to which status. */
  readonly counts: ReadonlyMap<CaseStatus, number>;
  /** What else fails the run there: faults outside of cases, findings, problems. */
  readonly others: Readonly<Record<Other, number>>;
  /** Something in it fails the run: what is known to be red does not. */
  readonly isRed: boolean;
}

export const OTHERS = ["fault", "finding", "problem"] as const;
export type Other = (typeof OTHERS)[number];

export interface MatrixRow {
  readonly program: string;
  /** One for each column; absent where the program is not in that cell. */
  readonly cells: readonly (MatrixCell | undefined)[];
  /** Cases that are not the same in all of its cells: `suite.case`, and a status for each column that has it. */
  readonly differing: readonly DifferingCase[];
}

export interface DifferingCase {
  readonly name: string;
  readonly statuses: readonly (CaseStatus | undefined)[];
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
}

const keyOf = ({ machine, profile = "" }: MatrixColumn): string => `${machine}\0${profile}`;

/** The results of one program in one cell: `suite.case` and its status, the worst of several results. */
type Results = Map<string, CaseStatus>;

/** The sources that have parts, by program and column, in their order. */
function cellsIn({ sources }: RunModel): {
  readonly programs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly columns: readonly MatrixColumn[];
} {
  const programs = new Map<string, Map<string, string>>();
  const columns = new Map<string, MatrixColumn>();
  for (const source of sources) {
    const parts = sourceParts(source);
    if (parts === undefined) continue;
    const { program, ...column } = parts;
    const key = keyOf(column);
    columns.set(key, column);
    const known = programs.get(program) ?? new Map<string, string>();
    programs.set(program, known.set(key, source));
  }
  return { programs, columns: [...columns.values()] };
}

function resultsBySource({ boots, suites }: RunModel): ReadonlyMap<string, Results> {
  const sourceOf = new Map(boots.map(({ id, source }) => [id, source]));
  const all = new Map<string, Results>();
  for (const { boot, name: suite, cases } of suites) {
    const source = sourceOf.get(boot) ?? "";
    const results: Results = all.get(source) ?? new Map<string, CaseStatus>();
    all.set(source, results);
    for (const { name, status } of cases) {
      const title = `${suite}.${name}`;
      const before = results.get(title);
      results.set(title, before === undefined ? status : worseStatus(before, status));
    }
  }
  return all;
}

function countsOf(results: Results): ReadonlyMap<CaseStatus, number> {
  const counts = new Map<CaseStatus, number>();
  for (const status of results.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** What of each source fails the run besides its cases, and the sources of which a case does. */
function redIn(model: RunModel): {
  readonly others: ReadonlyMap<string, Record<Other, number>>;
  readonly red: ReadonlySet<string>;
} {
  const sourceOf = new Map(model.boots.map(({ id, source }) => [id, source]));
  const others = new Map<string, Record<Other, number>>();
  const note = (what: Other, boots: readonly (string | undefined)[]): void => {
    for (const source of new Set(boots.map((boot) => sourceOf.get(boot ?? "")))) {
      if (source === undefined) continue;
      const known = others.get(source) ?? { fault: 0, finding: 0, problem: 0 };
      others.set(source, { ...known, [what]: known[what] + 1 });
    }
  };
  const faults = model.faults.filter((fault) => knownFault(model, fault) === undefined);
  for (const { boot, caseId } of faults) if (caseId === undefined) note("fault", [boot]);
  for (const { boots, boot } of redFindings(model)) note("finding", boots ?? [boot]);
  for (const { grade, boot } of model.problems) if (grade === "error") note("problem", [boot]);
  // A fault has said already why its boot did not end.
  const explained = new Set(faults.map(({ boot }) => boot));
  for (const { id, end } of model.boots) if (end !== "normal" && !explained.has(id)) note("problem", [id]);
  const cases = model.suites.flatMap((suite) => suite.cases);
  const red = cases.filter((one) => isRed(one.status) && knownCase(model, one) === undefined);
  return { others, red: new Set(red.map(({ boot }) => sourceOf.get(boot) ?? "")) };
}

const NOTHING: Results = new Map();
const NO_OTHERS: MatrixCell["others"] = { fault: 0, finding: 0, problem: 0 };

function differingIn(cells: readonly (Results | undefined)[]): readonly DifferingCase[] {
  const names = new Set(cells.flatMap((results) => [...(results?.keys() ?? [])]));
  const there = cells.filter((results) => results !== undefined);
  return [...names].flatMap((name) => {
    const first = there[0]?.get(name);
    if (there.every((results) => results.get(name) === first)) return [];
    return [{ name, statuses: cells.map((results) => results?.get(name)) }];
  });
}

/** The results side by side; undefined for a run on one machine with one profile. */
export function matrixOf(model: RunModel): Matrix | undefined {
  const { programs, columns } = cellsIn(model);
  if (columns.length < 2 || [...programs.values()].every((cells) => cells.size < 2)) return undefined;
  const results = resultsBySource(model);
  const { others, red } = redIn(model);
  const cellOf = (source: string): MatrixCell => {
    const own = others.get(source);
    return {
      counts: countsOf(results.get(source) ?? NOTHING),
      others: own ?? NO_OTHERS,
      isRed: own !== undefined || red.has(source),
    };
  };
  const rows = [...programs].map(([program, sources]): MatrixRow => {
    const there = columns.map((column) => sources.get(keyOf(column)));
    return {
      program,
      cells: there.map((source) => (source === undefined ? undefined : cellOf(source))),
      differing: differingIn(
        there.map((source) => (source === undefined ? undefined : (results.get(source) ?? NOTHING))),
      ),
    };
  });
  return { columns, rows };
}
