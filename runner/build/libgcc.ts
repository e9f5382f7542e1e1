/**
 * Where the routines are that a compiler calls where the processor has no instruction: division of 128 bits, long double.
 * They are libgcc, or the builtins of compiler-rt. It links nothing.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { RigError } from "../../src/core/errors.js";
import type { Architecture } from "../machine.js";
import { withParentDeathSignal } from "../process/parent-death-signal.js";
import type { Toolchain } from "./toolchain.js";

/** What was found by the command that found it: all images of a run ask for the same few. */
const found = new Map<string, Promise<string | undefined>>();

/**
 * The archive that an image of an architecture is linked with. There is none for i386: compilers for x86_64 seldom bring
 * it, so `guest/lib/nolibc` has the few routines that are needed there.
 * @returns its path; undefined where there is none to link, or `stop` came first
 * @throws RigError that names the package to install
 */
export async function libgccFor(
  architecture: Architecture,
  { compiler, target, flags, debianPackage }: Toolchain,
  stop: AbortSignal,
): Promise<string | undefined> {
  if (architecture === "i386") return undefined;
  for (const library of [[], ["--rtlib=compiler-rt"]]) {
    const words = [...target, ...flags.compiler, ...library, "-print-libgcc-file-name"];
    const key = JSON.stringify([compiler, words]);
    const asked = found.get(key) ?? pathSaidBy(compiler, words, stop);
    found.set(key, asked);
    const path = await asked;
    if (path !== undefined) return path;
    if (stop.aborted) return undefined;
  }
  throw new RigError(
    `${compiler} finds no libgcc for ${architecture}, and images are linked with it`,
    `apt-get install ${debianPackage}`,
  );
}

/** The path that a compiler prints; undefined where there is no such file, or where the compiler does not know the option. */
export function pathSaidBy(
  compiler: string,
  words: readonly string[],
  stop: AbortSignal,
): Promise<string | undefined> {
  const [program, args] = withParentDeathSignal("KILL", compiler, words);
  const env = { ...process.env, LC_ALL: "C" };
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { encoding: "utf8", env, signal: stop, killSignal: "SIGKILL" },
      (error, stdout) => {
        const path = stdout.trim();
        resolve(error === null && isAbsolute(path) && existsSync(path) ? path : undefined);
      },
    );
  });
}
