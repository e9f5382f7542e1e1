/**
 * Reads an earlier run to compare with: a record of its events, or the report that the json reporter wrote. Only what a
 * comparison needs is kept.
 */
import { statSync } from "node:fs";
import { findRecord } from "../../runner/files/record-folders.js";
import { UsageError } from "../core/errors.js";
import type { BaselineCase, BaselineGiven } from "../core/events.js";
import { titleOf } from "../core/model/known.js";
import type { RunModel } from "../core/model.js";
import { instructionsOf } from "../core/model/benchmarks.js";
import { siteOfFinding, sitesOf } from "../core/model/sites.js";
import { isRed } from "../core/statuses.js";
import { modelFrom } from "./record-model.js";
import { readReport } from "../record/report.js";
import { openSource, type Source } from "./sources.js";

/** Cases of one event: a line of a record stays far below what its reader takes. */
const CASES_OF_EVENT = 1000;

/**
 * The events that stand for the baseline.
 * @throws UsageError when the file is no record
 */
export async function readBaseline(path: string, stop?: AbortSignal): Promise<readonly BaselineGiven[]> {
  const file = inFolder(path);
  const source = await openSource(file, stop);
  const model = await modelFrom(source);
  if (model === undefined) {
    const report = readReport(await textOf(source));
    if (report !== undefined) return chunked(path, report.cases, report.findings);
    throw new UsageError(
      `${path} is neither a record of a run nor a report of the json reporter`,
      "uktest run -r events=FILE.jsonl, or -r json=FILE.json, makes one",
    );
  }
  return eventsOf(path, model);
}

async function textOf(source: Source): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function inFolder(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? findRecord(path) : path;
  if (found !== undefined) return found;
  throw new UsageError(
    `${path} is a folder, and holds no record of a run`,
    "uktest run --record FOLDER makes one",
  );
}

function eventsOf(name: string, model: RunModel): readonly BaselineGiven[] {
  const sources = new Map(model.boots.map(({ id, source }) => [id, source]));
  const cases = model.suites.flatMap((suite) =>
    suite.cases.map((one): BaselineCase => ({
      source: sources.get(one.boot) ?? "",
      name: titleOf(one),
      status: one.status,
      sites: isRed(one.status) ? sitesOf(one, model.faults) : [],
      ...instructionsOf(one.measurements),
    })),
  );
  return chunked(name, cases, model.findings.map(siteOfFinding));
}

function chunked(
  name: string,
  cases: readonly BaselineCase[],
  findings: readonly string[],
): readonly BaselineGiven[] {
  const chunks = Array.from({ length: Math.ceil(cases.length / CASES_OF_EVENT) }, (_, at) =>
    cases.slice(at * CASES_OF_EVENT, (at + 1) * CASES_OF_EVENT),
  );
  const rest = chunks.map((some): BaselineGiven => ({ type: "baseline", name, cases: some, findings: [] }));
  return [{ type: "baseline", name, cases: [], findings }, ...rest];
}
