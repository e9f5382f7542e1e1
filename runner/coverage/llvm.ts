/**
 * Runs LLVM's own tools over raw profiles that were made of a guest's memory, in a folder of its own, which is gone
 * afterwards. It knows no lines: what llvm-cov prints is handed on as it is.
 * Source: LLVM's command guide, "llvm-profdata" and "llvm-cov export".
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RigError } from "../../src/core/errors.js";
import { messageOf } from "../../src/core/reason.js";
import { versionOf } from "../host/tools.js";
import { findProgram } from "../process/parent-death-signal.js";

/** The tools of one release. */
export interface LlvmTools {
  /** Major version. */
  readonly llvm: number;
  readonly profdata: string;
  readonly cov: string;
}

/** Releases that have a name of their own beside the default one, newest first. */
const NEWEST = 30;
const MOST_BYTES = 1 << 30;
const LONGEST_MS = 300_000;
/** Processes at a time: they are short, and most of one is its start. */
const AT_ONCE = 4;

/**
 * The tools that are here, the default ones first, then the newest.
 * @param first the first release that will do
 */
export async function llvmTools(first: number): Promise<readonly LlvmTools[]> {
  const suffixes = ["", ...Array.from({ length: NEWEST - first + 1 }, (_, at) => `-${String(NEWEST - at)}`)];
  const found: LlvmTools[] = [];
  for (const suffix of suffixes) {
    const [profdata, cov] = [findProgram(`llvm-profdata${suffix}`), findProgram(`llvm-cov${suffix}`)];
    if (profdata === undefined || cov === undefined) continue;
    const llvm = Number(/\bversion (\d+)\./.exec((await versionOf(cov)) ?? "")?.[1]);
    if (llvm >= first) found.push({ llvm, profdata, cov });
  }
  return found;
}

/**
 * Says which lines ran.
 * @param image the file with the mapping of its sources, which is that with its symbols
 * @param profiles raw profiles
 * @returns what llvm-cov prints of each, in their order, in the form of lcov
 * @throws RigError when a tool fails
 */
export async function exportLines(
  tools: LlvmTools,
  image: string,
  profiles: readonly Uint8Array[],
  stop: AbortSignal,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "uktest-llvm-"));
  const texts: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let nth = next++; nth < profiles.length; nth = next++) {
      const [raw, indexed] = [
        join(folder, `${String(nth)}.profraw`),
        join(folder, `${String(nth)}.profdata`),
      ];
      writeFileSync(raw, profiles[nth] ?? new Uint8Array());
      await printedBy(tools.profdata, ["merge", "-sparse", "-o", indexed, raw], stop);
      texts[nth] = await printedBy(
        tools.cov,
        ["export", image, `-instr-profile=${indexed}`, "-format=lcov", "-num-threads=1"],
        stop,
      );
      rmSync(raw);
      rmSync(indexed);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return texts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printedBy(program: string, words: readonly string[], stop: AbortSignal): Promise<string> {
  return new Promise((done, failed) => {
    execFile(
      program,
      words,
      { maxBuffer: MOST_BYTES, timeout: LONGEST_MS, killSignal: "SIGKILL", signal: stop },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else {
          const complaint = stderr.split("\n").find((line) => line !== "");
          failed(new RigError(`${program} fails: ${complaint ?? messageOf(error)}`));
        }
      },
    );
  });
}
