/**
 * What a hostile guest may make the host keep: past each cap things are counted, said in one problem, and still red.
 */
import test from "ava";
import { Assembler } from "../../src/core/assemble.js";
import { SPELLED_OUT } from "../../src/core/assemble/work.js";
import type { ClaimBody } from "../../src/core/claims.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import type { Segment } from "../../src/core/segment.js";
import { judge } from "../../src/core/verdict.js";
import { brokenPromises } from "./promises.js";

const at = (index: number): Segment => ({
  line: index + 1,
  byteOffset: index * 10,
  body: "text",
  first: true,
  last: true,
  nulAt: [],
  terminated: true,
  droppedBytes: 0,
});

/** The events of one boot with a case in which the guest says `count` times what `claim` makes. */
function eventsOf(count: number, claim: (index: number) => ClaimBody): readonly RunEvent[] {
  const assembler = new Assembler({
    tool: { name: "uktest", version: "0.0.0" },
    sources: ["first.log"],
    policy: { ubsan: "fail" },
  });
  assembler.openBoot("first.log");
  assembler.claim({ type: "header", suite: "a", name: "x", at: at(0) });
  for (let index = 0; index < count; index += 1) assembler.claim({ ...claim(index), at: at(index + 1) });
  assembler.claim({ type: "header", suite: "a", name: "last", at: at(count + 1) });
  assembler.claim({ type: "result", status: "passed", message: "m", at: at(count + 2) });
  assembler.closeBoot();
  assembler.finish();
  return assembler.take();
}

const ofType = (events: readonly RunEvent[], type: RunEvent["type"]): readonly RunEvent[] =>
  events.filter((event) => event.type === type);

const messages = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "problem" ? [event.message] : []));

test("problems of one kind are spelled out twenty times, then counted", (t) => {
  for (const count of [SPELLED_OUT, SPELLED_OUT + 1, SPELLED_OUT + 1000]) {
    const events = eventsOf(count, () => ({ type: "suspect", code: "garbled-line", text: "t" }));
    const garbled = events.filter((event) => event.type === "problem" && event.code === "garbled-line");
    const counted = count > SPELLED_OUT ? 1 : 0;
    t.is(garbled.length, SPELLED_OUT + counted);
    t.is(messages(events).includes(`${String(count - SPELLED_OUT)} more of this kind`), counted === 1);
    t.deepEqual(brokenPromises(events), []);
    t.is(judge(reduce(events)).verdict, "failed");
  }
});

test("a hundred faults are kept", (t) => {
  const events = eventsOf(130, (index) => ({
    type: "fault",
    fault: { kind: "trap", title: `t${String(index)}`, registers: [], callTrace: [], excerpt: [] },
  }));
  t.is(ofType(events, "fault").length, 100);
  // One of them is the end that never came.
  t.true(messages(events).includes("31 more faults"));
  t.is(judge(reduce(events)).verdict, "failed");
});

/** The faults of a run, as the model has them, and how often each was met. */
const faultsOf = (events: readonly RunEvent[]): readonly (readonly [string, number | undefined])[] =>
  reduce(events).faults.map(({ title, times }) => [title, times]);

const trap = (title: string): ClaimBody => ({
  type: "fault",
  fault: { kind: "trap", title, registers: [], callTrace: [], excerpt: [] },
});

test("equal faults are one with a count, whatever stands between them", (t) => {
  const events = eventsOf(100_001, (index) => trap(index % 2 === 0 ? "double fault" : "page fault"));
  t.is(ofType(events, "fault").length, 3);
  t.deepEqual(faultsOf(events).slice(0, 2), [
    ["double fault (50001 times)", 50_001],
    ["page fault (50000 times)", 50_000],
  ]);
  t.deepEqual(brokenPromises(events), []);
  t.is(judge(reduce(events)).verdict, "failed");
});

test("the same fault in another case, or of another kind, is another one", (t) => {
  const assembler = new Assembler({
    tool: { name: "uktest", version: "0.0.0" },
    sources: ["first.log"],
    policy: { ubsan: "fail" },
  });
  for (const boot of ["first.log", "second.log"]) {
    assembler.openBoot(boot);
    for (const name of ["x", "y"]) {
      assembler.claim({ type: "header", suite: "a", name, at: at(0) });
      for (let times = 0; times < 2; times += 1) assembler.claim({ ...trap("trap 6"), at: at(times + 1) });
    }
  }
  assembler.finish();
  t.deepEqual(
    faultsOf(assembler.take()),
    Array.from({ length: 4 }, () => ["trap 6 (2 times)", 2] as const),
  );
});

test("findings at a thousand places are kept, and every further one of those places", (t) => {
  const finding = (line: number): ClaimBody => ({
    type: "finding",
    check: "bounds",
    message: "index 7 out of bounds",
    file: "a.c",
    line,
    column: 1,
  });
  const events = eventsOf(1500, (index) => finding(index < 1200 ? index : index - 1200));
  t.is(ofType(events, "finding").length, 1300);
  t.true(messages(events).includes("200 more UBSAN reports at further places"));
  const model = reduce(events);
  t.is(model.findings.length, 1000);
  t.is(model.findings[0]?.occurrences, 2);
});

test("a guest that starts over and over fills a thousand boots at the most, and is red", (t) => {
  const events = eventsOf(3000, () => ({ type: "restarted" }));
  const boots = ofType(events, "boot-started").length;
  t.true(boots > 1 && boots <= 1000, String(boots));
  t.deepEqual(brokenPromises(events), []);
  t.is(judge(reduce(events)).verdict, "failed");
});
