/**
 * What the words of a launch request mean: the same as those of `uktest debug`, with the same errors. Pure; words that belong to
 * the editor are left alone.
 */
import { UsageError } from "../../core/errors.js";
import type { DebugArguments } from "../../debug/arguments.js";
import { STUBS } from "../../debug/guest-stub.js";
import { nearest } from "../../text/suggest.js";
import { debugArguments } from "../more-args.js";

type Kind = "text" | "texts" | "number" | "boolean" | "stub";

/** Each word, the option of the command that it stands for, and what it holds. */
const WORDS: Readonly<Record<string, readonly [option: string, kind: Kind]>> = {
  pattern: ["pattern", "texts"],
  machine: ["machine", "text"],
  image: ["image", "text"],
  symbols: ["symbols", "text"],
  core: ["core", "text"],
  break: ["break", "texts"],
  memory: ["memory", "number"],
  append: ["append", "texts"],
  set: ["set", "texts"],
  caseTimeout: ["case-timeout", "number"],
  config: ["config", "text"],
  profile: ["profile", "text"],
  cc: ["cc", "text"],
  stub: ["stub", "stub"],
  recordReplay: ["record-replay", "boolean"],
  noBuild: ["no-build", "boolean"],
  stopOnEntry: ["stopOnEntry", "boolean"],
  cwd: ["cwd", "text"],
};

const KIND: Readonly<Record<Kind, readonly [what: string, is: (value: unknown) => boolean]>> = {
  text: ["a text", (value) => typeof value === "string"],
  number: ["a number", (value) => typeof value === "number" || typeof value === "string"],
  boolean: ["true or false", (value) => typeof value === "boolean"],
  stub: [STUBS.map((one) => `"${one}"`).join(" or "), (value) => STUBS.some((one) => one === value)],
  texts: [
    "a text or a list of texts",
    (value) =>
      typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string")),
  ],
};

export interface LaunchArguments {
  readonly args: DebugArguments;
  /** Folder of the project. */
  readonly cwd?: string;
  readonly stopOnEntry: boolean;
}

/** Words that editors add to what the user has written. */
const OF_EDITORS = /^(?:__|name$|type$|request$|command|args$|mode|env|port$|host$)/;

/** A word that is nearly one of ours was meant to be it. */
function refuseNear(word: string): void {
  if (Object.hasOwn(WORDS, word) || OF_EDITORS.test(word)) return;
  const near = nearest(word, Object.keys(WORDS));
  if (near !== undefined) throw new UsageError(`launch: unknown word "${word}"`, `did you mean "${near}"?`);
}

/** Reads a launch request. @throws UsageError */
export function launchArguments(launch: Readonly<Record<string, unknown>>): LaunchArguments {
  const given: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(launch)) {
    refuseNear(word);
    const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    // Editors write null, and an empty text for a question that was not answered.
    if (known === undefined || value === null || value === undefined || value === "") continue;
    const [option, kind] = known;
    const [what, is] = KIND[kind];
    if (!is(value))
      throw new UsageError(`launch: "${word}" has to be ${what}`, `it is ${JSON.stringify(value)}`);
    given[option] = value;
  }
  const { stopOnEntry, cwd, ...options } = given;
  return {
    args: debugArguments(options, []),
    stopOnEntry: stopOnEntry === true,
    ...(typeof cwd === "string" && { cwd }),
  };
}
