/**
 * A crash of the kit, told again from its console: the image alone, a file of its symbols, another image, another root,
 * a record.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { scratch, type Said, uktest } from "../cli/run.js";
import { documentOf, type JsonDocument, ROOT, runKit } from "./kit.js";

const IMAGE = join(ROOT, ".uktest/build/i386-gcc/ukdebug.elf");

/** The console of one crash, made once. */
let made: Promise<{ readonly run: Said; readonly log: string; readonly console: Buffer }> | undefined;
const crash = () =>
  (made ??= runKit("ukdebug_null_read", "-m", "v86", "--keep", "-r", "json").then((run) => {
    const log = /, (\S+) \(its console\)/.exec(run.stderr)?.[1] ?? "";
    return { run, log, console: readFileSync(log) };
  }));

const faultOf = (said: Said): JsonDocument["faults"][number] | undefined => documentOf(said).faults[0];

/** A folder with the console of the crash, and its image when asked for. */
async function folderWith(t: ExecutionContext, image?: string): Promise<string> {
  const { path } = scratch(t);
  writeFileSync(join(path, "serial.log"), (await crash()).console);
  if (image !== undefined) copyFileSync(IMAGE, join(path, image));
  return path;
}

const report = (cwd: string, ...args: readonly string[]): Promise<Said> =>
  uktest(["report", "serial.log", "-r", "json", ...args], { cwd });

test.serial("a report of the console and the image is what the run said", async (t) => {
  const { run } = await crash();
  const cwd = await folderWith(t, "app.elf");
  const said = await report(cwd, "--image", "app.elf", "--root", ROOT);
  t.is(said.stderr, "");
  const { log: _, ...fault } = faultOf(said) as JsonDocument["faults"][number] & { log: unknown };
  t.like(faultOf(run), fault);
  t.is(fault.source?.texts.length, 3);
  t.is(fault.callTrace[0]?.function, "read_from");
});

test.serial("without the image nothing is added", async (t) => {
  const fault = faultOf(await report(await folderWith(t)));
  t.is(fault?.file, undefined);
  t.is(fault?.fingerprint, undefined);
  // The names are the guest's own: its image has a table of them.
  t.true(fault?.callTrace.every((frame) => Object.keys(frame).join() === "address,symbol"));
});

test.serial("the symbols are in the image, beside it, or where the user says", async (t) => {
  const cwd = await folderWith(t, "whole");
  execFileSync("strip", ["whole", "-o", "bare"], { cwd });
  const bare = await report(cwd, "--image", "bare");
  t.regex(bare.stderr, /faults have no lines, since bare has none: it has no debug information/);
  t.is(faultOf(bare)?.callTrace[0]?.function, undefined);
  const given = await report(cwd, "--image", "bare", "--symbols", "whole");
  t.is(faultOf(given)?.callTrace[0]?.function, "read_from");
  copyFileSync(join(cwd, "whole"), join(cwd, "bare.dbg"));
  t.is(faultOf(await report(cwd, "--image", "bare"))?.callTrace[0]?.function, "read_from");
  const lone = await report(cwd, "--symbols", "whole");
  t.is(lone.code, 2);
  t.regex(lone.stderr, /--symbols goes with --image/);
});

test.serial("a file of symbols that is damaged costs the lines, not the report", async (t) => {
  const cwd = await folderWith(t, "app");
  writeFileSync(join(cwd, "app.dbg"), "no ELF at all");
  const said = await report(cwd, "--image", "app");
  t.is(said.code, 1);
  t.regex(said.stderr, /faults have no functions and lines: app\.dbg: not an ELF file/);
  t.is(faultOf(said)?.fingerprint, undefined);
});

test.serial("addresses of another build mean nothing in this one", async (t) => {
  const cwd = await folderWith(t, "app");
  const other = join(ROOT, ".uktest/build/i386-gcc/ukdebug.elf");
  const content = readFileSync(other);
  const id = content.indexOf(Buffer.from("GNU\0")) + 4;
  content[id] = (content[id] ?? 0) ^ 0xff;
  writeFileSync(join(cwd, "app"), content);
  const said = await report(cwd, "--image", "app");
  t.true(
    documentOf(said).problems.some(({ code }) => code === "wrong-image"),
    said.stdout,
  );
  t.is(faultOf(said)?.fingerprint, undefined);
});

test.serial("sources are read below the root only", async (t) => {
  const cwd = await folderWith(t, "app");
  const texts = async (root: string): Promise<readonly string[] | undefined> =>
    faultOf(await report(cwd, "--image", "app", "--root", root))?.source?.texts;
  const tree = (name: string): string => {
    mkdirSync(join(cwd, name, "suites/ukdebug"), { recursive: true });
    return join(cwd, name, "suites/ukdebug/memory.c");
  };
  const lines = (count: number): string =>
    Array.from({ length: count }, (_, n) => `line ${n + 1}\r\n`).join("");
  t.is(await texts("."), undefined, "no such file");
  writeFileSync(tree("whole"), lines(30));
  t.deepEqual(await texts("whole"), ["line 21", "line 22", "line 23"]);
  writeFileSync(tree("ends"), lines(22));
  t.deepEqual(await texts("ends"), ["line 21", "line 22"]);
  writeFileSync(tree("short"), lines(21));
  t.is(await texts("short"), undefined, "the file has changed");
  writeFileSync(join(cwd, "secret"), lines(30));
  symlinkSync(join(cwd, "secret"), tree("link"));
  t.is(await texts("link"), undefined, "a link that leads out");
  writeFileSync(tree("large"), Buffer.alloc(5 << 20, "\n"));
  t.is(await texts("large"), undefined);
  mkdirSync(tree("folder"));
  t.is(await texts("folder"), undefined);
  writeFileSync(tree("wide"), `${"\n".repeat(21)}${"x".repeat(10_000)}\n`);
  t.is((await texts("wide"))?.[1]?.length, 200);
});

test.serial("a record keeps all of it", async (t) => {
  const cwd = await folderWith(t, "app");
  const said = await report(cwd, "--image", "app", "--root", ROOT, "-r", "events=run.jsonl");
  const again = await uktest(["report", "run.jsonl", "-r", "json"], { cwd });
  t.deepEqual(documentOf(again).faults, documentOf(said).faults);
});
