/**
 * Makes the reference of the suites' interface out of the guest's headers: names, parameters, and what the comment above
 * each says. What happens after a failure is read from the macro's own text, not from its name.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Entry {
  readonly name: string;
  /** `NAME(a, b)` */
  readonly signature: string;
  /** First paragraph of the comment; empty without one. */
  readonly meaning: string;
  /** Lines `@param …` and `@return …` of the comment, one text each. */
  readonly details: readonly string[];
  /** Text of the macro; empty for a function. */
  readonly body: string;
}

const HEADERS = ["suite.h", "extra.h", "mock.h", "expect.h", "require.h", "fixme.h"];

const ENTRY =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:#define ((?:UK_|uk_)\w+)\(([^)]*)\)((?:.*\\\n)*.*)|^(?:int|void) (uk_\w+)\(([^)]*)\))/gm;

/** Everything a suite may write by name, in the order of the headers. */
export function readInterface(root: string): readonly Entry[] {
  const folder = join(root, "guest/lib/uktest/include/uk");
  const texts = [...HEADERS.map((name) => join(folder, "test", name)), join(folder, "test.h")];
  return texts.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(ENTRY)].map(
      ([, comment = "", macro, parameters, body, fn, given]) => {
        const [meaning = "", ...rest] = comment
          .replaceAll(/^\s*\* ?/gm, "")
          .trim()
          .split(/\n(?=@)|\n\n/);
        const inLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
        return {
          name: macro ?? fn ?? "",
          signature: `${macro ?? fn ?? ""}(${inLine(parameters ?? given ?? "")})`,
          meaning: inLine(meaning),
          details: rest.map(inLine).filter((text) => text !== ""),
          body: body ?? "",
        };
      },
    ),
  );
}

/** What a failure does, as the macro hands it on; undefined for what asserts nothing. */
export const kindOf = ({ body }: Entry): string | undefined =>
  /_UK_TEST_(CONTINUE|FATAL|FIXME)/.exec(body)?.[1];

const code = (text: string): string => `\`${text}\``;
const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** A text outside of code, in which a star is a star. */
const plain = (text: string): string =>
  text
    .split("`")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll(/[*<]/g, "\\$&") : part))
    .join("`");

const detail = (text: string): string =>
  text.replace(/^@param (\w+)/, (_all, name: string) => `${code(name)}:`).replace(/^@return/, "Returns");

/** The assertion of the same condition and another kind. */
function twin(entry: Entry, all: readonly Entry[], kind: string): Entry | undefined {
  const other = (text: string): string =>
    text.replace(/_UK_TEST_(?:CONTINUE|FATAL|FIXME)/, kind).replaceAll(/\s+/g, "");
  const tail = (name: string): string =>
    name.replace(/^UK_(?:TEST_(?:EXPECT|REQUIRE|ASSERT)|FIXME_(?:EXPECT|ASSERT))/, "");
  const twins = all.filter(
    (one) =>
      kindOf(one) === kind && other(one.body) === other(entry.body) && tail(one.name) === tail(entry.name),
  );
  // UK_TEST_ASSERT() is another name of UK_TEST_EXPECT(): each keeps its own where there are two.
  return twins.find(({ name }) => name.includes("ASSERT") === entry.name.includes("ASSERT")) ?? twins[0];
}

/** What a suite calls besides macros of its own. */
const FUNCTIONS: readonly string[] = ["uk_test_keep", "uk_test_printf"];

/** The part of docs/writing-suites.md that nobody writes by hand. */
export function reference(all: readonly Entry[]): string {
  const assertions = all.filter((entry) => kindOf(entry) === "CONTINUE");
  const others = all.filter((entry) => kindOf(entry) === undefined && !entry.name.startsWith("uk_test_"));
  const name = (entry: Entry | undefined): string => (entry === undefined ? "" : code(entry.name));
  return [
    "### Suites, cases, and what is around them",
    "",
    row("name", "meaning"),
    row("---", "---"),
    ...[...others, ...all.filter((entry) => FUNCTIONS.includes(entry.name))].map((entry) =>
      row(code(entry.signature), [entry.meaning, ...entry.details.map(detail)].map(plain).join("<br>")),
    ),
    "",
    "### Assertions",
    "",
    row("goes on after a failure", "ends the case", "known to be broken", "holds when"),
    row("---", "---", "---", "---"),
    ...assertions.map((entry) =>
      row(
        code(entry.signature),
        name(twin(entry, all, "FATAL")),
        name(twin(entry, all, "FIXME")),
        entry.meaning,
      ),
    ),
    "",
  ].join("\n");
}
