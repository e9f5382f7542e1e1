/**
 * Where runs are kept: a folder of numbered folders, each with the events of a run and the raw console of its boots. Old
 * ones go when there are too many. It knows no event.
 */
import { codeOf, messageOf } from "../../src/core/reason.js";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.js";
import { RigError } from "../../src/core/errors.js";
import { makeRunFolder } from "./run-folder.js";

/** Records that a folder keeps. */
const MOST_RECORDS = 100;
const EVENTS = "events.jsonl";
const NUMBER = /^run-(\d{4,9})$/;

export interface RecordFolder {
  readonly path: string;
  /** Where the events go. */
  readonly events: string;
}

const numbersIn = (folder: string): readonly number[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .flatMap((name) => {
          const match = NUMBER.exec(name);
          return match === null ? [] : [Number(match[1])];
        })
        .sort((a, b) => a - b)
    : [];

const nameOf = (number: number): string => `run-${String(number).padStart(4, "0")}`;

const recordAt = (path: string): RecordFolder => ({ path, events: join(path, EVENTS) });

/**
 * Makes the folder of the next record, and removes the oldest ones.
 * @throws RigError when nothing can be written there
 */
export function makeRecord(folder: string): RecordFolder {
  try {
    const numbers = numbersIn(folder);
    for (const old of numbers.slice(0, Math.max(numbers.length - MOST_RECORDS + 1, 0)))
      rmSync(join(folder, nameOf(old)), { recursive: true, force: true });
    // Another run may take a number at the same time: making the folder is what takes it.
    makeFolder(folder);
    for (let number = (numbers.at(-1) ?? 0) + 1; ; number += 1) {
      const path = join(folder, nameOf(number));
      if (mkdirOnce(path)) return recordAt(path);
    }
  } catch (error) {
    const message = messageOf(error);
    throw new RigError(`no record can be kept in ${folder}: ${message}`, "take another folder for --record");
  }
}

function mkdirOnce(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Folders below which nobody keeps records, and ways that could lead in circles. */
const MOST_DEPTH = 8;
/** A record says itself what it is; how a file of events is named is the user's choice but for its end. */
const RECORD_NAME = /\.jsonl$/;

/** The events of all records below a folder, in the order of their names. */
export function recordsBelow(folder: string, depth = 0): readonly string[] {
  const entries = [...readdirSync(folder, { withFileTypes: true })].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth < MOST_DEPTH ? recordsBelow(path, depth + 1) : [];
    return entry.isFile() && RECORD_NAME.test(entry.name) ? [path] : [];
  });
}

/** The events of a record, or of the newest one in a folder of records; undefined where there is none. */
export function findRecord(folder: string): string | undefined {
  if (existsSync(join(folder, EVENTS))) return join(folder, EVENTS);
  const whole = numbersIn(folder).filter((number) => existsSync(join(folder, nameOf(number), EVENTS)));
  const newest = whole.at(-1);
  return newest === undefined ? undefined : join(folder, nameOf(newest), EVENTS);
}

const latestIn = (folder: string): string => join(folder, "latest-record.json");

/**
 * Remembers the record that was made last; a folder that cannot be written forgets it.
 * @param folder the project's `.uktest`
 * @param path absolute, of the record
 */
export function rememberRecord(folder: string, path: string): void {
  try {
    makeRunFolder(folder);
    writeFileSync(latestIn(folder), `${JSON.stringify(path)}\n`);
  } catch {
    // The record itself is there, and its path has been reported.
  }
}

/** The events of the record that a project made last; undefined where it made none, or where that is gone. */
export function latestRecord(folder: string): string | undefined {
  try {
    const path: unknown = JSON.parse(readFileSync(latestIn(folder), "utf8"));
    return typeof path === "string" ? findRecord(path) : undefined;
  } catch {
    return undefined;
  }
}
