/**
 * Which cases a changed file of cases is about: single ones where only their bodies differ, or all that the file may touch. It
 * reads no file, and what is unclear is about more.
 */
import type { CFunction, CText } from "./c-text.js";
import { type Hunk, hunksOf } from "./line-diff.js";

/** `suite.case` of single cases, all cases of the file's suites, or those of the whole program. */
export type SuiteChange = { readonly cases: ReadonlySet<string> } | "suites" | "program";

const CASE = /\bUK_TESTCASE\w*\s*\(\s*(\w+)\s*,\s*(\w+)/;
/** Nobody else can call it, or see it. */
const isOwn = (head: string): boolean => /\bstatic\b|^\s*(?:UK_|uk_)\w*\s*\(/.test(head);
/** What may define something that other files see, at the beginning of a line. */
const isVisible = (line: string): boolean =>
  /^[A-Za-z_]/.test(line) && !/^(?:static|typedef|extern|struct \w+ \{|enum|union|UK_|uk_)/.test(line);

/** What has changed between two texts of a file of cases. */
export function suiteChange(old: CText, now: CText): SuiteChange {
  const hunks = hunksOf(old.lines, now.lines).filter((hunk) =>
    [...linesOf(old, hunk.from, hunk.to), ...linesOf(now, hunk.newFrom, hunk.newTo)].some(
      (line) => line.trim() !== "",
    ),
  );
  if (hunks.length === 0) return { cases: new Set() };
  const { functions } = old;
  if (functions === undefined || now.functions === undefined) return "program";
  if (![...functions, ...now.functions].every(({ head }) => isOwn(head))) return "program";
  const found = hunks.map((hunk) => changeOf(hunk, old, now));
  if (found.includes("program")) return "program";
  const cases = found.flatMap((one) => (typeof one === "string" ? [] : [one.name]));
  return cases.length < found.length ? "suites" : { cases: new Set(cases) };
}

const linesOf = ({ lines }: CText, from: number, to: number): readonly string[] => lines.slice(from, to);

function changeOf(hunk: Hunk, old: CText, now: CText): { readonly name: string } | "suites" | "program" {
  const { from, to, newFrom, newTo } = hunk;
  const lines = [...linesOf(old, from, to), ...linesOf(now, newFrom, newTo)];
  const before = around(old, from + 1, to);
  const after = around(now, newFrom + 1, newTo);
  if (before === undefined || after === undefined) return lines.some(isVisible) ? "program" : "suites";
  const [, suite, name] = CASE.exec(before.head) ?? [];
  if (suite === undefined || name === undefined || before.head !== after.head) return "suites";
  return lines.some((line) => /^\s*#|\\$/.test(line)) ? "suites" : { name: `${suite}.${name}` };
}

const around = ({ functions }: CText, first: number, last: number): CFunction | undefined =>
  functions?.find((one) => first > one.first && last < one.last);
