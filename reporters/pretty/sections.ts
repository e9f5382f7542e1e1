/**
 * The sections below the cases: what did not run and why, findings, faults outside the cases, problems.
 * It does not rank them; pretty.ts does.
 */
import type { CaseModel, RunModel } from "../../src/core/model.js";
import { plural } from "../../src/core/plural.js";
import { firstOf } from "../../src/text/shorten.js";
import type { Extra } from "../view/extras.js";
import { at, NAME_MAX } from "../view/line.js";
import { bootNamer, suiteNamer } from "../view/names.js";
import { faultBlock } from "./faults.js";
import { fit, heading, labelled, type Page, paragraph } from "./page.js";
import { findingTrace, foundAt, kindOf } from "../view/found.js";

const NAMES_MAX = 10;

/** Cases that did not run, below the reason they share. */
export function* notRun(page: Page, model: RunModel): Generator<string> {
  const { theme } = page;
  const nameSuite = suiteNamer(model);
  const byReason = new Map<string, string[]>();
  let total = 0;
  const add = (suite: string, one: CaseModel): void => {
    const reason = theme.safe(one.reason ?? "no reason is known");
    const names = byReason.get(reason) ?? [];
    names.push(`${theme.safe(suite, NAME_MAX)}.${theme.safe(one.name, NAME_MAX)}`);
    byReason.set(reason, names);
    total += 1;
  };
  for (const suite of model.suites)
    for (const one of suite.cases) if (one.status === "not-run") add(nameSuite(suite), one);
  if (total === 0) return;
  yield heading(page, "odd", "NOT RUN", plural(total, "case"), undefined);
  for (const [reason, names] of byReason) {
    yield* paragraph(page, 2, reason);
    const { shown, more } = firstOf(names, NAMES_MAX);
    for (const name of shown)
      yield `    ${theme.paint("faint", theme.sign("not-run"))} ${fit(page, 6, name)}`;
    if (more > 0) yield `    ${theme.paint("faint", `and ${more} more`)}`;
  }
}

/** A finding: what, where, in which case, how often. */
export function* finding(page: Page, extra: Extra & { kind: "finding" }): Generator<string> {
  const { context, theme } = page;
  const { check, message, occurrences, case: charged } = extra.finding;
  const where = theme.safe(foundAt(context, extra.finding) ?? "?");
  const tone = extra.grade === "error" ? "bad" : "odd";
  yield heading(page, tone, kindOf(extra.finding), theme.safe(check, NAME_MAX), where);
  yield* paragraph(page, 2, theme.safe(message));
  const scene = charged === undefined ? "outside the cases" : `in ${theme.safe(charged, NAME_MAX)}`;
  const lesser = extra.known === undefined ? ", a warning only" : `, known: ${theme.safe(extra.known)}`;
  const tail = extra.grade === "error" ? "" : lesser;
  const times = occurrences === 1 ? "once" : `${occurrences} times`;
  yield* paragraph(page, 2, `${scene}, ${times}${tail}`, "faint");
  for (const line of findingTrace(extra.finding, context)) yield fit(page, 4, `    ${theme.safe(line)}`);
}

/** A fault that no case speaks for. */
export function* fault(
  page: Page,
  { fault: record }: Extra & { kind: "fault" },
  model: RunModel,
): Generator<string> {
  const { context, theme } = page;
  const place = at(context, record);
  const title = theme.safe(record.title);
  const shown = place === undefined ? undefined : theme.safe(place);
  yield heading(page, "bad", record.kind.endsWith("-assertion") ? "FAIL" : "FAULT", title, shown);
  const boot = bootNamer(model)(record.boot);
  if (boot !== undefined) yield* paragraph(page, 2, `in the boot of ${theme.safe(boot)}`, "faint");
  yield* faultBlock(page, record, record.title);
}

/** Problems of the stream, the grave ones first, notes in faint ink. */
export function* problems(page: Page, extras: readonly Extra[]): Generator<string> {
  const { theme } = page;
  const tones = { error: "bad", warning: "odd", note: "faint" } as const;
  for (const grade of ["error", "warning", "note"] as const)
    for (const extra of extras) {
      if (extra.grade !== grade || (extra.kind !== "problem" && extra.kind !== "run")) continue;
      const code = extra.kind === "problem" ? ` ${extra.problem.code}` : "";
      const text = extra.kind === "problem" ? extra.problem.message : extra.title;
      const sign = theme.paint(tones[grade], theme.sign(grade === "error" ? "failed" : "skipped"));
      const [first = "", ...rest] = labelled(page, 2, `${grade}${code}:`, theme.safe(text), "plain");
      yield `${sign} ${first.slice(2)}`;
      yield* rest;
    }
}
