/**
 * Which lines each case of a project ran in the last run with --coverage, and the sources as they were, so that a later run
 * can leave out what no change matters to. It keeps one such record, of limited size, and maps no lines.
 */
import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { COVERAGE } from "../../src/core/choices.js";
import type { CoverageKind } from "../../src/core/model/coverage.js";
import { writeWhole } from "./temporary-files.js";

const VERSION = 1;
const MOST_CASES = 20_000;
/** Bytes of all texts, and of the whole file; a source without its text is known by its state alone. */
const MOST_TEXT = 16 << 20;
const MOST_BYTES = 64 << 20;

/** First and last line of each row by turns. */
export type Rows = readonly number[];

export interface RecordedSource {
  /** Lines that have code. */
  readonly code: Rows;
  /** Those that ran outside of cases. */
  readonly outside: Rows;
  /** Those of which nothing is known, since comments take them out. */
  readonly excluded: Rows;
}

export interface LastCoverage {
  /** What has to be the same for it to mean anything: machine, profile, compiler, configuration. */
  readonly setting: Readonly<Record<string, string>>;
  readonly kind: CoverageKind;
  /** Files that images were made from, by absolute path, and their states as stamps have them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Programs of which everything ran that was asked for. */
  readonly programs: readonly string[];
  /** By absolute path. */
  readonly sources: Readonly<Record<string, RecordedSource>>;
  /** Texts of sources, and of files that hold cases, by absolute path. */
  readonly texts: Readonly<Record<string, string>>;
  /** Of each `suite.case` that was good, which lines it ran of which source: its place among `sources`. */
  readonly cases: Readonly<Record<string, readonly (readonly [source: number, lines: Rows])[]>>;
}

const fileIn = (folder: string): string => join(folder, "last-coverage.json");

/** What a run with coverage has left; undefined where none did, or where it is damaged. */
export function lastCoverage(folder: string): LastCoverage | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(fileIn(folder), "utf8"));
    return isRecord(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const areRows = (value: unknown): value is Rows =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);

const isSource = (value: unknown): boolean =>
  isTable(value) && ["code", "outside", "excluded"].every((name) => areRows(value[name]));

const isCase = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((one) => Array.isArray(one) && Number.isSafeInteger(one[0]) && areRows(one[1]));

const areTexts = (value: unknown): boolean =>
  isTable(value) && Object.values(value).every((one) => typeof one === "string");

function isRecord(value: unknown): value is LastCoverage {
  if (!isTable(value) || value["version"] !== VERSION) return false;
  const { setting, kind, inputs, programs, sources, texts, cases } = value;
  return (
    COVERAGE.some((one) => one === kind) &&
    [setting, inputs, texts].every(areTexts) &&
    Array.isArray(programs) &&
    programs.every((one) => typeof one === "string") &&
    isTable(sources) &&
    Object.values(sources).every(isSource) &&
    isTable(cases) &&
    Object.values(cases).every(isCase)
  );
}

/**
 * Keeps what a run has found out in place of what was kept before; where it is too large, or the folder cannot be written,
 * nothing is kept, and all cases run the next time.
 * @param folder the project's `.uktest`
 */
export function rememberCoverage(folder: string, known: LastCoverage): void {
  const path = fileIn(folder);
  const text = `${JSON.stringify({ version: VERSION, ...known })}\n`;
  try {
    if (Object.keys(known.cases).length > MOST_CASES || Buffer.byteLength(text) > MOST_BYTES)
      rmSync(path, { force: true });
    else writeWhole(path, text);
  } catch {
    // It is a convenience, and the run itself is reported elsewhere.
  }
}

/** The text of a source as it is now; undefined for one that cannot be read or is no plain file. */
export function textNow(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, "latin1") : undefined;
  } catch {
    return undefined;
  }
}

/** The texts of files as they are now, as many as there is room for. */
export function textsOf(paths: Iterable<string>): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  let bytes = 0;
  for (const path of paths) {
    const text = textNow(path);
    if (text === undefined || bytes + text.length > MOST_TEXT) continue;
    bytes += text.length;
    texts[path] = text;
  }
  return texts;
}

/** Digest of a text; empty of none. */
export const digestOf = (text: string | undefined): string =>
  text === undefined ? "" : createHash("sha256").update(text, "latin1").digest("hex");
