/**
 * `uktest debug` on the kit's own failing cases, with a real gdb and real emulators: where it stops, what it shows of that,
 * and what it returns.
 */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { type Said, scratch, startProgram, uktest } from "../cli/run.js";
import { ROOT, runKit } from "../runner/kit.js";

/** What gdb prints for its guest, the console and our line, is on its standard error. */
interface Session extends Said {
  readonly all: string;
}

async function debug(words: readonly string[], gdb: readonly string[] = []): Promise<Session> {
  const said = await uktest(["debug", ...words, "--", "-nx", "-batch", ...gdb], { cwd: ROOT });
  return { ...said, all: `${said.stdout}\n${said.stderr}` };
}

/** The line of a source that holds a text. */
function lineOf(path: string, text: string): number {
  const at = readFileSync(join(ROOT, path), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text));
  return at + 1;
}

/** The function of a case. */
const functionOf = (name: string): string => `_uk_testsuite_${name.replace(".", "_case_")}`;

interface Stop {
  readonly name: string;
  /** What the line of uktest says after the name. */
  readonly says: RegExp;
  /** The line in the case, as `FILE:LINE`. */
  readonly place: string;
}

const at = (file: string, text: string): string => `${file}:${String(lineOf(file, text))}`;
const MEMORY = "suites/ukdebug/memory.c";

/** What is alike on every machine. */
const STOPS: readonly Stop[] = [
  {
    name: "uktest_fails.expect",
    says: /expected `one == 2` to be true \(suites\/uktest-fails\/every\.h:6\)/,
    place: "suites/uktest-fails/every.h:6",
  },
  {
    name: "ukdebug_null_write.through_a_pointer",
    says: new RegExp(
      `(?:page fault at 0x0|write to 0x0).*\\(${at(MEMORY, "*(volatile int *)pointer = 42")}\\)`,
    ),
    place: at(MEMORY, "write_to(null_pointer)"),
  },
  {
    name: "ukdebug_assertion.fails",
    says: /assertion failure: three == 4/,
    place: at("suites/ukdebug/on_purpose.c", "UK_ASSERT(three == 4)"),
  },
  {
    name: "ubsan_arithmetic.add_overflow",
    says: /undefined behavior: signed integer overflow/,
    place: at("suites/ubsan/arithmetic.c", "UB: signed-integer-overflow"),
  },
  {
    name: "ukdebug_exit.of_libc",
    says: /exit\(3\) was called inside the case/,
    place: at("suites/ukdebug/ending.c", "exit(3)"),
  },
];

