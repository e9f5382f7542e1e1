/**
 * Limits of time over a machine that is made up: which of them fires, and how soon.
 */
import test from "ava";
import type { Boot } from "../../runner/machine.js";
import { registersOf, sleepsForEver } from "../../runner/qemu/registers.js";
import { DEFAULT_LIMITS, type Ended, NO_CASES, type Running, watch } from "../../runner/watch.js";

/** A guest that says some chunks and then nothing until it is stopped. */
function quietBoot(chunks: readonly string[], more: Partial<Boot> = {}): Boot {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return {
    output: (async function* () {
      for (const text of chunks) yield await Promise.resolve(Buffer.from(text));
      await stopped;
    })(),
    end: stopped.then(() => ({ kind: "ended", how: "unknown", detail: "stopped" })),
    stop,
    inspect: () => Promise.resolve({ registers: [], read: () => Promise.resolve(undefined) }),
    waitedMs: () => 0,
    release: () => undefined,
    ...more,
  };
}

async function endOf(boot: Boot, running: (chunk: string) => Running | undefined): Promise<Ended> {
  let last = "";
  const bytes = watch(boot, DEFAULT_LIMITS, { ...NO_CASES, running: () => running(last) });
  for (;;) {
    const next = await bytes.next();
    if (next.done === true) return next.value;
    last = Buffer.from(next.value).toString();
  }
}

test("the limit of a case counts, also when it comes after the beginning", async (t) => {
  const { end } = await endOf(quietBoot(["begins", "limit"]), (chunk) => ({
    id: "c1",
    name: "a.x",
    ...(chunk === "limit" && { limitMs: 50 }),
  }));
  t.deepEqual(end, { kind: "timed-out", detail: "stopped after 0.05 s, the limit of this case," });
});

test("a guest that has said its last is not waited for, unless it speaks on", async (t) => {
  let last = "";
  const watcher = { ...NO_CASES, isOver: () => last === "bye" };
  const told: string[] = [];
  const bytes = watch(quietBoot(["word", "bye", "more", "bye"]), DEFAULT_LIMITS, watcher);
  for (;;) {
    const next = await bytes.next();
    if (next.done === true) {
      t.like(next.value.end, { kind: "ended", how: "unknown" });
      break;
    }
    last = Buffer.from(next.value).toString();
    told.push(last);
  }
  t.deepEqual(told, ["word", "bye", "more", "bye"]);
});

test("a guest that has said its last has as long to end its machine as is given", async (t) => {
  const bye: Partial<Boot> = {
    output: (async function* () {
      yield await Promise.resolve(Buffer.from("bye"));
      await new Promise((resolve) => setTimeout(resolve, 60));
    })(),
    end: Promise.resolve({ kind: "ended", how: "normal", detail: "by itself" }),
  };
  const watcher = { ...NO_CASES, isOver: () => true };
  const bytes = watch(quietBoot([], bye), { ...DEFAULT_LIMITS, lastMs: 5000 }, watcher);
  for (;;) {
    const next = await bytes.next();
    if (next.done !== true) continue;
    t.is(next.value.end.detail, "by itself");
    break;
  }
});

test("a guest that prints its crash without end is looked into and stopped", async (t) => {
  let chunks = 0;
  const endless: Partial<Boot> = {
    output: (async function* () {
      for (let at = 0; at < 1000; at += 1) yield await Promise.resolve(Buffer.from(String((chunks = at))));
    })(),
    inspect: () =>
      Promise.resolve({ registers: [{ name: "RIP", value: "10" }], read: () => Promise.resolve(undefined) }),
  };
  let stops = 0;
  const boot = quietBoot([], endless);
  const stop = (): void => {
    stops += 1;
    boot.stop();
  };
  const counted = { ...boot, stop };
  const bytes = watch(counted, DEFAULT_LIMITS, { ...NO_CASES, isEndless: () => chunks >= 3 });
  for (;;) {
    const next = await bytes.next();
    if (next.done !== true) continue;
    t.like(next.value.end, { kind: "ended", how: "unknown", detail: "stopped in an endless crash screen" });
    t.is(next.value.inside?.registers[0]?.name, "RIP");
    break;
  }
  t.true(stops > 0);
});

test("a guest that sleeps for ever is not waited for; one that may wake up is", async (t) => {
  let looks = 0;
  const sleepsAtLast = (): Promise<boolean> => Promise.resolve((looks += 1) === 3);
  const { end } = await endOf(quietBoot(["word"], { sleepsForEver: sleepsAtLast }), () => undefined);
  t.like(end, { kind: "ended", how: "unknown", cause: "halt" });
  t.is(looks, 3);
});

test("a processor sleeps for ever when it has halted with interrupts off", (t) => {
  const text = (flags: string, halted: number): string =>
    `EAX=00000001 EBX=00000000\nEIP=00101234 EFL=${flags} [-------] CPL=0 II=0 A20=1 SMM=0 HLT=${String(halted)}\n`;
  t.true(sleepsForEver(text("00000002", 1)));
  t.false(sleepsForEver(text("00000202", 1)), "an interrupt wakes it");
  t.false(sleepsForEver(text("00000002", 0)), "it runs");
  t.false(sleepsForEver("PC=0000000040200000 PSTATE=600003c5 -ZC- EL1h\n"), "arm64 does not tell");
  t.true(sleepsForEver(text("00000002", 1).replace("EFL", "RFL")));
  t.true(registersOf(text("00000002", 1)).some(({ name }) => name === "EIP"));
});

test("a limit that the project knows counts for its case; the case's own counts before it", async (t) => {
  const limits = {
    ...DEFAULT_LIMITS,
    caseMs: 40,
    caseMsOf: (name: string) => (name === "a.x" ? 20 : undefined),
  };
  const rows = [
    ["a.x", undefined, "stopped after 0.02 s, the limit of this case,"],
    ["a.x", 30, "stopped after 0.03 s, the limit of this case,"],
    ["a.y", undefined, "stopped after 0.04 s, the limit of a case,"],
  ] as const;
  for (const [name, limitMs, detail] of rows) {
    const running = () => ({ id: "c1", name, ...(limitMs !== undefined && { limitMs }) });
    const bytes = watch(quietBoot(["begins"]), limits, { ...NO_CASES, running });
    let next = await bytes.next();
    while (next.done !== true) next = await bytes.next();
    t.deepEqual(next.value.end, { kind: "timed-out", detail });
  }
});
