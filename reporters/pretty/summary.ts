/**
 * The last lines of the terminal report: verdict, counts, and where to look first. It refuses to judge.
 */
import { count } from "../../src/core/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { plural } from "../../src/text/duration.js";
import { wrap } from "../../src/text/width.js";
import { besideCases, STATUS_WORDS } from "../view/counts.js";
import { extrasOf } from "../view/extras.js";
import { failuresOf, faultsByCase, whereOf } from "../view/failures.js";
import { at } from "../view/line.js";
import { caseName, suiteNamer } from "../view/names.js";
import { TONE } from "../view/theme.js";
import { labelled, type Page } from "./page.js";

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
      const one = suite.cases.find((candidate) => candidate.status === status);
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
      ? { place: at(context, finding.finding), text: finding.finding.message }
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

/** The counts of all statuses there are, on as many lines as they need. */
function casesLines({ theme }: Page, model: RunModel, columns: number): readonly string[] {
  const counts = count(model);
  if (counts.cases === 0) return [theme.paint("bad", "no case")];
  const lines = [{ shown: "", width: 0 }];
  for (const [status, word] of STATUS_WORDS) {
    if (counts[status] === 0) continue;
    const text = `${counts[status]} ${word}`;
    const last = lines.at(-1);
    const shown = theme.paint(TONE[status], text);
    if (last === undefined || last.width + text.length + 3 > columns)
      lines.push({ shown, width: text.length });
    else {
      last.shown += last.width === 0 ? shown : `, ${shown}`;
      last.width += text.length + 2;
    }
  }
  return lines.map(({ shown }, index) => (index < lines.length - 1 ? `${shown},` : shown));
}

/** The summary: one line of counts behind the verdict, one of what stands behind it, one that shows the way. */
export function* summary(page: Page, model: RunModel): Generator<string> {
  const { theme } = page;
  const counts = count(model);
  const { verdict, evidence, reasons } = judge(model);
  const word = verdict === "passed" ? "PASSED" : "FAILED";
  const badge = theme.badge(verdict === "passed" ? "good" : "bad", word);
  const indent = word.length + 3;
  const [first = "", ...rest] = casesLines(page, model, theme.width - indent);
  yield `${badge} ${first}`;
  for (const line of rest) yield `${" ".repeat(indent)}${line}`;
  const cases = `${plural(counts.cases, "case")} in ${plural(counts.suites, "suite")}`;
  const details = [cases, ...besideCases(counts), `evidence: ${evidence}`].join(` ${theme.dot} `);
  for (const line of wrap(details, Math.max(20, theme.width - indent)))
    yield `${" ".repeat(indent)}${theme.paint("faint", line)}`;
  if (verdict === "failed") {
    const lead = leadOf(page, model);
    const text = lead === undefined ? reasons.join(", ") : lead.text;
    const place = lead?.place === undefined ? "" : `${theme.safe(lead.place)}  `;
    yield* labelled(page, indent, theme.pointer, `${place}${theme.safe(text, 300)}`, "strong");
  }
  for (const step of nextSteps(model)) yield* labelled(page, indent, theme.pointer, step, "plain");
}
