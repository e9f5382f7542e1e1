/**
 * Runs the kit's suites as a user would, and reads what the tables beside them promise.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Frame, SourceExcerpt } from "../../src/core/fault.js";
import { type Said, uktest } from "../cli/run.js";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Every machine there is; CI has them all. */
export const MACHINES = ["qemu-x86_64", "qemu-i386", "qemu-arm64", "v86"] as const;

/** `uktest run …` in the root of this repository. */
export const runKit = (...args: readonly string[]): Promise<Said> => uktest(["run", ...args], { cwd: ROOT });

export interface JsonAssertion {
  readonly status: "passed" | "failed";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export interface JsonCase {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
  readonly evidence?: string;
  readonly file?: string;
  readonly line?: number;
  readonly assertions: readonly JsonAssertion[];
}

export interface JsonDocument {
  readonly verdict: string;
  readonly exitCode: number;
  readonly evidence: string;
  readonly suites: readonly { readonly name: string; readonly cases: readonly JsonCase[] }[];
  readonly findings: readonly {
    readonly check: string;
    readonly file: string;
    readonly line: number;
    readonly case?: string;
    readonly occurrences: number;
  }[];
  readonly faults: readonly {
    readonly kind: string;
    readonly title: string;
    readonly suite?: string;
    readonly case?: string;
    readonly file?: string;
    readonly line?: number;
    readonly excerpt: readonly { readonly line: number; readonly text: string }[];
    readonly callTrace: readonly Frame[];
    readonly fingerprint?: string;
    readonly source?: SourceExcerpt;
  }[];
  readonly problems: readonly { readonly code: string; readonly grade: string; readonly message: string }[];
}

export const documentOf = ({ stdout }: Said): JsonDocument => JSON.parse(stdout) as JsonDocument;

/** A word of a table: what one evaluation, or several alike, must give. */
interface Evaluation {
  readonly status: string;
  /** `FILE:LINE`, the file below the root. */
  readonly place?: string;
}

export interface PromisedCase {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly evaluations: readonly Evaluation[];
}

interface Table {
  readonly suites: readonly {
    readonly name: string;
    readonly cases: readonly {
      readonly name: string;
      readonly status: string;
      readonly reason?: string;
      readonly assertions: string;
    }[];
  }[];
}

/** The cases that a folder's `expected.json` promises. */
export function promisedBy(folder: string): readonly PromisedCase[] {
  const table = JSON.parse(readFileSync(join(ROOT, "suites", folder, "expected.json"), "utf8")) as Table;
  return table.suites.flatMap(({ name, cases }) =>
    cases.map(({ name: one, status, reason, assertions }) => ({
      id: `${name}.${one}`,
      status,
      ...(reason !== undefined && { reason }),
      evaluations: assertions.split(" ").flatMap((word) => evaluationsOf(word, folder)),
    })),
  );
}

/** Reads `STATUS[@FILE:LINE][*TIMES]`. */
function evaluationsOf(word: string, folder: string): readonly Evaluation[] {
  const match = /^(passed|failed|omitted)(?:@([^*]+))?(?:\*(\d+))?$/.exec(word);
  if (match === null) return [];
  const [, status = "", place, times = "1"] = match;
  const one = { status, ...(place !== undefined && { place: `suites/${folder}/${place}` }) };
  return Array.from({ length: Number(times) }, () => one);
}
