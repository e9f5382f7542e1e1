/**
 * What earlier runs said of a case, as a strip of small pictures that can be read, pointed at and walked through with the
 * arrow keys; and the cases that did not stay what they were. It does not tell statuses by colour alone.
 */
import type { PastStatus } from "../../../src/core/events.js";
import { type CaseData, PAST, type PageData } from "../data.js";
import type { Catalogue, Entry } from "./catalogue.js";
import { el, icon } from "./dom.js";
import { PAST_STATUS, TURN } from "./words.js";

const THIS_RUN = "this run";

interface Moment {
  readonly run: string;
  readonly status: PastStatus;
}

function momentsOf(one: CaseData, runs: readonly string[]): readonly Moment[] {
  const past = runs.map((run, at): Moment => ({ run, status: PAST[one.past?.[at] ?? "-"] ?? "absent" }));
  return [...past, { run: THIS_RUN, status: one.status }];
}

const wordsOf = ({ run, status }: Moment): string => `${run}: ${PAST_STATUS[status]}`;

const picture = ({ status }: Moment): Node =>
  status === "absent" ? el("span.none", { "aria-hidden": "true" }) : icon(status);

const classOf = ({ run, status }: Moment): string => `${status}${run === THIS_RUN ? ".now" : ""}`;

/** The strip of a case; one of its pictures is in the order of the keys, and arrows lead to the others. */
export function strip(one: CaseData, runs: readonly string[]): HTMLElement {
  const moments = momentsOf(one, runs);
  const said = el(
    "p.quiet.said",
    { "aria-hidden": "true" },
    wordsOf(moments.at(-1) ?? { run: "", status: "absent" }),
  );
  const items = moments.map((moment, at) =>
    el(
      `li.moment.${classOf(moment)}`,
      {
        tabindex: at === moments.length - 1 ? "0" : "-1",
        "aria-label": wordsOf(moment),
        title: wordsOf(moment),
      },
      picture(moment),
    ),
  );
  const tell = (at: number): void => {
    const moment = moments[at];
    if (moment !== undefined) said.textContent = wordsOf(moment);
  };
  const go = (from: number, to: number): void => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next === undefined) return;
    items[from]?.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
  items.forEach((item, at) => {
    item.addEventListener("focus", () => tell(at));
    item.addEventListener("mouseenter", () => tell(at));
    item.addEventListener("keydown", (event) => {
      const keys: Readonly<Record<string, number>> = {
        ArrowLeft: at - 1,
        ArrowRight: at + 1,
        Home: 0,
        End: items.length - 1,
      };
      const to = keys[event.key];
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      go(at, to);
    });
  });
  return el("div.past", {}, el("ol.strip", { "aria-label": "Results, the oldest first" }, ...items), said);
}

/** The same for a list of cases: one picture beside the other, and one sentence for whoever does not see them. */
function brief(one: CaseData, runs: readonly string[]): HTMLElement {
  const moments = momentsOf(one, runs);
  return el(
    "span.strip.brief",
    { role: "img", "aria-label": moments.map(wordsOf).join(", ") },
    ...moments.map((moment) =>
      el(`span.moment.${classOf(moment)}`, { title: wordsOf(moment) }, picture(moment)),
    ),
  );
}

/** A mark for a case that is not what it was the last time. */
export const turnMark = ({ turn }: CaseData): HTMLElement | undefined =>
  turn === undefined ? undefined : el(`span.pill.turn.${turn}`, {}, TURN[turn]);

/** The part of a case. */
export function* history(one: CaseData, { past }: PageData): Generator<HTMLElement> {
  if (past === undefined) return;
  yield el("h3", {}, "In earlier runs");
  yield one.past === undefined
    ? el("p.quiet", {}, "None of the earlier runs has this case.")
    : strip(one, past);
}

/** Cases that were not the same all the time, what broke or was fixed now on top. */
export const changing = ({ entries }: Catalogue): readonly Entry[] => {
  const rank = ({ one: { turn } }: Entry): number => (turn === "broken" ? 0 : turn === "fixed" ? 1 : 2);
  return entries
    .filter(({ one }) => {
      if (one.past === undefined) return false;
      const seen = new Set(
        Array.from(one.past)
          .filter((letter) => letter !== "-")
          .map((letter) => PAST[letter]),
      );
      return seen.size > 1 || !seen.has(one.status);
    })
    .sort((a, b) => rank(a) - rank(b));
};

/** A row of the overview. */
export const pastRow = (entry: Entry, link: HTMLElement, runs: readonly string[]): HTMLElement =>
  el("div.past-row", {}, el("p", {}, link, turnMark(entry.one)), brief(entry.one, runs));
