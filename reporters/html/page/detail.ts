/**
 * One case: what failed with both values and places, its crash, its console, its other results. It does not be built before
 * somebody looks at it.
 */
import { formatDuration } from "../../../src/text/duration.js";
import { plural } from "../../../src/core/plural.js";
import type { AssertionData, CaseData, PageData } from "../data.js";
import { isRed, splitAt, type Catalogue, type Entry } from "./catalogue.js";
import { consoleLine, lines, type Line } from "./console.js";
import { crash } from "./crash.js";
import { command, el, fold, icon, type Child } from "./dom.js";
import { finding, headingOf } from "./findings.js";
import { measured } from "./measured.js";
import { history, turnMark } from "./past.js";
import { EVIDENCE, STATUS } from "./words.js";

/** Fewer characters than this in common are chance. */
const ALIKE_MIN = 3;

/** A value with what differs from the other one marked, where they have enough in common. */
function value(text: string, other: string | undefined): HTMLElement {
  if (other === undefined) return el("code", {}, text);
  const { head, tail } = splitAt(text, other);
  const isMarked = head + tail >= ALIKE_MIN && (head + tail) * 3 >= Math.min(text.length, other.length);
  if (!isMarked || text.length - head - tail === 0) return el("code", {}, text);
  const end = text.length - tail;
  return el("code", {}, text.slice(0, head), el("em", {}, text.slice(head, end)), text.slice(end));
}

/** `to be 5` is about a value; anything else is a sentence. */
const plainValue = (expected: string): string =>
  expected.replace(/^to (not )?(?:be|equal) (?=.)/, (_, not: string | undefined) => not ?? "");

function failure(one: AssertionData): HTMLElement {
  const { text, expression, expected, actual, at, log } = one;
  const wanted = expected === undefined ? undefined : plainValue(expected);
  const isPlain = actual !== undefined && expected?.startsWith("to not ") !== true;
  const where = el(
    "p.where",
    {},
    at !== undefined && el("code.at", {}, at),
    el("span.quiet", {}, `log line ${String(log)}`),
  );
  if (expression === undefined || wanted === undefined)
    return el("li.failure", {}, el("p.message", {}, text), where);
  return el(
    "li.failure",
    {},
    el("code.expression", {}, expression),
    el(
      "dl",
      {},
      el(
        "div.expected",
        {},
        el("dt", {}, "expected"),
        el("dd", {}, value(wanted, isPlain ? actual : undefined)),
      ),
      actual !== undefined &&
        el(
          "div.actual",
          {},
          el("dt", {}, "actual"),
          el("dd", {}, value(actual, isPlain ? wanted : undefined)),
        ),
    ),
    where,
  );
}

function* assertions({ assertions: all = [], counts = [0, 0] }: CaseData): Generator<HTMLElement> {
  const failed = all.filter((one) => one.failed === true);
  const passed = all.filter((one) => one.failed !== true);
  const [passes, failures] = counts;
  if (failed.length > 0) {
    yield el("h3", {}, failures === 1 ? "The failed assertion" : "The failed assertions");
    yield el("ol.failures", {}, ...failed.map(failure));
    if (failures > failed.length)
      yield el("p.quiet", {}, `${String(failures - failed.length)} more failed and are not kept here.`);
  }
  if (passed.length === 0) return;
  const rest = passes - passed.length;
  yield fold([`${plural(passes, "assertion")} passed`], () => [
    el(
      "ol.passes",
      {},
      ...passed.map(({ text, at }) =>
        el("li", {}, el("span.message", {}, text), at !== undefined && el("code.at", {}, at)),
      ),
    ),
    rest > 0 && el("p.quiet", {}, `${String(rest)} more passed and are not kept here.`),
  ]);
}

/** The console with the failed assertions where they happened. */
function* output({
  output: all = [],
  assertions: judged = [],
  hiddenLines = 0,
  status,
}: CaseData): Generator<HTMLElement> {
  if (all.length === 0 && hiddenLines === 0) return;
  const marks = judged
    .filter((one) => one.failed === true)
    .map(({ log, text }): Line => ({ line: log, content: [text], marked: true }));
  const rows = [...all.map(consoleLine), ...marks].sort((a, b) => a.line - b.line);
  const hidden = hiddenLines > 0 ? `, ${plural(hiddenLines, "line")} not kept` : "";
  yield fold([`Console${hidden}`], () => [lines("log", "Console of the case", rows)], isRed(status));
}

