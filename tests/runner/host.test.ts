/**
 * Time and memory of the host: a limit gives back what the host took, files without a name hold what was written.
 */
import { readSync } from "node:fs";
import test from "ava";
import { Deadline } from "../../runner/deadline.js";
import { after, stopwatch } from "../../runner/host/clock.js";
import { cpuWaitMs, waitedOf } from "../../runner/host/cpu-wait.js";
import { guestMemory, anonymousCopy } from "../../runner/files/anonymous-file.js";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Fired {
  readonly afterMs: number;
  /** How often the limit asked what the guest had to wait. */
  readonly asked: number;
}

/** A limit whose guest has waited so long each time somebody asks. */
const fires = (limitMs: number, waited: (nth: number) => number): Promise<Fired> =>
  new Promise((resolve) => {
    const start = performance.now();
    let asked = 0;
    new Deadline(
      limitMs,
      () => waited(asked++),
      () => resolve({ afterMs: performance.now() - start, asked }),
    );
  });

test("a limit fires after its time when the host took nothing", async (t) => {
  const { afterMs, asked } = await fires(20, () => 500);
  t.true(afterMs >= 18, String(afterMs));
  t.is(asked, 2);
});

test("what the host took is given back, once", async (t) => {
  const { afterMs, asked } = await fires(20, (nth) => (nth === 0 ? 0 : 30));
  t.true(afterMs >= 47, String(afterMs));
  t.is(asked, 3);
  t.is((await fires(40, (nth) => nth)).asked, 2, "next to nothing is nothing");
});

test("a guest does not get more than ten times its limit", async (t) => {
  const { afterMs, asked } = await fires(10, (nth) => nth * 40);
  t.true(afterMs >= 105, String(afterMs));
  // 40, 40 and the 20 that are left.
  t.is(asked, 5);
});

test("a limit starts again, and ends", async (t) => {
  let fired = 0;
  const deadline = new Deadline(
    40,
    () => 0,
    () => (fired += 1),
  );
  for (let nth = 0; nth < 4; nth += 1) {
    await pause(5);
    deadline.restart();
  }
  deadline.clear();
  await pause(60);
  t.is(fired, 0);
});

test("a limit that starts again has given nothing back yet", async (t) => {
  let waited = 0;
  let asked = 0;
  const fired = await new Promise<number>((resolve) => {
    const start = performance.now();
    const deadline = new Deadline(
      15,
      () => {
        asked += 1;
        if (asked === 2) {
          // After the first limit the guest is given 100 ms, and speaks at once.
          waited += 100;
          setTimeout(() => deadline.restart(), 1);
        }
        return waited;
      },
      () => resolve(performance.now() - start),
    );
  });
  t.true(fired >= 28, String(fired));
  t.is(asked, 3);
});

test("what threads waited, from the words of the kernel", (t) => {
  t.is(waitedOf("123456 2500000 17\n"), 2.5);
  t.is(waitedOf(""), 0);
  t.true(Number.isNaN(waitedOf("1 x 2")));
  t.true(cpuWaitMs(process.pid) >= 0);
  t.is(cpuWaitMs(2 ** 30), 0, "no such process");
});

test("a stopwatch, and something later", async (t) => {
  const elapsedMs = stopwatch();
  const order: string[] = [];
  const cancel = after(1, () => order.push("never"));
  cancel();
  await new Promise<void>((resolve) => {
    after(5, () => {
      order.push("then");
      resolve();
    });
  });
  t.deepEqual(order, ["then"]);
  t.true(elapsedMs() >= 4);
});

test("memory without a name is empty, has bounds, and can be closed twice", (t) => {
  const memory = guestMemory(8192);
  if (memory === undefined) return void t.not(process.platform, "linux");
  t.is(memory.bytes, 8192);
  t.deepEqual(memory.read(8188, 4), new Uint8Array(4));
  t.is(memory.read(0, 8192)?.length, 8192);
  for (const [offset, length] of [
    [8190, 4],
    [-1, 2],
    [0, -1],
    [0.5, 1],
    [2 ** 60, 1],
    [8193, 0],
  ] as const)
    t.is(memory.read(offset, length), undefined, `${String(offset)} ${String(length)}`);
  memory.close();
  memory.close();
  t.is(memory.read(0, 1), undefined);
});

test("more memory than any host has is refused", (t) => {
  t.is(guestMemory(2 ** 52), undefined);
});

test("a copy without a name holds its content", (t) => {
  const content = Buffer.from("some image");
  const file = anonymousCopy(content);
  if (file === undefined) return void t.not(process.platform, "linux");
  const back = Buffer.alloc(20);
  t.is(readSync(file, back, 0, 20, 0), content.length);
  t.deepEqual(back.subarray(0, content.length), content);
});
