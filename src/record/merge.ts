/**
 * Joins the records of several hosts into one stream: the shards of a run, and the same run on several machines. It judges
 * no result, and does not be quiet about a part that is missing, doubled or does not fit.
 */
import { UsageError } from "../core/errors.js";
import { EVENTS_SCHEMA, type ProblemCode, type RunEvent, type RunStarted } from "../core/events.js";
import { joinedSelection } from "../core/plan/selection.js";
import type { ShardFacts } from "../core/plan/shards.js";

/** A record that can be read from its beginning, more than once. */
export interface Part {
  /** As the user knows it. */
  readonly name: string;
  readonly events: () => AsyncIterable<RunEvent>;
}

/** What somebody expects besides what the records say of themselves. */
export interface Expected {
  /** Number of records; absent: whatever the shards say. */
  readonly records?: number;
}

interface Head {
  readonly part: Part;
  readonly started: RunStarted;
}

/**
 * The events of all records as those of one run, record by record in a fixed order.
 * @throws UsageError when the records were judged by different rules; what a record's own reader throws
 */
export async function* merged(parts: readonly Part[], expected: Expected): AsyncGenerator<RunEvent> {
  const heads = inOrder(await Promise.all(parts.map(headOf)));
  const [first] = heads;
  if (first === undefined)
    throw new UsageError("there is no record to join", "give records, or a folder of them");
  refuseOtherRules(first, heads);
  const selection = joinedSelection(heads.map(({ started }) => started.selection));
  yield {
    type: "run-started",
    schema: EVENTS_SCHEMA,
    tool: first.started.tool,
    sources: [...new Set(heads.flatMap(({ started }) => started.sources))],
    policy: first.started.policy,
    ...(selection !== undefined && { selection }),
  };
  yield* given(heads);
  for (const [at, { part, started }] of heads.entries()) yield* renamed(part, `${String(at + 1)}.`, started);
  for (const [code, message] of [...wrongSets(heads), ...wrongNumber(heads, expected)])
    yield { type: "problem", code, grade: "error", message };
  yield { type: "run-finished" };
}

async function headOf(part: Part): Promise<Head> {
  for await (const event of part.events()) {
    if (event.type === "run-started") return { part, started: event };
    break;
  }
  throw new UsageError(`${part.name} does not begin with a run`, "give records of runs: events.jsonl");
}

const indexOf = ({ started }: Head): number => started.shard?.index ?? 0;
const setOf = ({ started: { sources, shard } }: Head): string => [...sources, shard?.of ?? ""].join("\0");

