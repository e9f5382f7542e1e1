/**
 * What earlier runs of a project tell about the next: how long its boots take, and how each case ended the last times. A
 * file that is damaged, or from another version, is as good as none.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { baseName } from "../../src/core/assemble/boot.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { writeWhole } from "./temporary-files.js";

const VERSION = 1;
/** Results that are remembered of a case. */
const MOST_RESULTS = 10;
/** Cases, and programs on a machine, that are remembered; those that ran last. */
const MOST_CASES = 2000;
const MOST_SOURCES = 200;

/** One letter for each result of a case, oldest first; what did not run has none. */
const LETTERS: Readonly<Record<CaseStatus, string>> = {
  passed: "p",
  failed: "f",
  skipped: "s",
  crashed: "c",
  "timed-out": "t",
  "not-run": "",
};

interface CaseHistory {
  readonly results: string;
  readonly ms: number;
}

interface History {
  /** Of a boot of a program on a machine, without its cases. */
  readonly sources: Map<string, number>;
  /** By `suite.case`. */
  readonly cases: Map<string, CaseHistory>;
}

const fileIn = (folder: string): string => join(folder, "history.json");

function readHistory(folder: string): History {
  const history: History = { sources: new Map(), cases: new Map() };
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(fileIn(folder), "utf8"));
  } catch {
    return history;
  }
  const { version, sources, cases } = entriesOf(found);
  if (version !== VERSION) return history;
  for (const [source, ms] of Object.entries(entriesOf(sources)))
    if (isTime(ms)) history.sources.set(source, ms);
  for (const [name, value] of Object.entries(entriesOf(cases))) {
    const [results, ms] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    if (typeof results === "string" && /^[pfsct]{0,10}$/.test(results) && isTime(ms))
      history.cases.set(name, { results, ms });
  }
  return history;
}

const entriesOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const isTime = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 1e9;

/**
 * Adds a run to what is known; a folder that cannot be written forgets it.
 * @param folder the project's `.uktest`
 */
export function rememberRun(folder: string, model: RunModel): void {
  const { sources, cases } = readHistory(folder);
  const casesMs = new Map<string, number>();
  for (const one of model.suites.flatMap((suite) => suite.cases))
    casesMs.set(one.boot, (casesMs.get(one.boot) ?? 0) + (one.durationMs ?? 0));
  const longest = new Map<string, number>();
  for (const { id, source, wallMs } of model.boots) {
    if (wallMs === undefined) continue;
    const own = Math.max(0, Math.round(wallMs - (casesMs.get(id) ?? 0)));
    longest.set(source, Math.max(own, longest.get(source) ?? 0));
  }
  for (const [source, ms] of longest) renew(sources, source, ms);
  for (const [name, { results, ms }] of resultsOf(model)) {
    const all = ((cases.get(name)?.results ?? "") + results).slice(-MOST_RESULTS);
    renew(cases, name, { results: all, ms: Math.round(ms) });
  }
  try {
    const shown = {
      version: VERSION,
      sources: Object.fromEntries([...sources].slice(-MOST_SOURCES)),
      cases: Object.fromEntries(
        [...cases].slice(-MOST_CASES).map(([name, { results, ms }]) => [name, [results, ms]]),
      ),
    };
    writeWhole(fileIn(folder), `${JSON.stringify(shown)}\n`);
  } catch {
    // It is a convenience, and the run itself is reported elsewhere.
  }
}

/** Sets a value, and moves it after all others: those in front are forgotten first. */
function renew<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
}

/**
 * What each case of a run did, oldest first; the parameters of one are one result, and so are the machines and profiles of a
 * matrix: a case that fails on one of them has not passed.
 */
function resultsOf(model: RunModel): ReadonlyMap<string, CaseHistory> {
  const sourceOf = new Map(model.boots.map(({ id, source }) => [id, source]));
  const found = new Map<string, { boots: Map<string, string>; ms: number }>();
  for (const suite of model.suites)
    for (const one of suite.cases) {
      const name = `${suite.name}.${baseName(one.name)}`;
      const known = found.get(name) ?? { boots: new Map<string, string>(), ms: 0 };
      const isFirst = !known.boots.has(one.boot);
      for (const { boot, status } of attemptsOf(one))
        known.boots.set(boot, worse(known.boots.get(boot) ?? "", LETTERS[status]));
      found.set(name, { ...known, ms: (isFirst ? 0 : known.ms) + (one.durationMs ?? 0) });
    }
  return new Map(
    [...found].flatMap(([name, { boots, ms }]) => {
      const results = inOneRow(boots, sourceOf);
      return results === "" ? [] : [[name, { results, ms }]];
    }),
  );
}

/** The results of one source in their order; of several sources the worst. */
function inOneRow(boots: ReadonlyMap<string, string>, sourceOf: ReadonlyMap<string, string>): string {
  const isMatrix = new Set([...boots.keys()].map((boot) => sourceOf.get(boot))).size > 1;
  return isMatrix ? [...boots.values()].reduce(worse, "") : [...boots.values()].join("");
}

const attemptsOf = (one: CaseModel): readonly { readonly boot: string; readonly status: CaseStatus }[] => [
  ...(one.attempts ?? []),
  one,
];

/** Of the parameters of a case, the one that speaks for it. */
const RANKS = "psftc";
const worse = (a: string, b: string): string => (RANKS.indexOf(b) > RANKS.indexOf(a) ? b : a || b);

/**
 * How many times in a row a case has passed, up to the last run of it.
 * @param folder the project's `.uktest`
 * @returns from 0 to 10, since no more results are kept; a skip ends the row, and what did not run is no result
 */
export function passesInARow(folder: string, suite: string, name: string): number {
  const results = readHistory(folder).cases.get(`${suite}.${baseName(name)}`)?.results ?? "";
  return /p*$/.exec(results)?.[0].length ?? 0;
}

/** How long a boot of a part of a program will take, in milliseconds; undefined where it never ran. */
export type Expectation = (source: string, part: Plan) => number | undefined;

/** What earlier runs let expect. The file is read when it is asked for the first time. */
export function expectationsIn(folder: string): Expectation {
  let history: History | undefined;
  return (source, { suites }) => {
    history ??= readHistory(folder);
    const { sources, cases } = history;
    const own = sources.get(source);
    if (own === undefined) return undefined;
    const names = suites.flatMap((suite) => suite.cases.map(({ name }) => `${suite.name}.${name}`));
    return names.reduce((sum, name) => sum + (cases.get(name)?.ms ?? 0), own);
  };
}
