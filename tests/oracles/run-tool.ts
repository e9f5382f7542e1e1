/**
 * Gives a text to a program of the machine as a file and returns what the program says of it.
 * A program that is missing fails the test that asks for it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Said {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program; `file` in its arguments stands for the path of the text. */
export function runTool(program: string, args: (file: string) => readonly string[], text: string): Said {
  const folder = mkdtempSync(join(tmpdir(), "uktest-"));
  try {
    const file = join(folder, "report");
    writeFileSync(file, text);
    const { status, stdout, stderr, error } = spawnSync(program, args(file), { encoding: "utf8" });
    if (error !== undefined)
      throw new Error(`${program} cannot be run (${error.message}); the tests need it: see the README`);
    return { status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
