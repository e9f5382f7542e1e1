/**
 * One stream to many reporters: at the pace of the slowest, and whoever fails fails alone.
 */
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import type { RunEvent } from "../../src/core/events.js";
import type { Reporter } from "../../src/core/reporter.js";
import { type Destination, FanOut } from "../../src/delivery/fan-out.js";
import type { Sink } from "../../src/delivery/sink.js";
import { FILE_SCREEN } from "../../src/delivery/terminal.js";
import { redRun } from "../reporters/samples.js";

interface Memory extends Sink {
  text: string;
  state: "open" | "closed" | "discarded";
}

function memory(more: Partial<Sink> = {}): Memory {
  const sink: Memory = {
    name: "memory",
    text: "",
    state: "open",
    write: (text) => {
      sink.text += text;
      return Promise.resolve();
    },
    close: () => {
      sink.state = "closed";
      return Promise.resolve();
    },
    discard: () => {
      sink.state = "discarded";
      return Promise.resolve();
    },
    ...more,
  };
  return sink;
}

const to = (render: Reporter["render"], sink: Sink, name = "made-up"): Destination => ({
  reporter: { name, summary: "for a test", render },
  sink,
  context: { ...FILE_SCREEN, options: {}, place: (path) => ({ path, inTree: false }) },
});

async function* types(events: AsyncIterable<RunEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${event.type}\n`;
}

/** Leaves without reading a single event. */
async function* hasty(): AsyncGenerator<string> {
  yield await Promise.resolve("done");
}

const failing = (error: unknown, after: number): Reporter["render"] =>
  async function* (events) {
    let seen = 0;
    for await (const event of events) {
      yield event.type;
      seen += 1;
      if (seen === after) throw error;
    }
  };

async function run(
  destinations: readonly Destination[],
  batch: readonly RunEvent[],
  times = 1,
): Promise<FanOut> {
  const fanOut = new FanOut(destinations);
  for (let n = 0; n < times; n += 1) await fanOut.send(batch);
  await fanOut.finish();
  return fanOut;
}

const RUN = redRun();
const EXPECTED = RUN.map(({ type }) => `${type}\n`).join("");

test("every reporter gets every event, in order, and its sink is closed", async (t) => {
  const sinks = [memory(), memory(), memory()];
  const { failures } = await run(
    sinks.map((sink) => to(types, sink)),
    RUN,
  );
  t.deepEqual(failures, []);
  for (const { text, state } of sinks) t.deepEqual([text, state], [EXPECTED, "closed"]);
});

test("the model is shared and whole at the end, also without a reporter", async (t) => {
  let cases = 0;
  const atEnd: Reporter["render"] = async function* (events, context) {
    for await (const event of events) if (event.type === "case-finished") cases += 1;
    yield String(context.model().complete);
  };
  const sink = memory();
  const fanOut = await run([to(atEnd, sink)], RUN);
  t.is(sink.text, "true");
  t.is(fanOut.model().suites.flatMap((suite) => suite.cases).length, cases);
  t.true((await run([], RUN)).model().complete);
});

test("a reporter that throws is a bug of ours; the others go on, and what it wrote is discarded", async (t) => {
  for (const after of [1, 3, RUN.length]) {
    const bad = memory();
    const good = memory();
    const { failures } = await run(
      [to(failing(new TypeError("oops"), after), bad, "bad"), to(types, good)],
      RUN,
    );
    t.deepEqual([good.text, good.state, bad.state], [EXPECTED, "closed", "discarded"]);
    t.is(failures.length, 1);
    t.is(failures[0]?.message, "the bad reporter failed: oops");
    t.not(failures[0]?.name, "RigError");
    t.true(failures[0]?.cause instanceof TypeError);
  }
  const odd = await run([to(failing("a string", 1), memory())], RUN);
  t.is(odd.failures[0]?.message, "the made-up reporter failed: a string");
});

test("a sink that fails is the rig's failure, at whatever point", async (t) => {
  const fail = (): Promise<void> => Promise.reject(new RigError("disk full"));
  for (const broken of [{ write: fail }, { close: fail }, { write: fail, discard: fail }]) {
    const good = memory();
    const { failures } = await run([to(types, memory(broken)), to(types, good)], RUN);
    t.deepEqual(
      failures.map(({ name, message }) => `${name}: ${message}`),
      ["RigError: disk full"],
    );
    t.is(good.text, EXPECTED);
  }
});

test("a reporter that leaves early or throws keeps nobody waiting", async (t) => {
  const many = Array.from({ length: 3000 }, () => RUN[1] ?? { type: "run-finished" as const });
  const sink = memory();
  const { failures } = await run(
    [to(hasty, sink), to(failing(new Error("x"), 5), memory()), to(types, memory())],
    many,
    4,
  );
  t.is(failures.length, 1);
  t.deepEqual([sink.text, sink.state], ["done", "closed"]);
});

test("the source waits for the slowest reporter", async (t) => {
  let release: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow = memory({ write: () => gate });
  const many = Array.from({ length: 5000 }, () => RUN[1] ?? { type: "run-finished" as const });
  const fanOut = new FanOut([to(types, slow), to(types, memory())]);
  // What a reporter is working on and one queue full may be under way; more may not.
  await fanOut.send(many.slice(0, 1));
  await new Promise((resolve) => setImmediate(resolve));
  let sent = false;
  const sending = fanOut.send(many).then(() => (sent = true));
  await new Promise((resolve) => setImmediate(resolve));
  t.false(sent);
  release?.();
  await sending;
  await fanOut.finish();
  t.true(sent);
});
