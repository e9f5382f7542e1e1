/**
 * Sources with the lines that ran: of the whole run, or of one case; and of one line the cases that ran it. The numbers and
 * signs say it as well as the colours. It judges nothing.
 */
import { plural } from "../../../src/core/plural.js";
import type { CoverageData, SourceData } from "../data.js";
import { capped, el, fold } from "./dom.js";

/** Sources that are in the list until more are asked for. */
const ROWS = 60;
/** Cases that are named for one line. */
const NAMES = 40;
/** What is chosen where no case is. */
const EVERY = "all cases";

const percent = (hit: number, all: number): string =>
  all === 0 ? "no code" : `${(Math.floor((hit / all) * 1000) / 10).toFixed(1)} %`;

const hitsOf = ({ lines }: SourceData): ReadonlyMap<number, number> =>
  new Map(lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1] ?? 0] as const] : [])));

/** The lines of a source that a case ran. */
const linesIn = (coverage: CoverageData, name: string, source: number): ReadonlySet<number> =>
  new Set(
    coverage.cases
      .find(([known]) => known === name)?.[1]
      .flatMap(([index, lines]) => (index === source ? lines : [])) ?? [],
  );

/** Who ran a line. */
const ranBy = ({ cases }: CoverageData, source: number, line: number): readonly string[] =>
  cases.flatMap(([name, ran]) =>
    ran.some(([index, lines]) => index === source && lines.includes(line)) ? [name] : [],
  );

function whoRan(coverage: CoverageData, source: number, line: number): string {
  const names = ranBy(coverage, source, line);
  const { path } = coverage.sources[source] ?? { path: "" };
  const place = `${path}:${String(line)}`;
  if (names.length === 0) return `${place}: no case ran it`;
  const more = names.length - NAMES;
  return `${place}: ${names.slice(0, NAMES).join(", ")}${more > 0 ? `, and ${plural(more, "more case")}` : ""}`;
}

/** One source, line by line. */
function listing(coverage: CoverageData, index: number, chosen: () => string): HTMLElement {
  const source = coverage.sources[index] ?? { path: "", lines: [] };
  const hits = hitsOf(source);
  const said = el("p.who.quiet", { role: "status", "aria-live": "polite" });
  const own = chosen() === EVERY ? undefined : linesIn(coverage, chosen(), index);
  const known = coverage.cases.length > 0;
  const numbers = source.text?.map((_, at) => at + 1) ?? [...hits.keys()];
  const row = (line: number): HTMLElement => {
    const count = own === undefined ? hits.get(line) : hits.has(line) ? Number(own.has(line)) : undefined;
    const state = count === undefined ? "none" : count > 0 ? "ran" : "missed";
    const counted =
      coverage.counts && own === undefined
        ? String(count ?? "")
        : count === undefined
          ? ""
          : count > 0
            ? "\u2713"
            : "\u2717";
    const ask = (): void => {
      said.textContent = whoRan(coverage, index, line);
    };
    const number =
      known && count !== undefined
        ? el(
            "button.line-number",
            { type: "button", "aria-label": `Cases that ran line ${String(line)}`, onclick: ask },
            String(line),
          )
        : el("span.line-number", {}, String(line));
    return el(
      `div.source-line.${state}`,
      {},
      number,
      el(
        "span.hits",
        { "aria-label": state === "missed" ? "did not run" : state === "ran" ? "ran" : "" },
        counted,
      ),
      el("code", {}, source.text?.[line - 1] ?? ""),
    );
  };
  return el(
    "div.listing",
    {},
    source.text === undefined && el("p.quiet", {}, "The text of this source is not on the page."),
    known && el("p.quiet", {}, "A line number says which cases ran the line."),
    said,
    el(
      "div.wide.source-text",
      { tabindex: "0", role: "group", "aria-label": source.path },
      ...numbers.map(row),
    ),
  );
}

/** How much of a source ran, of one case or of all. */
function rateOf(coverage: CoverageData, index: number, name: string): readonly [hit: number, all: number] {
  const source = coverage.sources[index] ?? { path: "", lines: [] };
  const hits = hitsOf(source);
  const own = name === EVERY ? undefined : linesIn(coverage, name, index);
  const hit = [...hits].filter(([line, count]) => (own === undefined ? count > 0 : own.has(line))).length;
  return [hit, hits.size];
}

/** The part: a choice of cases, and a fold for each source, those that lack most first. */
export function sources(coverage: CoverageData): readonly HTMLElement[] {
  let name = EVERY;
  const list = el("div");
  const total = el("p", { role: "status", "aria-live": "polite" });
  const row = ({
    index,
    rate: [hit, all],
  }: {
    index: number;
    rate: readonly [number, number];
  }): HTMLElement => {
    const bar = el("span.span");
    bar.style.width = `${String(all === 0 ? 0 : (hit / all) * 100)}%`;
    return fold(
      [
        el("code", {}, coverage.sources[index]?.path ?? ""),
        el("span.number", {}, ` ${percent(hit, all)} `),
        el("span.quiet", {}, `${String(hit)} of ${plural(all, "line")}`),
        el("span.track.rate", { "aria-hidden": "true" }, bar),
      ],
      () => [listing(coverage, index, () => name)],
    );
  };
  const show = (): void => {
    const all = coverage.sources.map((_, index) => ({ index, rate: rateOf(coverage, index, name) }));
    const shown = name === EVERY ? all : all.filter(({ rate }) => rate[0] > 0);
    shown.sort((a, b) =>
      name === EVERY ? b.rate[1] - b.rate[0] - (a.rate[1] - a.rate[0]) : b.rate[0] - a.rate[0],
    );
    const sum = (at: 0 | 1): number => all.reduce((most, { rate }) => most + rate[at], 0);
    total.textContent =
      `${percent(sum(0), sum(1))} of the lines ran${name === EVERY ? "" : ` in ${name}`}: ${String(sum(0))} of ${String(sum(1))}, ` +
      `by ${coverage.kind}.`;
    list.replaceChildren(capped(shown, ROWS, row));
  };
  const select = el(
    "select",
    { "aria-label": "What ran in" },
    ...[EVERY, ...coverage.cases.map(([one]) => one)].map((one) => el("option", {}, one)),
  ) as HTMLSelectElement;
  select.addEventListener("change", () => {
    name = select.value;
    show();
  });
  show();
  return [...(coverage.cases.length === 0 ? [] : [select]), total, list];
}
