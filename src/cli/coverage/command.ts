/**
 * `uktest coverage show|merge|diff`: what recorded runs know of which lines ran, as a table or by any reporter. Nothing boots,
 * and nothing is judged: its exit code says nothing of tests.
 */
import { EXIT, type ExitCode, UsageError } from "../../core/errors.js";
import type { RunEvent } from "../../core/events.js";
import type { CoverageModel } from "../../core/model/coverage.js";
import { modelIn } from "../../history/record-model.js";
import { mergeRecords } from "../../history/merged-events.js";
import { recordPath } from "../trace/record.js";
import type { CoverageArguments } from "./arguments.js";
import { coverageDiff, coverageText } from "./table.js";

const HINT = "uktest run --coverage --record FOLDER keeps it";

export interface Shown {
  readonly exitCode: ExitCode;
  readonly failures: readonly Error[];
}

/**
 * Does what the command says.
 * @param write takes what is for standard output
 * @throws UsageError for what is no record or has no coverage, RigError for a record that is damaged
 */
export async function coverage(
  args: CoverageArguments,
  stop: AbortSignal,
  write: (text: string) => Promise<void>,
): Promise<Shown> {
  const { action } = args;
  const records = args.records.flatMap((name) => recordPath(name, HINT, action === "merge"));
  const twice = records.find((name, at) => action === "merge" && records.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`, "give each record once");
  const known: CoverageModel[] = [];
  for (const record of records) known.push(await coverageIn(record, stop));
  refuseKinds(records, known);
  const [first, second] = known;
  if (action === "diff" && first !== undefined && second !== undefined) {
    await write(coverageDiff(first, second));
    return { exitCode: EXIT.passed, failures: [] };
  }
  if (action === "show" && args.reporters.length === 0 && first !== undefined) {
    await write(coverageText(first));
    return { exitCode: EXIT.passed, failures: [] };
  }
  return reported(args, records, stop, write);
}

async function coverageIn(record: string, stop: AbortSignal): Promise<CoverageModel> {
  const model = await modelIn(record, stop);
  if (model === undefined) throw new UsageError(`${record} is no record of a run`, HINT);
  if (model.coverage === undefined) throw new UsageError(`${record} has no coverage`, HINT);
  return model.coverage;
}

/** Lines of counters and of optimised code are not the same lines: together they would be of no build. */
function refuseKinds(records: readonly string[], known: readonly CoverageModel[]): void {
  const kindOf = (at: number): string => (known[at]?.kinds ?? []).join(" and ");
  const other = known.findIndex((_, at) => kindOf(at) !== kindOf(0));
  if (other > 0)
    throw new UsageError(
      `${records[0] ?? ""} has coverage by ${kindOf(0)}, and ${records[other] ?? ""} by ${kindOf(other)}`,
      "give records of one kind: --coverage=gcc, clang or object",
    );
}

/** What `uktest merge` finds wrong with a set of records; coverage of some shards is theirs nevertheless. */
const OF_SETS = new Set(["missing-record", "doubled-record", "unfitting-record"]);

async function* withoutSets(events: AsyncIterable<readonly RunEvent[]>): AsyncGenerator<readonly RunEvent[]> {
  for await (const some of events)
    yield some.filter((event) => event.type !== "problem" || !OF_SETS.has(event.code));
}

/** All records as one run, to the reporters; a table where none of them has standard output. */
async function reported(
  args: CoverageArguments,
  records: readonly string[],
  stop: AbortSignal,
  write: (text: string) => Promise<void>,
): Promise<Shown> {
  const { inputs, events } = await mergeRecords({ records }, stop);
  const [{ openDestinations }, { deliver }] = await Promise.all([
    import("../../delivery/destinations.js"),
    import("../../delivery/outcome.js"),
  ]);
  const { reporters } = args;
  const opened = await openDestinations({ ...args, inputs, autoReporters: false }, undefined, stop);
  // What is added for people when nothing has standard output is a report of cases.
  const destinations = opened.slice(0, reporters.length);
  const { model, failures, exitCode } = await deliver(destinations, withoutSets(events), stop);
  const isPrinted = reporters.some((one) => !one.includes("="));
  if (!isPrinted && model.coverage !== undefined) await write(coverageText(model.coverage));
  return { exitCode: failures.length > 0 || stop.aborted ? exitCode : EXIT.passed, failures };
}
