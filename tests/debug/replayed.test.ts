/** What a debugger hears of a replay, packet by packet, and how the replay gets to places in its time. The emulator is played. */
import { duplexPair } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { type Asking, openAsking } from "../../runner/debug/asking.js";
import { openChannel } from "../../runner/debug/channel.js";
import { type ReplayOrder, replayedStub } from "../../runner/debug/replayed-stub.js";
import { timelineOf } from "../../runner/debug/timeline.js";
import type { History } from "../../runner/machine.js";
import { atEndOfLog, stoppedBy } from "../../src/rsp/packets.js";
import { until } from "../runner/processes.js";
import { BREAK, type Events, guest, TRAP, WATCH, WATCHED } from "./made-up.js";

const NONE: ReadonlySet<number> = new Set();
const PRINTING = { settled: () => Promise.resolve(0), rewound: () => undefined };

interface Emulated {
  readonly debug: Asking;
  /** Packets with output, for the debugger. */
  readonly output: string[];
  /** What the user hears of. */
  readonly complaints: unknown[];
  readonly isAtEnd: () => boolean;
  readonly now: () => Promise<number | undefined>;
  /** Says something in the name of the emulator. */
  readonly say: (packet: string) => void;
  readonly isInterrupted: () => boolean;
}

/** A debugger at a replay that stands at its end. */
function emulated(t: ExecutionContext, events: Partial<Events>, order: Partial<ReplayOrder> = {}): Emulated {
  const made = guest({ length: 900, breaks: NONE, accesses: NONE, ...events });
  const [theirs, ours] = duplexPair();
  const complaints: unknown[] = [];
  const output: string[] = [];
  let isInterrupted = false;
  const answer = async (packet: string): Promise<string> => {
    if (/^[csZz]/.test(packet)) return made.stub.ask(packet);
    if (packet.startsWith("qSupported")) return "PacketSize=1000";
    if (!packet.startsWith("p")) return "";
    const pc = Buffer.alloc(8);
    pc.writeUInt32LE(await made.pc());
    return packet === "p10" ? pc.toString("hex") : "";
  };
  const emulator = openChannel(ours, {
    packet: (packet) => void answer(packet).then(emulator.send),
    interrupt: () => (isInterrupted = true),
    closed: () => undefined,
  });
  const history: History = {
    ...made.history,
    goTo: async (icount) => {
      await made.history.goTo(icount);
      emulator.send(stoppedBy(2));
      return true;
    },
  };
  const { stub, isAtEnd } = replayedStub({
    ...{ stub: theirs, history, last: 900, architecture: "x86_64", printing: PRINTING },
    failed: (why) => complaints.push(why),
    ...order,
  });
  const debug = openAsking(stub, (packet) => output.push(packet));
  t.teardown(debug.close);
  return {
    ...{ debug, output, complaints, isAtEnd, say: emulator.send, now: made.history.now },
    isInterrupted: () => isInterrupted,
  };
}

test("a replay says that it goes back, and else what its stub says", async (t) => {
  const { debug, say, output } = emulated(t, {});
  t.is(await debug.ask("qSupported:x"), "PacketSize=1000;ReverseStep+;ReverseContinue+");
  say("O6869");
  t.is(await debug.ask("qC"), "");
  t.deepEqual(output, ["O6869"], "what the emulator's monitor prints is no answer");
});

test("back to a breakpoint, to the beginning, and forwards to the end", async (t) => {
  const { debug, now, isAtEnd } = emulated(t, { breaks: new Set([300]), raised: new Set([300]) });
  t.is(await debug.ask(`Z${BREAK}`), "OK");
  t.is(await debug.ask("bc"), TRAP);
  t.is(await now(), 300);
  t.is(await debug.ask("bs"), TRAP);
  t.is(await now(), 299);
  t.is(await debug.ask("bc"), atEndOfLog("begin"));
  t.is(await now(), 0);
  for (const packet of ["bc", "bs"]) t.is(await debug.ask(packet), atEndOfLog("begin"));
  t.is(await debug.ask("c"), TRAP);
  t.is(await now(), 300);
  t.false(isAtEnd());
  t.is(await debug.ask(`z${BREAK}`), "OK");
  t.is(await debug.ask("c"), atEndOfLog("end"));
  t.true(isAtEnd());
  t.is(await debug.ask("c"), atEndOfLog("end"), "there is no more of it");
  t.is(await debug.ask("bs"), TRAP);
  t.false(isAtEnd());
});

test("a step back over a write is a stop of its watchpoint, any other one is none", async (t) => {
  const { debug, now } = emulated(t, { accesses: new Set([900]) });
  t.is(await debug.ask(`Z${WATCH}`), "OK");
  t.is(await debug.ask("bs"), WATCHED);
  t.is(await now(), 899);
  t.is(await debug.ask("bs"), TRAP);
  t.is(await now(), 898);
});

test("a stop that came by itself on the way forwards is none of an end", async (t) => {
  const { debug } = emulated(t, {}, { last: 5000 });
  t.is(await debug.ask("bs"), TRAP);
  t.is(await debug.ask("c"), atEndOfLog("end"));
  const early = emulated(t, {}, { history: { ...guestHistory(10), stopAt: () => Promise.resolve(true) } });
  t.is(await early.debug.ask("c"), stoppedBy(2), "as after Ctrl-C");
});

