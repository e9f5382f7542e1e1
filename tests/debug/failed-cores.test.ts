/** Why no core of a failed case is kept, and what is, with emulators that are played; real ones are in core.test.ts. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import test, { type ExecutionContext } from "ava";
import { openChannel } from "../../runner/debug/channel.js";
import type { Boot, Connection, Machine } from "../../runner/machine.js";
import { type FailedCase, keepFailedCores } from "../../src/debug/failed-cores.js";
import { readImage } from "../../src/image/plan.js";
import { NO_EXTENSIONS } from "../../src/run/extensions.js";
import type { Project } from "../../src/run/task.js";
import { scratch } from "../cli/run.js";
import { compile } from "../image/images.js";
import { ROOT, runKit } from "../runner/kit.js";

const IMAGE = join(ROOT, ".uktest/build/x86_64-gcc/uktest-fails.elf");
const EXPECT: FailedCase = { name: "uktest_fails.expect", title: "expected one" };

test.before(async (t) => {
  t.is((await runKit("uktest_fails", "-m", "qemu-x86_64")).code, 1);
});

/** A stub that says that to the packet which lets its guest run. */
function stubWith(reply: string | undefined): Connection {
  const [ours, theirs] = duplexPair();
  const channel = openChannel(theirs, {
    packet: (packet) => {
      if (packet !== "c") channel.send(packet === "?" ? "T05" : "OK");
      else if (reply !== undefined) channel.send(reply);
    },
    closed: () => undefined,
  });
  return ours;
}

interface Played {
  readonly stub?: Connection;
  readonly image?: string;
  readonly failsToBoot?: boolean;
}

function machineOf({ stub, failsToBoot = false }: Played): Machine {
  const boot: Boot = {
    output: (async function* () {
      yield await Promise.resolve(Buffer.from("Booting\n"));
    })(),
    end: Promise.reject(new Error("it was stopped")),
    stop: () => undefined,
    inspect: () =>
      Promise.resolve({
        registers: [{ name: "RIP", value: "100000" }],
        memory: { address: 0, bytes: 4096 },
        read: (_, length) => Promise.resolve(Buffer.alloc(length, 1)),
      }),
    waitedMs: () => 0,
    release: () => undefined,
    ...(stub !== undefined && { stub }),
  };
  boot.end.catch(() => undefined);
  return {
    ...{ name: "played", summary: "", architecture: "x86_64", bootsAny: true, hasStub: true },
    lack: () => undefined,
    boot: () => {
      if (failsToBoot) throw new Error("there is no memory left");
      return boot;
    },
  };
}

/** What is said, and the cores that are kept. */
async function keep(
  t: ExecutionContext,
  played: Played,
  failed: readonly FailedCase[] = [EXPECT],
  stop: AbortSignal = new AbortController().signal,
) {
  const { path } = scratch(t);
  const { image: from = IMAGE } = played;
  const { plan } = readImage(from);
  const image = { path: from, architecture: "x86_64", isKit: true, words: [] } as const;
  const cell = { choice: { machine: machineOf(played) }, profile: "" };
  const task = { name: "image", cell, image, files: { image: from }, whole: plan, plan };
  const project: Project = {
    ...{ root: path, folder: path, limits: { caseMs: 200 }, extensions: NO_EXTENSIONS },
    cells: [cell],
    tasks: [{ name: "broken", cell, failure: { diagnostics: [] } as never }, task],
  };
  const said: string[] = [];
  await keepFailedCores({ project, failed, folder: path, memoryMiB: 32 }, stop, (line) => said.push(line));
  const cores = readdirSync(path).includes("cores") ? readdirSync(join(path, "cores")) : [];
  return { said, cores: cores.filter((name) => name.endsWith(".core")) };
}

const WHY = `no core of ${EXPECT.name} is kept: `;

test.serial("a guest that has come to its failure leaves a core", async (t) => {
  const { said, cores } = await keep(t, { stub: stubWith("T05thread:01;") });
  t.deepEqual(said, []);
  t.deepEqual(cores, ["image-at-a-failure-uktest_fails.expect.core"]);
});

test.serial("why none is kept", async (t) => {
  const rows: readonly (readonly [played: Played, why: string])[] = [
    [{}, "played has no stub"],
    [{ stub: stubWith("W00") }, "it has not failed this time"],
    [{ stub: stubWith(undefined) }, "it has not failed this time"],
    [{ stub: stubWith("E01") }, "it has not failed this time"],
    [{ failsToBoot: true }, "there is no memory left"],
  ];
  for (const [played, why] of rows) {
    const { said, cores } = await keep(t, played);
    t.deepEqual(said, [`${WHY}${why}`]);
    t.deepEqual(cores, []);
  }
  const other = compile("x86_64", ["inits.c"]);
  const foreign = await keep(t, { image: other }, [{ name: "first.one", title: "" }]);
  t.regex(foreign.said.join(), /its test library is not uktest's, and cannot be stopped there$/);
});

test.serial("not too many, none of what nobody knows, and none once it was interrupted", async (t) => {
  const unknown = Array.from({ length: 25 }, (_, at) => ({ name: `no_such.case_${String(at)}`, title: "" }));
  t.deepEqual((await keep(t, {}, unknown)).said, ["cores are kept of the first 20 of 25 failed cases"]);
  t.deepEqual((await keep(t, {}, unknown.slice(0, 1))).said, []);
  const stopped = await keep(t, { failsToBoot: true }, [EXPECT], AbortSignal.abort());
  t.deepEqual(stopped.said, []);
});
