/** Which core a word stands for, and which image is believed to be that of a core. The cores are made by one run; no gdb is started. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { DebugArguments } from "../../src/debug/arguments.js";
import { coreFor, type OpenableCore } from "../../src/debug/core.js";
import { scratch, startProgram, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";

interface Kept {
  /** Folder of the cores. */
  readonly folder: string;
  readonly core: string;
  readonly image: string;
  /** Opens a core. */
  readonly open: (path: string, args?: Partial<DebugArguments>) => Promise<OpenableCore>;
  readonly said: string[];
  /** Changes what is noted of the core. */
  readonly note: (change: Readonly<Record<string, unknown>>) => void;
  readonly path: string;
}

const ARGS: DebugArguments = {
  ...{ patterns: [], profile: "", compiler: "gcc", build: false, breaks: [] },
  ...{ gdbWords: [], recordReplay: false, command: [] },
};

async function kept(t: ExecutionContext): Promise<Kept> {
  const { path } = scratch(t);
  const words = ["run", "ukdebug_null_write", "-m", "qemu-x86_64", "--record", path];
  t.is((await uktest(words, { cwd: ROOT })).code, 1);
  const folder = join(path, "run-0001/cores");
  const named = (end: string): string =>
    join(folder, readdirSync(folder).find((name) => name.endsWith(end)) ?? "");
  const said: string[] = [];
  const note = named(".json");
  return {
    ...{ path, folder, said, core: named(".core") },
    image: join(folder, readdirSync(folder).find((name) => !/\.(?:core|json|dbg)$/.test(name)) ?? ""),
    open: (word, args = {}) => coreFor(word, { ...ARGS, ...args }, (line) => said.push(line)),
    note: (change) => {
      const was = JSON.parse(readFileSync(note, "utf8")) as object;
      writeFileSync(note, JSON.stringify({ ...was, ...change }));
    },
  };
}

test.serial(
  "an image of the same build is taken, and one that tells no build only where it is the same",
  async (t) => {
    const { folder, core, image, open, note, path } = await kept(t);
    const own = join(path, "own.elf");
    copyFileSync(image, own);
    const { symbols, what, cases } = await open(core, { image: own });
    t.is(symbols, own);
    t.regex(what, /^ukdebug_null_write\.through_a_pointer: page fault/);
    t.true(cases.some(({ name }) => name === "ukdebug_null_write.through_a_pointer"));
    const bare = join(path, "bare.elf");
    t.is((await startProgram("strip", ["-o", bare, own]).end).code, 0);
    const split = await open(core, { image: bare, symbols: own });
    t.is(split.symbols, own, "the symbols may be in another file");
    t.deepEqual(split.cases, cases);

    const without = join(path, "without.elf");
    const remove = ["--remove-section=.note.gnu.build-id", own, without];
    t.is((await startProgram("objcopy", remove).end).code, 0);
    const none = /without\.elf has no build id, and is not the image that was kept beside /;
    await t.throwsAsync(open(folder.replace(/\/cores$/, ""), { image: without }), { message: none });
    note({ buildId: undefined });
    await t.throwsAsync(open(core, { image: without }), { message: none });
    t.is((await open(core, { image: own })).symbols, own, "byte by byte the same");
  },
);

test.serial("sources that are not there any more are not looked for", async (t) => {
  const { core, open, note } = await kept(t);
  t.true((await open(core)).sources.length >= 2);
  note({ root: "/nonexistent" });
  t.is((await open(core)).sources.length, 1);
});
