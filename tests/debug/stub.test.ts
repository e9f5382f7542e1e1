/**
 * The stub in the guest, under a real gdb: what it answers is what QEMU's own stub answers, for the same image at the same
 * place, on every architecture. How a session ends is in stub-ends.test.ts; packets one by one, and a line that damages
 * them, are in suites/ukgdb.
 */
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { boot, bootOnSocket, commandWords, ENDED, ended, gdbOn, imageOf, withoutTimes } from "./by-hand.js";
import { debugTerminal } from "./terminal.js";

const TARGET = ["ukgdb_target.counts", "--profile", "debug"];
const QEMU = { x86_64: "$eflags", i386: "$eflags", arm64: "$cpsr" } as const;
/** A flag that no instruction in between looks at. */
const FLAG = { x86_64: "1", i386: "1", arm64: "0x10000000" } as const;
const MACHINES = ["v86", "qemu-x86_64", "qemu-i386", "qemu-arm64"] as const;

/** A page in all images that is not mapped, between two that are: the one below the stack. */
const HOLE = "(char *)&uk_boot_stack_guard";

/**
 * Up to the borders of that page and over them. No value that is read lies on both sides of one: the emulator's stub refuses
 * all of it, ours gives what is there, and gdb names another address.
 */
const BORDERS: readonly string[] = [
  `x/8xb ${HOLE} - 4`,
  `x/4xw ${HOLE} - 8`,
  `x/3xg ${HOLE} - 16`,
  `x/xw ${HOLE} + 4094`,
  `x/4xb ${HOLE} + 4096`,
  `set $kept = *(long long *)(${HOLE} - 8)`,
  `set var *(int *)(${HOLE} - 4) = 0x01020304`,
  `x/2xw ${HOLE} - 8`,
  // As far as there is memory, it is written.
  `set var *(long long *)(${HOLE} - 4) = 0x1112131415161718`,
  `x/2xw ${HOLE} - 8`,
  `set var *(long long *)(${HOLE} - 8) = $kept`,
  `x/2xw ${HOLE} - 8`,
  `set var *(int *)${HOLE} = 1`,
  `set var *(long long *)(${HOLE} + 4092) = 1`,
  `x/2xw ${HOLE} + 4096`,
];

/** Addresses that are none for x86_64, whose upper bits have to be alike; elsewhere nothing is there either. */
const NOWHERE: readonly string[] = [
  "x/2xb 0x8000000000000000",
  "x/xw 0x0000800000000000",
  "x/xg 0x00007ffffffffffc",
  "x/xw 0xffff7fffffffffff",
  "set var *(int *)0x8000000000000000 = 1",
  "print *(long *)0xdead000000000000",
];

/** How many of all these are refused. */
const REFUSED = 15;

/** What gdb is asked, from where the case begins. */
const questions = (flags: string, bit: string): readonly string[] => [
  "bt",
  "info args",
  "info locals",
  `p/x ${flags}`,
  "p $sp",
  "info frame",
  "x/12i $pc",
  "x/4xw $fp",
  "stepi",
  "p $pc",
  "stepi 25",
  "p $pc",
  "break bump",
  "continue",
  "bt 3",
  "x/4xb bump",
  "finish",
  "p place",
  "p (int)ukgdb_add(20, 22)",
  "watch counter",
  "continue",
  "continue",
  "awatch place",
  "delete",
  `set ${flags} = ${flags} ^ ${bit}`,
  `p/x ${flags}`,
  "stepi",
  `p/x ${flags}`,
  "x/4xb 0",
  "x/2xw 0xffff0000",
  ...BORDERS,
  ...NOWHERE,
  "next",
  "step",
  "find &place, +64, 4",
  "p counter = 6",
  "hbreak ukgdb_add",
  "continue",
  "up",
  "info locals",
  "advance 42",
  "info locals",
  // Functions of the stub itself: it works nevertheless.
  "break ukplat_coutk",
  "continue",
  "bt 2",
  "delete",
  "compare-sections .text",
  "continue",
];

