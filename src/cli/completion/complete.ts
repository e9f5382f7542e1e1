/**
 * Answers a shell that asks what may stand at its cursor: the first line says `words` or `files`, each further line is a
 * word, a tab and what it means. It changes nothing, builds nothing, and whatever goes wrong is no word.
 */
import { machineNames } from "../../../runner/machines.js";
import { visibleLine } from "../../text/visible.js";
import { readRequest, reporterNames } from "../../delivery/reporters.js";
import { patternNames, profileNames } from "./names.js";
import { commandsOf, type Described, type OptionFacts, optionsOf } from "./options.js";
import { type Typed, typedIn } from "./typed.js";

/** What may stand at the cursor: words, or names of files, which the shell knows better. */
type Answer = readonly Described[] | "files";

/** Options whose value is a file or a folder. */
const OF_FILES = new Set(["image", "symbols", "config", "root", "record", "strip-prefix"]);

/**
 * The answer as text.
 * @param words the shell, then what was typed after the program's name, the word at the cursor last
 */
export async function complete([shell = "", ...words]: readonly string[]): Promise<string> {
  const typed = typedIn(shell, words);
  const answer = await answerTo(typed).catch(() => []);
  if (answer === "files") return "files\n";
  const lines = answer
    // Nothing that a terminal obeys, and nothing that ends a line.
    .filter(
      ({ name }) => name.startsWith(typed.current) && visibleLine(name) === name && !name.includes("\t"),
    )
    .flatMap(({ name, description }) => {
      const word = typed.wordFor(name);
      if (word === undefined) return [];
      return [shell === "bash" ? word : `${word}\t${visibleLine(description)}`];
    });
  return ["words", ...lines].map((line) => `${line}\n`).join("");
}

async function answerTo({ before, current }: Typed): Promise<Answer> {
  const [command, ...rest] = before;
  if (command === undefined) return current.startsWith("-") ? GLOBAL : commandsOf();
  const options = await optionsOf(command);
  if (options === undefined) return [];
  const at = rest.indexOf("--");
  if (at < 0) {
    const open = optionNamed(options, rest.at(-1) ?? "");
    if (open?.takesValue === true) return valuesOf(open, current, configIn(rest));
    const inside = /^(--[^=]+=)(.*)$/s.exec(current);
    if (inside !== null) return within(inside[1] ?? "", inside[2] ?? "", options, rest);
    if (current.startsWith("-")) return unused(options, rest);
  }
  return positionals(options, current, rest);
}

const GLOBAL: Answer = [
  { name: "--help", description: "show help" },
  { name: "--version", description: "show the version" },
];

const optionNamed = (options: readonly OptionFacts[], word: string): OptionFacts | undefined =>
  options.find(
    ({ name, short, isPositional }) =>
      !isPositional && (word === `--${name}` || (short !== undefined && word === `-${short}`)),
  );

/** `--config` of the words, which says where the names are. */
function configIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^--config(?:=|$)/.test(word));
  const word = words[at] ?? "";
  return word.includes("=") ? word.slice(word.indexOf("=") + 1) : at < 0 ? undefined : words[at + 1];
}

/** `--option=value`: the values, with what stands before them. */
async function within(
  head: string,
  value: string,
  options: readonly OptionFacts[],
  rest: readonly string[],
): Promise<Answer> {
  const option = optionNamed(options, head.slice(0, -1));
  if (option?.takesValue !== true) return [];
  const values = await valuesOf(option, value, configIn(rest));
  return values === "files" ? values : values.map((one) => ({ ...one, name: head + one.name }));
}

const unused = (options: readonly OptionFacts[], rest: readonly string[]): Answer =>
  options
    .filter(
      (one) =>
        !one.isPositional &&
        (one.repeats || !rest.some((word) => optionNamed([one], word.replace(/=.*$/s, "")))),
    )
    .map(({ name, description }) => ({ name: `--${name}`, description }));

async function valuesOf(option: OptionFacts, current: string, config: string | undefined): Promise<Answer> {
  const { name, choices } = option;
  if (choices.length > 0) return choices.map((choice) => ({ name: choice, description: "" }));
  if (OF_FILES.has(name)) return "files";
  if (name === "machine")
    return ["auto", ...machineNames].map((one) => ({ name: one, description: "machine" }));
  if (name === "profile") return profileNames(config);
  if (name === "reporter") return reporterValues(current);
  return [];
}

/** `name[=file][,option=value]…`. */
async function reporterValues(current: string): Promise<Answer> {
  const comma = current.lastIndexOf(",");
  if (comma >= 0) {
    const head = current.slice(0, comma);
    const { options = {} } = (await readRequest(head)).reporter;
    return Object.entries(options).flatMap(([key, values]) =>
      head.includes(`,${key}=`)
        ? []
        : values.map((value) => ({ name: `${head},${key}=${value}`, description: `${key} of the report` })),
    );
  }
  if (current.includes("=")) return "files";
  return reporterNames.map((name) => ({ name, description: "reporter" }));
}

async function positionals(
  options: readonly OptionFacts[],
  current: string,
  rest: readonly string[],
): Promise<Answer> {
  const positional = options.find(({ isPositional }) => isPositional);
  if (positional === undefined) return [];
  if (positional.choices.length > 0)
    return rest.some((word) => positional.choices.includes(word))
      ? []
      : positional.choices.map((name) => ({ name, description: "" }));
  return positional.name === "pattern" ? patternNames(current, configIn(rest)) : "files";
}
