/**
 * Reads of a report that the json reporter wrote what a later run is compared with. It is no record: boots, consoles and
 * evidence of that run are not judged again.
 */
import * as v from "valibot";
import type { BaselineCase } from "../core/events.js";
import { FINDING_KINDS } from "../core/finding-kinds.js";
import { instructionsOf } from "../core/model/benchmarks.js";
import { siteOfFinding, sitesAmong } from "../core/model/sites.js";
import { isRed, STATUSES } from "../core/statuses.js";

const text = v.string();
const fault = v.object({
  kind: text,
  title: text,
  case: v.exactOptional(text),
  boot: text,
  fingerprint: v.exactOptional(text),
});
const one = v.object({
  name: text,
  status: v.picklist(STATUSES),
  measurements: v.exactOptional(v.array(v.object({ name: text, value: v.number() }))),
  assertions: v.array(
    v.object({ status: v.picklist(["passed", "failed"]), message: text, file: v.exactOptional(text) }),
  ),
});

/** The parts of a document `uktest-report/1` that are needed; see reporters/json.ts. */
const report = v.object({
  schema: v.literal("uktest-report/1"),
  boots: v.array(v.object({ id: text, source: text })),
  suites: v.array(v.object({ name: text, boot: text, cases: v.array(one) })),
  findings: v.array(
    v.object({
      kind: v.optional(v.picklist(FINDING_KINDS), "ubsan"),
      check: text,
      message: text,
      file: text,
      function: v.exactOptional(text),
    }),
  ),
  faults: v.array(fault),
});

export interface ReportFacts {
  readonly cases: readonly BaselineCase[];
  /** Sites; see core/sites.ts. */
  readonly findings: readonly string[];
}

/** What a report says of its cases and findings; undefined where the text is none. */
export function readReport(content: string): ReportFacts | undefined {
  const parsed = v.safeParse(report, jsonIn(content));
  if (!parsed.success) return undefined;
  const { boots, suites, findings, faults } = parsed.output;
  const sources = new Map(boots.map(({ id, source }) => [id, source]));
  const cases = suites.flatMap((suite) =>
    suite.cases.map((each): BaselineCase => {
      const name = `${suite.name}.${each.name}`;
      const own = faults.filter((some) => some.case === name);
      const sites = isRed(each.status) ? sitesAmong(each, own) : [];
      const source = sources.get(suite.boot) ?? "";
      return { source, name, status: each.status, sites, ...instructionsOf(each.measurements) };
    }),
  );
  return { cases, findings: findings.map(siteOfFinding) };
}

function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
