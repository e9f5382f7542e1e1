/**
 * The search backwards, on guests that are made up: what it finds is compared with all that there is to find.
 */
import test from "ava";
import { goToHit, isWatchpoint, lastBefore, type Past } from "../../runner/debug/reverse.js";
import { debugConsole } from "../../src/debug/console.js";
import { BREAK, type Events, guest, TRAP, WATCH, WATCHED } from "./made-up.js";

function pastOf(events: Events, points: readonly string[], isWatchedAfter: boolean, isAsked = () => false) {
  const made = guest(events);
  const past: Past = { ...made, points: new Set(points), isWatchedAfter, isAsked };
  return { ...made, past };
}

/** A generator of numbers below a bound, the same at each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Some places, half of them where a stretch of the search may end: there is most to be done wrong. */
const some = (count: number, next: (below: number) => number, length: number): Set<number> =>
  new Set(
    Array.from({ length: count }, () => {
      const edge = length - ([0, 1000, 9000, 73_000][next(4)] ?? 0) + next(3) - 1;
      return next(2) === 0 && edge >= 1 && edge <= length ? edge : 1 + next(length);
    }),
  );

/** The last place that is to be found, by looking at each. */
function expected({ breaks, accesses }: Events, now: number, points: readonly string[], isAfter: boolean) {
  const places = [
    ...(points.includes(BREAK) ? [...breaks].filter((at) => at < now) : []),
    ...(points.includes(WATCH)
      ? [...accesses].filter((at) => at <= now).map((at) => (isAfter ? at : at - 1))
      : []),
  ];
  return places.length === 0 ? "nothing" : Math.max(...places);
}

test("it finds the last of all, wherever and however many they are", async (t) => {
  const next = numbers(1);
  for (let round = 0; round < 300; round += 1) {
    const length = 1 + next(3000) * (1 + next(100));
    const events = {
      length,
      breaks: some(next(4) === 0 ? next(300) : next(4), next, length),
      accesses: some(next(4) === 0 ? next(300) : next(4), next, length),
    };
    const points = [[BREAK], [WATCH], [BREAK, WATCH]][next(3)] ?? [];
    const isAfter = next(2) === 0;
    const { past, isWrong, set } = pastOf(events, points, isAfter);
    const found = await lastBefore(past, length);
    const place = typeof found === "string" ? found : found.icount;
    t.is(place, expected(events, length, points, isAfter), JSON.stringify([round, length, points, isAfter]));
    t.false(isWrong(), "an access at the end of a stretch, or a breakpoint on the way");
    t.is(set.size, 0, "nothing stays set");
  }
});

test("what is hit all the time is not looked at one by one", async (t) => {
  const length = 1_000_000;
  const busy = new Set(Array.from({ length: 400_000 }, (_, at) => 100_000 + at));
  const { past, asks } = pastOf({ length, breaks: busy, accesses: new Set() }, [BREAK], false);
  const found = await lastBefore(past, length);
  t.is(typeof found === "string" ? found : found.icount, 499_999);
  t.true(asks() < 20_000, String(asks()));
});

test("an instruction that raises an exception is stood in front of, and not in the handler", async (t) => {
  const none = new Set<number>();
  for (const raised of [new Set([500]), none]) {
    const events = { length: 900, breaks: new Set([500]), accesses: none, raised };
    const { past, timeline, asks } = pastOf(events, [BREAK], false);
    const found = await lastBefore(past, 900);
    if (typeof found === "string") return t.fail(found);
    const asked = asks();
    await goToHit(past, found);
    t.is(await timeline.now(), 500);
    t.is(await past.pc(), 0x1000);
    t.is(asks() - asked, raised.size, "no step where none is needed");
  }
  // What a watchpoint has stopped is no breakpoint's place, and a stub may not say where it is.
  const events = { length: 900, breaks: none, accesses: new Set([500]), raised: new Set([499]) };
  const { past, asks } = pastOf(events, [WATCH], false);
  const asked = asks();
  await goToHit(past, { icount: 499, reply: WATCHED });
  await goToHit({ ...past, pc: () => Promise.resolve(undefined) }, { icount: 499, reply: TRAP });
  t.is(asks(), asked);
});

test("an emulator that stops in front of an access for ever is led over it", async (t) => {
  const accesses = new Set([500]);
  const events = { length: 900, breaks: new Set<number>(), accesses, stuck: accesses };
  const { past, asks } = pastOf(events, [WATCH], false);
  const found = await lastBefore(past, 900);
  t.is(typeof found === "string" ? found : found.icount, 499);
  t.true(asks() < 30, String(asks()));
});

test("Ctrl-C while the guest runs ends the search, and nothing stays set", async (t) => {
  // It is asked before each way and after each run.
  let left = 4;
  const isAsked = (): boolean => (left -= 1) < 0;
  const events = { length: 1_000_000, breaks: new Set<number>(), accesses: new Set<number>() };
  const { past, set } = pastOf(events, [BREAK, WATCH], false, isAsked);
  t.is(await lastBefore(past, 1_000_000), "interrupted");
  t.is(set.size, 0);
});

test("watchpoints are distinguished from breakpoints", (t) => {
  t.deepEqual(["0,1,1", "1,1,1", "2,1,4", "3,1,4", "4,1,4"].map(isWatchpoint), [
    false,
    false,
    true,
    true,
    true,
  ]);
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();

test("a console that is replayed is passed over up to where it is new", (t) => {
  const console = debugConsole();
  t.is(textOf([console.take(bytes("one\ntwo\n"))]), "one\ntwo\n");
  console.rewound(0);
  t.is(textOf(console.text()), "");
  t.is(textOf([console.take(bytes("one\n"))]), "");
  t.is(textOf(console.text()), "one\n");
  t.is(console.bytes(), 4);
  t.is(textOf([console.take(bytes("two\nthree\n"))]), "three\n");
  t.is(textOf(console.text()), "one\ntwo\nthree\n");
  console.rewound(6);
  t.is(textOf(console.text()), "one\ntw");
  t.is(textOf([console.take(bytes("o\nthree\nfour"))]), "four");
});

test("a console that is too long is not read again", (t) => {
  const console = debugConsole();
  for (let at = 0; at < 9; at += 1) t.is(console.take(new Uint8Array(1 << 20)).length, 1 << 20);
  t.deepEqual(console.text(), []);
  t.is(console.bytes(), 9 << 20);
});
