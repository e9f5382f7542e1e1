import { writeFileSync } from "node:fs";
import test from "ava";
import type { Boot, BootImage, BootOptions, Machine } from "../../runner/machine.js";
import { HeadStart } from "../../src/run/boots/head-start.js";
import { likelyImage, wholeImageIn } from "../../src/run/boots/speculative-start.js";
import { RigError } from "../../src/core/errors.js";
import { readImage } from "../../src/image/plan.js";
import { imageOf, newPath } from "../image/images.js";
import { readCommand } from "../../src/cli/args.js";
import type { RunArguments } from "../../src/run/arguments.js";

const image: BootImage = { path: "a.elf", architecture: "i386", isKit: true, words: [] };

/** A machine that notes what is asked of it. */
function fake(isThere = true) {
  const calls: string[] = [];
  const machine: Machine = {
    name: "fake",
    summary: "",
    architecture: "i386",
    bootsAny: false,
    lack: () => (isThere ? undefined : { what: "not here", hint: "" }),
    boot: (_image: BootImage, { memoryMiB, debug }: BootOptions) => {
      calls.push(`boot ${String(memoryMiB)}${debug === true ? " stopped" : ""}`);
      return {
        stop: () => calls.push("stop"),
        release: () => calls.push("release"),
      } as unknown as Boot;
    },
  };
  return { machine, calls };
}

async function argumentsOf(...words: string[]): Promise<RunArguments> {
  const command = await readCommand(["run", ...words]);
  if (command.name !== "run") throw new Error("no run");
  return command.args;
}

test("an image is booted once, and handed to who asks for just this one", async (t) => {
  const { machine, calls } = fake();
  const start = new HeadStart(await argumentsOf());
  start.begin(machine, image);
  start.begin(machine, { ...image });
  t.deepEqual(calls, ["boot 64"]);
  t.is(start.take({ ...image }), undefined);
  t.not(start.take(image), undefined);
  t.is(start.take(image), undefined);
  start.drop();
  t.deepEqual(calls, ["boot 64"]);
});

test("what nobody took is stopped and given back", async (t) => {
  const { machine, calls } = fake();
  const start = new HeadStart(await argumentsOf("--memory", "32"));
  start.begin(machine, image);
  start.drop();
  start.drop();
  t.deepEqual(calls, ["boot 32", "stop", "release"]);
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
    const { machine, calls } = fake();
    new HeadStart(await argumentsOf(...words)).begin(machine, image);
    t.deepEqual(calls, []);
  });

test("what is measured from outside waits at its first instruction; the kit, and a machine without a stub, are not begun", async (t) => {
  const { machine, calls } = fake();
  const foreign = { ...image, isKit: false };
  const begin = async (on: Machine, of: BootImage, early?: ReturnType<typeof begunEarly>) => {
    const start = new HeadStart(await argumentsOf("--max-leak", "0", "--image", "a.elf"), early);
    start.begin(on, of);
    return start.take(of);
  };
  t.is(await begin(machine, foreign), undefined);
  t.is(await begin({ ...machine, hasStub: true as const }, image), undefined);
  t.deepEqual(calls, []);
  const stub = { ...machine, hasStub: true as const };
  t.not(await begin(stub, foreign), undefined);
  t.deepEqual(calls.splice(0), ["boot 256 stopped"]);
  // One that runs already has gone past its cases.
  const runs = begunEarly(stub, { isKit: false }, { memoryMiB: 256 });
  t.not(await begin(stub, foreign, runs), runs.boot);
  t.deepEqual(calls.splice(0), ["boot 256", "stop", "release", "boot 256 stopped"]);
  const waits = begunEarly(stub, { isKit: false }, { memoryMiB: 256, debug: true });
  t.is(await begin(stub, foreign, waits), waits.boot);
});

test("nothing is booted ahead on a machine that is not there", async (t) => {
  const { machine, calls } = fake(false);
  new HeadStart(await argumentsOf()).begin(machine, image);
  t.deepEqual(calls, []);
});

/** A boot of `image` that was begun before the command line had been parsed. */
const begunEarly = (machine: Machine, of: Partial<BootImage> = {}, more: Partial<BootOptions> = {}) => {
  const options: BootOptions = { memoryMiB: 64, acceleration: "tcg", ...more };
  const early = { ...image, ...of };
  return { machine, image: early, options, boot: machine.boot(early, options) };
};

test("a boot from before the command was parsed is taken by the command that wants just this one", async (t) => {
  const { machine, calls } = fake();
  const early = begunEarly(machine);
  const start = new HeadStart(await argumentsOf("--image", "a.elf"), early);
  const wanted = { ...image };
  start.begin(machine, wanted);
  t.is(start.take(wanted), early.boot);
  start.drop();
  t.deepEqual(calls, ["boot 64"]);
});

for (const [what, words, of] of [
  ["of another file", [], { path: "b.elf" }],
  ["of another architecture", [], { architecture: "x86_64" }],
  ["that is none of the kit", [], { isKit: false }],
  ["with other memory", ["--memory", "32"], {}],
] as const)
  test(`a boot ${what} is stopped, and the right one begun`, async (t) => {
    const { machine, calls } = fake();
    const start = new HeadStart(await argumentsOf(...words), begunEarly(machine, of));
    start.begin(machine, image);
    t.deepEqual(calls, ["boot 64", "stop", "release", `boot ${words[1] ?? "64"}`]);
  });

test("a boot that the command cannot use is stopped", async (t) => {
  const { machine, calls } = fake();
  const start = new HeadStart(await argumentsOf("--isolate", "case"), begunEarly(machine));
  start.begin(machine, image);
  t.is(start.take(image), undefined);
  start.drop();
  start.drop();
  t.deepEqual(calls, ["boot 64", "stop", "release"]);
});

for (const [words, path] of [
  [["--image", "app"], "app"],
  [["--image=app", "-r", "junit=out.xml", "--require", "memory"], "app"],
  [["--image", "app", "--max-leak", "0"], "app"],
  [["--image", "app", "ring"], undefined],
  [["ring", "--image", "app"], undefined],
  [["--image", "app", "--isolate=case"], undefined],
  [["--image", "app", "--accel", "auto"], undefined],
  [["--image", "app", "ring.full"], undefined],
  [["--machine", "v86"], undefined],
  [["--image"], undefined],
] as const)
  test(`run ${words.join(" ")}: ${path === undefined ? "nothing is booted" : "it is booted"} before the command is parsed`, (t) => {
    t.is(wholeImageIn(words), path);
  });

test("the headers of an image say what its plan says", (t) => {
  for (const architecture of ["x86_64", "arm64"] as const) {
    const path = imageOf(architecture);
    const { plan, isKit } = readImage(path);
    t.deepEqual(likelyImage(path), { path, architecture: plan.architecture, isKit, words: [] });
  }
  const raw = newPath();
  writeFileSync(raw, Buffer.concat([Buffer.alloc(56), Buffer.from("ARM\x64"), Buffer.alloc(64)]));
  t.deepEqual(likelyImage(raw), { path: raw, architecture: "arm64", isKit: false, words: [] });
  t.is(likelyImage(process.execPath), undefined);
  t.throws(() => likelyImage("no-such-file"), { instanceOf: RigError });
});
