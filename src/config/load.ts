/**
 * Finds the configuration of a project and reads it. What happens where there is none is decided elsewhere.
 * It looks upwards from a folder, as the tools of Node do.
 */
import { resolve } from "node:path";
import { codeOf, messageOf } from "../core/reason.js";
import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../core/errors.js";
import { NoJson, parseJson } from "./json.js";
import { checkConfig, type Config } from "./schema.js";

export interface LoadedConfig {
  readonly config: Config;
  /** Path of the file. */
  readonly file: string;
  /** The folder that its paths are relative to. */
  readonly root: string;
}

export const CONFIG_NAMES = ["json", "js", "mjs", "ts"].map((ending) => `uktest.config.${ending}`);

const parentOf = (folder: string): string => folder.slice(0, Math.max(folder.lastIndexOf("/"), 0)) || "/";

/** The configuration that counts in a folder: the nearest one upwards. */
function findConfig(folder: string): string | undefined {
  for (let at = folder; ; at = parentOf(at)) {
    const found = CONFIG_NAMES.map((name) => (at === "/" ? `/${name}` : `${at}/${name}`)).find(existsSync);
    if (found !== undefined) return found;
    if (at === "/" || at === "") return undefined;
  }
}

/**
 * The configuration that counts: the one that is named, or else the nearest one upwards from the working directory.
 * @returns its absolute path; undefined where there is none
 */
export const configAt = (named?: string): string | undefined =>
  named === undefined ? findConfig(resolve(".")) : resolve(named);

/** The folder for all files that runs write: beside a configuration, or in the working directory. */
export const runFolderBeside = (config: string | undefined): string =>
  `${config === undefined ? resolve(".") : parentOf(config)}/.uktest`.replace("//", "/");

/** How the text of a file is read; one that comes through a pipe may have to be waited for. */
export type ReadText = (file: string) => string | Promise<string>;

/**
 * Reads a configuration file.
 * @param file absolute path
 * @throws UsageError when it cannot be read, is no valid program or JSON, or says what it may not
 */
export async function loadConfig(file: string, textOf: ReadText = plainText): Promise<LoadedConfig> {
  const root = parentOf(file);
  return { config: checkConfig(await contentOf(file, textOf), file), file, root };
}

const plainText: ReadText = (file) => readFileSync(file, "utf8");

/** A program has a name that says so; what comes through a pipe has none. */
const isProgram = (file: string): boolean => /\.[cm]?[jt]s$/.test(file);

async function contentOf(file: string, textOf: ReadText): Promise<unknown> {
  try {
    if (!isProgram(file)) return parseJson(await textOf(file));
    // Node runs TypeScript itself only since 22.18; jiti reads it everywhere, and plain modules like Node.
    const { createJiti } = await import("jiti");
    const loaded: unknown = await createJiti(file, { fsCache: false }).import(file);
    return typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : loaded;
  } catch (error) {
    const message = messageOf(error);
    const isMissing = codeOf(error) === "ENOENT";
    throw new UsageError(
      isMissing
        ? `no such configuration: ${file}`
        : error instanceof NoJson
          ? `${file}: no JSON: ${message}`
          : `${file} cannot be read: ${message}`,
      "see docs/configuration.md for an example",
    );
  }
}
