/**
 * Writes for a person at a terminal: cases as they finish, then what broke, the worst last, then the verdict.
 * It does not move the cursor: everything it writes stays where it is.
 */
import type { RunEvent } from "../src/core/events.js";
import type { RunModel } from "../src/core/model.js";
import type { Reporter, ReporterContext } from "../src/core/reporter.js";
import { knownCase } from "../src/core/model/known.js";
import { judge } from "../src/core/verdict.js";
import { firstOf } from "../src/text/shorten.js";
import { plural } from "../src/core/plural.js";
import { type Broken, caseBlock, isBroken } from "./pretty/cases.js";
import { benchmarks } from "./pretty/benchmarks.js";
import { coverage } from "./pretty/coverage.js";
import { changes, known } from "./pretty/known.js";
import { matrix } from "./pretty/matrix.js";
import { LivePart } from "./pretty/live.js";
import { type Page, pageFor, paragraph, rule } from "./pretty/page.js";
import * as sections from "./pretty/sections.js";
import { summary } from "./pretty/summary.js";
import { type Alike, alikeIn } from "./view/alike.js";
import { extrasOf } from "./view/extras.js";
import { faultsByCase } from "./view/failures.js";
import { suiteNamer } from "./view/names.js";
import { openingLines } from "./view/openings.js";
import { selectionLines } from "./view/selection.js";

/** Cases explained at full length; the live part names all of them anyway. */
const BLOCKS_MAX = 50;

/** Blocks of the cases with a status, an empty line in front of each. */
function* blocks(page: Page, model: RunModel, alike: Alike, status: Broken["status"]): Generator<string> {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  const cases = model.suites.flatMap((suite) =>
    suite.cases
      .filter(isBroken)
      .flatMap((one) =>
        one.status === status && knownCase(model, one) === undefined && !alike.isRepeated(one)
          ? [{ suite, one }]
          : [],
      ),
  );
  const { shown, more } = firstOf(cases, BLOCKS_MAX);
  for (const { suite, one } of shown) {
    yield "";
    yield* caseBlock(page, one, page.theme.safe(nameSuite(suite)), faultsOf(one));
    const others = alike.words(one);
    if (others !== undefined) yield* paragraph(page, 2, others, "odd");
  }
  if (more > 0)
    yield `\n${page.theme.paint("bad", `and ${plural(more, "more case")} like these, named above`)}`;
}

/** Everything that needs explaining, the worst nearest to the summary. */
function* explanations(page: Page, model: RunModel): Generator<string> {
  const extras = extrasOf(model);
  const alike = alikeIn(model);
  const spaced = function* (lines: Iterable<string>): Generator<string> {
    let first = true;
    for (const line of lines) {
      if (first) yield "";
      first = false;
      yield line;
    }
  };
  yield* spaced(known(page, model));
  yield* spaced(changes(page, model));
  yield* spaced(sections.notRun(page, model));
  yield* blocks(page, model, alike, "failed");
  yield* blocks(page, model, alike, "timed-out");
  const findings = firstOf(
    extras.filter((extra) => extra.kind === "finding"),
    BLOCKS_MAX,
  );
  for (const extra of findings.shown) yield* spaced(sections.finding(page, extra));
  if (findings.more > 0) yield `\nand ${plural(findings.more, "more finding")}`;
  for (const extra of extras) if (extra.kind === "fault") yield* spaced(sections.fault(page, extra, model));
  yield* blocks(page, model, alike, "crashed");
  yield* spaced(sections.problems(page, extras));
}

async function* render(events: AsyncIterable<RunEvent>, context: ReporterContext): AsyncGenerator<string> {
  const page = pageFor(context);
  const live = new LivePart(page);
  for await (const event of events) {
    const text = live.add(event);
    if (text !== "") yield text;
  }
  const model = context.model();
  for (const line of benchmarks(page, model)) yield `${line}\n`;
  for (const line of coverage(page, model)) yield `${line}\n`;
  const selection = [...openingLines(model), ...selectionLines(model)].flatMap((words) => [
    ...paragraph(page, 0, words, "plain"),
  ]);
  if (selection.length > 0) yield `\n${selection.join("\n")}\n`;
  const red = judge(model).verdict === "failed";
  if (red) yield `\n${rule(page, "what broke")}\n`;
  for (const line of explanations(page, model)) yield `${line}\n`;
  for (const line of matrix(page, model)) yield `${line}\n`;
  yield red ? `\n${rule(page, "result")}\n` : "\n";
  for (const line of summary(page, model)) yield `${line}\n`;
}

/** For terminals; append-only, in colours where the destination has them. */
export const reporter: Reporter = {
  name: "pretty",
  summary: "for a terminal: live, and everything about what broke",
  render,
};
