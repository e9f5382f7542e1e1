import test from "ava";
import type { Boot, BootImage, BootOptions, Machine } from "../../runner/machine.js";
import { HeadStart } from "../../src/run/head-start.js";
import { readCommand } from "../../src/cli/args.js";
import type { RunArguments } from "../../src/run/arguments.js";

const image: BootImage = { path: "a.elf", architecture: "i386", isKit: true, words: [] };

/** A machine that notes what is asked of it. */
function fake(isThere = true) {
  const told: string[] = [];
  const machine: Machine = {
    name: "fake",
    summary: "",
    architecture: "i386",
    bootsAny: false,
    lack: () => (isThere ? undefined : { what: "not here", hint: "" }),
    boot: (_image: BootImage, { memoryMiB }: BootOptions) => {
      told.push(`boot ${String(memoryMiB)}`);
      return {
        stop: () => told.push("stop"),
        release: () => told.push("release"),
      } as unknown as Boot;
    },
  };
  return { machine, told };
}

async function argumentsOf(...words: string[]): Promise<RunArguments> {
  const command = await readCommand(["run", ...words]);
  if (command.name !== "run") throw new Error("no run");
  return command.args;
}

test("an image is booted once, and handed to who asks for just this one", async (t) => {
  const { machine, told } = fake();
  const start = new HeadStart(await argumentsOf());
  start.begin(machine, image);
  start.begin(machine, { ...image });
  t.deepEqual(told, ["boot 64"]);
  t.is(start.take({ ...image }), undefined);
  t.not(start.take(image), undefined);
  t.is(start.take(image), undefined);
  start.drop();
  t.deepEqual(told, ["boot 64"]);
});

test("what nobody took is stopped and given back", async (t) => {
  const { machine, told } = fake();
  const start = new HeadStart(await argumentsOf("--memory", "32"));
  start.begin(machine, image);
  start.drop();
  start.drop();
  t.deepEqual(told, ["boot 32", "stop", "release"]);
});

for (const words of [
  ["--isolate", "suite"],
  ["--isolate", "case"],
  ["--shard", "1/2"],
  ["--shuffle=3"],
  ["--accel", "auto"],
  ["--run-timeout", "9"],
])
  test(`nothing is booted ahead with ${words.join(" ")}`, async (t) => {
    const { machine, told } = fake();
    new HeadStart(await argumentsOf(...words)).begin(machine, image);
    t.deepEqual(told, []);
  });

test("nothing is booted ahead on a machine that is not there", async (t) => {
  const { machine, told } = fake(false);
  new HeadStart(await argumentsOf()).begin(machine, image);
  t.deepEqual(told, []);
});
