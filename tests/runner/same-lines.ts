/**
 * Compares what two kinds of coverage say of the same suites without optimisation: counters of gcc, and the code that the
 * emulator ran. Where both know a line they have to agree; what the compiler makes different by its nature is one of the
 * rules below, by what stands in the line and never by its number. It runs nothing.
 */
import type { RunEvent } from "../../src/core/events.js";
import type { FileHits } from "../../src/core/model/coverage.js";
import { linePairs } from "../../src/core/model/coverage/counts.js";

/** What a boot or a case ran. */
interface Unit {
  readonly boot: string;
  readonly files: ReadonlyMap<string, Known>;
}

interface Known {
  /** Whether each line with code ran. */
  readonly lines: ReadonlyMap<number, boolean>;
  /** Where functions begin, in the order of the lines. */
  readonly heads: readonly number[];
}

/** Boots by the name of their image, and cases by `suite.case`. */
export type Units = ReadonlyMap<string, Unit>;

const knownOf = ({ lines, functions = [] }: FileHits): Known => ({
  lines: new Map([...linePairs(lines)].map(([line, count]) => [line, count > 0])),
  heads: functions.map(([, line]) => line).sort((a, b) => a - b),
});

/** The coverage in the events of a run. */
export function unitsIn(events: readonly RunEvent[]): Units {
  const names = new Map<string, string>();
  const units = new Map<string, Unit>();
  for (const event of events) {
    if (event.type === "boot-started") names.set(`boot ${event.boot}`, event.source);
    if (event.type === "suite-started") names.set(`suite ${event.suite}`, event.name);
    if (event.type === "case-started")
      names.set(`case ${event.case}`, `${names.get(`suite ${event.suite}`) ?? "?"}.${event.name}`);
    if (event.type !== "coverage") continue;
    const boot = names.get(`boot ${event.boot}`) ?? event.boot;
    const name = event.case === undefined ? boot : (names.get(`case ${event.case}`) ?? event.case);
    units.set(name, { boot, files: new Map(event.files.map((hits) => [hits.path, knownOf(hits)])) });
  }
  return units;
}

/** A line of which the two do not say the same. */
interface Difference {
  readonly path: string;
  /** Which of them says that it ran; neither where one alone knows code there, and that did not run. */
  readonly ran?: Kind;
  /** Which of them knows code there. */
  readonly knows: Kind | "both";
  /** The line, and the one in front of it, without what indents them. */
  readonly text: string;
  readonly before: string;
  /** A function begins there. */
  readonly isHead: boolean;
  /** The linker has left out the function that it is in: of all its lines the image has none. */
  readonly isDropped: boolean;
  /** Its function is about addresses that are aligned, or about pages. */
  readonly looksAtPlaces: boolean;
}

type Kind = "gcc" | "object";

