/**
 * `uktest debug --record-replay` with a real gdb and real emulators: from a value that is wrong back to the line that wrote it, and
 * whatever else goes backwards.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { amount, turns } from "../amount.js";
import { start, startProgram, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { below, until } from "../runner/processes.js";
import { allGone, debugTerminal } from "./terminal.js";

const CASE = "ukdebug_overwritten.by_a_long_name";
const SOURCE = "suites/ukdebug/overwritten.c";
const X86 = ["-m", "qemu-x86_64"];

interface Session {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly all: string;
}

async function replay(words: readonly string[], ...commands: readonly string[]): Promise<Session> {
  const gdb = ["--", "-nx", "-batch", ...commands.flatMap((one) => ["-ex", one])];
  const said = await uktest(["debug", "--record-replay", ...words, ...gdb], { cwd: ROOT });
  return { ...said, all: `${said.stdout}\n${said.stderr}` };
}

/** The number of the line of the source that holds a text, as gdb shows it in front of the line. */
function shown(text: string): string {
  const lines = readFileSync(join(ROOT, SOURCE), "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes(text));
  return `${String(at + 1)}\t${lines[at] ?? ""}`;
}

/** The lines of the source that gdb has shown after it printed that text, in their order. */
const linesAfter = (said: string, mark: string): readonly string[] =>
  said
    .slice(said.indexOf(mark))
    .split("\n")
    .map((line) => line.replace(/^0x[0-9a-f]+\t/, ""))
    .filter((line) => /^\d+\t\s/.test(line));

const changes = (said: string): readonly (readonly string[])[] =>
  [...said.matchAll(/^Old value = (\d+)\nNew value = (\d+)$/gm)].map(([, old = "", now = ""]) => [old, now]);

for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"], "debug/reverse, writes"))
  test.serial(`back from a broken value to each write before it on ${machine}`, async (t) => {
    const back = Array.from({ length: 6 }, () => "reverse-continue");
    const said = await replay([CASE, "-m", machine], "watch room.users", ...back);
    t.is(said.code, 0, said.all);
    t.regex(said.stderr, /^uktest: recorded \d+ instructions; /m);
    t.regex(said.stderr, new RegExp(`^uktest: ${CASE}: expected .* to be 4 but was 0 `, "m"), said.all);
    const written = linesAfter(said.stdout, "Hardware watchpoint").slice(0, 5);
    const increment = shown("room.users++");
    t.deepEqual(written, [shown("*to = '\\0'"), increment, increment, increment, increment], said.all);
    t.deepEqual(
      changes(said.stdout),
      [
        ["0", "4"],
        ["4", "3"],
        ["3", "2"],
        ["2", "1"],
        ["1", "0"],
      ],
      said.all,
    );
    t.regex(said.stdout, /\n\nNo more reverse-execution history\.\n(?:0x|uk_boot_start)/, said.all);
  });

test.serial(
  "breakpoints stop on the way back, both ends are reported, and it goes on from each",
  async (t) => {
    const said = await replay(
      [CASE, ...X86],
      ...["break add_user", "reverse-continue", "print name", "reverse-continue", "print name"],
      ...[
        "delete",
        "reverse-continue",
        "echo at the beginning\\n",
        "break add_user",
        "continue",
        "print name",
      ],
      ...["delete", "continue", "echo at the end\\n", "continue", "print work", "break add_user"],
      ...["reverse-continue", "print name"],
    );
    t.is(said.code, 0, said.all);
    const names = [...said.stdout.matchAll(/^\$\d+ = 0x[0-9a-f]+ "(\w+)"$/gm)].map(([, name]) => name);
    t.deepEqual(names, ["operator", "bin", "root", "operator"], said.all);
    t.is([...said.stdout.matchAll(/^No more reverse-execution history\.$/gm)].length, 3, said.all);
    t.regex(said.stdout, /history\.\n0x0*fff0 in \?\? \(\)\nat the beginning\n/, said.all);
    t.regex(said.stdout, /history\.\n.*\n.*\nat the end\n|history\.\n.*\nat the end\n/, said.all);
    t.regex(said.stdout, /^\$\d+ = 999000$/m, "the end of the guest, where all work is done");
  },
);

test.serial("lines and calls are gone back over, as forwards", async (t) => {
  const said = await replay(
    [CASE, ...X86],
    ...["break add_user", "reverse-continue", "delete", "echo lines\\n", "next", "next", "reverse-next"],
    ...["reverse-next", "reverse-finish", "reverse-next", "reverse-step", "info symbol $pc"],
  );
  t.is(said.code, 0, said.all);
  const [first, second, third] = ["room.names[room.users]", "room.users++", "while (*name"].map(shown);
  const call = shown('add_user("operator")');
  const lines = linesAfter(said.stdout, "lines\n");
  t.deepEqual(lines.slice(0, 6), [second, third, second, first, call, call], said.all);
  t.regex(
    said.stdout,
    /^do_some_work(?: \+ \d+)? in section \.text/m,
    "reverse-step enters a call from its end",
  );
});

const TIMES = amount(3, 1);
for (const machine of turns(["qemu-x86_64", "qemu-i386"], "debug/reverse, exceptions"))
  test.serial(`the instruction that has raised an exception is come back to on ${machine}`, async (t) => {
    // The handler begins at the same place in time, and QEMU goes to either of the two.
    const times = Array.from({ length: TIMES }, () => [
      "continue",
      "reverse-continue",
      "info symbol $pc",
    ]).flat();
    const said = await replay(
      ["ukdebug_null_write.through_a_pointer", "-m", machine],
      ...["frame function write_to", "break *$pc", "reverse-continue", "info symbol $pc", ...times],
    );
    t.is(said.code, 0, said.all);
    t.is([...said.stdout.matchAll(/^write_to \+ \d+ in section/gm)].length, TIMES + 1, said.all);
    t.notRegex(said.stdout, /SIGTRAP/);
  });

test.serial("what the guest prints is shown once, and what went wrong at each time", async (t) => {
  const said = await replay(
    [CASE, ...X86],
    ...["watch room.users", "reverse-continue", "reverse-continue", "delete 5", "continue", "print 6*7"],
  );
  t.regex(said.stdout, /^\$1 = 42$/m, said.all);
  const wrong = [...said.stderr.matchAll(/^uktest: .* to be 4 but was 0 /gm)];
  t.is(wrong.length, 2, said.all);
  for (const line of ["uktest:begin ukdebug_overwritten", "to be 3 and was 3", "[ FAILED ]"])
    t.is(said.stderr.split(line).length, 2, `${line}\n${said.all}`);
});

test.serial("a case that does not end stands at the end of its recording, and so does a reset", async (t) => {
  const hung = await replay(
    ["ukdebug_endless", ...X86, "--case-timeout", "1"],
    ...["reverse-stepi", "info symbol $pc", "continue"],
  );
  t.is(hung.code, 0, hung.all);
  t.regex(hung.stderr, /^uktest: ukdebug_endless\.loop: stopped after 1 s, the limit of a case$/m, hung.all);
  t.regex(hung.stdout, /^_uk_testsuite_ukdebug_endless_case_loop(?: \+ \d+)? in section/m, hung.all);
  const reset = await replay(["ukdebug_reset", ...X86], "reverse-stepi");
  t.regex(reset.stderr, /^uktest: ukdebug_reset\.\w+: the guest reset its machine$/m, reset.all);
  t.is(reset.code, 0, reset.all);
});

test.serial(
  "a case that is green when it is recorded says so, and --break takes it all the same",
  async (t) => {
    const words = ["ukargparse_words_testsuite.words_nothing", ...X86];
    const green = await replay(words, "print 6*7");
    t.is(green.code, 0, green.all);
    t.regex(green.stderr, /words_nothing passed in 3 recordings, .*leave --record-replay out/, green.all);
    t.is(green.stderr.split("is recorded once more").length, 3, green.all);
    t.is(green.stdout, "");
    const suite = await replay(["ukargparse_words_testsuite", ...X86]);
    t.regex(suite.stderr, /each of \d+ cases passed in 3 recordings, /, suite.all);
    const stopped = await replay(
      [...words, "--break", "case"],
      ...["break uktest_first_suite", "reverse-continue", "info symbol $pc"],
    );
    t.regex(stopped.stdout, /^uktest_first_suite(?: \+ \d+)? in section/m, stopped.all);
    t.notRegex(stopped.stderr, /once more/);
  },
);

/** Ticks of processor time that a program has used. */
const ticksOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${String(pid)}/stat`, "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  return Number(fields[11]) + Number(fields[12]);
};

const isQemu = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${String(pid)}/comm`, "latin1").startsWith("qemu");
  } catch {
    return false;
  }
};

