/**
 * Builds well-formed runs for the tests of reporters: events in stack order, ids and origins included.
 * It refuses to judge; src/core/model/reduce.ts makes the model and the verdict judges.
 */
import {
  EVENTS_SCHEMA,
  type CaseStatus,
  type HistoryCase,
  type Origin,
  type Policy,
  type RunEvent,
} from "../../src/core/events.js";
import { METRICS } from "../../src/core/evidence.js";
import type { FaultRecord } from "../../src/core/fault.js";
import type { TraceSummary } from "../../src/core/model/trace-summary.js";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Inner = Without<Extract<RunEvent, { type: "assertion" | "console" }>, "case" | "origin">;
type FindingEvent = Extract<RunEvent, { type: "finding" }>;
/** Of the sanitizer where nothing else is said. */
type Finding = Omit<FindingEvent, "type" | "boot" | "case" | "origin" | "kind"> &
  Partial<Pick<FindingEvent, "kind">>;
type Problem = Omit<Extract<RunEvent, { type: "problem" }>, "type" | "boot" | "case" | "origin">;

export interface CaseScript {
  readonly name: string;
  readonly status?: CaseStatus;
  readonly reason?: string;
  readonly description?: string;
  readonly file?: string;
  readonly line?: number;
  readonly durationMs?: number;
  readonly droppedConsoleLines?: number;
  /** Bytes and blocks that it keeps, and the most bytes that it held. */
  readonly measured?: readonly [leakedBytes: number, leakedBlocks: number, peakBytes: number];
  /** What a call of it takes: in the middle, least, most; of a time in the middle, and how far from it. */
  readonly instructions?: readonly [median: number, least: number, most: number];
  readonly nanoseconds?: readonly [median: number, deviation: number];
  readonly body?: readonly CaseStep[];
}

export type CaseStep =
  | { readonly console: string; readonly painted?: string }
  | { readonly pass: string; readonly file?: string; readonly line?: number }
  | { readonly fail: string; readonly file?: string; readonly line?: number }
  | { readonly finding: Finding }
  | { readonly fault: FaultRecord };

/** A fault with nothing but what it must have. */
export const fault = (
  kind: FaultRecord["kind"],
  title: string,
  more: Partial<FaultRecord> = {},
): FaultRecord => ({
  kind,
  title,
  registers: [],
  callTrace: [],
  excerpt: [],
  ...more,
});

export class RunBuilder {
  readonly events: RunEvent[];
  #line = 100;
  #ids = 0;
  #boot = "";
  #suite = { id: "", name: "" };

  constructor(
    policy: Policy = { ubsan: "fail" },
    more: { image?: string; sources?: readonly string[] } = {},
  ) {
    this.events = [
      {
        type: "run-started",
        schema: EVENTS_SCHEMA,
        tool: { name: "uktest", version: "0.0.0-test" },
        sources: more.sources ?? ["boot.log"],
        ...(more.image !== undefined && { image: more.image }),
        policy,
      },
    ];
  }

  #origin(): Origin {
    this.#line += 1;
    return { line: this.#line, byteOffset: this.#line * 60 };
  }

