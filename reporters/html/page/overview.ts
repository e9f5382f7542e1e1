/**
 * Everything of a run that is not one case: problems, crashes outside the cases, findings, flaky and slow cases, boots, machines.
 * A part without content is not there; it does not repeat what the header says.
 */
import { formatDuration } from "../../../src/text/duration.js";
import { plural } from "../../../src/core/plural.js";
import type { PageData, ProblemData } from "../data.js";
import { isRed, STATUSES, type Catalogue, type Entry } from "./catalogue.js";
import { crash } from "./crash.js";
import { firstWords } from "./detail.js";
import { bootAxis } from "./axis.js";
import { capped, el, fold, icon, type Child } from "./dom.js";
import { finding, headingOf } from "./findings.js";
import { changing, pastRow } from "./past.js";
import { resultsByBoot, type Result } from "./placed.js";
import { sources } from "./sources.js";
import { timeline } from "./timeline.js";
import { STATUS } from "./words.js";

const ROWS = 50;
const SLOWEST = 10;

const part = (id: string, title: string, ...content: readonly Child[]): HTMLElement =>
  el(
    `section.part`,
    { id: `part-${id}`, "aria-label": title },
    el("h2", { tabindex: "-1" }, title),
    ...content,
  );

const caseLink = ({ link, group, one }: Entry): HTMLElement =>
  el(
    "span",
    {},
    el("a.case-link", { href: `#${link}` }, el("span.quiet", {}, `${group.suite.name}.`), one.name),
    group.machine !== undefined && el("span.pill", {}, group.machine),
  );

function caseRow(entry: Entry): HTMLElement {
  return el(
    "div.case-row",
    {},
    icon(entry.one.status, STATUS[entry.one.status]),
    caseLink(entry),
    entry.one.at !== undefined && el("code.at", {}, entry.one.at),
    el("span.reason", {}, firstWords(entry.one)),
  );
}

function problem({ grade, code, message, boot, log }: ProblemData): HTMLElement {
  const where = [
    ...(boot === undefined ? [] : [`boot ${String(boot + 1)}`]),
    ...(log === undefined ? [] : [`log line ${String(log)}`]),
  ].join(", ");
  return el(
    `div.problem.${grade}`,
    {},
    el(
      "p",
      {},
      el(`span.grade.${grade}`, {}, grade),
      code !== undefined && el("code.check", {}, code),
      el("span.quiet", {}, where),
    ),
    el("p.message", {}, message),
  );
}

function* red({ entries }: Catalogue): Generator<HTMLElement> {
  const all = STATUSES.filter(isRed).flatMap((status) => entries.filter(({ one }) => one.status === status));
  if (all.length > 0) yield part("red", "What broke", capped(all, ROWS, caseRow));
}

function* flaky({ entries }: Catalogue): Generator<HTMLElement> {
  const all = entries.filter(({ one }) => one.flaky === true);
  if (all.length > 0)
    yield part("flaky", "Flaky: red first, passed when run again", capped(all, ROWS, caseRow));
}

function* past({ past: runs }: PageData, catalogue: Catalogue): Generator<HTMLElement> {
  if (runs === undefined) return;
  const all = changing(catalogue);
  const first = runs[0] ?? "";
  yield part(
    "past",
    "History",
    el(
      "p.quiet",
      {},
      `${plural(runs.length, "earlier run")}${runs.length > 1 ? `, from ${first} to ${runs.at(-1) ?? ""}` : `: ${first}`}. ` +
        (all.length === 0
          ? "Every case has the result that it always had."
          : `${plural(all.length, "case")} did not have the same result in all of them.`),
    ),
    capped(all, ROWS, (entry) => pastRow(entry, caseLink(entry), runs)),
  );
}

function* slowest({ entries }: Catalogue): Generator<HTMLElement> {
  const timed = entries.filter(({ one }) => one.ms !== undefined && one.ms > 0);
  const all = timed.sort((a, b) => (b.one.ms ?? 0) - (a.one.ms ?? 0)).slice(0, SLOWEST);
  const most = all[0]?.one.ms ?? 0;
  if (all.length < 2) return;
  const row = (entry: Entry): HTMLElement => {
    const ms = entry.one.ms ?? 0;
    const bar = el("span.span");
    bar.style.width = `${String((ms / most) * 100)}%`;
    return el(
      "div.slow",
      {},
      el("p", {}, caseLink(entry), el("span.number", {}, formatDuration(ms))),
      el("div.track", { "aria-hidden": "true" }, bar),
    );
  };
  yield part("slowest", "Slowest cases", ...all.map(row));
}

/** Timelines that are on the page until more are asked for. */
const TIMELINES = 100;

