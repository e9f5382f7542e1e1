/** A QEMU that is started before anybody knows what it shall boot: taken where it fits, gone where it does not. */
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { KIT_BOARD, KIT_DEVICES } from "../../runner/qemu/pc.js";
import { bootQemu, type QemuGuest } from "../../runner/qemu.js";
import { expectGuest, expectNothing, type QemuShape } from "../../runner/qemu/process.js";
import { readPlan } from "../../src/image/plan.js";
import { selectInImage } from "../../src/image/select.js";
import { scratch } from "../cli/run.js";
import { ROOT, runKit } from "./kit.js";
import { childrenOf, isAlive, until } from "./processes.js";

const SHAPE: QemuShape = {
  binary: "qemu-system-x86_64",
  board: KIT_BOARD,
  arguments: [...KIT_DEVICES, "-accel", "tcg", "-cpu", "max"],
  memoryMiB: 64,
};
const IMAGE = join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf");
const NORMAL = 33;

const order = (change: Partial<QemuGuest> = {}): QemuGuest => ({
  ...SHAPE,
  image: { path: IMAGE },
  commandLine: [],
  memoryBase: 0,
  ends: new Map([[NORMAL, "normal"]]),
  ...change,
});

/** Boots to the end; the console and how it ended. */
async function booted(guest: QemuGuest): Promise<readonly [string, string]> {
  const boot = bootQemu(guest);
  const said: Buffer[] = [];
  for await (const chunk of boot.output) said.push(Buffer.from(chunk));
  const end = await boot.end;
  boot.release();
  return [Buffer.concat(said).toString("latin1"), end.kind === "ended" ? end.how : end.kind];
}

/** Those of ours that are loaded: what looks for them is a child too. */
const emulators = (): readonly number[] =>
  childrenOf(process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${String(pid)}/comm`, "utf8").startsWith("qemu");
    } catch {
      return false;
    }
  });

test.before(async (t) => {
  t.is((await runKit("ukargparse", "-m", "qemu-x86_64")).code, 0);
});

test.afterEach.always(expectNothing);

test.serial("it boots what it is told, and nobody starts another one", async (t) => {
  expectGuest(SHAPE);
  expectGuest(SHAPE);
  t.true(await until(() => emulators().length === 1), "one waits");
  const [waiting = 0] = emulators();
  const booting = booted(order({ commandLine: ["uktest.only=ukargparse_words_testsuite"] }));
  t.true(emulators().every((pid) => pid === waiting));
  const [console, how] = await booting;
  t.is(how, "normal");
  t.regex(console, /uktest:end cases=6 failed=0/);
  t.true(await until(() => !isAlive(waiting)));
});

test.serial("it boots an image that stands on no disk", async (t) => {
  const content = readFileSync(IMAGE);
  const [suite] = readPlan(IMAGE).suites;
  const only = suite?.cases.slice(0, 1).map(({ name }) => name) ?? [];
  const image = selectInImage({ name: IMAGE, content }, new Map([[suite?.name ?? "", only]]));
  expectGuest(SHAPE);
  t.true(await until(() => emulators().length === 1));
  const [waiting = 0] = emulators();
  const booting = booted(order({ image: { path: "on no disk", content: image } }));
  t.true(emulators().every((pid) => pid === waiting));
  const [console, how] = await booting;
  t.is(how, "normal");
  t.regex(console, /uktest:end cases=1 failed=0/);
});

test.serial(
  "whatever it cannot be told, or is of another kind, is booted by another one, and it ends",
  async (t) => {
    const { path } = scratch(t);
    const quoted = join(path, 'a "quoted" name.elf');
    symlinkSync(IMAGE, quoted);
    const others: Readonly<Record<string, Partial<QemuGuest>>> = {
      "more memory": { memoryMiB: 96 },
      "another device": { arguments: [...SHAPE.arguments, "-smp", "1"] },
      "a name with quotation marks": { image: { path: quoted } },
      "a command line with quotation marks": { commandLine: ['x="y"'] },
    };
    for (const [what, change] of Object.entries(others)) {
      expectGuest(SHAPE);
      t.true(await until(() => emulators().length === 1), what);
      const [waiting = 0] = emulators();
      const [console, how] = await booted(order(change));
      t.is(how, "normal", what);
      t.regex(console, /uktest:end cases=10 failed=0/, what);
      t.true(await until(() => !isAlive(waiting)), `${what}: it ended`);
    }
  },
);

test.serial("one that was killed while it waited is not asked any more", async (t) => {
  expectGuest(SHAPE);
  t.true(await until(() => emulators().length === 1));
  const [waiting = 0] = emulators();
  process.kill(waiting, "SIGKILL");
  // Node hears of it a little later than others see it.
  t.true(await until(() => !isAlive(waiting)));
  t.is((await booted(order()))[1], "normal");
});

test.serial("it ends when another kind is expected, and when nothing is", async (t) => {
  expectGuest(SHAPE);
  t.true(await until(() => emulators().length === 1));
  const [first = 0] = emulators();
  expectGuest({ ...SHAPE, memoryMiB: 96 });
  t.true(await until(() => !isAlive(first)));
  t.is(emulators().length, 1);
  expectNothing();
  t.true(await until(() => emulators().length === 0));
});
