/**
 * `uktest ubsan update|prune`: keeps the file of known findings, so that their number can only fall: what is new is written
 * down by hand of this command and with a reason, and what is gone is taken out.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readKnownFindings } from "../config/known.js";
import { UsageError } from "../core/errors.js";
import type { KnownFinding } from "../core/events.js";
import { NO_FILE } from "../core/model/finding.js";
import { entriesOf, entriesOfFault } from "../core/model/known-findings.js";
import type { FindingModel, RunModel } from "../core/model.js";
import { siteOfFinding } from "../core/model/sites.js";
import { fileSink } from "../delivery/file-sink.js";
import { KNOWN_FINDINGS } from "../history/known-arguments.js";
import { modelIn } from "../history/record-model.js";

export interface UbsanArguments {
  readonly action: "update" | "prune";
  /** Record of the run whose findings count. */
  readonly record: string;
  /** Absent: the project's own. */
  readonly file?: string;
  /** Why the new entries may stay. */
  readonly reason?: string;
  /** Last day of the new entries, `YYYY-MM-DD`. */
  readonly until?: string;
}

/**
 * Changes the file and says what it did.
 * @throws UsageError for a record or a file that is none; RigError when the file cannot be written
 */
export async function ubsan(args: UbsanArguments): Promise<string> {
  const path = args.file ?? join(resolve("."), KNOWN_FINDINGS);
  const before = existsSync(path) ? readKnownFindings(path) : [];
  const found = await foundIn(args.record);
  const after = args.action === "update" ? updated(before, found.findings, args) : pruned(before, found);
  const [added, gone] = [
    after.filter((one) => !before.includes(one)),
    before.filter((one) => !after.includes(one)),
  ];
  if (added.length + gone.length > 0) {
    const sink = fileSink(path);
    await sink.write(`${JSON.stringify(after, undefined, 2)}\n`);
    await sink.close();
  }
  const lines = [
    ...added.map((one) => `+ ${wordsOf(one)}\n`),
    ...gone.map((one) => `- ${wordsOf(one)}\n`),
    `${path}: ${String(after.length)} known, ${String(added.length)} added, ${String(gone.length)} removed\n`,
  ];
  return lines.join("");
}

const wordsOf = ({ kind, suite, check, file, function: where, message }: KnownFinding): string =>
  [kind, suite, check, file, where, message].filter((one) => one !== undefined).join("  ");

async function foundIn(record: string): Promise<RunModel> {
  const model = await modelIn(record);
  if (model === undefined)
    throw new UsageError(`${record} is no record of a run`, "uktest run -r events=FILE.jsonl makes one");
  if (!model.complete)
    throw new UsageError(
      `${record} stops before the run was over`,
      "take a whole run: what did not run has reported nothing",
    );
  return model;
}

/** What was there stays as it is, reasons and dates included; what is new needs a reason. */
function updated(
  before: readonly KnownFinding[],
  found: readonly FindingModel[],
  { reason, until }: UbsanArguments,
): readonly KnownFinding[] {
  const fresh = found.filter((one) => entriesOf(before, one).length === 0);
  if (fresh.length > 0 && reason === undefined)
    throw new UsageError(
      `${String(fresh.length)} new ${fresh.length === 1 ? "finding needs" : "findings need"} a reason to stay`,
      'give --reason "…", and --until YYYY-MM-DD if it shall not stay for ever',
    );
  const sites = new Map(fresh.map((one) => [siteOfFinding(one), one]));
  return [
    ...before,
    ...[...sites.values()].map((one): KnownFinding => ({
      ...identityOf(one),
      reason: reason ?? "",
      ...(until !== undefined && { until }),
    })),
  ];
}

/** What a new entry names: as little as tells the finding apart in another build. */
function identityOf({
  kind,
  check,
  file,
  message,
  function: where,
}: FindingModel): Omit<KnownFinding, "reason"> {
  if (kind === "ubsan") return { check, file, message };
  if (where !== undefined) return { kind, check, function: where };
  return { kind, check, ...(file !== NO_FILE && { file }), message };
}

function pruned(
  before: readonly KnownFinding[],
  { findings, faults }: Pick<RunModel, "findings" | "faults">,
): readonly KnownFinding[] {
  const needed = new Set([
    ...findings.flatMap((one) => entriesOf(before, one)),
    ...faults.flatMap((one) => entriesOfFault(before, one)),
  ]);
  return before.filter((one) => needed.has(one));
}
