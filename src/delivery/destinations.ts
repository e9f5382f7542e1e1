/**
 * Who writes where: the reporters that were asked for, each with its sink and what that sink can show. It refuses two
 * writers for one file and a report onto what the run is read from; nothing is opened before the first text comes.
 */
import { sourceText } from "../../runner/files/source-text.js";
import { fstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../core/errors.js";
import { place, type PlaceRules } from "../core/places.js";
import type { RunModel } from "../core/model.js";
import type { Destination } from "./fan-out.js";
import { folderInRepository, isGithubJob, linksOf, type Summary, summaryOf } from "./ci-job.js";
import type { LiveScreen } from "./live-screen.js";
import { type ReporterRequest, readRequest } from "./reporters.js";
import { appendSink, fileSink } from "./file-sink.js";
import { type Sink, streamSink } from "./sink.js";
import {
  type ColorChoice,
  FILE_SCREEN,
  movingStream,
  type Outlet,
  reflowsLines,
  screenOf,
} from "./terminal.js";

export interface Wishes {
  /** As given to `--reporter`. */
  readonly reporters: readonly string[];
  /** Files that the run is read from. */
  readonly inputs: readonly string[];
  readonly root: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
  /** What reports would write to standard output goes to standard error. */
  readonly isStdoutTaken?: true;
  /** Adds what the host of a job shows: annotations and the summary of GitHub Actions. */
  readonly autoReporters: boolean;
  /** The command that runs what was red again, for reports that name it. */
  readonly again?: (model: RunModel) => string | undefined;
}

/**
 * The reporters with their sinks: the first without a file has stdout, further ones stderr; none means one for people.
 * `stop` ends the wait for what reads a report that goes to a named pipe.
 * @throws UsageError for invalid reporters
 */
export async function openDestinations(
  wishes: Wishes,
  live: LiveScreen | undefined,
  stop?: AbortSignal,
): Promise<readonly Destination[]> {
  const asked = await Promise.all(wishes.reporters.map(readRequest));
  const { isTTY } = wishes.isStdoutTaken === true ? process.stderr : process.stdout;
  const human = isTTY ? "pretty" : "lines";
  const people = asked.every(({ file }) => file !== undefined) ? [await readRequest(human)] : [];
  const summary = summaryOf(process.env);
  const added = wishes.autoReporters ? await automatic(asked, summary) : [];
  const all = [...asked, ...people, ...added];
  const files = all.flatMap(({ file }) => (file === undefined ? [] : [file]));
  refuseSameFile(files);
  refuseInputs(files, wishes.inputs);
  const rules: PlaceRules = { root: resolve(wishes.root), stripPrefixes: wishes.stripPrefixes };
  const primary = wishes.isStdoutTaken === true ? undefined : all.find(({ file }) => file === undefined);
  const link = linksOf(process.env, rules.root);
  const folder = folderInRepository(process.env, rules.root);
  const shared = {
    place: (name: string) => {
      const { path, inTree } = place(name, rules);
      return { path: inTree ? folder + path : path, inTree };
    },
    source: (name: string) => sourceText(name, rules)?.split(/\r?\n/),
    ...(link !== undefined && { link }),
    ...(wishes.again !== undefined && { again: wishes.again }),
  };
  return all.map((one) => {
    const { sink, screen, ...limits } = where(one, {
      primary: one === primary,
      color: wishes.color,
      live,
      summary,
      stop,
    });
    return {
      reporter: one.reporter,
      sink,
      context: { options: one.options, ...shared, ...screen, ...limits },
    };
  });
}

/** What a job of GitHub Actions gets without asking, unless it has asked for it. */
async function automatic(
  asked: readonly ReporterRequest[],
  summary: Summary | undefined,
): Promise<readonly ReporterRequest[]> {
  const isAsked = (name: string, into?: string): boolean =>
    asked.some(({ reporter, file }) => reporter.name === name && (into === undefined || isSame(file, into)));
  const annotations = isGithubJob(process.env) && !isAsked("github") ? [await readRequest("github")] : [];
  if (summary === undefined || isAsked("markdown", summary.path)) return annotations;
  return [...annotations, { ...(await readRequest("markdown")), file: summary.path }];
}

const isSame = (file: string | undefined, path: string): boolean =>
  file !== undefined && resolve(file) === resolve(path);

interface Surroundings {
  readonly primary: boolean;
  readonly color: ColorChoice;
  readonly live: LiveScreen | undefined;
  readonly summary: Summary | undefined;
  readonly stop: AbortSignal | undefined;
}

function where({ file }: ReporterRequest, { primary, color, live, summary, stop }: Surroundings) {
  // Other programs of the step write there too.
  if (summary !== undefined && isSame(file, summary.path))
    return { sink: appendSink(summary.path), screen: FILE_SCREEN, maxBytes: summary.maxBytes };
  if (file !== undefined) return { sink: fileSink(file, stop), screen: FILE_SCREEN };
  const stream = primary ? process.stdout : process.stderr;
  const sink = streamSink(stream, primary ? "stdout" : "stderr");
  return { sink: aboveLine(live, sink, stream.isTTY), screen: screenOf(stream, color, process.env) };
}

/** A sink whose text stays clear of the status line, where both are on the terminal. */
const aboveLine = (live: LiveScreen | undefined, sink: Sink, isTTY: boolean): Sink =>
  (isTTY ? live?.over(sink) : undefined) ?? sink;

/** The terminal's status line, where there is a terminal; nothing of it is loaded elsewhere. */
export async function openLiveScreen(color: ColorChoice): Promise<LiveScreen | undefined> {
  const streams = { stdout: outletOf(process.stdout, 1), stderr: outletOf(process.stderr, 2) };
  const name = movingStream(streams, process.env);
  if (name === undefined) return undefined;
  const stream = name === "stdout" ? process.stdout : process.stderr;
  const { LiveScreen: Live } = await import("./live-screen.js");
  return new Live({
    sink: streamSink(stream, name),
    screen: () => screenOf(stream, color, process.env),
    reflows: reflowsLines(process.env),
    onExit: (last) => {
      process.once("exit", last);
      return () => process.off("exit", last);
    },
  });
}

function outletOf(stream: { readonly isTTY?: boolean }, descriptor: 1 | 2): Outlet {
  if (stream.isTTY === true) return { isTTY: true, isFile: false };
  const found = fstatSync(descriptor);
  return { isTTY: false, isFile: found.isFile() || found.isCharacterDevice() };
}

/** What a path leads to: the same text for every name of one plain file, undefined for a device or a pipe. */
function identity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return resolve(path);
  return found.isFile() ? `${String(found.dev)}:${String(found.ino)}` : undefined;
}

/** As above, for a path that may not even be looked at. */
function identityOf(path: string): string | undefined {
  try {
    return identity(path);
  } catch {
    return resolve(path);
  }
}

function refuseSameFile(files: readonly string[]): void {
  const seen = new Set<string>();
  for (const file of files) {
    const id = identityOf(file);
    if (id === undefined) continue;
    if (seen.has(id)) throw new UsageError(`two reporters write ${file}`, "give each a file of its own");
    seen.add(id);
  }
}

function refuseInputs(files: readonly string[], inputs: readonly string[]): void {
  const read = new Set(inputs.map(identityOf));
  const both = files.find((file) => {
    const id = identityOf(file);
    return id !== undefined && read.has(id);
  });
  if (both !== undefined)
    throw new UsageError(`the report ${both} would overwrite what it is made from`, "give it another name");
}