/** A session without what differs for good reasons: where it begins, its clock, the debugger's word for its target. */
const masked = (text: string): string =>
  text
    .replace(/^[^]*?(?=^Breakpoint \d+, _uk_testsuite_)/m, "")
    // The last line of a guest may come without its end, or after the debugger has gone.
    .replace(/^\[ +\d+\.\d+\][^\n]*(?:\n|$)/gm, "")
    .replace(/^uktest: built [^\n]*\n/gm, "")
    .replace(/^warning: Source file is more recent than executable\.\n/gm, "")
    .replace(/Inferior 1 \([^)]*\)/g, "Inferior 1")
    .trimEnd();

async function session(machine: string, stub: string, asked: readonly string[]): Promise<string> {
  const words = ["debug", ...TARGET, "-m", machine, "--stub", stub, "--break", "case", "--", "-nx", "-batch"];
  const said = await uktest([...words, ...asked.flatMap((one) => ["-ex", one])], { cwd: ROOT });
  return `${said.stdout}\n== stderr\n${masked(said.stderr)}`;
}

for (const architecture of turns(["x86_64", "i386", "arm64"] as const, "debug/stub, answers"))
  test.serial(`${architecture}: every answer is that of the emulator's stub`, async (t) => {
    const asked = questions(QEMU[architecture], FLAG[architecture]);
    const ours = await session(`qemu-${architecture}`, "guest", asked);
    const theirs = await session(`qemu-${architecture}`, "machine", asked);
    t.is(masked(ours), masked(theirs));
    // And they are answers.
    for (const one of [
      /Breakpoint \d+, bump \(by=1\)/,
      /^\$\d+ = \{x = 3, y = 4\}/m,
      /^\$\d+ = 42$/m,
      /Old value = \d+\nNew value = \d+/,
      /Breakpoint \d+, ukgdb_add \(/,
      /^Section \.text, range .* matched\.$/m,
      /exited normally/,
    ])
      t.regex(ours, one);
    t.is([...ours.matchAll(/Cannot access memory at address/g)].length, REFUSED, ours);
  });

test.serial("v86 steps by breakpoints where an i386 of QEMU steps by itself", async (t) => {
  const asked = [
    ...["stepi 40", "p $pc", "next", "step", "bt 2", "finish", "stepi 7", "x/2i $pc"],
    ...["p (int)ukgdb_add(20, 22)", "break bump", "continue", "stepi", "up", "delete", "advance 40"],
    ...["set $eflags = $eflags ^ 1", "p/x $eflags", "stepi", "p/x $eflags", ...BORDERS, ...NOWHERE],
    ...["stepi 200", "x/i $pc", "continue"],
  ];
  const ours = await session("v86", "guest", asked);
  t.is(masked(ours), masked(await session("qemu-i386", "machine", asked)));
  t.regex(ours, /^\$\d+ = 42$/m);
});

test.serial("v86 watches by looking after each step", async (t) => {
  const said = await session("v86", "guest", [
    "break bump",
    "continue",
    "continue",
    "watch counter",
    "continue",
  ]);
  t.regex(said, /\nWatchpoint \d+: counter\n\nOld value = 0\nNew value = 1\n/);
});

for (const machine of turns(MACHINES, "debug/stub, interrupt"))
  test.serial(`${machine}: Ctrl-C stops a loop that prints nothing, and it goes on after it`, async (t) => {
    const words = ["ukgdb_target.goes_on_for_ever", "--profile", "debug", "-m", machine, "--stub", "guest"];
    const terminal = debugTerminal(t, [...words, "--break", "case", "--", "-nx"]);
    t.true(await terminal.shows(/Breakpoint \d+, [^]*\(gdb\)/));
    // gdb loses what is typed while it steps over a breakpoint, and says that it continues before the guest does.
    for (const command of ["set confirm off", "delete", "set debug remote 1", "continue"])
      terminal.type(command);
    t.true(await terminal.shows(/Sending packet: \$(?:vCont;c|c#)/));
    terminal.interrupt();
    t.true(await terminal.shows(/received signal SIGINT[^]*_case_goes_on_for_ever \(/));
    terminal.type("set debug remote 0");
    // Where it stopped inside of the addition, a value that is set now would be overwritten.
    terminal.type("set var $was = turns");
    terminal.type("tbreak target.c:47 if turns > $was + 3");
    terminal.type("continue");
    t.true(await terminal.shows(/Temporary breakpoint \d+, /));
    terminal.type("print turns - $was");
    t.true(await terminal.shows(/\$1 = 4/));
    terminal.type("kill");
    terminal.type("quit");
    t.is((await terminal.end).code, 0);
  });

test.serial("without a word on its command line the stub is not to be seen", async (t) => {
  const consoles: string[] = [];
  for (const profile of ["debug", "debug-stub"]) {
    const image = await imageOf("x86_64", "ukargparse", { profile });
    const { guest, sent } = boot(t, { architecture: "x86_64", image });
    t.is((await ended(t, guest)).code, ENDED.normal);
    // The id of the image, and addresses in it.
    const own = /(?<=build=)\w+|(?<=0x)[0-9a-f]+/gm;
    consoles.push(withoutTimes(sent()).replace(own, "").replace(/\.\.+/g, ""));
  }
  t.true((consoles[0]?.length ?? 0) > 2000);
  t.is(consoles[1], consoles[0]);
});

/** A guest by hand, as a second terminal has it. */
async function byHand(t: ExecutionContext, words: string, commands: readonly string[]): Promise<string> {
  const image = await imageOf("x86_64", "ukgdb-target", { pattern: "ukgdb_target.counts" });
  const on = await bootOnSocket(t, { architecture: "x86_64", image, words });
  const { stdout, stderr } = await ended(t, gdbOn(on, image, ["-batch", ...commandWords(commands)]));
  t.is((await ended(t, on.guest)).code, ENDED.crash, stdout);
  return `${stdout}\n${stderr}`;
}

test.serial("without uktest: a fault stops before its screen, and the screen after it", async (t) => {
  const said = await byHand(t, "uktest.gdb", [
    "tbreak _uk_testsuite_ukgdb_target_case_goes_on_for_ever",
    "continue",
    "bt 2",
    "continue",
    "return",
    // The read, its screen, and the end of that.
    "continue",
    "bt 1",
    "continue",
    "bt 1",
    "monitor suites",
    "continue",
  ]);
  t.regex(said, /received signal SIGTRAP[^]*\n#1 .*uk_gdb_break/, "the one that the code itself asks for");
  t.regex(said, /received signal SIGSEGV[^]*\n#0 .*reads_what_is_not_there/);
  t.regex(said, /SIGSEGV[^]*received signal SIGABRT[^]*\n#0 .*reads_what_is_not_there/);
  t.regex(said, /Unikraft crash - /);
  t.regex(said, /ukgdb_target\n\tasks_to_be_looked_at\n\tcounts\n/);
  t.regex(said, /terminated with signal SIGABRT/);
});

for (const [words, code, says] of [
  [["ukargparse", "--profile", "debug", "--stub", "guest"], 2, /no stub of its own[^]*--profile debug-stub/],
  [["--core", "latest", "--stub", "guest"], 2, /--stub makes no sense with --core/],
  [["ukargparse", "--stub", "nonsense"], 2, /stub/],
] as const)
  test.serial(`one error: ${words.join(" ")}`, async (t) => {
    const said = await uktest(["debug", ...words], { cwd: ROOT });
    t.is(said.code, code, said.stderr);
    t.regex(said.stderr, says);
    t.is(said.stdout, "");
  });
