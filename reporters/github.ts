/**
 * Annotates what broke with workflow commands of GitHub Actions, the worst first, within what a step may annotate.
 * It does not print anything else, and to annotate a file that is not in the user's tree.
 */
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import type { RunModel } from "../src/core/model.js";
import { shorten } from "../src/text/shorten.js";
import { visibleLine } from "../src/text/visible.js";
import { defang, workflowCommand } from "../src/text/workflow.js";
import { type Annotation, annotationsOf, type Level } from "./github/annotations.js";
import { at, nameOf } from "./view/line.js";

// The runner shows 10 of each kind in a step (`_maxCountPerIssueType`) and cuts a message at 4096 characters.
const PER_LEVEL = 10;
const MESSAGE_MAX = 4096;
const TITLE_MAX = 200;

const LEVELS: readonly Level[] = ["error", "warning", "notice"];

function commandOf(one: Annotation, context: ReporterContext): string {
  const { level, file, line, column, title, message } = one;
  const place = file === undefined ? undefined : context.place(file);
  const inTree = place?.inTree === true;
  const where = inTree ? undefined : at(context, one);
  const text = where === undefined ? message : `${where}: ${message}`;
  const properties = {
    file: inTree ? visibleLine(place.path) : undefined,
    line: inTree && line !== undefined && line > 0 ? line : undefined,
    col: inTree && line !== undefined && line > 0 && column !== undefined && column > 0 ? column : undefined,
    title: defang(nameOf(shorten(title, TITLE_MAX))),
  };
  // Escaping may lengthen a text, so it is cut after it.
  return `${workflowCommand(level, properties, shorten(defang(text), MESSAGE_MAX))}\n`;
}

/** The last slot of a level says what did not fit. */
function* commands(model: RunModel, context: ReporterContext): Generator<string> {
  const all = annotationsOf(model, context);
  for (const level of LEVELS) {
    const mine = all.filter((one) => one.level === level);
    const fits = mine.length <= PER_LEVEL;
    for (const one of fits ? mine : mine.slice(0, PER_LEVEL - 1)) yield commandOf(one, context);
    if (!fits) {
      const message = `${mine.length - PER_LEVEL + 1} more of this kind are in the other reports of this run`;
      yield `${workflowCommand(level, { title: "uktest: and more" }, message)}\n`;
    }
  }
}

/** Workflow commands: `::error file=…,line=…,title=…::message`. */
export const reporter: Reporter = {
  name: "github",
  summary: "annotations for GitHub Actions, at most 10 of each kind",
  render: atEnd(commands),
};
