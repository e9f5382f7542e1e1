/**
 * Saved logs, standard input, or one record of a run, as a stream of events. Where the events go is not decided here.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { dialectsFor } from "../../console/dialects.js";
import { RunReader } from "../../console/reader.js";
import { familiesWith, type ReportFamilies } from "../../console/report-families.js";
import { extensionsAt } from "../extensions.js";
import type { Dialect } from "../../core/dialect.js";
import { UsageError } from "../../core/errors.js";
import type { Policy, RunEvent, Tool } from "../../core/events.js";
import type { Plan } from "../../core/plan.js";
import type { Say } from "../../core/say.js";
import { incomplete } from "../../core/stops.js";
import { recordLines } from "../../history/record-lines.js";
import { replay } from "../../record/replay.js";
import { openSource, type Source } from "../../history/sources.js";
import { describe, type ImageFiles, resolved, withFound } from "../image-files.js";

export interface LogArguments {
  /** Paths; `-` is standard input, a folder its newest record, `latest` that of the project. */
  readonly logs: readonly string[];
  readonly image?: string;
  /** The file that holds the image's symbols and test table, where the image itself does not. */
  readonly symbols?: string;
  /** Absent: `fail` for logs, what was recorded for a record. */
  readonly ubsan?: Policy["ubsan"];
  readonly root: string;
  readonly stripPrefixes: readonly string[];
  readonly dialect: string;
  /** Configuration of the project whose dialects and faults count; absent: the nearest one. */
  readonly config?: string;
}

/** Logs whose names are understood, and of which nothing has been opened. */
export interface Logs {
  /** Files that are read: no report may overwrite one. */
  readonly inputs: readonly string[];
  /**
   * Opens them; the events are read as they are asked for.
   * @throws UsageError, RigError
   */
  readonly open: () => Promise<LogEvents>;
}

export interface LogEvents {
  readonly events: AsyncIterable<readonly RunEvent[]>;
  /** Cases that the image has, for all logs; absent without an image. */
  readonly planned: number | undefined;
}

/**
 * Finds the logs that are meant.
 * @throws UsageError
 */
export async function findLogs(
  args: LogArguments,
  { tool, stop, say }: { readonly tool: Tool; readonly stop: AbortSignal; readonly say: Say },
): Promise<Logs> {
  const logs = await Promise.all(args.logs.map(inFolder));
  if (logs.filter((name) => name === "-").length > 1)
    throw new UsageError("standard input is given twice", "it can be read once");
  const files = filesOf(args);
  const own = await extensionsAt(args.config);
  const speaking: Speaking = [
    await dialectsFor(args.dialect, own.dialects),
    own.faults.length === 0 ? undefined : familiesWith(own.faults),
  ];
  const inputs = [
    ...logs.filter((name) => name !== "-"),
    ...[args.image, args.symbols].flatMap((path) => path ?? []),
  ];
  const open = async (): Promise<LogEvents> => {
    const plan = files === undefined ? undefined : describe(files).plan;
    const sources = await Promise.all(logs.map((name) => openSource(name, stop)));
    refuseMixture(sources, plan);
    const read = eventsOf({ tool, speaking, plan, stop }, sources, args);
    const events = files === undefined ? read : await symbolizedBy(files, read, args, say);
    return {
      events,
      planned: plan?.suites.reduce((sum, { cases }) => sum + cases.length * logs.length, 0),
    };
  };
  return { inputs, open };
}

/** Stands for the record that the project of the current folder made last, where nothing has this name. */
const LATEST = "latest";

/** A folder stands for the newest record in it. */
async function inFolder(name: string): Promise<string> {
  const found = name === "-" ? undefined : statSync(name, { throwIfNoEntry: false });
  if (found === undefined && name === LATEST) return latest();
  return found?.isDirectory() === true ? newestIn(name) : name;
}

