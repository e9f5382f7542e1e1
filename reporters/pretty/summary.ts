/**
 * The last lines of the terminal report: verdict, counts, and where to look first. It does not judge.
 */
import { count } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { knownCase } from "../../src/core/model/known.js";
import { judge } from "../../src/core/verdict.js";
import { plural } from "../../src/core/plural.js";
import { displayWidth } from "../../src/text/width.js";
import { knownRows } from "../view/comparison.js";
import { besideCases, STATUS_WORDS } from "../view/counts.js";
import { extrasOf } from "../view/extras.js";
import { failuresOf, faultsByCase, whereOf } from "../view/failures.js";
import { at } from "../view/line.js";
import { caseName, suiteNamer } from "../view/names.js";
import { TONE, type Tone } from "../view/theme.js";
import { labelled, type Page } from "./page.js";
import { foundAt } from "../view/found.js";

interface Lead {
  readonly place: string | undefined;
  readonly text: string;
}

/** The one thing to look at first: a crash, a fault, a finding, a time-out, a failure, in this order. */
function leadOf({ context }: Page, model: RunModel): Lead | undefined {
  const nameSuite = suiteNamer(model);
  const faultsOf = faultsByCase(model);
  const extras = extrasOf(model);
  const first = (status: "crashed" | "timed-out" | "failed"): Lead | undefined => {
    for (const suite of model.suites) {
      const one = suite.cases.find(
        (candidate) => candidate.status === status && knownCase(model, candidate) === undefined,
      );
      if (one === undefined) continue;
      const failure = status === "failed" ? failuresOf(one)[0]?.message : undefined;
      const why = failure ?? one.reason ?? status;
      return {
        place: at(context, whereOf(one, faultsOf(one))),
        text: `${caseName(nameSuite(suite), one.name)}: ${why}`,
      };
    }
    return undefined;
  };
  const fault = extras.find((extra) => extra.kind === "fault")?.fault;
  const finding = extras.find((extra) => extra.kind === "finding" && extra.grade === "error");
  return (
    first("crashed") ??
    (fault && { place: at(context, fault), text: fault.title }) ??
    (finding?.kind === "finding"
      ? { place: foundAt(context, finding.finding), text: finding.finding.message }
      : undefined) ??
    first("timed-out") ??
    first("failed")
  );
}

/** What to type next. How to repeat a run will stand here too, once a run knows it. */
function nextSteps(model: RunModel): readonly string[] {
  const weak = model.image === undefined && judge(model).evidence === "console" && count(model).cases > 0;
  return weak ? ["add --image ELF to check this console against the image's own list of tests"] : [];
}

interface Item {
  readonly tone: Tone;
  readonly text: string;
}

/** Items with something between them, on as many lines as they need; none is broken. */
function flow({ theme }: Page, items: readonly Item[], between: string, columns: number): readonly string[] {
  const lines: { shown: string; width: number }[] = [];
  for (const { tone, text } of items) {
    const last = lines.at(-1);
    const width = displayWidth(text) + displayWidth(between);
    if (last === undefined || last.width + width > columns)
      lines.push({ shown: theme.paint(tone, text), width: displayWidth(text) });
    else {
      last.shown += theme.paint("faint", between) + theme.paint(tone, text);
      last.width += width;
    }
  }
  return lines.map(({ shown }) => shown);
}

/** The counts of all statuses there are. */
function statusItems(model: RunModel): readonly Item[] {
  const counts = count(model);
  if (counts.cases === 0) return [{ tone: "bad", text: "no case" }];
  return STATUS_WORDS.filter(([status]) => counts[status] > 0).map(([status, word]) => ({
    tone: TONE[status],
    text: `${counts[status]} ${word}`,
  }));
}

/** The summary: one line of counts after the verdict, one of what stands after it, one that shows the way. */
export function* summary(page: Page, model: RunModel): Generator<string> {
  const { theme } = page;
  const counts = count(model);
  const { verdict, evidence, reasons } = judge(model);
  const word = verdict === "passed" ? "PASSED" : "FAILED";
  const badge = theme.badge(verdict === "passed" ? "good" : "bad", word);
  const indent = word.length + 3;
  const columns = theme.width - indent;
  const cases = `${plural(counts.cases, "case")} in ${plural(counts.suites, "suite")}`;
  const details = [
    cases,
    ...besideCases(counts, knownRows(model).length, model.findings),
    `evidence: ${evidence}`,
  ];
  const [first = "", ...rest] = [
    ...flow(page, statusItems(model), ", ", columns),
    ...flow(
      page,
      details.map((text) => ({ tone: "faint", text })),
      ` ${theme.dot} `,
      columns,
    ),
  ];
  yield `${badge} ${first}`;
  for (const line of rest) yield `${" ".repeat(indent)}${line}`;
  if (verdict === "failed") {
    const lead = leadOf(page, model);
    const text = lead === undefined ? reasons.join(", ") : lead.text;
    const place = lead?.place === undefined ? "" : `${theme.safe(lead.place)}  `;
    yield* labelled(page, indent, theme.pointer, `${place}${theme.safe(text, 300)}`, "strong");
  }
  for (const step of nextSteps(model)) yield* labelled(page, indent, theme.pointer, step, "plain");
}
