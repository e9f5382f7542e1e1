/**
 * Shows a plan without running anything: as a table for people, as one JSON document for programs.
 * Pure functions of the plan; every text in it comes from an image and is shown with nothing a terminal would obey.
 */
import { plural } from "../core/plural.js";
import type { OrphanCase, Plan, PlannedCase, PlannedSuite, Stage } from "../core/plan.js";
import { jsonLine } from "../text/json.js";
import { visibleLine } from "../text/visible.js";
import { columns } from "../text/width.js";

/** Version of the document of `listJson`. */
const PLAN_SCHEMA = "uktest-plan/1";

const HEADINGS = ["SUITE", "STAGE", "CASE", "SITES", "WHERE"] as const;

type Row = readonly [suite: string, stage: string, name: string, sites: string, where: string];

const stageText = (stage: Stage | undefined): string =>
  stage === undefined ? "-" : `${stage.name} ${stage.priority}`;

const whereOf = ({ file, line }: PlannedCase): string => {
  const shown = visibleLine(file);
  return line === undefined ? shown : `${shown}:${line}`;
};

function caseRow(suite: string, stage: string, one: PlannedCase): Row {
  const description = one.description === undefined ? "" : `: ${one.description}`;
  const tags = (one.tags ?? []).map((tag) => ` [${tag}]`).join("");
  return [suite, stage, visibleLine(one.name + tags + description), String(one.sites.length), whereOf(one)];
}

/** The rows of a suite; what repeats is left out after the first. */
function suiteRows({ name, stage, cases }: PlannedSuite): readonly Row[] {
  const shown = visibleLine(name);
  if (cases.length === 0) return [[shown, stageText(stage), "(no cases)", "-", "-"]];
  return cases.map((one, n) => caseRow(n === 0 ? shown : "", n === 0 ? stageText(stage) : "", one));
}

function orphanLines(orphans: readonly OrphanCase[]): readonly string[] {
  if (orphans.length === 0) return [];
  const names = orphans.map(
    (one) =>
      `  ${one.suite === undefined ? "" : `${visibleLine(one.suite)}->`}${visibleLine(one.name)}  ${whereOf(one)}`,
  );
  return [
    "",
    `WARNING: ${plural(orphans.length, "case")} can never run, the suite is not registered:`,
    ...names,
  ];
}

/** The plan as a table: suite, stage, case, number of assertion sites, place; then orphans and totals. */
export function listTable(plan: Plan): string {
  const cases = plan.suites.flatMap((suite) => suite.cases);
  const sites = cases.reduce((sum, one) => sum + one.sites.length, 0);
  const totals = [
    plural(plan.suites.length, "suite"),
    plural(cases.length, "case"),
    plural(sites, "assertion site"),
    ...(plan.orphans.length === 0 ? [] : [`${plural(plan.orphans.length, "case")} without a suite`]),
  ];
  const lines = [
    `${visibleLine(plan.image)} (${plan.architecture})`,
    "",
    ...columns([HEADINGS, ...plan.suites.flatMap(suiteRows)]),
    ...orphanLines(plan.orphans),
    "",
    totals.join(", "),
  ];
  return `${lines.join("\n")}\n`;
}

/** The plan as one JSON document on one line, with the fields of `Plan` after `schema`. */
export const listJson = (plan: Plan): string =>
  `${jsonLine({
    schema: PLAN_SCHEMA,
    image: plan.image,
    architecture: plan.architecture,
    suites: plan.suites,
    orphans: plan.orphans,
  })}\n`;
