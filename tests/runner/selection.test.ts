/**
 * Images in which only some cases are left, booted: on every machine exactly those run, in the order that was asked for,
 * and a guest of the kit agrees with the plan. A foreign image goes through `uktest run --image`.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import fc from "fast-check";
import { machines } from "../../runner/machines.js";
import type { Machine } from "../../runner/machine.js";
import { DEFAULT_LIMITS, NO_CASES, watch } from "../../runner/watch.js";
import { wantedOf } from "../../runner/selected-image.js";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { baseName } from "../../src/core/assemble/boot.js";
import type { RunEvent } from "../../src/core/events.js";
import type { RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { readPlan } from "../../src/image/plan.js";
import { selectInImage } from "../../src/image/select.js";
import { scratch, uktest } from "../cli/run.js";
import { compile } from "../image/images.js";
import { documentOf, MACHINES, ROOT } from "./kit.js";

async function boot(machine: Machine, path: string, plan: Plan): Promise<RunModel> {
  const reader = new RunReader(
    { tool: { name: "uktest", version: "0" }, sources: ["guest"], policy: { ubsan: "fail" } },
    await dialectsFor("auto"),
  );
  reader.open("guest", plan);
  const image = { path, architecture: machine.architecture, isKit: true, words: [] };
  const booted = machine.boot(image, { memoryMiB: 64, acceleration: "tcg" });
  const bytes = watch(booted, DEFAULT_LIMITS, NO_CASES);
  const events: RunEvent[] = [];
  let next = await bytes.next();
  for (; next.done !== true; next = await bytes.next()) events.push(...reader.feed(next.value));
  booted.release();
  return reduce([...events, ...reader.close(next.value.end), ...reader.finish()]);
}

/** Builds a program of the kit for a machine, and returns its image. */
async function imageFor(t: ExecutionContext, machine: Machine, program: string): Promise<string> {
  const said = await uktest(["list", program, "-m", machine.name], { cwd: ROOT });
  t.is(said.code, 0, said.stderr);
  const path = join(ROOT, ".uktest/build", `${machine.architecture}-gcc`, `${program}.elf`);
  t.true(readPlan(path).suites.length > 0);
  return path;
}

/** The cases of a run in their order; those of a case with parameters are one. */
const ranIn = ({ suites }: RunModel): readonly string[] => [
  ...new Set(suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${baseName(one.name)}`))),
];

/** Any suites of a plan, each with any of its cases in any order. */
const parts = (plan: Plan): fc.Arbitrary<Plan> =>
  fc
    .tuple(
      ...plan.suites.map((suite) =>
        fc.shuffledSubarray([...suite.cases]).map((cases) => ({ ...suite, cases })),
      ),
    )
    .map((suites) => ({ ...plan, orphans: [], suites: suites.filter(({ cases }) => cases.length > 0) }))
    .filter(({ suites }) => suites.length > 0);

const ROUNDS = 5;

for (const name of turns(MACHINES, "runner/selection"))
  test.serial(`any selection in an image of the kit runs, and nothing else does, on ${name}`, async (t) => {
    const machine = (await machines()).find((one) => one.name === name);
    if (machine === undefined) return t.fail(name);
    const path = await imageFor(t, machine, "uktest");
    const plan = readPlan(path);
    const content = readFileSync(path);
    const copy = join(scratch(t).path, "selected.elf");
    await fc.assert(
      fc.asyncProperty(parts(plan), async (part) => {
        writeFileSync(copy, selectInImage({ name: path, content }, wantedOf(part)));
        const model = await boot(machine, copy, part);
        // Some of these cases look at what those in front of them did: they may fail, and nothing else may be wrong.
        t.deepEqual(
          judge(model).reasons.filter((reason) => !/^\d+ cases? failed$/.test(reason)),
          [],
        );
        const bySuite = new Map(part.suites.map((suite) => [suite.name, suite.cases]));
        const order = model.suites.flatMap((suite) =>
          (bySuite.get(suite.name) ?? []).map((one) => `${suite.name}.${one.name}`),
        );
        t.deepEqual(ranIn(model), order);
        t.is(model.suites.length, part.suites.length);
      }),
      { numRuns: ROUNDS },
    );
  });

test.serial("a foreign image with a pattern: the copy that is booted holds nothing else", async (t) => {
  const machine = (await machines()).find((one) => one.name === "qemu-arm64");
  if (machine === undefined) return t.fail("qemu-arm64");
  const { path: cwd } = scratch(t);
  const image = join(cwd, "image");
  // Without this section nobody can tell that it is our kit that is in it.
  execFileSync("aarch64-linux-gnu-objcopy", [
    ...["--rename-section", ".uk_testlog=.elsewhere"],
    ...[await imageFor(t, machine, "ukdebug"), image],
  ]);
  // Each of its other suites would end the machine before this one comes.
  t.true(readPlan(image).suites.length > 5);
  const one = await uktest(["run", "--image", image, "ukdebug_undefined_instruction", "-r", "json"], { cwd });
  t.is(one.code, 1, one.stderr);
  const document = documentOf(one);
  t.deepEqual(
    document.suites.map(({ name, cases }) => [name, cases[0]?.status]),
    [["ukdebug_undefined_instruction", "crashed"]],
  );
  t.deepEqual(document.problems, []);
  t.regex(one.stderr, new RegExp(`again: uktest run \\S+ --image ${image}\n`));
});

test.serial("a raw image is selected in by its symbols, and one of another build is refused", async (t) => {
  const machine = (await machines()).find((one) => one.name === "qemu-arm64");
  if (machine === undefined) return t.fail("qemu-arm64");
  const { path: cwd } = scratch(t);
  const linked = await imageFor(t, machine, "uktest");
  const [raw, foreign] = [join(cwd, "raw"), join(cwd, "foreign")];
  execFileSync("aarch64-linux-gnu-objcopy", ["-O", "binary", linked, raw]);
  execFileSync("aarch64-linux-gnu-objcopy", ["--rename-section", ".uk_testlog=.elsewhere", linked, foreign]);
  const [suite] = readPlan(linked).suites;
  const select = (symbols: string) =>
    uktest(["run", "--image", raw, "--symbols", symbols, suite?.name ?? "", "--silence", "1"], { cwd });
  // Such an image has no header and does not start; that it was tried means that the copy could be made.
  t.is((await select(foreign)).code, 1);

  writeFileSync(raw, readFileSync(raw).fill(0, 0x1000));
  const refused = await select(foreign);
  t.is(refused.code, 3);
  t.regex(
    refused.stderr,
    /raw: the test table of \S+ is not in it\n {8}Is the image packed, or of another build/,
  );
});

test("the file with the symbols is not what boots", async (t) => {
  const { put } = scratch(t);
  const image = put("image", "");
  const { code, stderr } = await uktest(["run", "--image", put("image.dbg", "")]);
  t.is(code, 2);
  t.true(
    stderr.endsWith(`image.dbg holds the symbols of an image, and does not boot\n        give ${image}\n`),
    stderr,
  );
});

test("an ELF of x86_64 that the emulator cannot load is refused with what to give instead", async (t) => {
  const { path, put } = scratch(t);
  const image = put("linked", readFileSync(compile("x86_64", ["first.c", "second.c"])));
  const { code, stderr } = await uktest(["run", "--image", image], { cwd: path });
  t.is(code, 3, stderr);
  t.regex(stderr, /qemu-system-x86_64 failed with 1: .*\n {8}This is no file that boots: give the image/);
});
