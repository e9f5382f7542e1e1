/** Boots and faults by id: what a search would find, in lists that grow, and without searching for every case. */
import test from "ava";
import { bootOf, faultsOfCase } from "../../src/core/model/boots.js";
import type { RunEvent } from "../../src/core/events.js";
import type { BootModel, FaultModel } from "../../src/core/model.js";
import { ModelBuilder } from "../../src/core/model/reduce.js";
import { cpuMs } from "../cpu.js";

const ORIGIN = { line: 1, byteOffset: 0 };

const fault = (title: string, caseId?: string): FaultModel => ({
  kind: "trap",
  title,
  registers: [],
  callTrace: [],
  excerpt: [],
  boot: "b1",
  origin: ORIGIN,
  ...(caseId !== undefined && { caseId }),
});

test("a boot is found by its id, the first of several, also in a list that grows", (t) => {
  const boots: BootModel[] = [];
  t.is(bootOf({ boots }, "b1"), undefined);
  boots.push({ id: "b1", source: "one" }, { id: "b1", source: "two" });
  t.is(bootOf({ boots }, "b1")?.source, "one");
  boots.push({ id: "b2", source: "three" });
  t.is(bootOf({ boots }, "b2")?.source, "three");
  t.is(bootOf({ boots }, "b3"), undefined);
});

test("the faults of a case keep their order", (t) => {
  const faults = [fault("first", "c1"), fault("of nobody"), fault("other", "c2"), fault("second", "c1")];
  t.deepEqual(
    faultsOfCase(faults, "c1").map(({ title }) => title),
    ["first", "second"],
  );
  t.deepEqual(faultsOfCase(faults, "c3"), []);
  faults.push(fault("third", "c1"));
  t.is(faultsOfCase(faults, "c1").length, 3);
});

/** A run of so many boots, each with a doubt that its memory settles and a death that it disproves. */
function* runOf(boots: number): Generator<RunEvent> {
  for (let at = 0; at < boots; at += 1) {
    const boot = `b${String(at)}`;
    yield { type: "boot-started", boot, source: "a", group: "g", origin: ORIGIN };
    yield { type: "problem", code: "garbled-line", grade: "error", message: "x", boot, origin: ORIGIN };
    const record = { kind: "halt", title: "silent", registers: [], callTrace: [], excerpt: [] } as const;
    yield { type: "fault", boot, fault: record, isDoubtful: true, origin: ORIGIN };
    yield { type: "fault", boot, fault: { ...record, kind: "trap", title: "real" }, origin: ORIGIN };
    yield { type: "boot-proven", boot, findings: 0 };
    yield { type: "boot-finished", boot, end: "normal", origin: ORIGIN };
  }
}

function buildMs(boots: number): { readonly ms: number; readonly builder: ModelBuilder } {
  const start = cpuMs();
  const builder = new ModelBuilder();
  for (const event of runOf(boots)) builder.add(event);
  return { ms: cpuMs() - start, builder };
}

test("what the memory of each boot proves is found in its own events, however many boots there were", (t) => {
  const { builder } = buildMs(3);
  const { problems, faults } = builder.model();
  t.deepEqual(
    problems.map(({ code, grade, boot }) => `${String(boot)} ${code} ${grade}`),
    [0, 1, 2].flatMap((at) => [
      `b${String(at)} garbled-line warning`,
      `b${String(at)} memory-disagrees warning`,
    ]),
  );
  t.deepEqual(
    faults.map(({ title }) => title),
    ["real", "real", "real"],
  );
  // A search from the start for each boot takes sixteen times as long for four times the boots.
  const best = (boots: number): number => Math.min(...[0, 1, 2, 3].map(() => buildMs(boots).ms));
  best(5000);
  t.true(best(40_000) < 9 * best(10_000));
});
