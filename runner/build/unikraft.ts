/**
 * Runs Unikraft's own build, outside of its tree: an application that does nothing, a configuration to begin with, make. What
 * is configured is not decided here.
 *
 * Source: Unikraft's Makefile, 0.6 to 0.21: `A=`, `O=`, `C=`, `L=`, `UK_DEFCONFIG=`, `CROSS_COMPILE=`.
 */
import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { RigError } from "../../src/core/errors.js";
import { messageOf } from "../../src/core/reason.js";
import { makeFolder } from "../files/make-folder.js";
import { dropOutput, type HookEnd, runHook } from "../process/hook.js";

const LIMIT_MS = 60 * 60 * 1000;

const APP: Readonly<Record<string, string>> = {
  "main.c": "int main(void)\n{\n\treturn 0;\n}\n",
  "Makefile.uk": "$(eval $(call addlib,apptests))\n\nAPPTESTS_SRCS-y += $(APPTESTS_BASE)/main.c\n",
  "Config.uk": "",
};

function put(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new RigError(`${path} cannot be written: ${messageOf(error)}`);
  }
}

/** Makes an application that does nothing: tests run in front of main(). @returns its folder @throws RigError */
export function emptyApp(folder: string): string {
  const app = join(folder, "app");
  makeFolder(app);
  for (const [name, text] of Object.entries(APP))
    if (!existsSync(join(app, name))) put(join(app, name), text);
  return app;
}

/** Files and folders of one build, absolute. */
export interface UnikraftFiles {
  readonly tree: string;
  readonly app: string;
  /** Folders of libraries beside the tree. */
  readonly outside: readonly string[];
  /** For objects and the image. */
  readonly out: string;
  /** What the configuration is made from, and what is made of it. */
  readonly fragment: string;
  readonly config: string;
  /** What make prints. */
  readonly log: string;
  /** In front of the names of compilers; empty for those of the host. */
  readonly prefix: string;
}

/**
 * Name of the files of a build, such as `web-x86_64-1a2b3c4d`: objects of another tree, or of an application of the same name,
 * would pass for up to date.
 */
export function buildName({ tree, app }: Pick<UnikraftFiles, "tree" | "app">, architecture: string): string {
  const digest = createHash("sha256").update(`${tree}\0${app}`).digest("hex").slice(0, 8);
  return `${basename(app)}-${architecture}-${digest}`;
}

const wordsOf = ({ tree, app, outside, out, config, prefix }: UnikraftFiles): readonly string[] => [
  ...[`-C${tree}`, `A=${app}`, `O=${out}`, `C=${config}`, `L=${outside.join(":")}`],
  ...(prefix === "" ? [] : [`CROSS_COMPILE=${prefix}`]),
];

function make(words: readonly string[], log: string, stop: AbortSignal): Promise<HookEnd> {
  dropOutput(log);
  return runHook({
    ...{ command: ["make", ...words], cwd: resolve("."), env: {}, timeoutMs: LIMIT_MS, log, stop },
  });
}

/** Makes the configuration from this text. @throws RigError where no file can be written */
export function configure(files: UnikraftFiles, text: string, stop: AbortSignal): Promise<HookEnd> {
  makeFolder(files.out);
  put(files.fragment, text);
  return make([...wordsOf(files), `UK_DEFCONFIG=${files.fragment}`, "defconfig"], files.log, stop);
}

/** Builds the image, on all processors. */
export const compileUnikraft = (files: UnikraftFiles, stop: AbortSignal): Promise<HookEnd> =>
  make([...wordsOf(files), `-j${String(availableParallelism())}`], files.log, stop);
