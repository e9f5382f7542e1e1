/**
 * All cases of the page in one order, with their links and what a search looks at, and the rows that a choice leaves of them.
 * Pure: it does not know of a document, so that it is tested without one.
 */
import type { CaseStatus } from "../../../src/core/events.js";
import type { CaseData, PageData, SuiteData } from "../data.js";
import { linkOf } from "../links.js";
import { TURN } from "./words.js";

export interface Entry {
  /** Position among all cases. */
  readonly index: number;
  readonly group: Group;
  readonly one: CaseData;
  /** The fragment of its permanent link, without `#`. */
  readonly link: string;
}

export interface Group {
  readonly index: number;
  readonly suite: SuiteData;
  /** Name of its machine, where there are several. */
  readonly machine: string | undefined;
  readonly entries: readonly Entry[];
  /** The worst status in it. */
  readonly worst: CaseStatus;
}

export interface Catalogue {
  readonly groups: readonly Group[];
  readonly entries: readonly Entry[];
  readonly counts: Readonly<Record<CaseStatus, number>>;
  readonly byLink: (link: string) => Entry | undefined;
  /** The same case on all machines, itself included; empty where there is just one. */
  readonly alike: (entry: Entry) => readonly Entry[];
}

/** The worst first. */
export const STATUSES: readonly CaseStatus[] = [
  "crashed",
  "timed-out",
  "failed",
  "not-run",
  "skipped",
  "passed",
];

export const isRed = (status: CaseStatus): boolean => status !== "passed" && status !== "skipped";

/** Makes links unique: the second of one name has `~2` after it. */
class Links {
  readonly #seen = new Map<string, number>();

  unique(link: string): string {
    const times = (this.#seen.get(link) ?? 0) + 1;
    this.#seen.set(link, times);
    return times === 1 ? link : `${link}~${String(times)}`;
  }
}

const worstOf = (cases: readonly CaseData[]): CaseStatus => {
  const there = new Set(cases.map(({ status }) => status));
  return STATUSES.find((status) => there.has(status)) ?? "not-run";
};

/** Puts all cases in order. Linear in their number. */
export function catalogueOf({ suites, machines }: PageData): Catalogue {
  const links = new Links();
  const entries: Entry[] = [];
  const counts = { passed: 0, skipped: 0, "not-run": 0, failed: 0, "timed-out": 0, crashed: 0 };
  const byName = new Map<string, Entry[]>();
  const groups = suites.map((suite, index): Group => {
    const machine = suite.machine === undefined ? undefined : machines[suite.machine];
    const own: Entry[] = [];
    const group: Group = { index, suite, machine, entries: own, worst: worstOf(suite.cases) };
    for (const one of suite.cases) {
      const link = links.unique(linkOf(suite.name, one.name, machine));
      const entry: Entry = { index: entries.length, group, one, link };
      entries.push(entry);
      own.push(entry);
      counts[one.status] += 1;
      if (machines.length < 2) continue;
      const key = `${suite.name}\0${one.name}`;
      const known = byName.get(key);
      if (known === undefined) byName.set(key, [entry]);
      else known.push(entry);
    }
    return group;
  });
  const index = new Map(entries.map((entry) => [entry.link, entry]));
  return {
    groups,
    entries,
    counts,
    byLink: (link) => index.get(link),
    alike: ({ group, one }) => {
      const all = byName.get(`${group.suite.name}\0${one.name}`) ?? [];
      return all.length > 1 ? all : [];
    },
  };
}

/** Everything of a case that a search looks at, in lower case. */
const hayOf = ({ group: { suite, machine = "" }, one }: Entry): string =>
  [
    `${suite.name}.${one.name}`,
    machine,
    one.status,
    one.at ?? "",
    one.reason ?? "",
    one.description ?? "",
    one.flaky === true ? "flaky" : "",
    one.turn === undefined ? "" : TURN[one.turn],
    ...(one.assertions ?? []).map(({ text, at = "" }) => `${text} ${at}`),
  ]
    .join("\n")
    .toLowerCase();

export interface Choice {
  /** Empty: all. */
  readonly statuses: ReadonlySet<CaseStatus>;
  readonly query: string;
}

export const wordsOf = (query: string): readonly string[] =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

/** Finds cases. What it looks at is made when it is first looked for, and kept. */
export class Search {
  readonly #hay: string[] = [];

  /** The cases with one of the statuses and all words of the query. */
  find(entries: readonly Entry[], { statuses, query }: Choice): readonly Entry[] {
    const words = wordsOf(query);
    return entries.filter((entry) => {
      if (statuses.size > 0 && !statuses.has(entry.one.status)) return false;
      if (words.length === 0) return true;
      const hay = (this.#hay[entry.index] ??= hayOf(entry));
      return words.every((word) => hay.includes(word));
    });
  }
}

export type Row =
  | { readonly kind: "suite"; readonly group: Group; readonly shown: number; readonly isOpen: boolean }
  | { readonly kind: "case"; readonly entry: Entry; readonly place: number; readonly of: number };

/** The rows of a tree: each suite with a case among `found`, and its cases where it is open. */
export function rowsOf(found: readonly Entry[], isOpen: (group: Group) => boolean): readonly Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < found.length;) {
    const group = found[at]?.group;
    let end = at;
    while (end < found.length && found[end]?.group === group) end += 1;
    if (group === undefined) break;
    const open = isOpen(group);
    rows.push({ kind: "suite", group, shown: end - at, isOpen: open });
    if (open)
      found
        .slice(at, end)
        .forEach((entry, place) => rows.push({ kind: "case", entry, place: place + 1, of: end - at }));
    at = end;
  }
  return rows;
}

/** Where two texts differ: what they begin with alike, what differs, what they end with alike. */
export function splitAt(a: string, b: string): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return { head, tail };
}