/** The same records give the same stream, whatever order a file system has them in. */
const inOrder = (heads: readonly Head[]): readonly Head[] =>
  [...heads].sort(
    (a, b) =>
      compare(a.started.sources.join("\0"), b.started.sources.join("\0")) ||
      indexOf(a) - indexOf(b) ||
      compare(a.part.name, b.part.name),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function refuseOtherRules(first: Head, heads: readonly Head[]): void {
  const rules = ({ started: { policy } }: Head): string =>
    JSON.stringify([policy.ubsan, policy.flaky ?? "fail", policy.require ?? "console"]);
  const other = heads.find((head) => rules(head) !== rules(first));
  if (other !== undefined)
    throw new UsageError(
      `${first.part.name} and ${other.part.name} were run under different rules (--ubsan, --flaky, --require)`,
      "run all parts alike: no single verdict could be true of both",
    );
}

/** What stands in front of the boots, of all records: what several of them say alike is said once. */
async function* given(heads: readonly Head[]): AsyncGenerator<RunEvent> {
  const said = new Set<string>();
  for (const { part } of heads)
    for await (const event of part.events()) {
      if (event.type === "boot-started") break;
      const text = isGiven(event) ? JSON.stringify(event) : undefined;
      if (text === undefined || said.has(text)) continue;
      said.add(text);
      yield event;
    }
}

const isGiven = ({ type }: RunEvent): boolean => type === "baseline" || type === "history";

/** Keys under which events name what they belong to. Nothing else of theirs stands under them. */
const NAMES = ["boot", "suite", "case", "group"] as const;

/** The boots of a record, with names that no other record has. Suites of one source join across shards. */
async function* renamed(part: Part, prefix: string, { shard }: RunStarted): AsyncGenerator<RunEvent> {
  for await (const event of part.events()) {
    if (event.type === "run-started" || event.type === "run-finished" || isGiven(event)) continue;
    const names: Partial<Record<(typeof NAMES)[number], string>> = {};
    for (const [key, value] of Object.entries(event)) {
      const name = NAMES.find((one) => one === key);
      if (name !== undefined && typeof value === "string") names[name] = prefix + value;
    }
    if (event.type === "boot-started" && shard !== undefined) names.group = `shards of ${event.source}`;
    yield { ...event, ...names };
  }
}

type Wrong = readonly [code: ProblemCode, message: string];

/** Of each set of shards, what is not there once. */
function wrongSets(heads: readonly Head[]): readonly Wrong[] {
  const sets = grouped(heads);
  const bySource = new Map<string, number>();
  for (const key of sets.keys()) {
    const source = key.slice(0, key.lastIndexOf("\0"));
    bySource.set(source, (bySource.get(source) ?? 0) + 1);
  }
  return [
    ...[...bySource].flatMap(([source, count]): readonly Wrong[] =>
      count === 1
        ? []
        : [
            [
              "unfitting-record",
              `the records of ${shown(source)} do not belong together: other images, other cases, or times that differ`,
            ],
          ],
    ),
    ...[...sets].flatMap(([key, some]) => wrongSet(key.slice(0, key.lastIndexOf("\0")), some)),
  ];
}

const shown = (source: string): string => source.replaceAll("\0", ", ") || "no source";

function wrongSet(source: string, heads: readonly Head[]): readonly Wrong[] {
  const shards = heads.flatMap(({ started: { shard } }) => shard ?? []);
  const [facts] = shards;
  if (facts === undefined)
    return heads.length === 1
      ? []
      : [["doubled-record", `${shown(source)} is there ${String(heads.length)} times: ${namesOf(heads)}`]];
  return [...missing(facts, shards, source), ...doubled(heads, source)];
}

function missing({ total }: ShardFacts, shards: readonly ShardFacts[], source: string): readonly Wrong[] {
  const there = new Set(shards.map(({ index }) => index));
  const lost = Array.from({ length: total }, (_, at) => at + 1).filter((index) => !there.has(index));
  if (lost.length === 0) return [];
  const which = lost.slice(0, 20).join(", ") + (lost.length > 20 ? ", …" : "");
  return [["missing-record", `shard ${which} of ${String(total)} of ${shown(source)} is missing`]];
}

function doubled(heads: readonly Head[], source: string): readonly Wrong[] {
  return [...grouped(heads, (head) => String(indexOf(head))).values()].flatMap((some): readonly Wrong[] =>
    some.length === 1
      ? []
      : [
          [
            "doubled-record",
            `shard ${String(indexOf(some[0] as Head))} of ${shown(source)} is there ${String(some.length)} times: ${namesOf(some)}`,
          ],
        ],
  );
}

function wrongNumber(heads: readonly Head[], { records }: Expected): readonly Wrong[] {
  if (records === undefined || records === heads.length) return [];
  const code = heads.length < records ? "missing-record" : "doubled-record";
  return [[code, `${String(records)} records were expected, and ${String(heads.length)} are there`]];
}

const namesOf = (heads: readonly Head[]): string => heads.map(({ part }) => part.name).join(", ");

function grouped(heads: readonly Head[], key: (head: Head) => string = setOf): Map<string, Head[]> {
  const groups = new Map<string, Head[]>();
  for (const head of heads) groups.set(key(head), [...(groups.get(key(head)) ?? []), head]);
  return groups;
}
