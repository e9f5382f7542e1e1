/**
 * Runs the toolchain's gcov over counters that were read from a guest: notes and data side by side in a folder of its own,
 * which is gone afterwards. It knows no lines: what gcov prints is handed on as it is.
 * Source: GCC manual, "Invoking gcov" and "gcov Data Files".
 */
import { execFile } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { codeOf, messageOf } from "../../src/core/reason.js";
import { RigError } from "../../src/core/errors.js";
import type { GcovObject } from "../../src/image/gcov.js";
import { versionOf } from "../host/tools.js";
import { findProgram } from "../process/parent-death-signal.js";

/** One object's counters, as gcov wants them. */
export interface GcovData {
  /** Path of the notes that the compiler made with the object. */
  readonly notes: string;
  /** Content of the data file. */
  readonly data: Uint8Array;
}

const NOTES_MAGIC = 0x67636e6f;
const PREFIXES = ["", "x86_64-linux-gnu-", "aarch64-linux-gnu-", "i686-linux-gnu-"];
/** Objects for one process: their names go on its command line, and what it prints into memory. */
const AT_ONCE = 400;
const MOST_BYTES = 1 << 30;
const LONGEST_MS = 300_000;

/**
 * The gcov for objects of a gcc, which may be of another architecture.
 * @param gcc its major version
 * @throws RigError where there is none
 */
export async function gcovFor(gcc: number): Promise<string> {
  const names = PREFIXES.flatMap((prefix) => [`${prefix}gcov-${String(gcc)}`, `${prefix}gcov`]);
  for (const name of names) {
    const path = findProgram(name);
    if (path === undefined) continue;
    const version = await versionOf(path);
    if (Number(/\b(\d+)\.\d+/.exec(version ?? "")?.[1]) === gcc) return path;
  }
  throw new RigError(
    `there is no gcov of gcc ${String(gcc)} here, which the image was compiled with`,
    `apt-get install gcc-${String(gcc)}`,
  );
}

/**
 * The notes of an object, which lie where the compiler has put them: beside what its own run time would write.
 * @throws RigError for notes that are missing, or of another build of the object
 */
export function notesOf({ dataFile, version, stamp }: GcovObject, root: string): string {
  const path = resolve(root, dataFile.replace(/\.gcda$/, ".gcno"));
  const head = Buffer.alloc(12);
  try {
    const file = openSync(path, "r");
    readSync(file, head, 0, head.length, 0);
    closeSync(file);
  } catch (error) {
    throw new RigError(
      codeOf(error) === "ENOENT" ? `${path} is not there` : `${path} cannot be read: ${messageOf(error)}`,
      "the compiler makes it beside the object: keep it where the image was built",
    );
  }
  // The checksum of a whole object is in its data alone.
  const [magic, itsVersion, itsStamp] = [0, 4, 8].map((at) => head.readUInt32LE(at));
  if (magic !== NOTES_MAGIC || itsVersion !== version || itsStamp !== stamp)
    throw new RigError(
      `${path} is of another build than the image`,
      "build the image and its notes together",
    );
  return path;
}

/**
 * Runs gcov.
 * @returns one JSON document for each object, in any order; `data_file` in it is `INDEX.gcda`, by the order of `all`
 * @throws RigError when it fails
 */
export async function runGcov(
  program: string,
  all: readonly GcovData[],
  stop: AbortSignal,
): Promise<readonly string[]> {
  const documents: string[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const { folder, names } = laidOut(all.slice(from, from + AT_ONCE), from);
    try {
      documents.push(...(await printedBy(program, names, folder, stop)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return documents;
}

/** Memory before disk: thousands of small files take longer there than gcov does. Containers often have little memory. */
const FOLDERS = process.platform === "linux" ? ["/dev/shm", tmpdir()] : [tmpdir()];

/** Notes and data of objects in a new folder, and the names of the data there. @param first number of the first one */
function laidOut(
  some: readonly GcovData[],
  first: number,
): { readonly folder: string; readonly names: readonly string[] } {
  let reason: unknown;
  for (const place of FOLDERS) {
    let folder: string | undefined;
    try {
      folder = mkdtempSync(join(place, "uktest-gcov-"));
      const at = join(folder, "/");
      const names = some.map(({ notes, data }, nth) => {
        const name = String(first + nth);
        symlinkSync(notes, `${at}${name}.gcno`);
        writeFileSync(`${at}${name}.gcda`, data);
        return `${name}.gcda`;
      });
      return { folder, names };
    } catch (error) {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
      reason = error;
    }
  }
  throw new RigError(`gcov has no place for its files: ${messageOf(reason)}`);
}

function printedBy(
  program: string,
  names: readonly string[],
  folder: string,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const words = ["--json-format", "--stdout", "--branch-probabilities", ...names];
  return new Promise((done, failed) => {
    execFile(
      program,
      words,
      { cwd: folder, maxBuffer: MOST_BYTES, timeout: LONGEST_MS, killSignal: "SIGKILL", signal: stop },
      (error, stdout, stderr) => {
        const [complaint] = stderr.trim().split("\n");
        // It prints what it has of a stale object all the same, with a complaint: all zero, which is not true.
        if (error === null && complaint === "") done(stdout.split("\n").filter((line) => line !== ""));
        else
          failed(
            new RigError(`${program} fails: ${complaint === "" ? messageOf(error) : (complaint ?? "")}`),
          );
      },
    );
  });
}
