/**
 * Where runs are kept: a folder of numbered folders, each with the events of a run and the raw console of its boots. Old
 * ones go when there are too many. It knows no event.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RigError } from "../src/core/errors.js";

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
    mkdirSync(folder, { recursive: true });
    for (let number = (numbers.at(-1) ?? 0) + 1; ; number += 1) {
      const path = join(folder, nameOf(number));
      if (mkdirOnce(path)) return recordAt(path);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RigError(`no record can be kept in ${folder}: ${message}`, "take another folder for --record");
  }
}

function mkdirOnce(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The events of a record, or of the newest one in a folder of records; undefined where there is none. */
export function findRecord(folder: string): string | undefined {
  if (existsSync(join(folder, EVENTS))) return join(folder, EVENTS);
  const whole = numbersIn(folder).filter((number) => existsSync(join(folder, nameOf(number), EVENTS)));
  const newest = whole.at(-1);
  return newest === undefined ? undefined : join(folder, nameOf(newest), EVENTS);
}
