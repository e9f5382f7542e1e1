/** The values of one option, as the parser left them, and what a number has to be. It knows no option by name. */
import { UsageError } from "../core/errors.js";

export const isGiven = (args: Readonly<Record<string, unknown>>, key: string): boolean =>
  strings(args[key]).includes("true");

// No word of a command line holds a NUL, so this stands for nothing else.
const GUARD = "\0";

/** `--coverage` alone: by the counters of the compiler, whichever that is. */
export const COUNTERS = "counters";

/**
 * Words that the parser would lose or misread: `-`, everything after `--`, and the short option with its value glued
 * to it. A guarded word is a plain one to it.
 */
export function guarded(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const rest = end < 0 ? [] : argv.slice(end + 1);
  return [
    ...words.flatMap((word) => {
      if (word === "-") return [GUARD + word];
      // Its value stands after `=` alone, so that the word after it is a pattern.
      if (word === "--trace") return ["--trace=tail"];
      if (word === "--coverage") return [`--coverage=${COUNTERS}`];
      if (word === "--changed") return ["--changed=HEAD"];
      return /^-r[^=]/s.test(word) ? ["-r", word.slice(2)] : [word];
    }),
    ...rest.map((word) => GUARD + word),
  ];
}

export const plainWord = (word: string): string => word.replaceAll(GUARD, "");

export const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => plainWord(String(one)));

/**
 * The arguments as the parser left them, with the word that was typed where it took a word for no number: the error of such
 * an option is to show it.
 */
export function withTypedWords(
  args: Readonly<Record<string, unknown>>,
  argv: readonly string[],
): Readonly<Record<string, unknown>> {
  const typed = (key: string): string | undefined => {
    const at = argv.findIndex((word) => word === `--${key}` || word.startsWith(`--${key}=`));
    const [word, next] = at < 0 ? [] : argv.slice(at, at + 2);
    return word?.includes("=") === true ? word.slice(key.length + 3) : next;
  };
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, Number.isNaN(value) ? (typed(key) ?? value) : value]),
  );
}

/** Values of an option; an empty one is a variable of a script that was not set. */
export function values(args: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const all = strings(args[key]);
  if (all.includes("")) throw new UsageError(`--${key} is empty`, "is a variable of your script not set?");
  return all;
}

/** An option that may be given once. */
export function single(args: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const all = values(args, key);
  if (all.length > 1) throw new UsageError(`--${key} is given ${String(all.length)} times`, "give it once");
  return all[0];
}

/** A positive number of an option. */
export function positive(args: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const given = single(args, key);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`--${key} has to be a positive number`, `it is ${given}`);
}

/** A whole number of an option, from 0 on. */
export function wholeNumber(
  args: Readonly<Record<string, unknown>>,
  key: string,
  digits = 6,
): number | undefined {
  const given = single(args, key);
  if (given === undefined) return undefined;
  if (/^\d+$/.test(given) && given.length <= digits) return Number(given);
  throw new UsageError(`--${key} has to be a whole number`, `it is ${given}`);
}

/** A whole number of an option, from 1 on. */
export function atLeastOne(args: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = wholeNumber(args, key);
  if (value === 0) throw new UsageError(`--${key} has to be at least 1`, "it is 0");
  return value;
}

/** An option whose value may be left out: it then stands for `value`. */
export function optionalNumber(
  args: Readonly<Record<string, unknown>>,
  key: string,
  value: () => number,
): number | undefined {
  return single({ [key]: args[key] === "" || args[key] === true ? "true" : args[key] }, key) === "true"
    ? value()
    : wholeNumber(args, key);
}
