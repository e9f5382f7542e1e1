/**
 * The lines of a boot's timeline: suites, cases, events, what was measured, crashes and findings, all on the axis of
 * placed.ts. Pure: it knows no document, and draws nothing.
 */
import type { CaseStatus } from "../../../src/core/events.js";
import { plural } from "../../../src/core/plural.js";
import type { BootData, PageData } from "../data.js";
import { STATUSES } from "./catalogue.js";
import type { Axis, Placed } from "./placed.js";
import { type Item, timeText } from "./shapes.js";
import { STATUS } from "./words.js";

export interface Line {
  readonly name: string;
  /** `span`: what it looks like says how it went. `mark`: where something happened. `bar`: how much there was. */
  readonly kind: "span" | "mark" | "bar";
  /** In the order of their beginnings. */
  readonly items: readonly Item[];
  /** The highest of a line of bars, and what it is called. */
  readonly most?: number;
  readonly mostText?: string;
}

/** Of what was measured; a suite may measure anything. */
const MOST_MEASURED = 4;

const rankOf = (status: CaseStatus): number => STATUSES.length - STATUSES.indexOf(status);

export const nameOf = ({ entry: { group, one } }: Placed): string => `${group.suite.name}.${one.name}`;

/** What of a case is said where its shape is pointed at. */
export function wordsOf(one: Placed, { source, from, to }: Axis): string {
  const words = [nameOf(one), STATUS[one.status]];
  if (source !== "order" && one.us !== undefined) words.push(`took ${timeText(one.us, one.us)}`);
  if (one.isKnown) words.push(`from ${timeText(one.from, to - from)}`);
  if (one.isReplaced) words.push("run again later");
  return words.join(", ");
}

function cases(axis: Axis): Line {
  const items = axis.placed.map((one): Item => ({
    ...{ from: one.from, to: one.to, text: wordsOf(one, axis), look: one.status, rank: rankOf(one.status) },
    ...{ label: one.entry.one.name, link: one.entry.link },
  }));
  return { name: "Cases", kind: "span", items };
}

/** A suite from its first case to its last; one that comes again, as after a retry, is there again. */
function suites({ placed }: Axis): Line {
  const items: { -readonly [K in keyof Item]: Item[K] }[] = [];
  let group: Placed["entry"]["group"] | undefined;
  let count = 0;
  for (const { entry, status, from, to } of placed) {
    const last = items.at(-1);
    const isSame = last !== undefined && entry.group === group;
    count = isSame ? count + 1 : 1;
    const { name } = entry.group.suite;
    const text = `${name}: ${plural(count, "case")}`;
    group = entry.group;
    if (!isSame) {
      items.push({ from, to, text, look: status, rank: rankOf(status), label: name, link: entry.link });
      continue;
    }
    Object.assign(last, { to: Math.max(to, last.to), text });
    if (rankOf(status) > last.rank)
      Object.assign(last, { look: status, rank: rankOf(status), link: entry.link });
  }
  return { name: "Suites", kind: "span", items };
}

function* events({ trace }: BootData): Generator<Line> {
  const { marks = [], held, events: all = 0, lost = 0 } = trace ?? {};
  if (marks.length > 0) {
    const items = marks.map(([from, to, count, text]): Item => ({
      ...{ from, to, text: count > 1 ? `${text}, and ${plural(count - 1, "more event")}` : text },
      ...{ look: "event", rank: 0, count },
    }));
    const lacking = lost > 0 ? `, ${String(lost)} lost` : "";
    yield { name: `Events (${String(all)}${lacking})`, kind: "mark", items };
  }
  if (held === undefined) return;
  const end = marks.at(-1)?.[1] ?? 0;
  const items = held.map(([from, bytes], at): Item => ({
    ...{ from, to: Math.max(from, held[at + 1]?.[0] ?? end), text: `${plural(bytes, "byte")} held` },
    ...{ look: "held", rank: bytes, value: bytes },
  }));
  yield bars("Held by the heap", items, (value) => plural(value, "byte"));
}

const bars = (name: string, items: readonly Item[], text: (value: number) => string): Line => {
  const most = items.reduce((highest, { value = 0 }) => Math.max(highest, value), 0);
  return { name, kind: "bar", items, most, mostText: text(most) };
};

/** A line for each thing that cases were measured by. */
function measured({ placed }: Axis): readonly Line[] {
  const lines = new Map<
    string,
    { readonly title: string; readonly items: Item[]; readonly texts: Map<number, string> }
  >();
  for (const { entry, from, to, isReplaced } of placed) {
    if (isReplaced) continue;
    const { group, one, link } = entry;
    for (const [name, title, text, value] of one.measured ?? []) {
      if (!lines.has(name)) lines.set(name, { title, items: [], texts: new Map() });
      const words = `${group.suite.name}.${one.name}: ${title} ${text}`;
      const shown = Math.max(0, value);
      lines.get(name)?.items.push({ from, to, text: words, look: "held", rank: shown, value: shown, link });
      lines.get(name)?.texts.set(shown, text);
    }
  }
  return [...lines.values()]
    .slice(0, MOST_MEASURED)
    .map(({ title, items, texts }) =>
      bars(`Cases: ${title}`, items, (value) => texts.get(value) ?? String(value)),
    )
    .filter(({ most = 0 }) => most > 0);
}

/** When in its case something happened is not known: what killed a case stands at its end, a finding all along it. */
function* wrong({ boots, faults, findings }: PageData, boot: BootData, axis: Axis): Generator<Line> {
  const number = boots.indexOf(boot);
  const crashes: Item[] = [];
  const found: Item[] = [];
  for (const one of axis.placed) {
    const { entry, status, from, to } = one;
    const { link } = entry;
    if (status === "crashed" || status === "timed-out") {
      const title = one.faults.flatMap((index) => faults[index]?.title ?? [])[0] ?? STATUS[status];
      const text = `${title}, in ${nameOf(one)}`;
      crashes.push({ from: to, to, text, look: status, rank: rankOf(status), link });
    }
    for (const index of one.isReplaced ? [] : (entry.one.findings ?? [])) {
      const finding = findings[index];
      if (finding?.boot !== number) continue;
      const text = `${finding.kind} ${finding.check} at ${finding.at}, in ${nameOf(one)}`;
      found.push({ from, to, text, look: finding.grade, rank: finding.grade === "error" ? 1 : 0, link });
    }
  }
  for (const { title, alone, boot: at } of faults)
    if (alone === true && at === number)
      crashes.push({
        from: axis.to,
        to: axis.to,
        text: `${title}, outside of the cases`,
        look: "crashed",
        rank: 9,
      });
  if (crashes.length > 0) yield { name: "Crashes", kind: "mark", items: crashes };
  if (found.length > 0) yield { name: "Findings", kind: "span", items: found };
}

/** The lines of a boot; those without content are not there. */
export function linesOf(data: PageData, boot: BootData, axis: Axis): readonly Line[] {
  const isTimed = axis.source !== "order";
  const lines = [
    ...(axis.placed.length > 0 ? [suites(axis), cases(axis)] : []),
    ...(isTimed ? events(boot) : []),
    ...measured(axis),
    ...wrong(data, boot, axis),
  ];
  return lines.map((line) => ({ ...line, items: line.items.toSorted((a, b) => a.from - b.from) }));
}
