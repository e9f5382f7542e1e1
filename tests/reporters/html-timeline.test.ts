/** The timeline of a boot without a document: where things stand, and what is drawn of them at a width. */
import test from "ava";
import fc from "fast-check";
import { reporter } from "../../reporters/html.js";
import type { PageData } from "../../reporters/html/data.js";
import { linesOf } from "../../reporters/html/page/axis-lines.js";
import { catalogueOf } from "../../reporters/html/page/catalogue.js";
import { axisOf, resultsByBoot } from "../../reporters/html/page/placed.js";
import { type Item, MIN_WIDTH, shapesOf, ticksOf, timeText } from "../../reporters/html/page/shapes.js";
import type { RunEvent } from "../../src/core/events.js";
import { MARK_TEXT_MAX, MAX_TRACE_MARKS, MAX_TRACED_CASES } from "../../src/core/model/trace-summary.js";
import { dataOf } from "../oracles/html.js";
import { RunBuilder } from "./builder.js";
import { render } from "./render.js";
import { manyCases, tracedRun } from "./samples.js";

const dataIn = async (run: readonly RunEvent[]): Promise<PageData> => dataOf(await render(reporter, run));

function axisIn(data: PageData, index = 0) {
  const boot = data.boots[index];
  if (boot === undefined) throw new Error("no such boot");
  const axis = axisOf(boot, resultsByBoot(catalogueOf(data).entries).get(index) ?? []);
  return { axis, lines: linesOf(data, boot, axis) };
}

test("cases stand where their tracepoints have noted them, others beside them", async (t) => {
  const { axis } = axisIn(await dataIn(tracedRun()));
  t.is(axis.source, "trace");
  t.deepEqual(
    axis.placed.map(({ entry: { one }, from, to, isKnown }) => [one.name, from, to, isKnown]),
    [
      // It took 0.1 ms, and was lost from the trace.
      ["early", 500, 600, false],
      ["wraps", 600, 1800, true],
      ["grows", 1900, 5300, true],
      ["between", 5300, 5310, false],
      // No end: it lasts to the last event.
      ["crashes", 5660, 6000, true],
    ],
  );
  t.deepEqual([axis.from, axis.to], [400, 6000]);
});

test("without a trace cases stand one after another; without times each is a step", async (t) => {
  const timed = new RunBuilder().boot("b", "normal", (boot) =>
    boot.suite("s", { name: "a", durationMs: 2 }, { name: "b" }, { name: "c", durationMs: 0.5 }),
  );
  const { axis } = axisIn(await dataIn(timed.end()));
  t.is(axis.source, "durations");
  t.deepEqual(
    axis.placed.map(({ from, to }) => [from, to]),
    [
      [0, 2000],
      [2000, 2000],
      [2000, 2500],
    ],
  );
  const plain = new RunBuilder().boot("b", "normal", (boot) => boot.suite("s", { name: "a" }, { name: "b" }));
  const { axis: order } = axisIn(await dataIn(plain.end()));
  t.like(order, { source: "order", from: 0, to: 2 });
});

test("all that is known of a boot is on its axis, each thing in a line of its own", async (t) => {
  const { lines } = axisIn(await dataIn(tracedRun()));
  t.deepEqual(
    lines.map(({ name, kind, items }) => [name, kind, items.length]),
    [
      ["Suites", "span", 2],
      ["Cases", "span", 5],
      ["Events (60)", "mark", 60],
      ["Held by the heap", "bar", 60],
      ["Cases: leaked", "bar", 2],
      ["Cases: peak", "bar", 2],
      ["Crashes", "mark", 2],
      ["Findings", "span", 1],
    ],
  );
  const [suites, cases, , , leaked, , crashes, findings] = lines;
  t.like(suites?.items[1], { label: "net", look: "crashed", from: 5300, to: 6000 });
  t.regex(cases?.items[2]?.text ?? "", /^ring\.grows, passed, took 3\.4 ms, from 1\.9 ms$/);
  t.like(leaked, { most: 64, mostText: "64 bytes" });
  t.deepEqual(
    crashes?.items.map(({ from, text }) => [from, text]),
    [
      [6000, "page fault at 0x10, in net.crashes"],
      [6000, "heap is broken, outside of the cases"],
    ],
  );
  t.like(findings?.items[0], { from: 5300, to: 5310, look: "error" });
});