async function latest(): Promise<string> {
  const [{ latestRecord }, { runFolderOf }] = await Promise.all([
    import("../../../runner/files/record-folders.js"),
    import("../project.js"),
  ]);
  const folder = runFolderOf({});
  const found = latestRecord(folder);
  if (found !== undefined) return found;
  throw new UsageError(
    `no run is recorded here: ${folder} knows of none that is still there`,
    "uktest run --record FOLDER records one, and uktest report latest then replays it",
  );
}

async function newestIn(name: string): Promise<string> {
  const { findRecord } = await import("../../../runner/files/record-folders.js");
  const found = findRecord(name);
  if (found !== undefined) return found;
  throw new UsageError(
    `${name} is a folder, and holds no record of a run`,
    "uktest run --record FOLDER makes one",
  );
}

async function symbolizedBy(
  files: ImageFiles,
  events: AsyncIterable<readonly RunEvent[]>,
  args: LogArguments,
  say: Say,
): Promise<AsyncIterable<readonly RunEvent[]>> {
  // Loaded where it is needed: most logs come without their image.
  const { completed, Symbolizer } = await import("../symbolize.js");
  const rules = { root: resolve(args.root), stripPrefixes: args.stripPrefixes };
  return completed(events, new Symbolizer(files, rules, say));
}

const filesOf = ({ image, symbols }: LogArguments): ImageFiles | undefined =>
  image === undefined ? undefined : resolved({ image, ...(symbols !== undefined && { symbols }) });

function refuseMixture(sources: readonly Source[], plan: Plan | undefined): void {
  const records = sources.filter(({ kind }) => kind === "record");
  if (records.length === 0) return;
  if (plan !== undefined)
    throw new UsageError("--image does not go with a record", "the record already holds what the image said");
  if (sources.length === 1) return;
  throw new UsageError(
    `${records[0]?.name ?? "a record"} is a record of a whole run`,
    "replay one record at a time",
  );
}

/** What reads the lines: dialects, and families of reports where the project has some of its own. */
type Speaking = readonly [dialects: readonly Dialect[], families: ReportFamilies | undefined];

/** What every log is read with. */
interface Reading {
  readonly tool: Tool;
  readonly speaking: Speaking;
  readonly plan: Plan | undefined;
  readonly stop: AbortSignal;
}

async function* eventsOf(
  reading: Reading,
  sources: readonly Source[],
  args: LogArguments,
): AsyncGenerator<readonly RunEvent[]> {
  const [first] = sources;
  if (first?.kind !== "record") {
    yield* readLogs(reading, sources, args);
    return;
  }
  for await (const event of replay(recordLines(first), first.name)) {
    // A policy given now overrules the recorded one.
    const overruled = event.type === "run-started" && args.ubsan !== undefined;
    yield [overruled ? { ...event, policy: { ...event.policy, ubsan: args.ubsan } } : event];
  }
}

async function* readLogs(
  { tool, speaking, plan, stop }: Reading,
  sources: readonly Source[],
  args: LogArguments,
): AsyncGenerator<readonly RunEvent[]> {
  const files = filesOf(args);
  const { suiteInitsOf } = await import("../../image/suite-inits.js");
  const reader = new RunReader(
    {
      tool,
      sources: sources.map(({ name }) => name),
      policy: { ubsan: args.ubsan ?? "fail" },
      ...(plan !== undefined && { plan }),
      ...(files !== undefined && { initAt: suiteInitsOf(() => withFound(files)) }),
    },
    ...speaking,
  );
  for (const source of sources) {
    reader.open(source.name);
    let failure: Error | undefined;
    try {
      for await (const chunk of source.chunks()) {
        yield reader.feed(chunk);
        if (stop.aborted) break;
      }
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    if (stop.aborted) yield [incomplete(`interrupted by ${String(stop.reason)}`)];
    if (failure !== undefined) yield [incomplete(`${source.name} could not be read to its end`)];
    yield reader.close();
    if (failure !== undefined) {
      // The reports get a whole stream, and the user the reason.
      yield reader.finish();
      throw failure;
    }
    if (stop.aborted) break;
  }
  yield reader.finish();
}
