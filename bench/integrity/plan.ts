/**
 * The plan of a log, as an image would have it: every suite and case, and one assertion site for each expression.
 * Lines are invented, ascending within a case; where a capture prints the line of a failure, that one is taken.
 */
import type { Plan, PlannedCase, PlannedSuite } from "../../src/core/plan.js";
import { type Line, locationOf, messageOf } from "./log.js";

/** The expression that a message quotes; a site in a loop always quotes the same. */
export const expressionOf = (text: string): string => {
  const message = messageOf(text);
  return /^expected [`'](.*?)[`'] (?:to|at) /.exec(message)?.[1] ?? message;
};

interface Case {
  readonly name: string;
  readonly sites: Map<string, number>;
}

/** Line of a site that is no line of a capture's own. */
const inventedLine = (ordinal: number): number => 1000 + 2 * ordinal;

/** Suites of a log with their cases and sites, in order of execution. */
function tableOf(lines: readonly Line[]): ReadonlyMap<string, Case[]> {
  const suites = new Map<string, Case[]>();
  let open: Case | undefined;
  lines.forEach((line, index) => {
    if (line.part === "header") {
      open = { name: line.name ?? "", sites: new Map() };
      const suite = line.suite ?? "";
      suites.set(suite, [...(suites.get(suite) ?? []), open]);
    }
    if (line.part !== "passed" && line.part !== "failed") return;
    const after = lines[index + 1];
    const printed = after?.part === "location" ? locationOf(after.text) : undefined;
    const key = expressionOf(line.text);
    if (open !== undefined && (printed !== undefined || !open.sites.has(key)))
      open.sites.set(key, printed ?? inventedLine(open.sites.size));
  });
  return suites;
}

const FILE = "/src/app/main.c";

const plannedCase = ({ name, sites }: Case): PlannedCase => ({
  name,
  file: FILE,
  sites: [...new Set(sites.values())].sort((a, b) => a - b),
});

/** The plan after a log. `more` are suites of which the log says nothing. */
export function planOf(lines: readonly Line[], more: readonly PlannedSuite[] = []): Plan {
  const suites = [...tableOf(lines)].map(([name, cases]): PlannedSuite => ({
    name,
    cases: cases.map(plannedCase),
  }));
  return { image: "app.elf", architecture: "x86_64", suites: [...suites, ...more], orphans: [] };
}

/** Line of the site to which the result at `index` belongs. */
export function siteLine(lines: readonly Line[], index: number): number {
  const header = lines.findLastIndex((line, at) => at < index && line.part === "header");
  const keys = new Set<string>();
  for (const line of lines.slice(header + 1, index + 1)) {
    if (line.part === "passed" || line.part === "failed") keys.add(expressionOf(line.text));
  }
  const key = expressionOf(lines[index]?.text ?? "");
  return inventedLine([...keys].indexOf(key));
}

/** A suite of one case that never runs because its init function fails. */
export const unreadySuite = (name: string): PlannedSuite => ({
  name,
  cases: [{ name: "never_runs", file: FILE, sites: [10] }],
});
