/**
 * Who is asked for a verdict: uktest with and without a plan, and three ways in which such logs are judged elsewhere.
 * A judge sees bytes and, at most, the plan; never the truth.
 */
import { Parser } from "tap-parser";
import { judge } from "../../src/core/verdict.js";
import type { Plan } from "../../src/core/plan.js";
import { read } from "../../tests/reading.js";
import { shown } from "./log.js";

export interface Exhibit {
  /** One character per byte. */
  readonly text: string;
  readonly plan: Plan;
  /** False when the machine never leaves by itself. */
  readonly halts: boolean;
}

export interface Judge {
  readonly name: string;
  readonly isGreen: (exhibit: Exhibit) => boolean;
}

/** What a converter makes of a log that only looks at results: a point for each, and a plan that counts them. */
export function naiveTap(text: string): string {
  const points = text.split("\n").flatMap((line) => {
    if (!line.includes("PASSED") && !line.includes("FAILED")) return [];
    const plain = shown(line);
    return [`${plain.includes("FAILED") ? "not ok" : "ok"} - ${plain.replace(/[^\w>-]+/g, " ").trim()}`];
  });
  return `TAP version 13\n${points.join("\n")}\n1..${String(points.length)}\n`;
}

/** The verdicts of tap-parser by the stream they were made from: harmless changes give the same stream again. */
function tapJudge(): Judge {
  const known = new Map<string, boolean>();
  return {
    name: "tap-parser",
    isGreen: ({ text }) => {
      const stream = naiveTap(text);
      const before = known.get(stream);
      if (before !== undefined) return before;
      const parser = new Parser();
      parser.end(stream);
      if (known.size > 2000) known.clear();
      known.set(stream, parser.ok);
      return parser.ok;
    },
  };
}

/** The judges, in the order of the table's columns. */
export const judges = (): readonly Judge[] => [
  { name: "uktest", isGreen: ({ text }) => judge(read(text)).verdict === "passed" },
  { name: "with plan", isGreen: ({ text, plan }) => judge(read(text, { plan })).verdict === "passed" },
  { name: "grep FAILED", isGreen: ({ text }) => !text.includes("FAILED") },
  // QEMU leaves with 0 whatever the guest did; only one that has to be killed leaves otherwise.
  { name: "exit code", isGreen: ({ halts }) => halts },
  tapJudge(),
];
