/**
 * The upper part of the terminal report: a line for each case as it finishes, below the name of its suite.
 * It refuses details; they come at the end, where they are read.
 */
import type { RunEvent } from "../../src/core/events.js";
import { caseDuration, SLOW_MS } from "../../src/text/duration.js";
import { clip, displayWidth } from "../../src/text/width.js";
import { parseExpectation } from "../view/expectation.js";
import { expectedFailure, failuresOf, whereOf } from "../view/failures.js";
import { at, NAME_MAX } from "../view/line.js";
import { type FinishedCase, LiveCases } from "../view/live.js";
import { TONE } from "../view/theme.js";
import { fit, type Page } from "./page.js";
import { findingWords } from "../../src/core/model/finding.js";

/** The shortest way to say what failed: expression and value where the message has them. */
function gist({ context, theme }: Page, { one, faults }: FinishedCase): string {
  const place = at(context, whereOf(one, faults));
  const message = (one.status === "failed" ? failuresOf(one)[0]?.message : undefined) ?? one.reason ?? "";
  const parts = parseExpectation(theme.safe(message));
  const said =
    parts === undefined
      ? theme.safe(message)
      : `${parts.expression} ${parts.expected}${parts.actual === undefined ? "" : `, was ${parts.actual}`}`;
  return [one.status === "not-run" || place === undefined ? "" : theme.safe(place), said]
    .filter((part) => part !== "")
    .join("  ");
}

function caseLine(page: Page, finished: FinishedCase): string {
  const { theme } = page;
  const { one, findings } = finished;
  const name = theme.safe(one.name, NAME_MAX);
  const quiet = one.status === "passed";
  const facts = [
    ...(findings.length > 0 ? [findingWords(findings, "report")] : []),
    ...(one.durationMs === undefined ? [] : [caseDuration(one.durationMs)]),
  ].join("  ");
  const sign = theme.paint(TONE[one.status], theme.sign(one.status));
  const tail = facts === "" ? "" : `  ${facts}`;
  const shown = fit(page, 4 + displayWidth(tail), name);
  const room = theme.width - 4 - displayWidth(shown) - displayWidth(tail) - 2;
  const said = quiet ? theme.safe(expectedFailure(one) ?? "") : gist(page, finished);
  const why = said === "" || room < 12 ? "" : clip(said, room, theme.ellipsis);
  const tone = findings.length > 0 || (one.durationMs ?? 0) >= SLOW_MS ? "odd" : "faint";
  return `  ${sign} ${shown}${why === "" ? "" : `  ${theme.paint("faint", why)}`}${theme.paint(tone, tail)}\n`;
}

/** The lines of the live part, one piece for each event that has something to show. */
export class LivePart {
  readonly #cases = new LiveCases();
  readonly #page: Page;
  #several = false;
  #heading = "";

  constructor(page: Page) {
    this.#page = page;
  }

  add(event: RunEvent): string {
    const { theme } = this.#page;
    if (event.type === "run-started") this.#several = event.sources.length > 1;
    if (event.type === "boot-started") {
      this.#heading = "";
      if (this.#several) return `${theme.paint("faint", "boot of")} ${theme.safe(event.source, NAME_MAX)}\n`;
    }
    const finished = this.#cases.add(event);
    return finished === undefined ? "" : this.#suite(finished) + caseLine(this.#page, finished);
  }

  /** The suite's name, where it is not the one above. */
  #suite({ one, boot }: FinishedCase): string {
    const key = `${boot}\0${one.suite}`;
    if (key === this.#heading) return "";
    this.#heading = key;
    const { theme } = this.#page;
    const name = fit(this.#page, 2, theme.safe(one.suite, NAME_MAX));
    return `${theme.paint("faint", theme.pointer)} ${theme.paint("strong", name)}\n`;
  }
}
