/**
 * The boots of a run as bars, to scale: where they began when it was noted, and side by side where they ran at the same time;
 * else those of one image on one machine follow each other. It does not draw a length for a boot whose time was not measured.
 */
import { formatDuration } from "../../../src/text/duration.js";
import type { PageData } from "../data.js";
import type { Catalogue, Entry } from "./catalogue.js";
import { STATUSES } from "./catalogue.js";
import { capped, el, icon } from "./dom.js";
import { type Bar, type Layout, layOut } from "./layout.js";
import { END, STATUS, WHY, WHY_BRIEF } from "./words.js";

/** Puts a bar where it belongs on a line that is as long as the run. */
function place(bar: HTMLElement, { boot: { ms = 0 }, from }: Bar, length: number): HTMLElement {
  bar.style.left = `${String((from / length) * 100)}%`;
  bar.style.width = `${String(Math.max(0.6, (ms / length) * 100))}%`;
  return bar;
}

/** The run at a glance, a line for each boot that went on at the same time. The rows below say the same in words. */
function chart({ bars, length, tracks, isTimed }: Layout): HTMLElement | undefined {
  if (!isTimed || length === 0 || bars.length < 2) return undefined;
  const lines = Array.from({ length: tracks }, (_, track) =>
    el(
      "div.lane",
      {},
      ...bars
        .filter((bar) => bar.track === track && bar.boot.ms !== undefined)
        .map((bar) => place(el(`span.span.${bar.boot.end}`, { title: titleOf(bar) }), bar, length)),
    ),
  );
  return el(
    "div.chart",
    { "aria-hidden": "true" },
    ...lines,
    el("p.axis", {}, el("span", {}, "0"), el("span", {}, formatDuration(length))),
  );
}

const titleOf = ({ index, boot: { name, ms = 0 }, from }: Bar): string =>
  `boot ${String(index + 1)}, ${name}: from ${formatDuration(from)}, ${formatDuration(ms)}`;

function countsOf(entries: readonly Entry[]): readonly Node[] {
  return STATUSES.flatMap((status) => {
    const count = entries.filter(({ one }) => one.status === status).length;
    return count === 0
      ? []
      : [el("span.count", { title: STATUS[status] }, icon(status, STATUS[status]), String(count))];
  });
}

/** All boots; nothing is drawn to scale where nothing was measured. */
export function timeline({ boots }: PageData, { entries }: Catalogue): HTMLElement {
  const layout = layOut(boots);
  const { bars, length, isTimed } = layout;
  const byBoot = new Map<number, Entry[]>();
  for (const entry of entries) {
    const known = byBoot.get(entry.one.boot);
    if (known === undefined) byBoot.set(entry.one.boot, [entry]);
    else known.push(entry);
  }
  const row = (bar: Bar): HTMLElement => {
    const { index, boot, from } = bar;
    const { name, why, end, ms, kernel } = boot;
    const began = isTimed && ms !== undefined ? [`from ${formatDuration(from)}`] : [];
    const drawn = el(`span.span.${end}`);
    if (ms !== undefined && length > 0) place(drawn, bar, length);
    return el(
      `div.boot.${end}`,
      {},
      el(
        "p",
        {},
        el("span.depth", {}, String(index + 1)),
        el("span.name", {}, name),
        why !== undefined && el("span.pill", { title: WHY[why] }, WHY_BRIEF[why]),
        ...countsOf(byBoot.get(index) ?? []),
        el(
          "span.quiet",
          {},
          [END[end], ...(kernel === undefined ? [] : [kernel]), ...began].join(" \u00b7 "),
        ),
        ms !== undefined && el("span.number", {}, formatDuration(ms)),
      ),
      ms !== undefined && el("div.track", { "aria-hidden": "true" }, drawn),
    );
  };
  return el("div.timeline", {}, chart(layout), capped(bars, 100, row));
}
