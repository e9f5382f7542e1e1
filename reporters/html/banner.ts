/**
 * The top of the page as markup: verdict, counts, what to look at first and what to type next. It works without scripts, and
 * refuses everything that a reader has to open first.
 */
import { count } from "../../src/core/model/counts.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { Evidence } from "../../src/core/evidence.js";
import { judge } from "../../src/core/verdict.js";
import { formatDuration } from "../../src/text/duration.js";
import { plural } from "../../src/core/plural.js";
import { htmlText } from "../../src/text/html.js";
import { firstOf } from "../../src/text/shorten.js";
import { openingLines } from "../view/openings.js";
import { changesOf, knownRows } from "../view/comparison.js";
import { besideCases, STATUS_WORDS } from "../view/counts.js";
import { sourceLabels } from "../view/names.js";
import { nameOf } from "../view/line.js";
import { nextOf } from "./again.js";
import type { Lead } from "./lead.js";
import { matrix } from "./matrix.js";
import { leadOf, redCases } from "./lead.js";
import { linkOf } from "./links.js";
import type { Scene } from "./scene.js";

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  memory: "read from the memory of the stopped guest",
  plan: "the console, checked against the image's own list of tests",
  console: "the console's word alone",
};

/** A picture for each status: shapes differ, so that nobody has to tell colours apart. */
const ICONS: Readonly<Record<CaseStatus, string>> = {
  passed: '<path d="M3.5 8.5l3 3 6-7"/>',
  failed: '<path d="M4.5 4.5l7 7m0-7l-7 7"/>',
  crashed: '<path d="M8.8 1.8L4 9h3.6l-.6 5.2L12 7H8.3z" class="solid"/>',
  "timed-out": '<circle cx="8" cy="8" r="5.6"/><path d="M8 4.8V8l2.2 1.6"/>',
  "not-run": '<circle cx="8" cy="8" r="4.6"/>',
  skipped: '<path d="M4 8h8"/>',
};

/** The pictures, for `<use href="#icon-…">`. */
export const sprite = (): string =>
  `<svg width="0" height="0" aria-hidden="true" class="sprite">${Object.entries(ICONS)
    .map(([name, paths]) => `<symbol id="icon-${name}" viewBox="0 0 16 16">${paths}</symbol>`)
    .join("")}</svg>`;

export const icon = (status: CaseStatus): string =>
  `<svg class="icon ${status}" aria-hidden="true"><use href="#icon-${status}"/></svg>`;

