/**
 * Adds entries to a file of JSON with comments, as editors keep their settings: what is there keeps its place, its words and its
 * comments. Pure. It is done by jsonc-parser, which the editor itself uses; a parser of JSON alone would lose the comments.
 */
import { applyEdits, type JSONPath, modify, parse, type ParseError, printParseErrorCode } from "jsonc-parser";
import { UsageError } from "../../core/errors.js";

/** One entry of a list, and by what it is known. */
export interface Entry {
  /** Name of the list, at the top of the file. */
  readonly list: string;
  /** Key by whose value entries differ: `name`, `label`, `id`. */
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Keys of an entry that is there already which get the value of this one; all others are the user's. */
  readonly renewed?: readonly string[];
}

const MARK = "\ufeff";

/** The whole text, or why it is none that can be added to. */
function readable(path: string, text: string): Readonly<Record<string, unknown>> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first !== undefined) {
    const before = text.slice(0, first.offset).split("\n");
    const place = `${path}:${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
    throw new UsageError(
      `${place}: ${printParseErrorCode(first.error)}`,
      "mend it, or remove it: nothing was written",
    );
  }
  if (value === undefined) return {};
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new UsageError(`${path} holds no object`, "mend it, or remove it: nothing was written");
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** How the text is indented, and how its lines end. */
function styleOf(text: string) {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  const isTabs = indent.startsWith("\t");
  return {
    insertSpaces: !isTabs,
    tabSize: isTabs ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/**
 * The text with these entries in it. One that is there under its name stays as it is, but for what is renewed.
 * @param path of the file, for messages
 * @param text undefined where there is no file
 * @throws UsageError where the text is none that can be added to
 */
export function withEntries(
  path: string,
  text: string | undefined,
  entries: readonly Entry[],
  version: string,
): string {
  const mark = text?.startsWith(MARK) === true ? MARK : "";
  const given = (text ?? "").slice(mark.length);
  const before = readable(path, given);
  const formattingOptions = styleOf(given);
  let now = given.trim() === "" ? "{}" : given;
  const set = (place: JSONPath, value: unknown, isArrayInsertion = false): void => {
    now = applyEdits(now, modify(now, place, value, { formattingOptions, isArrayInsertion }));
  };
  if (before["version"] === undefined) set(["version"], version);
  for (const { list, key, value, renewed = [] } of entries) {
    const all = readable(path, now)[list] ?? [];
    if (!Array.isArray(all))
      throw new UsageError(`${path}: ${list} is no list`, "mend it, or remove it: nothing was written");
    const at = all.findIndex((one) => isRecord(one) && one[key] === value[key]);
    const there: unknown = all[at];
    if (!isRecord(there)) {
      set([list, -1], value, true);
      continue;
    }
    for (const one of renewed)
      if (value[one] !== undefined && there[one] !== value[one]) set([list, at, one], value[one]);
  }
  return `${mark}${now.endsWith("\n") ? now : `${now}${formattingOptions.eol}`}`;
}
