/**
 * `uktest watch` as a user meets it: files are saved, keys are pressed, and nothing is left when it ends.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import test from "ava";
import { WishQueue } from "../../src/cli/watch/wish-queue.js";
import { until } from "../runner/processes.js";
import { demo, isQuiet, runningIn } from "./project.js";
import { MAIN, type Said, start, startProgram, uktest } from "./run.js";

test.serial("a changed file, a header, a broken build, keys", async (t) => {
  const folder = await demo(t);
  const watch = start(["watch", "-m", "v86"], { cwd: folder.path, input: null });
  const press = (key: string): void => void watch.child.stdin?.write(`${key}\n`);
  await watch.seen("VERDICT passed");
  // At once: what changes while a run goes on is not lost.
  folder.change("demo.c", "return low;", "return low + 1;");
  await watch.seen("VERDICT failed: 1 case failed");
  press("f");
  await watch.seen("cases=1 ");
  folder.change("demo.h", "int demo_clamp", "strange demo_clamp");
  await watch.seen("no case ran");
  folder.change("demo.h", "strange demo_clamp", "int demo_clamp");
  folder.change("demo.c", "return low + 1;", "return low;");
  // An editor that writes beside and renames.
  folder.put(
    "beside",
    folder
      .text("test_demo.c")
      .replace(
        "uk_testsuite_register",
        "UK_TESTCASE(demo_testsuite, zero)\n{\n\tUK_TEST_EXPECT_ZERO(0);\n}\n\nuk_testsuite_register",
      ),
  );
  renameSync(folder.file("beside"), folder.file("test_demo.c"));
  await watch.seen("cases=4 crashed=0 timed-out=0 failed=0 not-run=0 skipped=0 passed=4");
  // A new file, and what it is about, in a library of its own.
  folder.put(
    "test_more.c",
    "#include <uk/test.h>\nUK_TESTCASE(more_testsuite, one)\n{\n\tUK_TEST_EXPECT_ZERO(0);\n}\nuk_testsuite_register(more_testsuite, NULL);\n",
  );
  await watch.seen("suites=2 cases=5");
  rmSync(folder.file("test_more.c"));
  await watch.told("q quits");
  press("q");
  const { code, stdout, stderr } = await watch.end;
  t.is(code, 0, stdout + stderr);
  t.regex(stderr, /uktest: watching \d+ files: Enter runs all, f what failed, q quits\n/);
  t.regex(stderr, /uktest: changed: demo\.c\n/);
  t.regex(stderr, /uktest: changed: demo\.h\n/);
  t.true(await isQuiet(folder.path));
});

test.serial("only the programs that a file belongs to run again; Enter runs all", async (t) => {
  const folder = await demo(t);
  mkdirSync(folder.file("two"));
  const suite = (value: string): string =>
    `#include <uk/test.h>\n#include "two.h"\nUK_TESTCASE(two_testsuite, one)\n{\n\tUK_TEST_EXPECT_SNUM_EQ(TWO, ${value});\n}\nuk_testsuite_register(two_testsuite, NULL);\n`;
  writeFileSync(folder.file("two/two.h"), "#define TWO 2\n");
  writeFileSync(folder.file("two/test_two.c"), suite("2"));
  const config = { suites: { demo: { sources: ["*.c"] }, two: { sources: ["two/*.c"] } } };
  folder.put("uktest.config.json", JSON.stringify(config));
  const watch = start(["watch", "-m", "v86", "-r", "lines", "-r", "json=out.json"], {
    cwd: folder.path,
    input: null,
  });
  await watch.seen("suites=2 cases=4");
  writeFileSync(folder.file("two/two.h"), "#define TWO 3\n");
  await watch.seen("suites=1 cases=1");
  watch.child.stdin?.write("\n");
  await watch.seen("suites=2 cases=4 crashed=0 timed-out=0 failed=1");
  // A file of no program, and a report: nothing runs.
  folder.put("notes.txt", "x");
  await pause(400);
  folder.put("uktest.config.json", JSON.stringify({ suites: { demo: config.suites.demo } }));
  await watch.seen("suites=1 cases=3");
  watch.child.kill("SIGTERM");
  const { code, stdout, stderr } = await watch.end;
  t.is(code, 143, stdout + stderr);
  t.is(stdout.match(/^VERDICT/gm)?.length, 4, stdout);
  t.regex(stderr, /uktest: changed: two\/two\.h\n/);
  t.regex(stderr, /uktest: changed: uktest\.config\.json\n/);
  t.false(stderr.includes("notes.txt"));
});

test.serial("on a terminal a key needs no Enter, and Ctrl-C ends it", async (t) => {
  const folder = await demo(t);
  const type = async (keys: string): Promise<readonly [number | string | null, string]> => {
    const command = `'${process.execPath}' '${MAIN}' watch -m v86`;
    const watch = startProgram("script", ["-qec", command, "/dev/null"], {
      cwd: folder.path,
      input: null,
      env: { TERM: "xterm" },
    });
    await watch.seen("q quits");
    for (const key of keys) watch.child.stdin?.write(key);
    const { code, stdout } = await watch.end;
    return [code, stdout];
  };
  const [code, shown] = await type("q");
  t.is(code, 0, shown);
  t.regex(shown, /PASSED/);
  t.is((await type("\x03"))[0], 130);
  t.is((await type("\x04"))[0], 0);
  t.true(await isQuiet(folder.path));
});

test.serial("however it ends in the middle of a run, nothing goes on", async (t) => {
  const folder = await demo(t);
  folder.change("test_demo.c", "UK_TEST_EXPECT_SNUM_EQ(demo_clamp(5, 0, 10), 5);", "for (;;)\n\t\t;");
  for (const signal of ["SIGINT", "SIGHUP", "SIGKILL"] as const) {
    const watch = start(["watch", "-m", "qemu-x86_64", "--case-timeout", "60"], {
      cwd: folder.path,
      input: null,
    });
    await watch.seen("clamp_outside");
    // Not until the pipes are closed: whatever goes on would hold them open.
    const gone = once(watch.child, "exit");
    watch.child.kill(signal);
    await gone;
    const { exitCode, signalCode } = watch.child;
    t.is(exitCode ?? signalCode, signal === "SIGINT" ? 130 : signal === "SIGHUP" ? 143 : "SIGKILL");
    t.true(await isQuiet(folder.path), signal);
  }
  const watch = start(["watch", "-m", "qemu-x86_64", "--case-timeout", "60"], {
    cwd: folder.path,
    input: null,
  });
  await watch.seen("clamp_outside");
  watch.child.stdin?.write("q\n");
  t.is((await watch.end).code, 0, "a key is enough");
  t.true(await isQuiet(folder.path));
});

test.serial("a reader that went away ends it at once: while it waits, and while a run goes on", async (t) => {
  const folder = await demo(t);
  const script = (reader: string, words: string): Promise<Said> =>
    startProgram(
      "bash",
      [
        "-c",
        `"${process.execPath}" "${MAIN}" watch ${words} < <(exec sleep 30 2>&-) | ${reader}; echo "\${PIPESTATUS[0]}"`,
      ],
      {
        cwd: folder.path,
      },
    ).end;
  const patient = performance.now();
  const waiting = await script("head -1", "-m v86");
  t.regex(waiting.stdout, /^PASS [^\n]*\n0\n$/, waiting.stderr);
  t.true(performance.now() - patient < 15_000);
  folder.change("test_demo.c", "UK_TEST_EXPECT_SNUM_EQ(demo_clamp(5, 0, 10), 5);", "for (;;)\n\t\t;");
  const busy = await script("grep -m1 PASS", "-m v86 --case-timeout 60");
  t.regex(busy.stdout, /^PASS [^\n]*\n0\n$/, busy.stderr);
  // What holds its input open is not its own.
  await until(() => oursIn(folder.path).length === 0);
  t.deepEqual(oursIn(folder.path), []);
  // A reader that stays is left alone.
  const kept = startProgram(
    "bash",
    ["-c", `"${process.execPath}" "${MAIN}" watch -m v86 --case-timeout 1 | cat`],
    {
      cwd: folder.path,
      input: null,
    },
  );
  await kept.seen("VERDICT");
  await pause(500);
  kept.child.stdin?.write("q\n");
  t.is((await kept.end).code, 0);
});

/** What runs in a folder, but for the `sleep` of a script. */
const oursIn = (folder: string): readonly string[] =>
  runningIn(folder).flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return words.startsWith("sleep") ? [] : [words];
    } catch {
      return [];
    }
  });

