/**
 * Which shard this host is, as its scheduler says it in the environment. It divides nothing; core/shards.ts does.
 */
import { UsageError } from "../core/errors.js";
import type { Shard } from "../core/plan/shards.js";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Scheduler {
  readonly name: string;
  readonly index: string;
  readonly total: string;
  /** Number of the first shard. */
  readonly from: 0 | 1;
}

/**
 * Sources: GitLab "Predefined CI/CD variables", Buildkite "Environment variables", CircleCI "Built-in environment
 * variables", Kubernetes "Indexed Job" (which tells no total, so the manifest has to set one). GitHub sets none: the
 * workflow hands over `strategy.job-index` and `strategy.job-total`.
 */
const SCHEDULERS: readonly Scheduler[] = [
  { name: "UKTEST_JOB_INDEX", index: "UKTEST_JOB_INDEX", total: "UKTEST_JOB_TOTAL", from: 0 },
  { name: "GitLab", index: "CI_NODE_INDEX", total: "CI_NODE_TOTAL", from: 1 },
  { name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", total: "BUILDKITE_PARALLEL_JOB_COUNT", from: 0 },
  { name: "CircleCI", index: "CIRCLE_NODE_INDEX", total: "CIRCLE_NODE_TOTAL", from: 0 },
  { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", total: "JOB_COMPLETIONS", from: 0 },
];

const HINT = `give --shard i/n, or set UKTEST_JOB_INDEX (from 0) and UKTEST_JOB_TOTAL; known by themselves: ${SCHEDULERS.slice(
  1,
)
  .map(({ name, index, total }) => `${name} (${index}, ${total})`)
  .join(", ")}`;

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;

/**
 * The shard of this host.
 * @throws UsageError when the environment does not say it, or says what cannot be
 */
export function shardFrom(environment: Environment): Shard {
  const scheduler = SCHEDULERS.find(({ index }) => (environment[index] ?? "") !== "");
  if (scheduler === undefined)
    throw new UsageError("--shard auto: nothing in the environment says which shard this is", HINT);
  const { name, from } = scheduler;
  const [index, total] = [whole(environment[scheduler.index]), whole(environment[scheduler.total])];
  const shown = [scheduler.index, scheduler.total]
    .map((key) => `${key}=${environment[key] ?? "(not set)"}`)
    .join(", ");
  if (index === undefined || total === undefined || index < from || index - from >= total)
    throw new UsageError(`--shard auto: ${name} does not say which shard this is: ${shown}`, HINT);
  return { index: index - from + 1, total };
}
