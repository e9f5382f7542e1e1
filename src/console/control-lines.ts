/**
 * Reads the control lines of uktest's own guest kit: what Unikraft's lines do not say (plan, end of case, end of run).
 * It reads no results; a control line that is not whole is left to whoever names damage.
 *
 * Source: docs/protocol.md.
 */
import type { ClaimBody } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { Segment } from "../core/segment.js";

const NUMBER = String.raw`(\d{1,15})`;
const CASE = String.raw`(\S+?)->(\S+)`;

type Reader = readonly [expression: RegExp, claim: (match: readonly string[]) => ClaimBody];

const text = (words: string | undefined): string => decodeText(words ?? "");

const READERS: readonly Reader[] = [
  [
    new RegExp(`^plan build=(-|[0-9a-f]+) suites=${NUMBER} cases=${NUMBER}(?: selected=${NUMBER})?$`),
    ([, build = "-", suites, cases, selected]) => ({
      type: "tests-planned",
      ...(build !== "-" && { build }),
      suites: Number(suites),
      cases: Number(cases),
      ...(selected !== undefined && { selected: Number(selected) }),
    }),
  ],
  [/^begin (\S+)$/, ([, suite]) => ({ type: "suite-begins", suite: text(suite) })],
  [
    /^skip (\S+) (.*)$/,
    ([, suite, reason]) => ({ type: "suite-skipped", suite: text(suite), reason: text(reason) }),
  ],
  [
    new RegExp(`^limit ${CASE} ${NUMBER}$`),
    ([, suite, name, limit]) => ({
      type: "case-limit",
      suite: text(suite),
      name: text(name),
      limitMs: Number(limit),
    }),
  ],
  [
    new RegExp(`^params ${CASE} ${NUMBER}$`),
    ([, suite, name, count]) => ({
      type: "parameters",
      suite: text(suite),
      name: text(name),
      count: Number(count),
    }),
  ],
  [
    new RegExp(
      `^case ${CASE} (passed|failed|skipped) assertions=${NUMBER} failed=${NUMBER} time=${NUMBER}(?: (.*))?$`,
    ),
    ([, suite, name, status, assertions, failed, time, reason]) => ({
      type: "case-end",
      status: status === "passed" || status === "skipped" ? status : "failed",
      ...(reason !== undefined && reason !== "" && { reason: text(reason) }),
      durationMs: Number(time) / 1000,
      counted: {
        suite: text(suite),
        name: text(name),
        assertions: Number(assertions),
        failed: Number(failed),
      },
    }),
  ],
  // A case that runs once more for what it holds: its console shows why, should that run end badly.
  [new RegExp(`^again ${CASE} bytes=-?${NUMBER} blocks=-?${NUMBER}$`), () => ({ type: "case-again" })],
  [/^exit (\S+)$/, ([, suite]) => ({ type: "suite-exits", suite: text(suite) })],
  [
    new RegExp(`^done (\\S+) cases=${NUMBER} failed=${NUMBER}(?: outside=${NUMBER})?$`),
    ([, suite, cases, failed, outside]) => ({
      type: "suite-done",
      suite: text(suite),
      cases: Number(cases),
      failed: Number(failed),
      outside: Number(outside ?? 0),
    }),
  ],
  [
    new RegExp(`^end cases=${NUMBER} failed=${NUMBER} skipped=${NUMBER}(?: outside=${NUMBER})?$`),
    ([, cases, failed, skipped, outside]) => ({
      type: "tests-ended",
      counted: {
        cases: Number(cases),
        failed: Number(failed),
        skipped: Number(skipped),
        outside: Number(outside ?? 0),
      },
    }),
  ],
];

const LEAD = "uktest:";

/** Reads one segment as a control line; undefined when it is none. */
export function readControl({ prefix, body }: Segment): ClaimBody | undefined {
  if (prefix?.library !== "libuktest" || prefix.level !== "info" || !body.startsWith(LEAD)) return undefined;
  const line = body.slice(LEAD.length);
  for (const [expression, claim] of READERS) {
    const match = expression.exec(line);
    if (match !== null) return claim(match);
  }
  return undefined;
}