  #id(kind: string): string {
    this.#ids += 1;
    return `${kind}${String(this.#ids)}`;
  }

  /** Says what earlier runs said, in front of the first boot. */
  history(runs: readonly string[], cases: readonly HistoryCase[]): this {
    this.events.push({ type: "history", runs, cases });
    return this;
  }

  boot(
    source: string,
    end: "normal" | "fault" | "cut",
    body: (run: this) => void,
    time: { readonly startMs?: number; readonly wallMs?: number } = {},
  ): this {
    const { startMs, wallMs } = time;
    const boot = this.#id("b");
    this.#boot = boot;
    this.events.push({
      type: "boot-started",
      boot,
      source,
      ...(startMs !== undefined && { startMs }),
      origin: this.#origin(),
    });
    body(this);
    this.events.push({
      type: "boot-finished",
      boot,
      end,
      kernel: "Calypso 0.17.0",
      ...(wallMs !== undefined && { wallMs }),
      origin: this.#origin(),
    });
    return this;
  }

  suite(name: string, ...cases: readonly (CaseScript | { readonly fault: FaultRecord })[]): this {
    const suite = this.#id("s");
    this.#suite = { id: suite, name };
    this.events.push({ type: "suite-started", boot: this.#boot, suite, name, origin: this.#origin() });
    for (const one of cases) {
      if ("fault" in one) this.fault(one.fault, name);
      else this.#case(one);
    }
    this.events.push({ type: "suite-finished", suite, origin: this.#origin() });
    return this;
  }

  #case(script: CaseScript): void {
    const { name, body = [], status = "passed", reason, durationMs, droppedConsoleLines = 0 } = script;
    const id = this.#id("c");
    const { description, file, line } = script;
    this.events.push({
      type: "case-started",
      suite: this.#suite.id,
      case: id,
      name,
      ...(description !== undefined && { description }),
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      origin: this.#origin(),
    });
    for (const step of body) this.#step(step, id);
    this.events.push({
      type: "case-finished",
      case: id,
      status,
      ...(reason !== undefined && { reason }),
      ...(durationMs !== undefined && { durationMs }),
      evidence: "plan",
      evaluations: {
        passed: body.filter((step) => "pass" in step).length,
        failed: body.filter((step) => "fail" in step).length,
      },
      droppedConsoleLines,
      origin: this.#origin(),
    });
    METRICS.forEach((metric, at) => {
      const value = script.measured?.[at];
      if (value === undefined) return;
      const unit = metric.endsWith("_bytes") ? { unit: "bytes" as const } : {};
      const facts = { type: "measurement", name: metric, kind: "gauge", value } as const;
      this.events.push({ ...facts, boot: this.#boot, case: id, ...unit });
    });
    this.#benchmark(script, id);
  }

  #benchmark({ instructions, nanoseconds }: CaseScript, id: string): void {
    const add = (name: string, unit: "instructions" | "nanoseconds", value: number): void => {
      const facts = { type: "measurement", name, kind: "gauge", unit, value } as const;
      this.events.push({ ...facts, boot: this.#boot, case: id });
    };
    instructions?.forEach((value, at) => {
      add(`instructions${["", "_min", "_max"][at] ?? ""}`, "instructions", value);
    });
    nanoseconds?.forEach((value, at) => {
      add(`nanoseconds${["", "_mad"][at] ?? ""}`, "nanoseconds", value);
    });
  }

  #step(step: CaseStep, id: string): void {
    if ("finding" in step) this.finding(step.finding, id);
    else if ("fault" in step) this.fault(step.fault, this.#suite.name, id);
    else this.events.push({ ...inner(step), case: id, origin: this.#origin() });
  }

  finding(finding: Finding, id?: string): this {
    const event = {
      ...finding,
      type: "finding",
      kind: finding.kind ?? "ubsan",
      boot: this.#boot,
      origin: this.#origin(),
    } as const;
    this.events.push(id === undefined ? event : { ...event, case: id });
    return this;
  }

  fault(record: FaultRecord, suite?: string, id?: string): this {
    this.events.push({
      type: "fault",
      boot: this.#boot,
      ...(suite !== undefined && { suite }),
      ...(id !== undefined && { case: id }),
      fault: record,
      origin: this.#origin(),
    });
    return this;
  }

  problem(problem: Problem): this {
    this.events.push({ type: "problem", ...problem, boot: this.#boot, origin: this.#origin() });
    return this;
  }

  /** What the tracepoints of the open boot have noted. */
  trace(summary: TraceSummary): this {
    this.events.push({ type: "trace", boot: this.#boot, ...summary });
    return this;
  }

  end(): readonly RunEvent[] {
    this.events.push({ type: "run-finished" });
    return this.events;
  }
}

function inner(step: Exclude<CaseStep, { finding: unknown } | { fault: unknown }>): Inner {
  if ("console" in step) {
    const { painted } = step;
    return { type: "console", text: step.console, ...(painted !== undefined && { painted }) };
  }
  const place = {
    ...(step.file !== undefined && { file: step.file }),
    ...(step.line !== undefined && { line: step.line }),
  };
  if ("pass" in step) return { type: "assertion", status: "passed", message: step.pass, ...place };
  return { type: "assertion", status: "failed", message: step.fail, ...place };
}
