/**
 * The boots of a run as bars: those of one image on one machine follow each other, because events have no clock; how long each
 * took is to scale. It refuses to draw a length for a boot whose time nobody measured.
 */
import { formatDuration } from "../../../src/text/duration.js";
import type { BootData, PageData } from "../data.js";
import type { Catalogue, Entry } from "./catalogue.js";
import { STATUSES } from "./catalogue.js";
import { capped, el, icon } from "./dom.js";
import { END, STATUS, WHY, WHY_BRIEF } from "./words.js";

interface Bar {
  readonly index: number;
  readonly boot: BootData;
  /** In milliseconds since the lane began. */
  readonly from: number;
}

/** When each boot began in its lane, and the length of the longest lane. */
function layOut(boots: readonly BootData[]): { readonly bars: readonly Bar[]; readonly length: number } {
  const ends = new Map<number, number>();
  const bars = boots.map((boot, index) => {
    const from = ends.get(boot.lane) ?? 0;
    ends.set(boot.lane, from + (boot.ms ?? 0));
    return { index, boot, from };
  });
  return { bars, length: Math.max(0, ...ends.values()) };
}

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
  const { bars, length } = layOut(boots);
  const byBoot = new Map<number, Entry[]>();
  for (const entry of entries) {
    const known = byBoot.get(entry.one.boot);
    if (known === undefined) byBoot.set(entry.one.boot, [entry]);
    else known.push(entry);
  }
  const row = ({ index, boot, from }: Bar): HTMLElement => {
    const { name, why, end, ms, kernel } = boot;
    const bar = el(`span.span.${end}`);
    if (ms !== undefined && length > 0) {
      bar.style.marginLeft = `${String((from / length) * 100)}%`;
      bar.style.width = `${String(Math.max(0.6, (ms / length) * 100))}%`;
    }
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
        el("span.quiet", {}, [END[end], ...(kernel === undefined ? [] : [kernel])].join(" \u00b7 ")),
        ms !== undefined && el("span.number", {}, formatDuration(ms)),
      ),
      ms !== undefined && el("div.track", { "aria-hidden": "true" }, bar),
    );
  };
  return el("div.timeline", {}, capped(bars, 100, row));
}
