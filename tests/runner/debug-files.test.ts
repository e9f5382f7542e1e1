/**
 * The symbols of an image in a file of their own: found where debuggers look for them, given by name or by folder, and
 * never believed when they are of another build.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { type Said, type Scratch, scratch, uktest } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";

const IMAGE = join(ROOT, ".uktest/build/i386-gcc/ukdebug.elf");

/** The console of one crash, made once. */
let made: Promise<Buffer> | undefined;
const crash = (): Promise<Buffer> =>
  (made ??= runKit("ukdebug_null_read", "-m", "v86", "--keep", "-r", "json").then(({ stderr }) =>
    readFileSync(/, (\S+) \(its console\)/.exec(stderr)?.[1] ?? ""),
  ));

interface Split extends Scratch {
  readonly id: string;
  readonly objcopy: (...args: readonly string[]) => void;
  readonly report: (...args: readonly string[]) => Promise<Said>;
}

/** A folder with the console, the image `app` without symbols, and `app.debug` with nothing else. */
async function split(t: ExecutionContext): Promise<Split> {
  const folder = scratch(t);
  folder.put("serial.log", await crash());
  copyFileSync(IMAGE, folder.file("whole"));
  const objcopy = (...args: readonly string[]): void => {
    execFileSync("objcopy", args, { cwd: folder.path });
  };
  objcopy("--strip-all", "whole", "app");
  objcopy("--only-keep-debug", "whole", "app.debug");
  const notes = execFileSync("readelf", ["-n", "whole"], { cwd: folder.path, encoding: "utf8" });
  const id = /Build ID: (\w+)/.exec(notes)?.[1] ?? "";
  const report = (...args: readonly string[]): Promise<Said> =>
    uktest(["report", "serial.log", "-r", "json", "--image", "app", ...args], { cwd: folder.path });
  return { ...folder, id, objcopy, report };
}

/** Changes the build id of a file, and nothing else. */
function otherBuild(path: string): string {
  const content = readFileSync(path);
  const at = content.indexOf(Buffer.from("GNU\0")) + 4;
  content[at] = (content[at] ?? 0) ^ 0xff;
  writeFileSync(path, content);
  return content.toString("hex", at, at + 20);
}

function move(folder: Split, from: string, to: string): void {
  mkdirSync(dirname(folder.file(to)), { recursive: true });
  renameSync(folder.file(from), folder.file(to));
}

const topOf = (said: Said) => documentOf(said).faults[0]?.callTrace[0];

test.serial("the debug link of an image is followed, beside it and in .debug", async (t) => {
  const folder = await split(t);
  folder.objcopy("--add-gnu-debuglink=app.debug", "app");
  t.like(topOf(await folder.report()), { function: "read_from", line: 22 });
  move(folder, "app.debug", ".debug/app.debug");
  t.like(topOf(await folder.report()), { function: "read_from", line: 22 });
  move(folder, ".debug/app.debug", "elsewhere/app.debug");
  const lost = await folder.report();
  t.regex(lost.stderr, /its debug information is in app\.debug, which is not beside it/);
  t.is(topOf(lost)?.line, undefined);
});

test.serial("the build id of an image leads to its file, beside it and in a folder of them", async (t) => {
  const folder = await split(t);
  const name = `${folder.id.slice(0, 2)}/${folder.id.slice(2)}.debug`;
  move(folder, "app.debug", `.build-id/${name}`);
  t.like(topOf(await folder.report()), { function: "read_from", line: 22 });
  move(folder, `.build-id/${name}`, `debug/.build-id/${name}`);
  t.is(topOf(await folder.report())?.line, undefined);
  for (const given of ["debug", "debug/.build-id", `debug/.build-id/${name}`])
    t.like(topOf(await folder.report("--symbols", given)), { function: "read_from", line: 22 }, given);
  mkdirSync(folder.file("empty"));
  const none = await folder.report("--symbols", "empty");
  t.is(none.code, 3);
  t.regex(none.stderr, /empty has no file with the symbols of app\n.*It is looked for as \.build-id\//);
});

test.serial("a run of an image takes its tests from it, and its lines from the other file", async (t) => {
  const folder = await split(t);
  const run = (...args: readonly string[]) =>
    uktest(["run", "-m", "qemu-i386", "--image", "app", "--symbols", "app.debug", "-r", "json", ...args], {
      cwd: folder.path,
    });
  const red = await run("ukdebug_null_read");
  t.is(red.code, 1, red.stderr);
  t.like(topOf(red), { function: "read_from", line: 22 });
  // One case of many: the table is rewritten in the image, and read in the memory of its guest.
  t.is(documentOf(red).suites.flatMap(({ cases }) => cases).length, 1);
  t.is(documentOf(red).evidence, "memory", red.stdout);
});

test.serial(
  "a file of another build is refused where it is given, and not believed where it is found",
  async (t) => {
    const folder = await split(t);
    const other = otherBuild(folder.file("app.debug"));
    const given = await folder.report("--symbols", "app.debug");
    t.is(given.code, 3);
    t.true(given.stderr.includes(`app.debug is of another build than app`), given.stderr);
    t.true(given.stderr.includes(other) && given.stderr.includes(folder.id), given.stderr);
    t.is(given.stdout, "");
    const run = await uktest(["run", "-m", "v86", "--image", "app", "--symbols", "app.debug"], {
      cwd: folder.path,
    });
    t.is(run.code, 3);
    move(folder, "app.debug", "app.dbg");
    const found = await folder.report();
    t.is(found.code, 1);
    t.regex(found.stderr, /app\.dbg is of another build and not believed: it has the build id/);
    t.is(topOf(found)?.function, undefined);
    renameSync(folder.file("whole"), folder.file("app"));
    const whole = await folder.report();
    t.regex(whole.stderr, /app\.dbg is of another build and not believed/);
    t.like(topOf(whole), { function: "read_from", line: 22 }, "the image has lines of its own");
  },
);

test.serial(
  "what needs symbols says that there are none, and why a file beside the image is not believed",
  async (t) => {
    t.timeout(600_000);
    const folder = await split(t);
    const said = async (command: string, ...args: readonly string[]): Promise<string> => {
      const words = [command, "-m", "qemu-i386", "--image", "app", ...args, "ukdebug_null_read"];
      const { stdout, stderr } = await uktest(words, { cwd: folder.path });
      return stdout + stderr;
    };
    const wishes = [
      [/app has no symbols, so its tracepoints are not known: (.+)/, "run", "--trace"],
      [
        /app has no lines: it has no debug information: .*\n?.*?(pass the \.dbg file|not believed)/,
        "run",
        "--coverage=object",
      ],
      [/app cannot be profiled: app has no symbols\n +(.+)/, "profile"],
    ] as const;
    for (const [says, command, ...args] of wishes) {
      const [, hint = ""] = says.exec(await said(command, ...args)) ?? [];
      t.regex(hint, /--symbols IMAGE\.dbg|pass the \.dbg file/, [command, ...args].join(" "));
    }
    otherBuild(folder.file("app.debug"));
    move(folder, "app.debug", "app.dbg");
    for (const [says, command, ...args] of wishes) {
      const text = await said(command, ...args);
      t.regex(text, says);
      t.regex(text, /app\.dbg is of another build and not believed: it has the build id/, text);
    }
  },
);

test.serial("compressed debug information is read", async (t) => {
  const folder = await split(t);
  folder.objcopy("--compress-debug-sections=zlib", "whole", "app");
  const said = await folder.report();
  t.is(said.stderr, "");
  t.like(topOf(said), { function: "read_from", line: 22 });
});