test.serial("wrong use, and the options that make no sense", async (t) => {
  const { path } = await demo(t);
  for (const [args, words] of [
    [["--image", "x"], /--image makes no sense in a watch/],
    [["--last-failed"], /--last-failed makes no sense in a watch/],
    [["--changed"], /--changed makes no sense in a watch/],
    [["--shard", "1/2"], /--shard makes no sense in a watch/],
    [["nothing_like_it", "-m", "v86"], /nothing is named "nothing_like_it"/],
    [["-m", "vax"], /there is no machine "vax"/],
    [["--machin", "v86"], /did you mean "--machine"/],
    [["--config", "no.json"], /no such configuration/],
  ] as const) {
    const { code, stderr } = await uktest(["watch", ...args], { cwd: path });
    t.is(code, 2, stderr);
    t.regex(stderr, words);
  }
});

test("the desk: the user before the files, the end before all", async (t) => {
  const stop = new AbortController();
  const desk = new WishQueue(stop.signal);
  const next = desk.next();
  desk.put("look");
  t.is(await next, "look");
  t.is(desk.urgent(), undefined, "files wait for nobody");
  let hurried = 0;
  const forget = desk.onUrgent(() => (hurried += 1));
  desk.put("glance");
  desk.put("all");
  desk.put("failed");
  t.is(hurried, 2);
  t.is(await desk.next(), "failed");
  t.is(desk.urgent(), "failed");
  forget();
  desk.put("quit");
  desk.put("all");
  t.is(hurried, 2);
  desk.onUrgent(() => (hurried += 1));
  t.is(hurried, 3, "it waits already");
  t.is(desk.urgent(), "quit");
  stop.abort("SIGTERM");
  t.is(desk.urgent(), "terminate");
  t.is(new WishQueue(AbortSignal.abort("SIGINT")).urgent(), "interrupt");
});
