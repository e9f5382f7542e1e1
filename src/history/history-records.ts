/**
 * Reads the records of earlier runs as the history that a run is shown beside: the status of each case in each of them, and
 * nothing else. It judges nothing, and refuses what is no record.
 */
import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { recordsBelow } from "../../runner/files/record-folders.js";
import { UsageError } from "../core/errors.js";
import type { HistoryCase, HistoryGiven, PastStatus } from "../core/events.js";
import { titleOf } from "../core/model/known.js";
import type { RunModel } from "../core/model.js";
import { modelIn } from "./record-model.js";

/** Runs that are shown; of more, the newest. */
export const MOST_RUNS = 20;

/** Cases of one event: a line of a record stays far below what its reader takes. */
const CASES_OF_EVENT = 1000;

/**
 * The events that stand for them.
 * @param given records, or folders whose records are meant in the order of their names
 * @param own what the run itself is read from: neither that nor what comes after it is its history
 * @throws UsageError for what is not there or no record, RigError for a record that is damaged
 */
export async function readPast(
  given: readonly string[],
  own: readonly string[],
  stop?: AbortSignal,
): Promise<readonly HistoryGiven[]> {
  const mine = new Set(own.map((name) => resolve(name)));
  const all = given.flatMap(recordsIn);
  const here = all.findIndex((path) => mine.has(resolve(path)));
  const paths = (here < 0 ? all : all.slice(0, here)).slice(-MOST_RUNS);
  const cases = new Map<string, Writable>();
  for (const [at, path] of paths.entries())
    take(await modelIn(path, stop), { path, at, runs: paths.length }, cases);
  const runs = paths.map(nameOf);
  if (runs.length === 0) return [];
  const list: readonly HistoryCase[] = [...cases.values()];
  const chunks = Array.from({ length: Math.max(1, Math.ceil(list.length / CASES_OF_EVENT)) }, (_, at) =>
    list.slice(at * CASES_OF_EVENT, (at + 1) * CASES_OF_EVENT),
  );
  return chunks.map((some) => ({ type: "history", runs, cases: some }));
}

interface Writable extends HistoryCase {
  readonly statuses: PastStatus[];
}

/** Puts the statuses of one run at its position. */
function take(
  model: RunModel | undefined,
  { path, at, runs }: { readonly path: string; readonly at: number; readonly runs: number },
  cases: Map<string, Writable>,
): void {
  if (model === undefined)
    throw new UsageError(`${path} is no record of a run`, "--history takes events.jsonl, or folders of them");
  const sources = new Map(model.boots.map(({ id, source }) => [id, source]));
  for (const { cases: some } of model.suites)
    for (const one of some) {
      const [source, name] = [sources.get(one.boot) ?? "", titleOf(one)];
      const key = `${source}\0${name}`;
      const known = cases.get(key) ?? {
        source,
        name,
        statuses: Array.from({ length: runs }, (): PastStatus => "absent"),
      };
      known.statuses[at] = one.status;
      cases.set(key, known);
    }
}

/** A folder without a record is the history of a first run. */
function recordsIn(name: string): readonly string[] {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found === undefined)
    throw new UsageError(
      `no such record: ${name}`,
      "--history takes what uktest run --record FOLDER or -r events=FILE.jsonl has made",
    );
  return found.isDirectory() ? recordsBelow(name) : [name];
}

/** What people know a record by: its own name, or its folder's where all files have the same. */
const nameOf = (path: string): string =>
  basename(path) === "events.jsonl" ? basename(dirname(resolve(path))) : basename(path, ".jsonl");