/** A history in which nothing moves. */
const guestHistory = (now: number): History => ({
  now: () => Promise.resolve(now),
  stopAt: () => Promise.resolve(true),
  goTo: () => Promise.resolve(true),
  keep: () => Promise.resolve(true),
});

test("an emulator that cannot go back is an error for the debugger, and a complaint for the user", async (t) => {
  const { debug, complaints } = emulated(
    t,
    {},
    { history: { ...guestHistory(900), goTo: () => Promise.resolve(false) } },
  );
  t.is(await debug.ask("bs"), "E22");
  t.regex(String(complaints[0]), /the emulator cannot go back in its recording/);
});

test("Ctrl-C reaches the emulator", async (t) => {
  const one = emulated(t, {});
  one.debug.interrupt();
  t.true(await until(one.isInterrupted));
});

test("a stop that nobody has waited for is the answer to the next one who does", async (t) => {
  const [theirs, ours] = duplexPair();
  const emulator = openChannel(ours, { packet: () => undefined, closed: () => undefined });
  const asking = openAsking(theirs, () => undefined);
  emulator.send("T05");
  emulator.send("T02");
  await new Promise((resolve) => setTimeout(resolve, 20));
  t.is(await asking.stop(), "T05");
  t.is(await asking.stop(), "T02");
});

/** A replay whose emulator does as it is told to, with what it was asked for. */
function timed(own: Partial<History> = {}) {
  let now = 0;
  const asked: string[] = [];
  const rewound: number[] = [];
  const history: History = {
    now: () => Promise.resolve(now),
    stopAt: () => Promise.resolve(true),
    goTo: (icount) => {
      asked.push(`goto ${String(icount)}`);
      now = icount;
      return Promise.resolve(true);
    },
    keep: (name) => {
      asked.push(`keep ${name} at ${String(now)}`);
      return Promise.resolve(true);
    },
    ...own,
  };
  const stub = {
    ask: () => Promise.resolve("OK"),
    stop: () => Promise.resolve(stoppedBy(2)),
    interrupt: () => undefined,
    close: () => undefined,
  };
  const printing = {
    settled: () => Promise.resolve(now / 1000),
    rewound: (at: number) => void rewound.push(at),
  };
  return { ...{ asked, rewound }, timeline: timelineOf(stub, history, printing) };
}

const never = (): boolean => false;

test("a way that is long keeps a state in front of its end, and the next one begins there", async (t) => {
  const { timeline, asked, rewound } = timed();
  t.true(await timeline.goTo(1_000_000, never));
  t.deepEqual(asked.splice(0), ["goto 950000", "keep uktest-1 at 950000", "goto 1000000"]);
  t.true(await timeline.goTo(990_000, never));
  t.deepEqual(asked.splice(0), ["goto 990000"], "it is near to a state");
  t.deepEqual(rewound, [950], "the console begins again where that was kept");
  t.true(await timeline.goTo(990_000, never));
  t.deepEqual(asked.splice(0), [], "it is there");
  t.true(await timeline.goTo(400_000, never));
  t.true(await timeline.goTo(960_000, never));
  t.deepEqual(asked.splice(0), ["goto 350000", "keep uktest-2 at 350000", "goto 400000", "goto 960000"]);
  t.deepEqual(rewound, [950, 0, 950], "the nearest state counts");
  await timeline.keep();
  t.deepEqual(asked, []);
});

test("a state that cannot be kept makes ways longer, and no more", async (t) => {
  const { timeline, asked } = timed({ keep: () => Promise.resolve(false) });
  t.true(await timeline.goTo(1_000_000, never));
  t.true(await timeline.goTo(900_000, never));
  t.deepEqual(asked, ["goto 950000", "goto 1000000", "goto 850000", "goto 900000"]);
});

test("an interrupt ends a way, and one that came too late is only tried again", async (t) => {
  let left = 1;
  let now = 0;
  const late = timed({
    now: () => Promise.resolve(now),
    goTo: (icount) => {
      now = (left -= 1) >= 0 ? icount - 1 : icount;
      return Promise.resolve(true);
    },
  });
  t.true(await late.timeline.goTo(100, never));
  t.is(now, 100);
  const lost = timed({ now: () => Promise.resolve(7), goTo: () => Promise.resolve(true) });
  t.false(await lost.timeline.goTo(100, never), "nor is it tried for ever");
  const asked = timed();
  t.false(await asked.timeline.goTo(1_000_000, () => true));
  t.deepEqual(asked.asked, []);
});

test("what an emulator refuses is one error", async (t) => {
  const refused = { message: "the emulator cannot go back in its recording" };
  await t.throwsAsync(timed({ now: () => Promise.resolve(undefined) }).timeline.now(), refused);
  await t.throwsAsync(timed({ stopAt: () => Promise.resolve(false) }).timeline.stopAt(3), refused);
  await t.throwsAsync(timed({ goTo: () => Promise.resolve(false) }).timeline.goTo(3, never), refused);
});
