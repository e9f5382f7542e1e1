/**
 * The cases of a project to which a change may matter, by the lines that they ran when coverage was recorded. Where that
 * cannot be known, all cases of a program run, and it says why. It boots nothing.
 */
import { relative, resolve } from "node:path";
import { lastCoverage, type LastCoverage } from "../../../runner/files/last-coverage.js";
import { lastFailed } from "../../../runner/files/last-failed.js";
import type { Tool } from "../../core/events.js";
import { withCases } from "../../core/plan/parts.js";
import type { Selection } from "../../core/plan/selection.js";
import type { RunArguments } from "../arguments.js";
import { countOf } from "../select.js";
import type { ImageTask, Project } from "../task.js";
import { gitChanges } from "./base.js";
import { Matters } from "./matters.js";
import { configFile, imagesOf, settingOf } from "./setting.js";

/** A project of which some cases are left out, and what is to be said of that. */
export interface ChangedPart {
  readonly project: Project;
  readonly selection: Selection;
}

/**
 * Leaves out the cases that nothing has changed for.
 * @throws UsageError for a base that git does not know, RigError where it cannot be asked for one that was named
 */
export async function changedPart(project: Project, args: RunArguments, tool: Tool): Promise<ChangedPart> {
  const tasks = imagesOf(project);
  const all = tasks.reduce((sum, { plan }) => sum + countOf(plan), 0);
  const root = resolve(args.root ?? project.root);
  const { changed: base = "HEAD" } = args;
  const since = await gitChanges(base, root);
  const head = { by: "changed", all, ...(since !== undefined && { base }) } as const;
  const known = lastCoverage(project.folder);
  const lack = known === undefined ? NONE : otherSetting(known, project, args, tool);
  if (known === undefined || lack !== undefined)
    return { project, selection: { ...head, leftOut: [], sources: [], because: [lack ?? NONE] } };
  const matters = new Matters({ known, root, tasks, config: configFile(args) });
  matters.sinceRecord();
  if (since !== undefined) matters.sinceBase(since);
  const failed = new Set(lastFailed(project.folder));
  const part = partOf(project, (task, name) => failed.has(name) || matters.isAffected(task, name));
  const because = matters.reasons();
  return {
    project: part.project,
    selection: {
      ...head,
      leftOut: part.leftOut,
      sources: matters.sources().map((path) => shown(path, root)),
      ...(because.length > 0 && { because }),
    },
  };
}

const NONE = "no coverage of single cases has been recorded: uktest run --coverage does";

const shown = (path: string, root: string): string => {
  const inside = relative(root, path);
  return inside.startsWith("..") ? path : inside;
};

/** What differs from how coverage was recorded, in a sentence. */
function otherSetting(
  known: LastCoverage,
  project: Project,
  args: RunArguments,
  tool: Tool,
): string | undefined {
  if (configFile(args) === undefined) return "the configuration comes through a pipe";
  const names = Object.entries(settingOf(project, args, tool))
    .filter(([name, value]) => known.setting[name] !== value)
    .map(([name]) => name);
  return names.length === 0 ? undefined : `coverage was recorded with another ${names.join(", another ")}`;
}

function partOf(
  project: Project,
  isWanted: (task: ImageTask, name: string) => boolean,
): { readonly project: Project; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const tasks = project.tasks.map((task) => {
    if (!("image" in task)) return task;
    const plan = withCases(task.plan, (suite) =>
      suite.cases.filter((one) => {
        const name = `${suite.name}.${one.name}`;
        const wanted = isWanted(task, name);
        if (!wanted) leftOut.push(name);
        return wanted;
      }),
    );
    return { ...task, plan };
  });
  return { project: leftOut.length === 0 ? project : { ...project, tasks }, leftOut };
}
