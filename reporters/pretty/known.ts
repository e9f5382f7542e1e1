/**
 * The sections about other runs: what is known to be red, and what changed against the baseline. Both are short: they
 * explain why something does not count, or where to look first.
 */
import type { RunModel } from "../../src/core/model.js";
import { firstOf } from "../../src/text/shorten.js";
import { changesOf, knownRows } from "../view/comparison.js";
import { failuresOf } from "../view/failures.js";
import { NAME_MAX } from "../view/line.js";
import { fit, heading, type Page } from "./page.js";

const NAMES_MAX = 10;

/** Red cases that do not count, each with its reason. */
export function* known(page: Page, model: RunModel): Generator<string> {
  const { theme } = page;
  const rows = knownRows(model);
  if (rows.length === 0) return;
  yield heading(
    page,
    "odd",
    "KNOWN",
    rows.length === 1 ? "1 red case that does not count" : `${rows.length} red cases that do not count`,
    undefined,
  );
  const { shown, more } = firstOf(rows, NAMES_MAX);
  for (const { one, by, reason } of shown) {
    const why = failuresOf(one)[0]?.message ?? one.reason ?? "";
    const name = `${theme.safe(one.suite, NAME_MAX)}.${theme.safe(one.name, NAME_MAX)}`;
    yield `    ${theme.paint("odd", theme.sign(one.status))} ${fit(page, 6, `${name} ${one.status}`)}`;
    if (why !== "") yield `      ${theme.paint("faint", fit(page, 6, theme.safe(why)))}`;
    yield `      ${theme.paint("faint", fit(page, 6, theme.safe(`${by}: ${reason}`)))}`;
  }
  if (more > 0) yield `    ${theme.paint("faint", `and ${more} more`)}`;
}

/** What changed against the baseline, by name. */
export function* changes(page: Page, model: RunModel): Generator<string> {
  const { theme } = page;
  const found = changesOf(model);
  if (found === undefined) return;
  yield heading(page, "odd", "COMPARED", theme.safe(found.words), `with ${theme.safe(found.name, NAME_MAX)}`);
  for (const { word, names, tone } of found.all) {
    // They are explained one by one, or stand among what is known.
    if (word === "still broken") continue;
    const { shown, more } = firstOf(names, NAMES_MAX);
    for (const name of shown)
      yield `    ${theme.paint(tone, word.padEnd(12))} ${fit(page, 18, theme.safe(name))}`;
    if (more > 0) yield `    ${theme.paint("faint", `${word.padEnd(12)} and ${more} more`)}`;
  }
}