test.serial("Ctrl-C ends a long way back, and leaves the guest where it was", async (t) => {
  const words = ["--record-replay", "ukdebug_endless", ...X86, "--case-timeout", "1"];
  const session = debugTerminal(t, words);
  t.true(await session.shows(/forever = 1/));
  session.type("print $place = $pc");
  t.true(await session.shows(/\$1 = /));
  const emulator = session.processes().others.find(isQemu) ?? -1;
  // Nothing is written there, so all of the recording is looked through.
  session.type("watch *(int *)0x3000000");
  session.type("reverse-continue");
  const before = ticksOf(emulator);
  t.true(await until(() => ticksOf(emulator) > before + amount(50, 15)));
  session.interrupt();
  t.true(await session.shows(/received signal SIGINT/));
  session.type("print $pc == $place");
  t.true(await session.shows(/\$2 = 1/));
  session.type("delete");
  session.type("reverse-stepi");
  session.type("print 6*7");
  t.true(await session.shows(/\$3 = 42/));
  session.type("quit");
  t.is((await session.end).code, 0);
});

const foldersOf = (pid: number): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`uktest-debug.${String(pid)}.`));

for (const signal of ["quit", "SIGTERM", "SIGKILL"] as const)
  test.serial(`after ${signal} no program is left, and no recording`, async (t) => {
    const session = debugTerminal(t, ["--record-replay", CASE, ...X86]);
    t.true(await session.shows(/No locals/));
    const { uktest: main, others } = session.processes();
    const folders = foldersOf(main).map((name) => join(tmpdir(), name));
    t.true(folders.some((folder) => readdirSync(folder).includes("recording-1")));
    if (signal === "quit") session.type("quit");
    else process.kill(main, signal);
    t.true(await allGone([main, ...others]), (await session.end).stdout);
    // What a killed one leaves is removed by the next.
    if (signal === "SIGKILL") await replay([CASE, ...X86]);
    t.true(await until(() => !folders.some((folder) => existsSync(folder))));
  });

