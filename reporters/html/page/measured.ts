/**
 * What was measured of a case, beside the same of the other cases of its suite: a table, with a small picture of how this
 * case stands among them. The numbers are all in words; the picture only adds to them.
 */
import type { CaseData } from "../data.js";
import type { Entry } from "./catalogue.js";
import { el } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 22;
/** Of a bar with the gap after it; a picture is never wider than so many of them. */
const STEP = 5;
const MOST_BARS = 48;

type Row = NonNullable<CaseData["measured"]>[number];

const valueOf = (one: CaseData, name: string): Row | undefined =>
  one.measured?.find(([known]) => known === name);

/** The cases around this one, where there are more than fit. */
function around(all: readonly Entry[], entry: Entry): readonly Entry[] {
  const at = all.indexOf(entry);
  const first = Math.max(0, Math.min(at - MOST_BARS / 2, all.length - MOST_BARS));
  return all.slice(first, first + MOST_BARS);
}

/** A bar for each case of the suite, this one in a colour of its own. */
function sparkline(name: string, entry: Entry): SVGElement | undefined {
  const bars = around(entry.group.entries, entry).flatMap((other) => {
    const row = valueOf(other.one, name);
    return row === undefined ? [] : [{ value: Math.max(0, row[3]), isThis: other === entry }];
  });
  const most = Math.max(...bars.map(({ value }) => value));
  if (bars.length < 2 || most === 0) return undefined;
  const svg = document.createElementNS(SVG, "svg");
  const width = bars.length * STEP;
  const attributes = {
    class: "bars",
    width,
    height: HEIGHT,
    viewBox: `0 0 ${String(width)} ${String(HEIGHT)}`,
  };
  for (const [key, text] of Object.entries(attributes)) svg.setAttribute(key, String(text));
  // What it shows is in the cell beside it.
  svg.setAttribute("aria-hidden", "true");
  bars.forEach(({ value, isThis }, at) => {
    const bar = document.createElementNS(SVG, "rect");
    const height = Math.max(value > 0 ? 2 : 1, (value / most) * HEIGHT);
    const size = {
      x: at * STEP,
      y: HEIGHT - height,
      width: STEP - 1,
      height,
      class: isThis ? "this" : "other",
    };
    for (const [key, text] of Object.entries(size)) bar.setAttribute(key, String(text));
    svg.append(bar);
  });
  return svg;
}

/** Where the value stands among those of the suite, for people who do not see the bars. */
function standing(name: string, value: number, { group }: Entry): string {
  const values = group.entries.flatMap(({ one }) => valueOf(one, name)?.[3] ?? []);
  if (values.length < 2) return "";
  const more = values.filter((other) => other > value).length;
  const of = `of ${String(values.length)} cases`;
  if (values.every((other) => other === value)) return `the same in all ${String(values.length)} cases`;
  return more === 0 ? `the most ${of}` : `${String(more)} ${of} have more`;
}

function row([name, title, text, value]: Row, entry: Entry): HTMLElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row", title: name }, title),
    el("td.number", {}, text),
    el("td.quiet", {}, sparkline(name, entry), standing(name, value, entry)),
  );
}

/** The part of a case. */
export function* measured(entry: Entry): Generator<HTMLElement> {
  const { measured: rows = [] } = entry.one;
  if (rows.length === 0) return;
  yield el("h3", {}, "Measured");
  yield el(
    "div.wide",
    { tabindex: "0", role: "group", "aria-label": "Measured" },
    el("table.measured", {}, el("tbody", {}, ...rows.map((one) => row(one, entry)))),
  );
}
