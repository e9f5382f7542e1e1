/**
 * The grammar of the command line as data: commands, their options and what those take, read from the parser itself, so
 * that completion never knows another grammar. What the parser does not tell is left out.
 */
import yargs, { type Argv } from "yargs";
import { grammar } from "../grammar.js";

export interface Described {
  readonly name: string;
  readonly description: string;
}

export interface OptionFacts extends Described {
  /** One letter that stands for it. */
  readonly short?: string;
  /** Whether a word after it is its value. */
  readonly takesValue: boolean;
  /** May be given several times. */
  readonly repeats: boolean;
  readonly choices: readonly string[];
  readonly isPositional: boolean;
}

/** What of yargs' inside is read. */
interface Insides {
  readonly getOptions?: () => {
    readonly key: Readonly<Record<string, unknown>>;
    readonly alias: Readonly<Record<string, readonly string[]>>;
    readonly narg: Readonly<Record<string, number>>;
    readonly array: readonly string[];
    readonly choices: Readonly<Record<string, readonly string[]>>;
    readonly hiddenOptions: readonly string[];
  };
  readonly getGroups?: () => Readonly<Record<string, readonly string[]>>;
  readonly getInternalMethods?: () => {
    readonly getUsageInstance: () => {
      readonly getCommands: () => readonly (readonly [command: string, description: string])[];
      readonly getDescriptions: () => Readonly<Record<string, string | undefined>>;
    };
    readonly getCommandInstance: () => {
      readonly getCommandHandlers: () => Readonly<
        Record<string, { readonly builder?: (command: Argv) => unknown } | undefined>
      >;
    };
  };
}

/** All commands, as help lists them. */
export function commandsOf(): readonly Described[] {
  const usage = (grammar() as Insides).getInternalMethods?.().getUsageInstance();
  return (usage?.getCommands() ?? []).map(([command, description]) => ({
    name: command.replace(/^uktest /, "").replace(/ .*$/s, ""),
    description,
  }));
}

/** Options and positional words of a command; undefined for one that is not there. */
export async function optionsOf(command: string): Promise<readonly OptionFacts[] | undefined> {
  const handlers = (grammar() as Insides).getInternalMethods?.().getCommandInstance().getCommandHandlers();
  const builder =
    handlers !== undefined && Object.hasOwn(handlers, command) ? handlers[command]?.builder : undefined;
  if (builder === undefined) return undefined;
  const parser = yargs().help().alias("help", "h");
  await builder(parser);
  const insides = parser as Insides;
  const options = insides.getOptions?.();
  if (options === undefined) return [];
  const descriptions = insides.getInternalMethods?.().getUsageInstance().getDescriptions() ?? {};
  const positional = insides.getGroups?.()["Positionals:"] ?? [];
  const all = Object.keys(options.key).filter((name) => name.length > 1);
  return all
    .filter((name) => !options.hiddenOptions.includes(name) && name !== "version")
    .map((name) => {
      const short = options.alias[name]?.find((one) => one.length === 1);
      return {
        name,
        description: (descriptions[name] ?? "").replace("__yargsString__:", ""),
        ...(short !== undefined && { short }),
        takesValue: Object.hasOwn(options.narg, name),
        repeats: options.array.includes(name),
        choices: options.choices[name] ?? [],
        isPositional: positional.includes(name),
      };
    });
}