/** Says in one line how the run went. */
export function headline({ model }: Scene): string {
  const { verdict, reasons } = judge(model);
  const { shown, more } = firstOf(reasons, 4);
  if (verdict === "failed") return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  const { passed, skipped, cases } = count(model);
  if (passed === cases) return cases === 1 ? "The one case passed" : `All ${cases} cases passed`;
  return [
    `${passed} of ${plural(cases, "case")} passed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(", ");
}

/** The sources of a run, the first few by name. */
export function sourcesOf({ model }: Scene): string {
  const names = model.image === undefined ? model.sources : [model.image, ...model.sources];
  const { shown, more } = firstOf(names, 2);
  const labels = sourceLabels(names);
  return [
    ...shown.map((name) => labels.get(name) ?? nameOf(name)),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(", ");
}

function hrefOf(scene: Scene, { place }: Lead): string | undefined {
  if (place === undefined) return undefined;
  const suite = scene.model.suites[place[0]];
  const one = suite?.cases[place[1]];
  if (suite === undefined || one === undefined) return undefined;
  const machine = scene.machines[scene.machineAt(suite) ?? -1];
  return `#${linkOf(nameOf(suite.name), nameOf(one.name), machine)}`;
}

/** A case or another thing, its place and why it is here. */
function leadMarkup(scene: Scene, lead: Lead): string {
  const href = hrefOf(scene, lead);
  const [suite = 0, one = 0] = lead.place ?? [];
  const name =
    href === undefined
      ? `<b>${htmlText(lead.name)}</b>`
      : `<a href="${htmlText(href)}" data-suite="${suite}" data-case="${one}">${htmlText(lead.name)}</a>`;
  const at = lead.at === undefined ? "" : ` <code class="at">${htmlText(lead.at)}</code>`;
  const machine = lead.machine === undefined ? "" : ` <span class="pill">${htmlText(lead.machine)}</span>`;
  return `${name}${machine}${at} <span class="why">${htmlText(lead.why)}</span>`;
}

/** The line of shares, drawn to scale; each status that occurs is seen. */
function bar(scene: Scene): string {
  const counts = count(scene.model);
  if (counts.cases === 0) return "";
  let x = 0;
  const parts = [...STATUS_WORDS].reverse().flatMap(([status]) => {
    if (counts[status] === 0) return [];
    const width = Math.max((counts[status] / counts.cases) * 1000, 6);
    x += width;
    return [
      `<rect class="${status}" x="${(x - width).toFixed(1)}" y="0" width="${width.toFixed(1)}" height="6"/>`,
    ];
  });
  const label = STATUS_WORDS.filter(([status]) => counts[status] > 0)
    .map(([status, word]) => `${counts[status]} ${word}`)
    .join(", ");
  return `<svg class="bar" viewBox="0 0 ${x.toFixed(1)} 6" preserveAspectRatio="none" role="img" aria-label="${label}">${parts.join("")}</svg>\n`;
}

function facts(scene: Scene): readonly string[] {
  const { model } = scene;
  const counts = count(model);
  const changes = changesOf(model);
  const ms = model.boots.reduce((sum, { wallMs = 0 }) => sum + wallMs, 0);
  const boots = plural(model.boots.length, "boot");
  return [
    `${plural(counts.cases, "case")} in ${plural(counts.suites, "suite")}`,
    ...besideCases(counts, knownRows(model).length, model.findings),
    ...(changes === undefined ? [] : [`against ${nameOf(changes.name)}: ${changes.words}`]),
    ms > 0 ? `${formatDuration(ms)} in ${boots}` : boots,
  ];
}

/** The header of the page. */
export function* banner(scene: Scene): Generator<string> {
  const { verdict, evidence } = judge(scene.model);
  yield `<header class="banner ${verdict}">\n`;
  yield '<div class="line">';
  yield `<strong class="verdict">${icon(verdict)}${verdict === "passed" ? "Passed" : "Failed"}</strong>`;
  yield `<h1>${htmlText(headline(scene))}</h1></div>\n`;
  const lead = verdict === "failed" ? leadOf(scene) : undefined;
  if (lead !== undefined) yield `<p class="lead">${leadMarkup(scene, lead)}</p>\n`;
  const next = nextOf(scene.model);
  if (next !== undefined)
    yield `<p class="next"><code class="command">${htmlText(next.command)}</code> <span class="quiet">${htmlText(next.why)}</span></p>\n`;
  yield bar(scene);
  const source = htmlText(sourcesOf(scene));
  yield `<p class="facts"><span class="source">${source}</span><span>${[...facts(scene), ...openingLines(scene.model)].map(htmlText).join("</span><span>")}</span>`;
  yield `<span title="${EVIDENCE[evidence]}">evidence: ${evidence}</span></p>\n`;
  yield matrix(scene);
  yield "</header>\n";
}

const PLAIN_MAX = 200;

/** What a browser without scripts shows below the header: the cases that need somebody. */
export function* plain(scene: Scene): Generator<string> {
  yield '<noscript><div class="plain"><p>Scripts are off, so this page shows no more than what broke.</p><ul>\n';
  let shown = 0;
  for (const lead of redCases(scene)) {
    if (shown >= PLAIN_MAX) {
      yield "<li>and more</li>\n";
      break;
    }
    shown += 1;
    yield `<li>${leadMarkup(scene, lead)}</li>\n`;
  }
  yield "</ul></div></noscript>\n";
}
