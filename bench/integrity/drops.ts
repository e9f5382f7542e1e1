/**
 * Lines that never arrived, and what is left that speaks of the flaw all the same. The class of a drop follows from the
 * lines that are gone, not from any verdict.
 */
import { lacksEnd } from "./flaws.js";
import { type Line, type Log, shown } from "./log.js";
import { type Mutant, type Mutate, mutant, traces, without } from "./mutant.js";
import type { Random } from "./random.js";

/** Where the flaw still shows: in its own lines or the missing end, in the guest's counts, in the plan, or nowhere. */
export type Remains = "console" | "statistics" | "plan" | "nowhere";

const failedCount = (line: Line): boolean => line.part === "statistics" && / failed/.test(shown(line.text));

/** True when a planned case lost its header, or all of the results that its sites must have. */
function plannedIsMissing({ lines, plan }: Log, gone: ReadonlySet<number>): boolean {
  const results = new Map<string, number>();
  let open: string | undefined;
  lines.forEach((line, index) => {
    if (line.part === "header" && !gone.has(index)) {
      open = `${line.suite ?? ""}->${line.name ?? ""}`;
      results.set(open, 0);
    }
    if ((line.part === "passed" || line.part === "failed") && open !== undefined && !gone.has(index))
      results.set(open, (results.get(open) ?? 0) + 1);
  });
  return plan.suites.some((suite) =>
    suite.cases.some(({ name, sites }) => {
      const left = results.get(`${suite.name}->${name}`);
      return left === undefined || (left === 0 && sites.length > 0);
    }),
  );
}

/** What still speaks of the flaw when these lines are gone. */
export function remainsOf(log: Log, gone: ReadonlySet<number>): Remains {
  const { flaw, lines } = log;
  if (flaw === undefined || lacksEnd(log) || traces(log).some((at) => !gone.has(at))) return "console";
  const counts = lines.filter((line, index) => line.part === "statistics" && !gone.has(index));
  const lostHeader = lines.some((line, index) => line.part === "header" && gone.has(index));
  const countsFlaw = counts.some(
    (line) => failedCount(line) && (flaw === "failed-result" || shown(line.text).includes("suites:")),
  );
  if (countsFlaw || (lostHeader && counts.some(({ text }) => shown(text).includes("cases:"))))
    return "statistics";
  return plannedIsMissing(log, gone) ? "plan" : "nowhere";
}

const span = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);

/** The lines of the case that holds line `at`, or of its whole suite. */
function around({ lines }: Log, at: number, what: "case" | "suite"): readonly number[] {
  const from = lines.findLastIndex((line, index) => index <= at && line.part === "header");
  const suite = lines[from]?.suite;
  const ends = (line: Line): boolean =>
    line.part === "statistics" ||
    /Powered by/.test(line.text) ||
    (line.part === "header" && (what === "case" || line.suite !== suite));
  const begin =
    what === "case" || from < 0
      ? from
      : lines.findIndex((line) => line.part === "header" && line.suite === suite);
  const after = lines.findIndex((line, index) => index > Math.max(at, from) && ends(line));
  return from < 0 ? [at] : span(begin, after < 0 ? lines.length : after);
}

type Choose = (log: Log, random: Random) => readonly number[];

const anyLine: Choose = ({ lines }, random) => [random.int(lines.length)];
const someLines: Choose = ({ lines }, random) =>
  span(0, random.between(2, 4)).map(() => random.int(lines.length));
const ofPart =
  (...parts: readonly Line["part"][]) =>
  ({ lines }: Log, among: readonly number[]): readonly number[] =>
    among.filter((at) => parts.includes(lines[at]?.part ?? "plain"));

const statistics = (log: Log): readonly number[] => ofPart("statistics")(log, span(0, log.lines.length));

const CHOICES: readonly Choose[] = [
  anyLine,
  someLines,
  ({ lines }, random) => {
    const from = random.int(lines.length);
    return span(from, Math.min(from + random.between(2, 20), lines.length));
  },
  (log) => traces(log),
  (log, random) => traces(log).filter(() => random.chance(0.5)),
  (log, random) => [...traces(log), ...statistics(log).filter(() => random.chance(0.5))],
  (log) => [...traces(log), ...statistics(log)],
  (log, random) => [...traces(log), ...anyLine(log, random)],
  (log, random) => [...traces(log), ...around(log, traces(log)[0] ?? random.int(log.lines.length), "case")],
  (log) => [
    ...traces(log),
    ...statistics(log),
    ...ofPart("passed", "failed", "location")(log, around(log, traces(log)[0] ?? 0, "case")),
  ],
  (log) => [...traces(log), ...statistics(log), ...around(log, traces(log)[0] ?? 0, "case")],
  (log) => [...traces(log), ...statistics(log), ...around(log, traces(log)[0] ?? 0, "suite")],
];

/** Tries to find a drop of that class. */
const TRIES = 12;

/** Lines dropped so that the flaw remains just there. */
export const dropsLeaving =
  (remains: Remains): Mutate =>
  (log, random) => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      // A capture with many flaws stays red when a few lines are gone.
      const choose = random.pick(log.flaw === undefined ? CHOICES.slice(0, 2) : CHOICES);
      const gone = new Set(choose(log, random));
      if (gone.size > 0 && remainsOf(log, gone) === remains) return dropped(log, gone);
    }
    return undefined;
  };

function dropped(log: Log, gone: ReadonlySet<number>): Mutant {
  const sorted = [...gone].sort((a, b) => a - b);
  const [first = 0] = sorted;
  const words = sorted.slice(0, 12).map((at) => String(at + 1));
  return mutant(without(log.lines, gone), `lines dropped: ${words.join(", ")}`, first);
}