/** What makes a difference by the nature of the two, and not by a mistake of ours. */
const RULES: readonly (readonly [why: string, holds: (one: Difference) => boolean])[] = [
  ["object code knows no function that is not in it", ({ knows, isDropped }) => knows === "gcc" && isDropped],
  [
    "a function begins at its name for gcc, at its brace for the code",
    ({ knows, isHead }) => knows === "gcc" && isHead,
  ],
  [
    "what begins and ends a function is code at its braces",
    ({ knows, text }) => knows === "object" && /^[{}]/.test(text),
  ],
  ["assembler has no counters", ({ knows, path }) => knows === "object" && path.endsWith(".S")],
  [
    "a label is no instruction",
    ({ knows, text }) => knows === "gcc" && /^(?:case\b.*|default|\w+):/.test(text),
  ],
  [
    "some statements are no instruction",
    ({ knows, text }) => knows === "gcc" && /^(?:va_end|barrier|__builtin_unreachable)\(/.test(text),
  ],
  [
    "a jump to what follows anyway is no instruction",
    ({ knows, text }) => knows === "gcc" && /^(?:return|continue|break);/.test(text),
  ],
  [
    "of all `return;` in a function gcc counts one",
    ({ knows, ran, text }) => knows === "both" && ran === "gcc" && text === "return;",
  ],
  [
    "gcc counts a further line of a condition from its second operand on",
    ({ knows, ran, text, before }) =>
      knows === "both" && ran === "object" && /&&|\|\||\?/.test(text) && !/[;{}:]$/.test(before),
  ],
  [
    "an instruction that ends the machine is followed by others of its block",
    ({ knows, ran, text, before }) =>
      knows === "both" && ran === "object" && text === "}" && before.startsWith("__asm__"),
  ],
  [
    "code and data lie elsewhere with counters",
    ({ knows, looksAtPlaces, path }) => knows === "both" && (looksAtPlaces || /paging/.test(path)),
  ],
];

export interface Comparison {
  /** So many lines of boots and cases have code for both, and they agree. */
  readonly agreed: number;
  /** So many differences each rule explains. */
  readonly explained: ReadonlyMap<string, number>;
  /** What no rule explains. */
  readonly unexplained: readonly string[];
}

/**
 * Compares each boot and each case that both have. Of cases just lines that ran: what is known besides is that of their boot.
 * @param textOf the lines of a source
 */
export function compareLines(
  gcc: Units,
  object: Units,
  textOf: (path: string) => readonly string[],
): Comparison {
  let agreed = 0;
  const explained = new Map<string, number>();
  const unexplained: string[] = [];
  for (const name of new Set([...gcc.keys(), ...object.keys()])) {
    const [unit, other] = [gcc.get(name), object.get(name)];
    if (unit === undefined || other === undefined) {
      unexplained.push(`${name}: of one alone`);
      continue;
    }
    const boots = { gcc: gcc.get(unit.boot)?.files, object: object.get(other.boot)?.files };
    for (const path of new Set([...(boots.gcc?.keys() ?? []), ...(boots.object?.keys() ?? [])])) {
      const all = { gcc: boots.gcc?.get(path), object: boots.object?.get(path) };
      const own = { gcc: unit.files.get(path)?.lines, object: other.files.get(path)?.lines };
      const differs = differing(path, all, textOf(path));
      for (const line of new Set([...(all.gcc?.lines.keys() ?? []), ...(all.object?.lines.keys() ?? [])])) {
        const [counted, translated] = [own.gcc?.get(line) === true, own.object?.get(line) === true];
        if (name !== unit.boot && !counted && !translated) continue;
        const one = differs(line, counted, translated);
        const [why] = (one && RULES.find(([, holds]) => holds(one))) ?? [];
        if (one === undefined) agreed += 1;
        else if (why !== undefined) explained.set(why, (explained.get(why) ?? 0) + 1);
        else
          unexplained.push(
            `${name}: ${path}:${String(line)}: ${one.ran ?? "none"} ran, of ${one.knows}: ${one.text}`,
          );
      }
    }
  }
  return { agreed, explained, unexplained };
}

/** How the two differ in a line of a source; undefined where they agree. */
function differing(
  path: string,
  { gcc, object }: Readonly<Record<Kind, Known | undefined>>,
  texts: readonly string[],
): (line: number, counted: boolean, translated: boolean) => Difference | undefined {
  const heads = gcc?.heads ?? [];
  const code = [...(object?.lines.keys() ?? [])];
  const textAt = (line: number): string => (texts[line - 1] ?? "").trim();
  return (line, counted, translated) => {
    const [isOfGcc, isOfObject] = [gcc?.lines.has(line) === true, object?.lines.has(line) === true];
    if (isOfGcc && isOfObject && counted === translated) return undefined;
    const at = heads.findLastIndex((head) => head <= line);
    const [from = 0, to = Infinity] = [heads[at], heads[at + 1]];
    return {
      ...{ path, text: textAt(line), before: textAt(line - 1), isHead: from === line },
      knows: !isOfObject ? "gcc" : isOfGcc ? "both" : "object",
      isDropped: !isOfObject && !counted && !code.some((known) => known >= from && known < to),
      looksAtPlaces: texts.slice(from, to).some((text) => /align|page/i.test(text)),
      ...(counted ? { ran: "gcc" } : translated ? { ran: "object" } : {}),
    };
  };
}
