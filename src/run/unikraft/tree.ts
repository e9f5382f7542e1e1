/**
 * A tree of Unikraft, or of a library beside it: the options that its Config.uk files define, and what each depends on. It
 * changes nothing there.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../core/errors.js";

/** An option, as its file defines it. */
export interface KconfigOption {
  readonly name: string;
  /** What follows `depends on`, one for each such line. */
  readonly depends: readonly string[];
}

export type Options = ReadonlyMap<string, KconfigOption>;

const DEFINITION = /^\s*(?:menu)?config\s+(\w{1,200})\s*$/;
const DEPENDS = /^\s*depends\s+on\s+(\S.{0,400})$/;
const ELSEWHERE = new Set(["node_modules", "build", ".git", ".unikraft"]);
/** Files and folders of a tree; a folder that is no tree at all is not read to its end. */
const MOST_FILES = 20_000;

/** The options that one Config.uk defines; of one that is defined twice the first counts. */
export function optionsIn(text: string): readonly KconfigOption[] {
  const found: { name: string; depends: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const name = DEFINITION.exec(line)?.[1];
    const depends = DEPENDS.exec(line)?.[1];
    if (name !== undefined) found.push({ name, depends: [] });
    else if (depends !== undefined) found.at(-1)?.depends.push(depends.trim());
  }
  return found;
}

/** Paths of the Config.uk files below a folder. */
function* configsBelow(folder: string): Generator<string> {
  const waiting = [folder];
  let seen = 0;
  for (let path = waiting.pop(); path !== undefined && seen < MOST_FILES; path = waiting.pop())
    for (const one of readdirSync(path, { withFileTypes: true })) {
      seen += 1;
      if (one.isDirectory() && !ELSEWHERE.has(one.name)) waiting.push(join(path, one.name));
      else if (one.isFile() && one.name === "Config.uk") yield join(path, one.name);
    }
}

/**
 * The options of a tree and of libraries beside it.
 * @throws UsageError for a folder that holds no tree of Unikraft
 */
export function optionsOf(tree: string, libraries: readonly string[]): Options {
  for (const name of ["Config.uk", "Makefile", "lib/uktest/Config.uk"])
    if (!existsSync(join(tree, name)))
      throw new UsageError(
        `${tree} is no tree of Unikraft with uktest: it has no ${name}`,
        "uktest build --unikraft takes the folder of Unikraft itself, 0.6 or later",
      );
  const options = new Map<string, KconfigOption>();
  for (const folder of [tree, ...libraries])
    for (const path of configsBelow(folder))
      for (const option of optionsIn(readFileSync(path, "utf8")))
        if (!options.has(option.name)) options.set(option.name, option);
  return options;
}
