/**
 * Divides the cases of a run among several hosts that do not talk to each other: each does the same sum and takes its
 * part. Pure: the same plans, times and number of shards give the same division everywhere, and its fingerprint proves it.
 */
import { hash, withCases } from "./parts.js";
import type { Plan } from "../plan.js";

export interface Shard {
  /** From 1 to `total`. */
  readonly index: number;
  readonly total: number;
}

/** Which part of a run a shard was; recorded, so that whoever joins the parts sees whether one is missing. */
export interface ShardFacts {
  readonly index: number;
  readonly total: number;
  /** Fingerprint of the whole division: shards that fit together have the same. */
  readonly of: string;
  /** Cases of this shard, and of all shards together. */
  readonly cases: number;
  readonly all: number;
}

/** Durations in milliseconds by `suite.case`, from earlier runs. */
export type Times = ReadonlyMap<string, number>;

export interface Division {
  /** For each plan, in order, what this shard has of it. */
  readonly parts: readonly Plan[];
  readonly facts: ShardFacts;
}

/**
 * The part of one shard. Without times a case stays in its shard whatever other cases come or go; with times the shards
 * take about equally long.
 */
export function divide(plans: readonly Plan[], { index, total }: Shard, times?: Times): Division {
  const names = plans.map((plan, at) =>
    plan.suites.flatMap((suite) => suite.cases.map((one) => keyOf(at, suite.name, one.name))),
  );
  const shardOf = times === undefined ? byName(total) : byTimes(names.flat(), total, times);
  const parts = plans.map((plan, at) =>
    withCases(plan, (suite) =>
      suite.cases.filter((one) => shardOf(keyOf(at, suite.name, one.name)) === index - 1),
    ),
  );
  const all = names.flat();
  const cases = all.filter((key) => shardOf(key) === index - 1).length;
  const whole = all.map((key) => `${key}\0${String(shardOf(key))}`).join("\n");
  return {
    parts,
    facts: { index, total, of: fingerprint(`${String(total)}\n${whole}`), cases, all: all.length },
  };
}

/** Two images may have a case of the same name. */
const keyOf = (plan: number, suite: string, name: string): string => `${String(plan)}\0${suite}.${name}`;
const nameOf = (key: string): string => key.slice(key.indexOf("\0") + 1);

const byName =
  (total: number) =>
  (key: string): number =>
    hash(nameOf(key)) % total;

/** The longest first, each to the shard that has least to do; what was never timed counts as one of the middle. */
function byTimes(keys: readonly string[], total: number, times: Times): (key: string) => number {
  const known = keys.flatMap((key) => times.get(nameOf(key)) ?? []).sort((a, b) => a - b);
  const typicalMs = known[known.length >> 1] ?? 1;
  const timed = keys
    .map((key) => ({ key, ms: times.get(nameOf(key)) ?? typicalMs }))
    .sort((a, b) => b.ms - a.ms || (a.key < b.key ? -1 : 1));
  const loads = Array.from({ length: total }, () => ({ ms: 0, cases: 0 }));
  const shards = new Map<string, number>();
  for (const { key, ms } of timed) {
    const least = leastOf(loads);
    const load = loads[least];
    if (load === undefined) continue;
    load.ms += ms;
    load.cases += 1;
    shards.set(key, least);
  }
  return (key) => shards.get(key) ?? -1;
}

/** Cases that take no time at all are shared out by their number. */
function leastOf(loads: readonly { readonly ms: number; readonly cases: number }[]): number {
  let least = 0;
  loads.forEach((load, at) => {
    const best = loads[least] ?? load;
    if (load.ms < best.ms || (load.ms === best.ms && load.cases < best.cases)) least = at;
  });
  return least;
}

/** Sixteen hexadecimal digits of a text. */
function fingerprint(text: string): string {
  const digits = (salt: string): string =>
    hash(salt + text)
      .toString(16)
      .padStart(8, "0");
  return digits("a") + digits("b");
}
