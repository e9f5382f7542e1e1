/** How the command starts, and what `--debug` shows: stages, the emulator's command line, stacks in places of the sources. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { ROOT } from "../runner/kit.js";
import { LOGS, scratch, uktest } from "./run.js";

const LOG = join(LOGS, "v0.17-x86_64-all-suites-pass.log");

test("--debug shows the stages of a run and the command line of its emulator, and changes no result", async (t) => {
  const { path } = scratch(t);
  const words = ["run", "ukargparse", "-m", "qemu-i386", "-r", "json"];
  const plain = await uktest(words, { cwd: path });
  t.is(plain.code, 0, plain.stderr);
  t.notRegex(plain.stderr, /debug/);
  for (const said of [
    await uktest([...words, "--debug"], { cwd: path }),
    await uktest(words, { cwd: path, env: { UKTEST_DEBUG: "1" } }),
  ]) {
    t.is(said.code, 0);
    const stages = said.stderr.split("\n").filter((line) => line.startsWith("uktest: debug: "));
    t.true(stages.length >= 7, said.stderr);
    t.true(
      stages.every((line) => /^uktest: debug: +\d+ ms {2}\S/.test(line)),
      said.stderr,
    );
    t.regex(said.stderr, /qemu-system-i386 -M .*-m 64/);
    t.regex(said.stderr, /the guest has ended \(.*\)\n/);
    const counts = (text: string): unknown => (JSON.parse(text) as { readonly counts: unknown }).counts;
    t.deepEqual(counts(said.stdout), counts(plain.stdout));
  }
});

test("--debug shows the stack of an error and of its causes, in places of the sources", async (t) => {
  const { path, put } = scratch(t);
  put(
    "bad.mjs",
    'export const reporter = {\n  name: "bad",\n  summary: "throws",\n  async *render() {\n    throw new Error("outer", { cause: new Error("inner") });\n  },\n};\n',
  );
  const said = await uktest(["report", LOG, "-r", "./bad.mjs", "--debug"], { cwd: path });
  t.is(said.code, 3);
  t.regex(said.stderr, /caused by Error: outer\n +at .*bad\.mjs:5/);
  t.regex(said.stderr, /caused by Error: inner\n +at .*bad\.mjs:5/);
  const places = [...said.stderr.matchAll(/\((src\/[\w/-]+\.ts):(\d+):\d+\)/g)];
  t.true(places.length >= 3, said.stderr);
  for (const [, file = "", line] of places) {
    const text = readFileSync(join(ROOT, file), "utf8").split("\n");
    t.true((text[Number(line) - 1] ?? "").trim() !== "", `${file}:${String(line)}`);
  }
});

test("machine code is kept in the user's cache; one that is damaged, or cannot be written, does no harm", async (t) => {
  const { path } = scratch(t);
  const cache = join(path, "cache");
  const env = { XDG_CACHE_HOME: cache };
  const run = async (): Promise<string> => {
    const said = await uktest(["report", LOG, "-r", "lines"], { cwd: path, env });
    t.is(said.code, 0, said.stderr);
    t.is(said.stderr, "");
    return said.stdout;
  };
  const first = await run();
  const kept = (): readonly string[] => readdirSync(join(cache, "uktest"));
  const [name = ""] = kept();
  t.deepEqual(kept(), [name]);
  t.regex(name, /^v\d+.*-report\.code$/);
  const code = join(cache, "uktest", name);
  const content = readFileSync(code);
  t.is(await run(), first);
  t.deepEqual(readFileSync(code), content, "code that is good is not written again");
  writeFileSync(code, content.subarray(0, 1000));
  t.is(await run(), first);
  t.true(readFileSync(code).length > content.length / 2, "code that is damaged is made anew");
  // Another command runs other code.
  t.is((await uktest(["--version"], { cwd: path, env })).code, 0);
  t.is(kept().length, 2);
  writeFileSync(join(path, "file"), "");
  const blocked = await uktest(["report", LOG, "-r", "lines"], {
    cwd: path,
    env: { XDG_CACHE_HOME: join(path, "file") },
  });
  t.deepEqual([blocked.code, blocked.stdout, blocked.stderr], [0, first, ""]);
});
