/**
 * Runs that are large in one way: very many notes, problems, or findings of a sanitizer, between a few cases. It keeps
 * nothing of what it has handed out.
 */
import { EVENTS_SCHEMA, type Origin, type RunEvent } from "../../src/core/events.js";
import type { RunModel } from "../../src/core/model.js";
import { excessiveRun, largeRun } from "./events.js";

const FILE = "/home/dev/app/lib/net/tcp.c";
const BATCH = 256;

const origin = (at: number): Origin => ({ line: at + 1, byteOffset: at * 60 });

const problem =
  (grade: "note" | "error") =>
  (at: number): RunEvent => ({
    type: "problem",
    code: grade === "note" ? "lookalike" : "garbled-line",
    grade,
    message: `a line of the guest that is like a result: number ${String(at)}`,
    boot: "b1",
    origin: origin(at),
  });

const finding =
  (place: (at: number) => number) =>
  (at: number): RunEvent => ({
    type: "finding",
    boot: "b1",
    kind: "ubsan",
    check: "signed-integer-overflow",
    message: `signed integer overflow: ${String(at)} + 1 cannot be represented in type 'int'`,
    file: FILE,
    line: place(at) + 1,
    column: 6,
    origin: origin(at),
  });

interface Kind {
  /** What there is very much of. */
  readonly what: string;
  readonly events: (count: number) => Iterable<readonly RunEvent[]>;
  /** How many of them a model of so many has. */
  readonly seen: (model: RunModel, count: number) => number;
}

function* around(count: number, one: (at: number) => RunEvent): Generator<readonly RunEvent[]> {
  yield [
    {
      type: "run-started",
      schema: EVENTS_SCHEMA,
      tool: { name: "uktest", version: "0.0.0" },
      sources: ["boot.log"],
      policy: { ubsan: "fail" },
    },
    { type: "boot-started", boot: "b1", source: "boot.log", origin: origin(0) },
  ];
  for (let first = 0; first < count; first += BATCH)
    yield Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => one(first + at));
  yield [
    { type: "boot-finished", boot: "b1", end: "normal", origin: origin(count) },
    { type: "run-finished" },
  ];
}

const problems = ({ problems: all }: RunModel): number => all.length;

/** All, where the one failed case beside them is there: they may push nothing else out. */
const besides = ({ suites }: RunModel, count: number): number =>
  suites.flatMap(({ cases }) => cases).filter(({ status }) => status === "failed").length === 1 ? count : 0;

export const KINDS: Readonly<Record<string, Kind>> = {
  cases: {
    what: "cases, one in ten red",
    events: largeRun,
    seen: ({ suites }) => suites.reduce((sum, { cases }) => sum + cases.length, 0),
  },
  notes: { what: "notes", events: (count) => around(count, problem("note")), seen: problems },
  problems: { what: "problems", events: (count) => around(count, problem("error")), seen: problems },
  findings: {
    what: "findings at places of their own",
    events: (count) =>
      around(
        count,
        finding((at) => at),
      ),
    seen: ({ findings }) => findings.length,
  },
  repeated: {
    what: "findings at one place",
    events: (count) =>
      around(
        count,
        finding(() => 7),
      ),
    seen: ({ findings }) => findings.reduce((sum, { occurrences }) => sum + occurrences, 0),
  },
  frames: {
    what: "times ten frames of one crash, beside a failed case",
    events: (count) => excessiveRun("frames", 10 * count),
    seen: besides,
  },
  faults: {
    what: "equal faults of one guest, beside a failed case",
    events: (count) => excessiveRun("faults", count),
    seen: besides,
  },
};
