/**
 * What a record may say of memory, and where: after the case it is about, inside the boot it is about.
 */
import test from "ava";
import type { RunEvent } from "../../src/core/events.js";
import { Follower } from "../../src/record/follow.js";
import { decodeEvent } from "../../src/record/events.js";

const ORIGIN = { line: 1, byteOffset: 0 };
const START: RunEvent = {
  type: "run-started",
  schema: "uktest-events/1",
  tool: { name: "uktest", version: "0" },
  sources: ["g"],
  policy: { ubsan: "fail", flaky: "pass", require: "memory" },
};
const boot = (id: string): RunEvent => ({
  type: "boot-started",
  boot: id,
  source: "g",
  group: "g1",
  why: "retry",
  origin: ORIGIN,
});
const bootEnd = (id: string): RunEvent => ({
  type: "boot-finished",
  boot: id,
  end: "normal",
  wallMs: 7,
  origin: ORIGIN,
});
const suite = (id: string, of: string): RunEvent => ({
  type: "suite-started",
  boot: of,
  suite: id,
  name: "s",
  origin: ORIGIN,
});
const suiteEnd = (id: string): RunEvent => ({ type: "suite-finished", suite: id, origin: ORIGIN });
const begins = (id: string, of: string): RunEvent => ({
  type: "case-started",
  suite: of,
  case: id,
  name: "c",
  origin: ORIGIN,
});
const ends = (id: string): RunEvent => ({
  type: "case-finished",
  case: id,
  status: "passed",
  evidence: "plan",
  evaluations: { passed: 0, failed: 0 },
  droppedConsoleLines: 0,
  origin: ORIGIN,
});
const evidence = (id: string): RunEvent => ({
  type: "evidence",
  case: id,
  evidence: "memory",
  status: "failed",
  reason: "r",
});
const proven = (id: string): RunEvent => ({
  type: "boot-proven",
  boot: id,
  findings: 0,
});

/** The first word against a stream; undefined where it may be read to its end. */
function refusal(...events: readonly RunEvent[]): string | undefined {
  const follower = new Follower();
  for (const event of events) {
    const wrong = follower.take(event);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const CASE = [boot("b1"), suite("s1", "b1"), begins("c1", "s1"), ends("c1"), suiteEnd("s1")];

test("evidence and proof stand after the cases of their boot", (t) => {
  t.is(
    refusal(START, ...CASE, evidence("c1"), proven("b1"), bootEnd("b1"), { type: "run-finished" }),
    undefined,
  );
  t.is(refusal(START, ...CASE.slice(0, 4), evidence("c1")), undefined);
});

test("evidence of a case that runs, never began or is of another boot is refused", (t) => {
  t.regex(refusal(START, ...CASE.slice(0, 3), evidence("c1")) ?? "", /c1, which has not finished/);
  t.regex(refusal(START, ...CASE, evidence("c2")) ?? "", /c2, which has not finished/);
  t.regex(
    refusal(START, ...CASE, bootEnd("b1"), boot("b2"), evidence("c1")) ?? "",
    /c1, which has not finished/,
  );
});

test("a proof of a boot that is not open is refused", (t) => {
  t.regex(refusal(START, proven("b1")) ?? "", /b1, which is not open/);
  t.regex(refusal(START, ...CASE, bootEnd("b1"), proven("b1")) ?? "", /b1, which is not open/);
  t.regex(refusal(evidence("c1")) ?? "", /has not begun/);
});

test("an event that is refused changes nothing", (t) => {
  const follower = new Follower();
  for (const event of [START, ...CASE]) follower.take(event);
  t.not(follower.take(evidence("c9")), undefined);
  t.is(follower.take(evidence("c1")), undefined);
  t.deepEqual(
    [...follower.closing("cut")].map(({ type }) => type),
    ["problem", "boot-finished", "run-finished"],
  );
});

test("fields of several boots are read back as they were written, and no other words", (t) => {
  for (const event of [START, ...CASE, evidence("c1"), proven("b1"), bootEnd("b1")])
    t.deepEqual(decodeEvent(JSON.stringify(event), "here"), event);
  const refused = (event: RunEvent, more: object): void => {
    t.throws(() => decodeEvent(JSON.stringify({ ...event, ...more }), "here"), { name: "RigError" });
  };
  for (const why of ["rest", "retry", "repeat", "alone"])
    t.notThrows(() => decodeEvent(JSON.stringify({ ...boot("b1"), why }), "here"));
  refused(boot("b1"), { why: "again" });
  refused(boot("b1"), { group: 1 });
  refused(bootEnd("b1"), { wallMs: -1 });
  refused(evidence("c1"), { evidence: "plan" });
  refused(evidence("c1"), { status: "fine" });
  refused(proven("b1"), { findings: -1 });
  refused(START, { policy: { ubsan: "fail", flaky: "maybe" } });
  refused(START, { policy: { ubsan: "fail", require: "nothing" } });
});