test.serial("while it is recorded, an end leaves nothing either", async (t) => {
  const words = ["debug", "--record-replay", "ukdebug_endless", ...X86, "--case-timeout", "300"];
  const running = start([...words, "--", "-nx", "-batch"], { cwd: ROOT, input: null });
  const main = running.child.pid ?? -1;
  t.true(await until(() => foldersOf(main).length === 1 && below(main).some((pid) => isQemu(pid))));
  const others = below(main);
  running.child.kill("SIGTERM");
  t.is((await running.end).code, 143);
  t.true(await allGone([main, ...others]));
  t.deepEqual(foldersOf(main), []);
});

test.serial("a debugger of one's own goes back too", async (t) => {
  const path = `${tmpdir()}/uktest-reverse-${String(process.pid)}`;
  const server = start(["debug", "--record-replay", CASE, ...X86, "--server", path], {
    cwd: ROOT,
    input: null,
  });
  await server.told("waiting for a debugger");
  const image = ".uktest/build/x86_64-gcc-debug/ukdebug.elf";
  const commands = [
    ...[`target remote ${path}`, "break uk_test_on_failure", "continue", "watch room.users"],
    ...["reverse-continue", "kill"],
  ];
  const words = ["-nx", "-batch", ...commands.flatMap((one) => ["-ex", one]), image];
  const said = await startProgram("gdb-multiarch", words, { cwd: ROOT }).end;
  t.deepEqual(
    linesAfter(said.stdout, "Hardware watchpoint").slice(0, 1),
    [shown("*to = '\\0'")],
    said.stdout,
  );
  t.is((await server.end).code, 0);
  t.false(existsSync(path));
});

function refused(t: ExecutionContext, said: Session, code: number, says: RegExp): void {
  t.is(said.code, code, said.all);
  t.regex(said.stderr, says);
  t.is(said.stdout, "");
}

test.serial("what cannot be recorded is one error", async (t) => {
  refused(t, await replay([CASE, "--core", "latest"]), 2, /--record-replay makes no sense with --core/);
  refused(t, await replay([CASE, "-m", "v86"]), 2, /v86 records nothing\n +.*-m qemu-i386/);
  refused(t, await replay([CASE, ...X86, "--accel", "kvm"]), 2, /unknown argument: accel/);
  refused(t, await replay(["no_such_case", ...X86]), 2, /nothing is named "no_such_case"/);
});
