/**
 * Writes TAP 14, a subtest for each suite, or flat TAP 13 for consumers that know no better. It refuses `Bail out!`:
 * a run that broke off is a failing point, which every consumer counts.
 */
import type { RunModel } from "../src/core/model.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { judge } from "../src/core/verdict.js";
import { tapComment, tapDescription } from "../src/text/tap.js";
import { extraPoints, type Group, groupsOf, type Point, remarks } from "./tap/points.js";
import { yamlBlock } from "./tap/yaml.js";

const INDENT = "    ";

function pointText(point: Point, number: number, indent: string, prefix: string, timed: boolean): string {
  const { ok, name, skip, todo, timeMs, diagnostic } = point;
  const time = timed && timeMs !== undefined ? ` # time=${timeMs}ms` : "";
  const doubt = todo === undefined ? time : ` # TODO ${tapDescription(todo)}`;
  const directive = skip === undefined ? doubt : ` # SKIP ${tapDescription(skip || "skipped")}`;
  const line = `${indent}${ok ? "ok" : "not ok"} ${number} - ${tapDescription(prefix + name)}${directive}`;
  const block = diagnostic === undefined ? [] : yamlBlock(diagnostic(), indent);
  return `${[line, ...block].join("\n")}\n`;
}

/** A suite as a subtest, and the point that stands for it. */
function* subtest(group: Group, number: number): Generator<string> {
  const { name, points } = group;
  const empty = points.length === 0;
  yield `# Subtest: ${tapComment(name)}\n${INDENT}1..${points.length}${empty ? " # SKIP no cases" : ""}\n`;
  for (const [index, point] of points.entries()) yield pointText(point, index + 1, INDENT, "", true);
  const ok = points.every((point) => point.ok || point.todo !== undefined);
  const parent = { ok, name, ...(empty && { skip: "no cases" }) };
  yield pointText(parent, number, "", "", false);
}

function* nested(model: RunModel, context: ReporterContext): Generator<string> {
  const extras = extraPoints(model, context);
  yield `TAP version 14\n1..${model.suites.length + extras.length}\n`;
  let number = 0;
  for (const group of groupsOf(model, context)) yield* subtest(group, (number += 1));
  for (const point of extras) yield pointText(point, (number += 1), "", "", false);
}

function* flat(model: RunModel, context: ReporterContext, version: string): Generator<string> {
  const extras = extraPoints(model, context);
  const cases = model.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
  yield `TAP version ${version}\n1..${cases + extras.length}\n`;
  let number = 0;
  for (const group of groupsOf(model, context))
    for (const point of group.points) yield pointText(point, (number += 1), "", `${group.name}.`, false);
  for (const point of extras) yield pointText(point, (number += 1), "", "", false);
}

function* tap(model: RunModel, context: ReporterContext): Generator<string> {
  const { version, flat: flatOption } = context.options;
  const isFlat = version === "13" || (flatOption !== undefined && flatOption !== "no");
  yield* isFlat ? flat(model, context, version ?? "13") : nested(model, context);
  for (const remark of remarks(model)) yield `# ${tapComment(remark)}\n`;
  const { verdict, reasons } = judge(model);
  yield `# verdict: ${tapComment([verdict, ...reasons].join(", "))}\n`;
}

/** TAP 14 (https://testanything.org/tap-version-14-specification.html); `version=13` or `flat` for old consumers. */
export const reporter: Reporter = {
  name: "tap",
  summary: "TAP 14 with a subtest for each suite; version=13 or flat=yes for old consumers",
  options: { version: ["14", "13"], flat: ["yes", "no"] },
  render: atEnd(tap),
};
