/**
 * The events of a large run as they would come from a guest: suites of a hundred cases, one case in ten red, with
 * consoles, findings and crashes. It keeps nothing of what it has handed out.
 */
import { EVENTS_SCHEMA, type Origin, type RunEvent } from "../../src/core/events.js";
import type { FaultRecord } from "../../src/core/fault.js";

const A_SUITE = 100;
const CONSOLE_LINES = 8;
const FILE = "/home/dev/app/lib/net/tcp.c";

const crash = (at: number): FaultRecord => ({
  kind: "trap",
  title: "page fault at 0x0 (read, page not present)",
  file: FILE,
  line: at + 1,
  registers: ["RIP", "RSP", "RAX", "RBX"].map((name) => ({ name, value: "00000000001096bb" })),
  callTrace: Array.from({ length: 12 }, (_, depth) => ({
    address: "00000000001096bb",
    function: `function_${String(depth)}`,
    file: FILE,
    line: depth + 10,
    column: 3,
  })),
  fingerprint: `trap: function_${String(at)} < function_1 < function_2`,
  excerpt: [{ line: 5, text: "CRIT: Unhandled page fault vaddr=0x0, error code=0x0" }],
});

/** The events of `cases` cases, those of a suite at a time. */
export function* largeRun(cases: number): Generator<readonly RunEvent[]> {
  let line = 0;
  const origin = (): Origin => ({ line: (line += 1), byteOffset: line * 60 });
  yield [
    {
      type: "run-started",
      schema: EVENTS_SCHEMA,
      tool: { name: "uktest", version: "0.0.0" },
      sources: ["boot.log"],
      policy: { ubsan: "fail" },
    },
    { type: "boot-started", boot: "b1", source: "boot.log", origin: origin() },
  ];
  for (let first = 0; first < cases; first += A_SUITE) {
    const suite = `s${String(first)}`;
    const events: RunEvent[] = [
      {
        type: "suite-started",
        boot: "b1",
        suite,
        name: `suite_${String(first / A_SUITE)}`,
        origin: origin(),
      },
    ];
    for (let at = first; at < Math.min(cases, first + A_SUITE); at += 1)
      events.push(...ofCase(at, suite, origin));
    events.push({ type: "suite-finished", suite, origin: origin() });
    yield events;
  }
  yield [{ type: "boot-finished", boot: "b1", end: "normal", origin: origin() }, { type: "run-finished" }];
}

function* ofCase(at: number, suite: string, origin: () => Origin): Generator<RunEvent> {
  const id = `c${String(at)}`;
  const isRed = at % 10 === 0;
  const isCrash = at % 100 === 50;
  const line = at + 1;
  const name = `case_${String(at)}`;
  yield { type: "case-started", suite, case: id, name, file: FILE, line, origin: origin() };
  const lines = isRed ? CONSOLE_LINES : 1;
  for (let n = 0; n < lines; n += 1)
    yield {
      type: "console",
      case: id,
      text: `[    0.10${String(n)}] Info: a line of the guest`,
      origin: origin(),
    };
  const message = `expected \`tcp_send(socket, buffer, ${String(at)})\` to be 0 ${isRed ? "but was -1" : "and was 0"}`;
  yield {
    type: "assertion",
    case: id,
    status: isRed ? "failed" : "passed",
    message,
    file: FILE,
    line,
    origin: origin(),
  };
  if (at % 20 === 0)
    yield {
      type: "finding",
      boot: "b1",
      case: id,
      kind: "ubsan",
      check: "signed-integer-overflow",
      message: "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'",
      file: FILE,
      line,
      column: 6,
      origin: origin(),
    };
  if (isCrash) yield { type: "fault", boot: "b1", suite, case: id, fault: crash(at), origin: origin() };
  yield {
    type: "case-finished",
    case: id,
    status: isCrash ? "crashed" : isRed ? "failed" : "passed",
    ...(isRed && {
      reason: isCrash ? "page fault at 0x0 (read, page not present)" : "1 of 1 assertions failed",
    }),
    durationMs: (at % 997) / 10,
    evidence: "memory",
    evaluations: { passed: isRed ? 0 : 1, failed: isRed ? 1 : 0 },
    droppedConsoleLines: 0,
    origin: origin(),
  };
}

/** What one crash, or one guest, can say too much of. */

export type Excess = "frames" | "faults";

/** A failed case, and a crash with `count` frames or as many equal faults outside of any case. */
export function* excessiveRun(excess: Excess, count: number): Generator<readonly RunEvent[]> {
  const [start = [], cases = []] = largeRun(1);
  const [begin, ...rest] = start;
  if (begin === undefined) return;
  yield [begin, ...rest, ...cases];
  const origin = { line: 1000, byteOffset: 60_000 };
  const { callTrace, ...fault } = crash(1);
  const event = (record: FaultRecord): RunEvent => ({ type: "fault", boot: "b1", fault: record, origin });
  if (excess === "frames") {
    const frames = Array.from({ length: count }, (_, at) => callTrace[at % callTrace.length]);
    yield [event({ ...fault, callTrace: frames.flatMap((frame) => frame ?? []) })];
  } else {
    for (let at = 0; at < count; at += 100)
      yield Array.from({ length: Math.min(100, count - at) }, () => event({ ...fault, callTrace }));
  }
  yield [{ type: "boot-finished", boot: "b1", end: "fault", origin }, { type: "run-finished" }];
}
