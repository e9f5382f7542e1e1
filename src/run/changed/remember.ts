/** What a run with coverage leaves for `uktest run --changed`: which lines each good case ran. It selects nothing. */
import { resolve } from "node:path";
import { isAsNoted } from "../../../runner/build/stamp.js";
import {
  lastCoverage,
  type LastCoverage,
  rememberCoverage,
  type Rows,
  textsOf,
} from "../../../runner/files/last-coverage.js";
import { baseName } from "../../core/assemble/boot.js";
import type { Tool } from "../../core/events.js";
import type { RunModel } from "../../core/model.js";
import { linePairs } from "../../core/model/coverage/counts.js";
import { casesWithFindings } from "../../core/model/known.js";
import { isFlaky } from "../../core/verdict.js";
import type { RunArguments } from "../arguments.js";
import { isWhole } from "../select.js";
import type { Project } from "../task.js";
import { configFile, imagesOf, inputsOf, settingOf } from "./setting.js";

/** Keeps the coverage of a run, unless it is of a part of what is known already, or has none of single cases. */
export function rememberChanged(project: Project, args: RunArguments, tool: Tool, model: RunModel): void {
  const { coverage } = model;
  const [kind, other] = coverage?.kinds ?? [];
  if (coverage === undefined || kind === undefined || other !== undefined || coverage.cases.length === 0)
    return;
  // It could not be read again to see whether it is still the same.
  if (configFile(args) === undefined) return;
  const { folder } = project;
  const images = imagesOf(project);
  const isPart = args.changed !== undefined || images.some(({ plan, whole }) => !isWhole(plan, whole));
  if (isPart && lastCoverage(folder) !== undefined) return;
  const inputs = inputsIn(project);
  const pathOf = (path: string): string => resolve(args.root ?? project.root, path);
  const files = coverage.files.map((file) => ({ ...file, path: pathOf(file.path) }));
  const places = new Map(files.map(({ path }, at) => [path, at]));
  const suites = images.flatMap(({ whole }) => whole.suites.flatMap(({ cases }) => cases));
  const kept = new Set([...places.keys(), ...suites.map(({ file }) => pathOf(file))]);
  const isCurrent = (path: string): boolean => isAsNoted(path, inputs[path] ?? "");
  const good = goodCases(model);
  rememberCoverage(folder, {
    setting: settingOf(project, args, tool),
    kind,
    inputs,
    programs: images.map(({ name }) => name),
    sources: Object.fromEntries(
      files.map(({ path, lines, outside, excluded }) => [
        path,
        { code: rowsOf([...lines.keys()]), outside: rowsOf(outside), excluded: rowsOf(excluded) },
      ]),
    ),
    // A file that has changed meanwhile is not what ran.
    texts: textsOf([...kept].filter(isCurrent)),
    cases: casesOf(coverage.cases, good, (path) => places.get(pathOf(path))),
  });
}

function casesOf(
  cases: NonNullable<RunModel["coverage"]>["cases"],
  good: ReadonlySet<string>,
  placeOf: (path: string) => number | undefined,
): LastCoverage["cases"] {
  return Object.fromEntries(
    cases.flatMap(({ suite, case: label, files }) => {
      const name = `${suite}.${baseName(label)}`;
      const ran = files.flatMap(({ path, lines }): readonly (readonly [number, Rows])[] => {
        const place = placeOf(path);
        return place === undefined ? [] : [[place, rowsOf([...linePairs(lines)].map(([line]) => line))]];
      });
      return good.has(name) ? [[name, ran]] : [];
    }),
  );
}

/** Cases whose every result was good at once: what another one ran says little of the next time. */
function goodCases(model: RunModel): ReadonlySet<string> {
  const found = casesWithFindings(model);
  const good = new Set<string>();
  const bad = new Set<string>();
  for (const { name: suite, cases } of model.suites)
    for (const one of cases) {
      const isGood =
        (one.status === "passed" || one.status === "skipped") &&
        !isFlaky(one) &&
        !found.has(`${suite}.${one.name}`);
      (isGood ? good : bad).add(`${suite}.${baseName(one.name)}`);
    }
  for (const name of bad) good.delete(name);
  return good;
}

/** What all images were made from; a file of which two of them have another state is known in none. */
function inputsIn(project: Project): Readonly<Record<string, string>> {
  const inputs = new Map<string, string>();
  for (const task of imagesOf(project))
    for (const [path, noted] of Object.entries(inputsOf(task))) {
      const known = inputs.get(path);
      inputs.set(path, known === undefined || known === noted ? noted : "?");
    }
  return Object.fromEntries(inputs);
}

/** Ascending lines as rows. */
function rowsOf(lines: readonly number[]): Rows {
  const rows: number[] = [];
  for (const line of lines)
    if (rows.length > 0 && rows.at(-1) === line - 1) rows[rows.length - 1] = line;
    else rows.push(line, line);
  return rows;
}