/** The timeline of each boot; the first in which something is red is open, else the first. */
function* timelines(data: PageData, { entries }: Catalogue): Generator<HTMLElement> {
  const results = resultsByBoot(entries);
  const of = (index: number): readonly Result[] => results.get(index) ?? [];
  const there = data.boots
    .map((boot, index) => ({ boot, index }))
    .filter(({ boot, index }) => of(index).length > 0 || (boot.trace?.events ?? 0) > 0);
  if (there.length === 0) return;
  const isBroken = ({ index }: { readonly index: number }): boolean =>
    of(index).some(({ status }) => isRed(status));
  const first = there.find(isBroken) ?? there[0];
  const row = (one: (typeof there)[number]): HTMLElement => {
    const { boot, index } = one;
    const made = (): HTMLElement | undefined => bootAxis(data, boot, of(index));
    if (there.length === 1) return made() ?? el("div");
    return fold([`Boot ${String(index + 1)}, ${boot.name}`], () => [made()], one === first);
  };
  yield part("timeline", "Timeline", capped(there, TIMELINES, row));
}

/** How many cases of each machine have each status, without statuses that no case has. */
function countsByMachine(names: readonly string[], { groups }: Catalogue): readonly HTMLElement[] {
  return STATUSES.flatMap((status) => {
    const counts = names.map((_, index) =>
      groups
        .filter(({ suite }) => (suite.machine ?? 0) === index)
        .reduce((sum, group) => sum + group.entries.filter(({ one }) => one.status === status).length, 0),
    );
    if (counts.every((count) => count === 0)) return [];
    const head = el("th", { scope: "row" }, icon(status), STATUS[status]);
    return [el("tr", {}, head, ...counts.map((count) => el("td", {}, String(count))))];
  });
}

/** One case on all machines. */
function acrossMachines(names: readonly string[], entry: Entry, { alike }: Catalogue): HTMLElement {
  const cells = names.map((_, index) => {
    const other = alike(entry).find(({ group }) => (group.suite.machine ?? 0) === index);
    if (other === undefined) return el("td.quiet", {}, "\u2013");
    const { status } = other.one;
    return el("td", {}, el("a", { href: `#${other.link}` }, icon(status), STATUS[status]));
  });
  const suite = el("span.quiet", {}, `${entry.group.suite.name}.`);
  return el("tr", {}, el("th", { scope: "row" }, suite, entry.one.name), ...cells);
}

/** Cases that do not behave alike everywhere, then the counts of each machine. */
function* machines({ machines: names }: PageData, catalogue: Catalogue): Generator<HTMLElement> {
  if (names.length < 2) return;
  const { entries, alike } = catalogue;
  const head = el("tr", {}, el("td"), ...names.map((name) => el("th", { scope: "col" }, name)));
  const differing = entries.filter((entry) => {
    const all = alike(entry);
    return all[0] === entry && all.some(({ one }) => one.status !== entry.one.status);
  });
  const rows = differing.slice(0, ROWS).map((entry) => acrossMachines(names, entry, catalogue));
  const more = differing.length - ROWS;
  yield part(
    "machines",
    "Machines side by side",
    el(
      "div.wide",
      { tabindex: "0", role: "group", "aria-label": "Machines side by side" },
      el(
        "table",
        {},
        el("thead", {}, head),
        el("tbody", {}, ...countsByMachine(names, catalogue)),
        el("tbody", {}, ...rows),
      ),
    ),
    differing.length === 0
      ? el("p.quiet", {}, "Every case that ran on several machines has the same result on all of them.")
      : more > 0 && el("p.quiet", {}, `${plural(more, "more case")} with different results.`),
  );
}

/** The link of a case by its title, for what names cases by title; made once, and only for what needs it. */
function linker({ entries }: Catalogue): (scene: string | undefined, boot: number) => string | undefined {
  const links = new Map<string, string>();
  for (const { group, one, link } of entries) {
    const title = `${group.suite.name}.${one.name}`;
    links.set(`${title}\0${String(one.boot)}`, link);
    if (!links.has(title)) links.set(title, link);
  }
  return (scene, boot) =>
    scene === undefined ? undefined : (links.get(`${scene}\0${String(boot)}`) ?? links.get(scene));
}

/** The page beside the cases. */
export function overview(data: PageData, catalogue: Catalogue): HTMLElement {
  const { faults, findings, problems } = data;
  const outside = faults.filter(({ alone }) => alone === true);
  const grave = problems.filter(({ grade }) => grade === "error");
  const light = problems.filter(({ grade }) => grade !== "error");
  const linkFor = findings.length > 0 ? linker(catalogue) : () => undefined;
  return el(
    "article.overview",
    { "aria-label": "Overview" },
    ...red(catalogue),
    grave.length > 0 && part("problems", "Problems", capped(grave, ROWS, problem)),
    outside.length > 0 &&
      part(
        "faults",
        "Crashes outside the cases",
        capped(outside, ROWS, (fault) => crash(fault)),
      ),
    findings.length > 0 &&
      part(
        "findings",
        headingOf(findings),
        capped(findings, ROWS, (one) => finding(one, linkFor(one.scene, one.boot))),
      ),
    ...flaky(catalogue),
    ...past(data, catalogue),
    data.boots.length > 0 && part("boots", "Boots", timeline(data, catalogue)),
    ...timelines(data, catalogue),
    ...machines(data, catalogue),
    data.coverage !== undefined && part("coverage", "Coverage", ...sources(data.coverage)),
    ...slowest(catalogue),
    light.length > 0 && part("notes", "Notes", capped(light, ROWS, problem)),
  );
}