test("a result that a later boot has replaced stands in the boot in which it came", async (t) => {
  const data = await dataIn(tracedRun());
  const [suite] = data.suites;
  const [one] = suite?.cases ?? [];
  if (suite === undefined || one === undefined) return t.fail("no case");
  const attempts = [{ status: "failed", boot: 1, log: 3, ms: 7 }] as const;
  const twice: PageData = {
    ...data,
    boots: [...data.boots, { name: "again", lane: 0, end: "normal" }],
    suites: [{ ...suite, cases: [{ ...one, boot: 0, attempts }] }],
  };
  const { axis } = axisIn(twice, 1);
  t.like(axis.placed[0], { status: "failed", to: 7000, isReplaced: true });
});

test("five thousand cases are a few hundred shapes, and none is lost", async (t) => {
  const data = await dataIn(manyCases(5000));
  const { axis, lines } = axisIn(data);
  t.is(axis.placed.length, 5000);
  for (const width of [350, 1000])
    for (const { name, items } of lines) {
      const shapes = shapesOf(items, axis, width);
      t.true(shapes.length <= width / MIN_WIDTH);
      // As many as there is room for: no shape grows by what it takes in.
      if (name === "Cases") t.true(shapes.length > width / MIN_WIDTH / 2);
      t.is(
        shapes.reduce((sum, { count }) => sum + count, 0),
        items.length,
      );
    }
  t.true(JSON.stringify(data).length < 4_000_000, "the timeline adds nothing to the cases");
});

const item = (from: number, to: number, rank = 0): Item => ({ from, to, rank, text: "", look: String(rank) });

test("shapes: in order, apart, wide enough, and what is worst is seen", (t) => {
  const things = fc.array(fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.nat(20), fc.nat(3)), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(things, fc.integer({ min: 50, max: 1000 }), (all, width) => {
      const items = all
        .map(([from, length, rank]) => item(from, from + length, rank))
        .sort((a, b) => a.from - b.from);
      const shapes = shapesOf(items, { from: 0, to: 100 }, width);
      let end = 0;
      for (const { x, width: wide } of shapes) {
        t.true(
          x >= end - 1e-6 && wide >= MIN_WIDTH - 1e-6 && x + wide <= width + 1e-6,
          JSON.stringify(shapes),
        );
        end = x + wide;
      }
      t.is(
        shapes.reduce((sum, { count }) => sum + count, 0),
        items.length,
      );
      const worst = (ranks: readonly number[]): number => Math.max(-1, ...ranks);
      t.is(worst(shapes.map((one) => one.item.rank)), worst(items.map(({ rank }) => rank)));
    }),
  );
  const zoomed = shapesOf(
    [item(0, 1), item(50, 50.1), item(50.2, 50.3), item(99, 100)],
    { from: 50, to: 51 },
    100,
  );
  t.deepEqual(
    zoomed.map(({ x, count }) => [Math.round(x), count]),
    [
      [0, 1],
      [20, 1],
    ],
  );
});

test("numbers under an axis are round, few, and of a unit that fits", (t) => {
  t.deepEqual(ticksOf({ from: 0, to: 10 }, 5), [0, 2, 4, 6, 8, 10]);
  t.deepEqual(ticksOf({ from: 3, to: 3 }, 5), [3]);
  t.true(ticksOf({ from: 1, to: 1e15 }, 8).length <= 9);
  for (const [us, length, text] of [
    [12, 100, "12 µs"],
    [5300, 5600, "5.3 ms"],
    [1_234_567, 3_000_000, "1.23 s"],
    [0, 0, "0 µs"],
  ] as const)
    t.is(timeText(us, length), text);
});

test("a record with more than a run would write makes no larger page", async (t) => {
  const marks = Array.from({ length: 5000 }, (_, at) => ({
    fromUs: at,
    toUs: at,
    events: 1,
    text: "x".repeat(9000),
  }));
  const cases = Array.from({ length: 5000 }, (_, at) => ({ name: `s.c${String(at)}`, fromUs: at }));
  const run = tracedRun().map((event) => (event.type === "trace" ? { ...event, marks, cases } : event));
  const [boot] = (await dataIn(run)).boots;
  t.is(boot?.trace?.marks.length, MAX_TRACE_MARKS);
  t.is(boot?.trace?.cases.length, MAX_TRACED_CASES);
  t.true((boot?.trace?.marks[0]?.[3].length ?? 0) <= MARK_TEXT_MAX + 40);
});