function stoppedIn(
  t: ExecutionContext,
  { name, says, place }: Stop,
  { code, stdout, stderr, all }: Session,
): void {
  t.is(code, 0, all);
  const line = stderr.split("\n").find((one) => one.startsWith(`uktest: ${name}: `)) ?? "";
  t.regex(line, says, all);
  // The last frame that gdb has printed is that of the case, on its line.
  const frames = [...stdout.matchAll(/^#\d+ +(?:0x[0-9a-f]+ in )?(\w+) \(.*\) at (\S+)$/gm)];
  t.deepEqual(frames.at(-1)?.slice(1), [functionOf(name), place], all);
}

for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"], "debug/session"))
  test.serial(`a case of each kind opens on its line on ${machine}`, async (t) => {
    for (const stop of STOPS) stoppedIn(t, stop, await debug([stop.name, "-m", machine]));
  });

test.serial("the values of variables are shown, and what stands after -- is run at the stop", async (t) => {
  const said = await debug(
    ["ukdebug_endless", "--case-timeout", "1", "-m", "qemu-x86_64"],
    ["-ex", "print forever + 41"],
  );
  t.is(said.code, 0, said.stderr);
  t.regex(
    said.stderr,
    /^uktest: ukdebug_endless\.loop: stopped after 1 s, the limit of a case$/m,
    said.stdout,
  );
  t.regex(said.stdout, /^forever = 1\n\$1 = 42$/m, said.stdout);
});

test.serial("a processor that sleeps for ever is stopped where it does", async (t) => {
  const said = await debug(["ukdebug_stop", "-m", "qemu-x86_64"]);
  t.regex(
    said.stderr,
    /^uktest: ukdebug_stop\.\w+: the guest halted its processor with interrupts off$/m,
    said.stdout,
  );
  t.regex(
    said.stdout,
    /_uk_testsuite_ukdebug_stop_case_\w+ \(.*\) at suites\/ukdebug\/ending\.c:\d+$/m,
    said.stdout,
  );
});

test.serial("a machine without a stub is replaced by the emulator of its architecture", async (t) => {
  const said = await debug(["uktest_fails.expect", "-m", "v86"]);
  t.regex(
    said.stderr,
    /^uktest: machine: qemu-i386, since v86 has nothing that a debugger could connect to$/m,
  );
  stoppedIn(t, STOPS[0] as Stop, said);
});

test.serial("an image that is there already, with its symbols beside it", async (t) => {
  await runKit("uktest_fails", "-m", "qemu-x86_64");
  const { file } = scratch(t);
  const built = join(ROOT, ".uktest/build/x86_64-gcc/uktest-fails.elf");
  copyFileSync(built, file("app.dbg"));
  t.is((await startProgram("strip", ["-o", file("app"), built]).end).code, 0);
  const said = await debug(["--image", file("app"), "uktest_fails.expect"]);
  stoppedIn(t, STOPS[0] as Stop, said);
});

test.serial("a case that passes says so, and where it can be stopped", async (t) => {
  const name = "ukargparse_words_testsuite.words_nothing";
  const said = await debug([name, "-m", "qemu-x86_64"], ["-ex", "print 1"]);
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /exited normally/);
  t.notRegex(said.stdout, /\$1 = 1/, "gdb has ended with its guest");
  t.regex(
    said.stderr,
    /^uktest: ukargparse_words_testsuite\.words_nothing passed, so .*: --break case stops where a case begins$/m,
  );
  t.regex(said.stderr, /^uktest: it was built with --profile debug; --profile default /m);

  const all = await debug(["ukargparse_words_testsuite", "-m", "qemu-x86_64"]);
  t.regex(all.stderr, /^uktest: all \d+ cases passed, so there was nothing to stop at: /m);

  const stopped = await debug([name, "-m", "qemu-x86_64", "--break", "case"], ["-ex", "info symbol $pc"]);
  t.regex(
    stopped.stdout,
    /_uk_testsuite_ukargparse_words_testsuite_case_words_nothing(?: \+ \d+)? in section \.text/,
    stopped.stdout,
  );
  t.notRegex(stopped.stderr, /passed/);

  const plain = await debug([name, "-m", "qemu-x86_64", "--profile", "default"]);
  t.notRegex(plain.stderr, /it was built with/, plain.stderr);
});

test.serial("a red case that nothing could be stopped at says how it ended", async (t) => {
  const said = await debug(["ukdebug_reset", "-m", "qemu-x86_64"]);
  t.regex(
    said.stderr,
    /^uktest: ukdebug_reset\.\w+ is crashed \(the guest reset its machine\), and nothing /m,
  );
  t.is(said.code, 0);
});

test.serial("a breakpoint of a function, and an error of gdb", async (t) => {
  const words = ["ukargparse_words_testsuite.words_nothing", "-m", "qemu-x86_64"];
  const stopped = await debug([...words, "--break", "uk_argnparse"], ["-ex", "bt 1"]);
  t.regex(stopped.stdout, /^#0 +(?:0x\w+ in )?uk_argnparse \(/m, stopped.stdout);
  const wrong = await debug([...words, "--break", "nosuch.c:1"]);
  t.is(wrong.code, 1, wrong.stdout);
  t.regex(wrong.stderr, /No source file named nosuch\.c\./);
  t.notRegex(wrong.stderr, /nothing of it could be stopped at/, "what gdb has not tried has no conclusion");
  const unknown = await debug([...words, "--break", "no_such_function"]);
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /--break no_such_function: the image has no such function/);
});

test.serial("what cannot be debugged is one error", async (t) => {
  const rows: readonly (readonly [words: readonly string[], code: number, says: RegExp])[] = [
    [
      ["vfscore", "uktest-fails"],
      2,
      /is in 2 images, and one is debugged at a time\n +name a suite or a case of one:/,
    ],
    [["no_such_case"], 2, /nothing is named "no_such_case"/],
    [
      ["ukargparse", "-m", "qemu-x86_64", "--break", "nothing"],
      2,
      /--break nothing: the image has no such function/,
    ],
    [["--image", "/nonexistent"], 2, /no such image: \/nonexistent/],
    [["ukargparse", "--server", "99999"], 2, /there is no port 99999/],
    [["ukargparse", "-m", "nothing"], 2, /there is no machine "nothing"/],
    [["ukargparse", "--case-timeout", "x"], 2, /--case-timeout has to be a positive number/],
    [["ukargparse", "--break", ""], 2, /--break is empty/],
    [["ukargparse", "--break"], 2, /--break needs a value/],
    [["ukargparse", "--server", "localhost:1"], 2, /localhost:1 is neither a port nor a path/],
    [["ukargparse", "--server", "0", "--break", "case"], 2, /--break goes without --server/],
  ];
  for (const [words, code, says] of rows) {
    const said = await uktest(["debug", ...words], { cwd: ROOT });
    t.is(said.code, code, said.stderr);
    t.regex(said.stderr, says, words.join(" "));
    t.is(said.stdout, "", words.join(" "));
  }
  const both = await uktest(["debug", "ukargparse", "--server", "0", "--", "-batch"], { cwd: ROOT });
  t.regex(both.stderr, /--server starts no gdb/);
});
