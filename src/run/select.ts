/**
 * Which cases of a plan a set of patterns means. Pure: the plan comes from the image, the patterns from the user.
 *
 * A pattern is a name of suites or the beginning of one, or a glob of them; after a dot stands the same for cases.
 */
import picomatch from "picomatch";
import { baseName } from "../core/assemble/boot.js";
import { UsageError } from "../core/errors.js";
import { filterOf } from "../core/plan/filter.js";
import type { Plan, PlannedSuite } from "../core/plan.js";
import { nearest } from "../text/suggest.js";
import type { ProjectArguments } from "./task.js";

type Matches = (suite: string, name: string) => boolean;

const hasGlob = (pattern: string): boolean => /[*?[\]{}!()]/.test(pattern);

function matcher(pattern: string): Matches {
  const dot = pattern.indexOf(".");
  const suites = dot < 0 ? pattern : pattern.slice(0, dot);
  const names = dot < 0 ? "" : pattern.slice(dot + 1);
  const suite = hasGlob(suites) ? picomatch(suites) : dot < 0 ? startsWith(suites) : equals(suites);
  // A result of a parameterised case is named `case/label`; what can be chosen is the case.
  const name = names === "" ? always : hasGlob(names) ? picomatch(names) : equals(baseName(names));
  return (ofSuite, ofCase) => suite(ofSuite) && name(ofCase);
}

const always = (): boolean => true;
const equals =
  (wanted: string) =>
  (one: string): boolean =>
    one === wanted;
const startsWith =
  (wanted: string) =>
  (one: string): boolean =>
    one.startsWith(wanted);

/** Whether a pattern means a case; that may be one with a label. */
export function matching(pattern: string): Matches {
  const matches = matcher(pattern);
  return (suite, name) => matches(suite, baseName(name));
}

/** `suite.case/label`, of names alone. */
const LABELLED = /^(\w{1,200}\.\w{1,200})\/(.{1,100})$/s;
/** What a guest prints of a label; any other character is `_` there. */
const LABEL = /^[\w.+-]+$/;

/**
 * The word for a guest of the kit that chooses parameters of cases; none where no pattern names one. A case that another
 * pattern means as a whole runs with all of them.
 * Source: `guest/lib/uktest/select.c`.
 * @throws UsageError for a label that none can be
 */
export function parameterWords(patterns: readonly string[]): readonly string[] {
  const chosen = patterns.flatMap((pattern) => {
    const [, title, label] = LABELLED.exec(pattern) ?? [];
    if (title === undefined || label === undefined || hasGlob(pattern)) return [];
    if (!LABEL.test(label))
      throw new UsageError(
        `no parameter is named "${label}"`,
        "a label has letters, digits and _ . + -; results show it as it is named",
      );
    return [{ pattern, title }];
  });
  const others = patterns.filter((pattern) => !chosen.some((one) => one.pattern === pattern)).map(matcher);
  const named = chosen.filter(({ title }) => {
    const [suite = "", name = ""] = title.split(".");
    return !others.some((matches) => matches(suite, name));
  });
  return named.length === 0 ? [] : [`uktest.params=${named.map(({ pattern }) => pattern).join(",")}`];
}

/** The part of a plan that any of the patterns means. */
export function selectIn(plan: Plan, patterns: readonly string[]): Plan {
  const matchers = patterns.map(matcher);
  const suites = plan.suites.flatMap((suite): readonly PlannedSuite[] => {
    const cases = suite.cases.filter((one) => matchers.some((matches) => matches(suite.name, one.name)));
    return cases.length > 0 ? [{ ...suite, cases }] : [];
  });
  return { ...plan, suites, orphans: [] };
}

/** The part of a plan that patterns and a filter mean; all of it where there are neither. @throws UsageError */
export function partOf(
  plan: Plan,
  { patterns, filter }: Pick<ProjectArguments, "patterns" | "filter">,
): Plan {
  const meant = patterns.length === 0 ? plan : selectIn(plan, patterns);
  if (filter === undefined) return meant;
  const isMeant = filterOf(filter);
  const suites = meant.suites.flatMap((suite): readonly PlannedSuite[] => {
    const cases = suite.cases.filter(({ name, file, tags = [] }) =>
      isMeant({ suite: suite.name, name, file, tags }),
    );
    return cases.length > 0 ? [{ ...suite, cases }] : [];
  });
  return { ...meant, suites, orphans: [] };
}

/** A filter that means no case is a mistake: what it was to run would be green. @throws UsageError */
export function refuseEmpty(filter: string | undefined, parts: readonly Plan[]): void {
  if (filter === undefined || parts.some((part) => countOf(part) > 0)) return;
  throw new UsageError(
    `no case is meant by --filter ${JSON.stringify(filter)}`,
    "uktest list shows all cases, with their tags",
  );
}

/** True when everything of `plan` is in `part`. */
export const isWhole = (part: Plan, plan: Plan): boolean => countOf(part) === countOf(plan);

/** Number of planned cases. */
export const countOf = (plan: Plan): number => plan.suites.reduce((sum, { cases }) => sum + cases.length, 0);

/** A name that means nothing is a mistake, also beside others: what it was to test would be green. */
export function refuseUnused(
  { patterns, mayBeGone }: Pick<ProjectArguments, "patterns" | "mayBeGone">,
  plans: readonly Plan[],
  programs: readonly string[] = [],
): void {
  const unused = patterns.filter(
    (one) => !programs.includes(one) && !plans.some((plan) => countOf(selectIn(plan, [one])) > 0),
  );
  if (unused.length > 0 && (mayBeGone !== true || unused.length === patterns.length))
    throw noMatch(unused, plans, programs);
}

function noMatch(
  patterns: readonly string[],
  plans: readonly Plan[],
  programs: readonly string[] = [],
): UsageError {
  const suite = patterns[0]?.replace(/\..*$/s, "");
  if (plans.some(({ orphans }) => orphans.some((one) => one.suite === suite)))
    return new UsageError(
      `${suite ?? ""} is not registered, so its cases can never run`,
      `uk_testsuite_register(${suite ?? ""}, NULL); in its file does so`,
    );
  const names = [...programs, ...plans.flatMap(({ suites }) => suites.map(({ name }) => name))];
  const wanted = patterns[0] ?? "";
  const cases = plans.flatMap(({ suites }) =>
    suites.flatMap((one) => one.cases.map(({ name }) => `${one.name}.${name}`)),
  );
  const near = nearest(wanted, wanted.includes(".") ? cases : names);
  const shown = names.slice(0, 12).join(", ");
  const hint = names.length > 12 ? `there are: ${shown}, …; see uktest list` : `there are: ${shown}`;
  if (near !== undefined && near !== wanted && !hasGlob(wanted))
    return new UsageError(
      `nothing is named ${patterns.map((pattern) => `"${pattern}"`).join(" or ")}`,
      `did you mean "${near}"?`,
    );
  return new UsageError(`nothing is named ${patterns.map((pattern) => `"${pattern}"`).join(" or ")}`, hint);
}
