import test from "ava";
import { UsageError } from "../../src/core/errors.js";
import { type Environment, shardFrom } from "../../src/cli/shard-auto.js";

const rows: readonly (readonly [string, Environment, number, number])[] = [
  ["GitLab counts from 1", { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "4" }, 1, 4],
  ["GitLab's last", { CI_NODE_INDEX: "4", CI_NODE_TOTAL: "4" }, 4, 4],
  ["Buildkite counts from 0", { BUILDKITE_PARALLEL_JOB: "0", BUILDKITE_PARALLEL_JOB_COUNT: "3" }, 1, 3],
  ["CircleCI counts from 0", { CIRCLE_NODE_INDEX: "2", CIRCLE_NODE_TOTAL: "3" }, 3, 3],
  ["Kubernetes counts from 0", { JOB_COMPLETION_INDEX: "1", JOB_COMPLETIONS: "2" }, 2, 2],
  ["GitHub's strategy, handed over", { UKTEST_JOB_INDEX: "0", UKTEST_JOB_TOTAL: "2" }, 1, 2],
  [
    "what is handed over counts more than what the host says",
    { UKTEST_JOB_INDEX: "1", UKTEST_JOB_TOTAL: "2", CI_NODE_INDEX: "3", CI_NODE_TOTAL: "9" },
    2,
    2,
  ],
  ["an empty variable is none", { CI_NODE_INDEX: "", CIRCLE_NODE_INDEX: "0", CIRCLE_NODE_TOTAL: "1" }, 1, 1],
];
for (const [what, environment, index, total] of rows)
  test(what, (t) => {
    t.deepEqual(shardFrom(environment), { index, total });
  });

const wrong: readonly (readonly [Environment, RegExp])[] = [
  [{}, /nothing in the environment says/],
  [{ JOB_COMPLETION_INDEX: "0" }, /JOB_COMPLETIONS=\(not set\)/],
  [{ CI_NODE_INDEX: "0", CI_NODE_TOTAL: "4" }, /GitLab does not say/],
  [{ CI_NODE_INDEX: "5", CI_NODE_TOTAL: "4" }, /CI_NODE_INDEX=5, CI_NODE_TOTAL=4/],
  [{ CIRCLE_NODE_INDEX: "x", CIRCLE_NODE_TOTAL: "2" }, /CircleCI does not say/],
  [{ UKTEST_JOB_INDEX: "0", UKTEST_JOB_TOTAL: "0" }, /does not say/],
];
for (const [environment, message] of wrong)
  test(`refused: ${JSON.stringify(environment)}`, (t) => {
    const error = t.throws(() => shardFrom(environment), { instanceOf: UsageError, message });
    t.regex(error.hint ?? "", /--shard i\/n/);
  });
