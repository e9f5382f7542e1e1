/**
 * Who writes where: the reporters that were asked for, each with its sink and what that sink can show. It refuses two
 * writers for one file and a report onto what the run is read from; nothing is opened before the first text comes.
 */
import { fstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../core/errors.js";
import { place, type PlaceRules } from "../core/places.js";
import type { Destination } from "./fan-out.js";
import type { LiveScreen } from "./live-screen.js";
import { type ReporterRequest, readRequest } from "./reporters.js";
import { fileSink } from "./file-sink.js";
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
}

/**
 * The reporters with their sinks: the first without a file has stdout, further ones stderr; none means one for people.
 * @throws UsageError for what cannot be meant
 */
export async function openDestinations(
  wishes: Wishes,
  live: LiveScreen | undefined,
): Promise<readonly Destination[]> {
  const asked = await Promise.all(wishes.reporters.map(readRequest));
  const human = process.stdout.isTTY ? "pretty" : "lines";
  const all = asked.every(({ file }) => file !== undefined) ? [...asked, await readRequest(human)] : asked;
  const files = all.flatMap(({ file }) => (file === undefined ? [] : [file]));
  refuseSameFile(files);
  refuseInputs(files, wishes.inputs);
  const rules: PlaceRules = { root: resolve(wishes.root), stripPrefixes: wishes.stripPrefixes };
  const primary = all.find(({ file }) => file === undefined);
  return all.map((one) => {
    const { sink, screen } = where(one, one === primary, wishes.color, live);
    const context = { options: one.options, place: (name: string) => place(name, rules), ...screen };
    return { reporter: one.reporter, sink, context };
  });
}

function where(
  { file }: ReporterRequest,
  primary: boolean,
  color: ColorChoice,
  live: LiveScreen | undefined,
) {
  if (file !== undefined) return { sink: fileSink(file), screen: FILE_SCREEN };
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
