/**
 * Boots side by side, told one after the other: the oldest live, the others whole and in order.
 */
import test from "ava";
import { type Emit, type Job, runSideBySide } from "../../src/run/boots/side-by-side.js";
import type { RunEvent } from "../../src/core/events.js";

const event = (message: string): RunEvent => ({ type: "problem", code: "no-end", grade: "note", message });
const wordOf = (one: RunEvent): string => (one.type === "problem" ? one.message : one.type);

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Lets everything happen that waits for nothing outside. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function readAll(lanes: AsyncIterable<readonly RunEvent[]>, into: string[]): Promise<void> {
  for await (const events of lanes) into.push(...events.map(wordOf));
}

const saying =
  (word: string, ...more: readonly Job[]): Job =>
  (emit) => {
    emit([event(word)]);
    return Promise.resolve(more);
  };

test("jobs are told in their order, whichever is over first", async (t) => {
  const gates = [gate(), gate(), gate()];
  const jobs = gates.map(({ opened }, at): Job => async (emit) => {
    emit([event(`${String(at)} begins`)]);
    await opened;
    emit([event(`${String(at)} ends`)]);
    return [];
  });
  const told: string[] = [];
  const done = readAll(
    runSideBySide(jobs, () => 3),
    told,
  );
  await settle();
  t.deepEqual(told, ["0 begins"], "the oldest is told while it runs");
  gates[2]?.open();
  gates[1]?.open();
  await settle();
  t.deepEqual(told, ["0 begins"]);
  gates[0]?.open();
  await done;
  t.deepEqual(told, ["0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends"]);
});

test("what a lane tells while its events are read is not lost", async (t) => {
  let tell: Emit = () => undefined;
  const { opened, open } = gate();
  const job: Job = async (emit) => {
    tell = emit;
    emit([event("first")]);
    await opened;
    return [];
  };
  const told: string[] = [];
  for await (const events of runSideBySide([job], () => 1)) {
    told.push(...events.map(wordOf));
    if (told.length === 1) {
      tell([event("second")]);
      tell([event("third")]);
    }
    if (told.length === 3) open();
  }
  t.deepEqual(told, ["first", "second", "third"]);
});

test("no more than `width` at once, and never fewer while some wait", async (t) => {
  for (const width of [1, 2, 5]) {
    let active = 0;
    let most = 0;
    const jobs = Array.from({ length: 12 }, (): Job => async () => {
      active += 1;
      most = Math.max(most, active);
      await settle();
      active -= 1;
      return [];
    });
    await readAll(
      runSideBySide(jobs, () => width),
      [],
    );
    t.is(most, width);
  }
});

test("what follows from a job comes in front of the waiting ones", async (t) => {
  const told: string[] = [];
  const follow = [saying("1a", saying("1aa")), saying("1b")];
  await readAll(
    runSideBySide([saying("1", ...follow), saying("2"), saying("3")], () => 1),
    told,
  );
  t.deepEqual(told, ["1", "1a", "1aa", "1b", "2", "3"]);
});

test("nothing to do is done at once", async (t) => {
  const told: string[] = [];
  await readAll(
    runSideBySide([], () => 4),
    told,
  );
  t.deepEqual(told, []);
});

test("a job that throws ends the run where its lane is reached", async (t) => {
  const { opened, open } = gate();
  const slow: Job = async (emit) => {
    emit([event("slow begins")]);
    await opened;
    emit([event("slow ends")]);
    return [];
  };
  const broken: Job = (emit) => {
    emit([event("broken begins")]);
    return Promise.reject(new Error("no emulator"));
  };
  const told: string[] = [];
  const done = readAll(
    runSideBySide([slow, broken, saying("never told")], () => 2),
    told,
  );
  await settle();
  t.deepEqual(told, ["slow begins"]);
  open();
  await t.throwsAsync(done, { message: "no emulator" });
  t.deepEqual(told, ["slow begins", "slow ends", "broken begins"]);
});

test("where there is a choice the longest begins first, and all are told in their order", async (t) => {
  const began: string[] = [];
  const taking = (word: string, ms: number | undefined, ...more: readonly Job[]): Job => {
    const job: Job = async (emit) => {
      began.push(word);
      emit([event(word)]);
      await settle();
      return more;
    };
    return Object.assign(job, { expectedMs: () => ms });
  };
  const jobs = (): readonly Job[] => [
    taking("short", 1, taking("short again", 500)),
    taking("long", 900),
    taking("new", undefined),
    taking("middle", 30),
    taking("other middle", 30),
  ];
  const told: string[] = [];
  await readAll(
    runSideBySide(jobs(), () => 2),
    told,
  );
  t.deepEqual(began, ["new", "long", "middle", "other middle", "short", "short again"]);
  t.deepEqual(told, ["short", "long", "new", "middle", "other middle", "short again"]);
  began.length = 0;
  told.length = 0;
  await readAll(
    runSideBySide(jobs(), () => 1),
    told,
  );
  t.deepEqual(began, ["short", "short again", "long", "new", "middle", "other middle"]);
  t.deepEqual(told, began);
});

test("one job is not asked how long it takes, and waits for no width", async (t) => {
  const told: string[] = [];
  const expectedMs = (): number => {
    throw new Error("asked");
  };
  await readAll(
    runSideBySide([Object.assign(saying("1"), { expectedMs })], () => 4),
    told,
  );
  t.deepEqual(told, ["1"]);
});

test("the one that comes next gets ready while others run, and with one at a time nobody does", async (t) => {
  const run = async (width: number, times: readonly number[]): Promise<readonly string[]> => {
    const seen: string[] = [];
    const jobs = times.map((ms, at): Job => {
      const job: Job = async () => {
        seen.push(`${String(at)} starts`);
        await settle();
        return [];
      };
      const prepare = (): void => void seen.push(`${String(at)} gets ready`);
      return Object.assign(job, { prepare, expectedMs: () => ms });
    });
    await readAll(
      runSideBySide(jobs, () => width),
      [],
    );
    return seen;
  };
  const [first, second, third] = await run(2, [3, 1, 2]);
  t.deepEqual([first, second, third], ["0 starts", "2 starts", "1 gets ready"]);
  t.deepEqual(await run(2, [3, 2]), ["0 starts", "1 starts"]);
  t.deepEqual(await run(1, [3, 1]), ["0 starts", "1 starts"]);
});