function* attempts(
  { attempts: all = [], status, ms, flaky }: CaseData,
  data: PageData,
): Generator<HTMLElement> {
  if (all.length === 0) return;
  yield el("h3", {}, flaky === true ? "Flaky: red first, passed when run again" : "Results of all boots");
  const row = (one: {
    status: CaseData["status"];
    boot?: number;
    reason?: string;
    ms?: number;
    faults?: readonly number[];
  }): HTMLElement =>
    el(
      "li",
      {},
      icon(one.status),
      el("span", {}, STATUS[one.status]),
      one.boot !== undefined &&
        el("span.quiet", {}, `boot ${String(one.boot + 1)}, ${data.boots[one.boot]?.name ?? ""}`),
      one.ms !== undefined && el("span.quiet", {}, formatDuration(one.ms)),
      one.reason !== undefined && el("span.reason", {}, one.reason),
      ...(one.faults ?? []).flatMap((index) => {
        const fault = data.faults[index];
        return fault === undefined
          ? []
          : [fold([`Its crash: ${fault.title}`], () => [crash(fault, fault.title)])];
      }),
    );
  yield el("ol.attempts", {}, ...all.map(row), row({ status, ...(ms !== undefined && { ms }) }));
}

function* elsewhere(entry: Entry, { alike }: Catalogue): Generator<HTMLElement> {
  const all = alike(entry);
  if (all.length === 0) return;
  yield el("h3", {}, "On all machines");
  yield el(
    "ul.machines",
    {},
    ...all.map((other) =>
      el(
        "li",
        {},
        icon(other.one.status),
        other === entry
          ? el("b", {}, other.group.machine ?? "")
          : el("a", { href: `#${other.link}` }, other.group.machine ?? ""),
        el("span.quiet", {}, STATUS[other.one.status]),
        other.one.ms !== undefined && el("span.quiet", {}, formatDuration(other.one.ms)),
        el("span.reason", {}, firstWords(other.one)),
      ),
    ),
  );
}

/** What a case has to say first. */
export const firstWords = ({ assertions: all = [], reason = "", status }: CaseData): string =>
  (status === "failed" ? all.find((one) => one.failed === true)?.text : undefined) ?? reason;

function facts({ group, one, link }: Entry, data: PageData): HTMLElement {
  const boot = data.boots[one.boot];
  const [passed, failed] = one.counts ?? [0, 0];
  const all: readonly Child[] = [
    one.at !== undefined && el("code.at", {}, one.at),
    one.ms !== undefined && el("span", {}, formatDuration(one.ms)),
    passed + failed > 0 && el("span", {}, plural(passed + failed, "assertion")),
    el("span", { title: EVIDENCE[one.evidence] }, `evidence: ${one.evidence}`),
    data.boots.length > 1 && boot !== undefined && el("span", {}, `boot ${String(one.boot + 1)}`),
    el("span", {}, `log line ${String(one.log)}`),
    group.machine !== undefined && el("span", {}, el("span.pill", {}, group.machine)),
    one.turn !== undefined && el("span", {}, turnMark(one)),
    el("a.permalink", { href: `#${link}` }, "link"),
  ];
  return el("p.facts", {}, ...all);
}

/** Everything of a case. */
export function detail(entry: Entry, data: PageData, catalogue: Catalogue): HTMLElement {
  const { one, group } = entry;
  const title = el("h2", { tabindex: "-1" }, icon(one.status, STATUS[one.status]), one.name);
  return el(
    `article.detail.${one.status}`,
    { "aria-label": `${group.suite.name}.${one.name}` },
    el("p.suite-name", {}, group.suite.name),
    title,
    facts(entry, data),
    one.description !== undefined && el("p.description", {}, one.description),
    one.reason !== undefined && el("p.reason", {}, one.reason),
    one.again !== undefined && el("p.again", {}, command(one.again)),
    ...(one.faults ?? []).flatMap((index) => {
      const fault = data.faults[index];
      return fault === undefined ? [] : [crash(fault, one.reason)];
    }),
    ...assertions(one),
    ...output(one),
    ...(one.findings ?? []).flatMap((index) => {
      const found = data.findings[index];
      return found === undefined ? [] : [el("h3", {}, headingOf([found])), finding(found)];
    }),
    ...measured(entry),
    ...history(one, data),
    ...attempts(one, data),
    ...elsewhere(entry, catalogue),
  );
}
