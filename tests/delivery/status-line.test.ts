/**
 * The status line: what it says at a moment, and that it never disturbs what is written above it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { LiveScreen, REDRAW_MS } from "../../src/delivery/live-screen.js";
import type { Sink } from "../../src/delivery/sink.js";
import {
  afterEvent,
  buildStatus,
  freshState,
  type RunState,
  statusOf,
} from "../../src/delivery/status-line.js";
import { movingStream, reflowsLines, type Screen } from "../../src/delivery/terminal.js";
import type { RunEvent } from "../../src/core/events.js";
import { displayWidth } from "../../src/text/width.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { isPlain, Terminal, withoutColours } from "../oracles/terminal.js";
import { LOGS, MAIN, startProgram } from "../cli/run.js";

const origin = { line: 1, byteOffset: 0 };
const WIDE: Screen = { colorLevel: 0, width: 100, unicode: true };
const EVIDENCE = {
  evidence: "console",
  evaluations: { passed: 0, failed: 0 },
  droppedConsoleLines: 0,
} as const;

const boot = (number: number): RunEvent => ({
  type: "boot-started",
  boot: `b${String(number)}`,
  source: `program${String(number)} on v86`,
  origin,
});
const suite = (name: string): RunEvent => ({ type: "suite-started", boot: "b1", suite: "s", name, origin });
const begin = (name: string): RunEvent => ({ type: "case-started", suite: "s", case: name, name, origin });
const end = (name: string, status: "passed" | "failed" | "skipped"): RunEvent => ({
  type: "case-finished",
  case: name,
  status,
  ...EVIDENCE,
  origin,
});
const START: RunEvent = {
  type: "run-started",
  schema: "uktest-events/1",
  tool: { name: "uktest", version: "0" },
  sources: ["a", "b"],
  policy: { ubsan: "fail" },
};

const stateOf = (events: readonly (readonly [RunEvent, number])[], planned?: number): RunState =>
  events.reduce((state, [event, at]) => afterEvent(state, event, at), freshState(planned));
const say = (state: RunState, now: number, screen: Partial<Screen> = {}): string =>
  statusOf(state, now, { ...WIDE, ...screen }).text.slice(2);

test("it says what is booted, then what ran, what runs, and how long", (t) => {
  const events: (readonly [RunEvent, number])[] = [];
  const after = (event: RunEvent, at: number): RunState => {
    events.push([event, at]);
    return stateOf(events, 6);
  };
  t.is(say(freshState(), 0), "0.0 s");
  t.is(say(freshState(6), 40), "0.0 s  0 of 6");
  after(START, 0);
  t.is(say(after(boot(1), 10), 120), "0.1 s  0 of 6  1/2 program1 on v86");
  after(suite("alpha"), 200);
  t.is(say(after(begin("one"), 200), 1199), "1.1 s  0 of 6  alpha.one");
  t.is(say(stateOf(events, 6), 1200), "1.2 s  0 of 6  alpha.one  slow 1.0 s");
  t.is(say(after(end("one", "passed"), 1300), 1300), "1.3 s  1 passed of 6  1/2 program1 on v86");
  after(begin("two"), 1300);
  after(end("two", "failed"), 1400);
  after(end("three", "skipped"), 1400);
  t.is(say(after(begin("four"), 1500), 1500), "1.5 s  1 passed 1 failed 1 skipped of 6  alpha.four");
  t.is(
    say(stateOf(events, 6), 123_000),
    "2 min 03 s  1 passed 1 failed 1 skipped of 6  alpha.four  slow 2 min 01 s",
  );
  t.is(say(after(boot(2), 1600), 1600).includes("of 6  alpha.four"), true, "a case that never ended runs on");
  t.is(say(stateOf(events), 1600), "1.6 s  1 passed 1 failed 1 skipped  alpha.four");
});

test("the end of another case does not end the one that runs, and a boot begins without one", (t) => {
  const events = [START, boot(1), suite("alpha"), begin("one"), end("zero", "passed")] as const;
  t.regex(say(stateOf(events.map((event) => [event, 0])), 0), /alpha\.one$/);
});

test("it turns, in ASCII where nothing else shows", (t) => {
  const frames = (unicode: boolean): string =>
    [0, 99, 100, 200, 300, 400]
      .map((now) => statusOf(freshState(), now, { ...WIDE, unicode }).text[0])
      .join("");
  t.is(frames(true), "⠋⠋⠙⠹⠸⠼");
  t.is(frames(false), "||/-\\|");
  const hostile = stateOf([
    [suite("漢字"), 0],
    [begin("ö"), 0],
  ]);
  t.regex(statusOf(hostile, 0, { ...WIDE, unicode: false }).text, /^[\x20-\x7e]*$/);
});

test("it stays narrower than its screen, whatever the names; the marker of a slow case stays", (t) => {
  for (const name of ["x".repeat(500), "漢字".repeat(300), EVERYTHING])
    for (let width = 1; width <= 130; width += 1)
      for (const colorLevel of [0, 2] as const) {
        const state = stateOf(
          [
            [START, 0],
            [suite(name), 0],
            [begin(name), 0],
            [end("y", "failed"), 0],
          ],
          100_000,
        );
        const { text, columns } = statusOf(state, 5000, { colorLevel, width, unicode: true });
        const plain = withoutColours(text);
        t.true(isPlain(plain) && !plain.includes("\n"));
        t.is(displayWidth(plain), columns);
        t.true(columns <= Math.max(0, width - 3));
        if (width >= 60) t.regex(plain, /5\.0 s  1 failed of 100000 .*…  slow 5\.0 s$/);
      }
});

test("it moves on a terminal only, and never in CI", (t) => {
  const tty = { isTTY: true, isFile: false };
  const pipe = { isTTY: false, isFile: false };
  const file = { isTTY: false, isFile: true };
  const on = (stdout: typeof tty, stderr: typeof tty, env: Readonly<Record<string, string>> = {}) =>
    movingStream({ stdout, stderr }, { TERM: "xterm", ...env });
  t.is(on(tty, tty), "stdout");
  t.is(on(tty, file), "stdout");
  t.is(on(file, tty), "stderr");
  for (const [stdout, stderr] of [
    [pipe, tty],
    [file, file],
    [pipe, pipe],
    [file, pipe],
  ] as const)
    t.is(on(stdout, stderr), undefined);
  t.is(on(tty, tty, { CI: "true" }), undefined);
  t.is(on(tty, tty, { CI: "" }), "stdout");
  t.is(on(tty, tty, { CI: "false" }), "stdout");
  t.is(on(tty, tty, { TERM: "dumb" }), undefined);
  t.true(reflowsLines({ TERM: "xterm-256color" }));
  t.true(reflowsLines({ TERM: "screen", TMUX: "/tmp/x,1,0" }));
  for (const env of [{ TERM: "xterm", XTERM_VERSION: "XTerm(379)" }, { TERM: "linux" }, { TERM: "screen" }])
    t.false(reflowsLines(env));
});

/** A screen that draws into a made-up terminal by a clock that the test moves. */
function setUp({ reflows = false, fails = false } = {}) {
  const terminal = new Terminal(60);
  const raw: string[] = [];
  let [now, width] = [0, 60];
  let tick = (): void => undefined;
  let last: (() => void) | undefined;
  let stopped = false;
  const sink: Sink = {
    name: "stdout",
    write: (text) => {
      if (fails) return Promise.reject(new Error("gone"));
      terminal.write(text);
      raw.push(text);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
  const live = new LiveScreen(
    {
      sink,
      screen: () => ({ ...WIDE, width }),
      reflows,
      onExit: (call) => {
        last = call;
        return () => (last = undefined);
      },
    },
    (_everyMs, call) => {
      tick = call;
      return { now: () => now, stop: () => (stopped = true) };
    },
  );
  const pass = (ms: number): void => {
    for (const until = now + ms; now < until;) {
      now += REDRAW_MS;
      tick();
    }
  };
  return {
    ...{ terminal, live, sink, pass, raw },
    narrow: (columns: number) => (width = columns),
    exit: () => last?.(),
    state: () => ({ stopped, listens: last !== undefined }),
  };
}

async function* batches(
  events: readonly RunEvent[],
  between: (at: number) => unknown,
): AsyncGenerator<RunEvent[]> {
  for (const [at, event] of events.entries()) {
    yield [event];
    await between(at);
  }
}

const drain = async (events: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  for await (const event of events) count += event === undefined ? 0 : 1;
  return count;
};

test("while images are built it says how far that is, and leaves the run a screen of its own", async (t) => {
  t.is(
    buildStatus({ program: "ring", done: 3, of: 40 }, 1200, WIDE).text,
    "⠹ 1.2 s  building ring: 3 of 40 files",
  );
  for (const width of [5, 30, 60]) {
    const state = { program: `x\x1b[2J${"漢".repeat(50)}`, done: 1, of: 2 };
    const { text, columns } = buildStatus(state, 0, { ...WIDE, width });
    t.true(isPlain(text) && displayWidth(text) === columns && columns <= width - 3);
  }
  const { live, terminal, sink, pass, state } = setUp();
  const words = live.over(sink);
  const built = await live.building(async (tell) => {
    pass(300);
    t.is(terminal.text(), "", "what was built before is no news");
    tell("ring", 0, 2);
    pass(100);
    t.is(terminal.text(), "⠼ 0.4 s  building ring: 0 of 2 files");
    tell("ring", 1, 2);
    await words.write("built other\n");
    pass(100);
    t.is(terminal.text(), "built other\n⠴ 0.5 s  building ring: 1 of 2 files");
    return "image";
  });
  t.is(built, "image");
  t.is(terminal.text(), "built other\n");
  t.deepEqual(state(), { stopped: true, listens: false });
  await drain(
    live.follow(
      batches([START, boot(1)], () => {
        pass(300);
        t.false(terminal.text().includes("building"));
        t.regex(terminal.text(), /^built other\n. \d/);
      }),
    ),
  );
  await t.throwsAsync(
    live.building((tell) => {
      tell("ring", 0, 2);
      pass(300);
      return Promise.reject(new Error("no compiler"));
    }),
    { message: "no compiler" },
  );
  t.is(terminal.text(), "built other\n");
});

test("text appears above the line, whole lines only, and nothing is left behind", async (t) => {
  const { live, terminal, sink, pass, state } = setUp();
  const report = live.over(sink);
  await report.write("before\n");
  const events = [START, boot(1), suite("alpha"), begin("one")];
  const passed = await drain(
    live.follow(
      batches(events, async (at) => {
        pass(300);
        const line = /^⠸ 0\.3 s/m;
        if (at === 0) t.regex(terminal.text(), line);
        await report.write(`case ${String(at)}\n`);
        await report.write(at === 2 ? "half a " : "");
        if (at === 2) {
          pass(200);
          t.true(terminal.text().endsWith("case 2\nhalf a"), "no line after half a line");
        }
      }),
      4,
    ),
  );
  t.is(passed, 4, "all batches go on");
  t.is(terminal.text(), "before\ncase 0\ncase 1\ncase 2\nhalf a case 3\n");
  t.deepEqual(state(), { stopped: true, listens: false });
  await report.write("after\n");
  t.true(terminal.text().endsWith("case 3\nafter\n"), "a screen without a run adds nothing");
});

test("however much is written, it is drawn ten times a second, and the first times not at all", async (t) => {
  const { live, terminal, sink, pass } = setUp();
  const report = live.over(sink);
  await drain(
    live.follow(
      batches([START], async () => {
        pass(100);
        t.is(terminal.text(), "", "too early");
        pass(100);
        const before = terminal.seen.length;
        for (let n = 0; n < 1000; n += 1) await report.write(`line ${String(n)}\n`);
        t.is(terminal.seen.length, before, "waits for the next time");
        pass(1000);
        // The first of the ten takes the line away, writes the text and draws; the others draw.
        t.true(terminal.seen.length - before <= 12);
        t.regex(terminal.text(), /line 999\n⠹ 1\.2 s$/);
      }),
    ),
  );
});

test("a process that ends in the middle leaves what was written, and no line", async (t) => {
  const { live, terminal, sink, pass, exit, state } = setUp();
  const report = live.over(sink);
  await drain(
    live.follow(
      batches([START], async () => {
        pass(300);
        await report.write("last words\n");
        exit();
        t.is(terminal.text(), "last words\n");
        t.true(state().stopped);
        pass(100);
        t.is(terminal.text(), "last words\n");
      }),
    ),
  );
  const failing = setUp();
  await t.throwsAsync(
    drain(
      failing.live.follow(
        batches([START], () => {
          failing.pass(300);
          throw new Error("no more");
        }),
      ),
    ),
  );
  t.is(failing.terminal.text(), "");
});

test("a window that became narrower has the line on several rows", async (t) => {
  for (const reflows of [true, false]) {
    const { live, pass, narrow, raw } = setUp({ reflows });
    await drain(
      live.follow(
        batches([START, suite("alpha"), begin("x".repeat(200))], (at) => {
          pass(300);
          if (at === 2) narrow(20);
        }),
      ),
    );
    // 57 columns are three rows of 20, and the cursor is on the last.
    t.is(raw.at(-1), reflows ? "\r\x1b[2A\x1b[J" : "\r\x1b[J");
  }
});

test("a terminal that has gone fails the report that writes there", async (t) => {
  const { live, sink, pass } = setUp({ fails: true });
  const report = live.over(sink);
  await drain(
    live.follow(
      batches([START], async () => {
        pass(300);
        await report.write("a\n");
        pass(100);
        await Promise.resolve();
        await t.throwsAsync(report.write("b\n"), { message: "gone" });
      }),
    ),
  );
  await t.throwsAsync(report.close(), { message: "gone" });
});

const SUITE = `#include <uk/test.h>
UK_TESTCASE(ring_testsuite, one) { UK_TEST_EXPECT(1); }
uk_testsuite_register(ring_testsuite, NULL);
`;

/** The command on a terminal of its own, 70 columns wide; what it wrote there. */
async function onTerminal(
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
) {
  // The second half comes late enough for the line to be drawn: a terminal cannot be told to wait.
  const feed = `{ cat one.log; sleep 3; cat two.log; }`;
  const command = `stty cols 70 rows 24; ${feed} | '${process.execPath}' '${MAIN}' report - ${args.join(" ")}`;
  const path = mkdtempSync(join(tmpdir(), "uktest-tty-"));
  try {
    const half = input.indexOf("\n", input.length / 2) + 1;
    writeFileSync(join(path, "one.log"), input.slice(0, half));
    writeFileSync(join(path, "two.log"), input.slice(half));
    const settings = { cwd: path, env: { TERM: "xterm", CI: "", ...env } };
    const { stdout, code } = await startProgram("script", ["-qec", command, "/dev/null"], settings).end;
    return { raw: stdout.replaceAll("\r\n", "\n"), code };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

test.serial("on a real terminal the line comes and goes; in CI nothing is ever drawn", async (t) => {
  const log = readFileSync(join(LOGS, "slide-vfscore.log"), "latin1");
  const args = ["--color", "never"];
  const [live, quiet] = await Promise.all([onTerminal(args, log), onTerminal(args, log, { CI: "true" })]);
  t.false(quiet.raw.includes("\x1b"));
  const terminal = new Terminal(70);
  terminal.write(live.raw);
  t.is(terminal.text(), quiet.raw.replaceAll(/ +$/gm, ""));
  t.regex(live.raw, /\r\x1b\[J[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏|/\\-] \d+\.\d s {2}/);
  t.is(live.code, quiet.code);
});

test.serial("on a real terminal a run says what it builds, and in CI it does not", async (t) => {
  const path = mkdtempSync(join(tmpdir(), "uktest-tty-"));
  t.teardown(() => {
    rmSync(path, { recursive: true, force: true });
  });
  writeFileSync(join(path, "ring.c"), SUITE);
  writeFileSync(join(path, "uktest.config.json"), '{ "suites": { "ring": { "sources": ["ring.c"] } } }');
  const run = async (env: Readonly<Record<string, string>>): Promise<string> => {
    rmSync(join(path, ".uktest"), { recursive: true, force: true });
    const command = `stty cols 70 rows 24; '${process.execPath}' '${MAIN}' run -m v86 --color never`;
    const settings = { cwd: path, env: { TERM: "xterm", CI: "", ...env } };
    const { stdout, code } = await startProgram("script", ["-qec", command, "/dev/null"], settings).end;
    t.is(code, 0, stdout);
    return stdout.replaceAll("\r\n", "\n");
  };
  const live = await run({});
  t.regex(live, /\d+\.\d s {2}building ring: \d+ of \d+ files/);
  const terminal = new Terminal(70);
  terminal.write(live);
  t.notRegex(terminal.text(), /building/);
  t.regex(terminal.text(), /built ring for i386/);
  t.false((await run({ CI: "true" })).includes("\x1b"));
});
