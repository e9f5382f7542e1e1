/**
 * Call frame information of the kit: a debugger that stops in an exception sees the line that raised it and its callers, up
 * to the first instruction of the image. The debugger is gdb, over QEMU's own stub.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { type Scratch, scratch, startProgram } from "../cli/run.js";
import type { Frame } from "../../src/core/fault.js";
import { documentOf, ROOT, runKit } from "../runner/kit.js";

interface Boot {
  readonly program: string;
  /** Arguments of the machine. */
  readonly words: string;
  /** Folder of the images. */
  readonly build: string;
  /** The outermost function. */
  readonly entry: string;
}

const PC = "-M microvm,x-option-roms=off,acpi=off -cpu max";
/** How an image boots without anything of uktest. */
const BOOTS: Readonly<Record<"qemu-x86_64" | "qemu-i386" | "qemu-arm64", Boot>> = {
  "qemu-x86_64": { program: "qemu-system-x86_64", words: PC, build: "x86_64-gcc", entry: "boot_long_mode" },
  "qemu-i386": { program: "qemu-system-i386", words: PC, build: "i386-gcc", entry: "ukarch_go_on" },
  "qemu-arm64": {
    program: "qemu-system-aarch64",
    words: "-M virt -cpu cortex-a53 -semihosting-config enable=on,target=native",
    build: "arm64-gcc",
    entry: "uk_boot_start",
  },
};

/**
 * Runs gdb with commands on an image that QEMU holds at its first instruction.
 * @param only the suite that runs; the first one where it is absent
 * @returns what gdb printed
 */
async function debug(
  { file }: Scratch,
  { program, words, build }: Boot,
  image: string,
  commands: readonly string[],
  only?: string,
): Promise<string> {
  const path = join(ROOT, ".uktest/build", build, image);
  // gdb starts QEMU itself and speaks on its standard input and output: no port, and one ends with the other.
  const qemu =
    `${program} ${words} -accel tcg -m 64 -nodefaults -no-user-config -display none -no-reboot ` +
    `-serial file:${file("console")} -kernel ${path} -S -gdb stdio` +
    (only === undefined ? "" : ` -append uktest.only=${only}`);
  const settings = ["pagination off", "confirm off", "style enabled off", "remotetimeout 300", "width 0"];
  const all = [...settings.map((one) => `set ${one}`), `target remote | exec ${qemu}`, ...commands, "kill"];
  const args = ["-nx", "-batch", ...all.flatMap((one) => ["-ex", one]), path];
  return (await startProgram("gdb-multiarch", args, { cwd: ROOT }).end).stdout;
}

/** Names and places of a backtrace, the innermost frame first; `-` where a frame has none. */
const framesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^#\d+ +(?:0x[0-9a-f]+ in )?(<signal handler called>|\w+)(?: \(.*\) at (\S+))?/gm)].map(
    ([, name = "", place]) => `${name} ${place ?? "-"}`,
  );

/** The line of a source that holds a text. */
function lineOf(path: string, text: string): number {
  const at = readFileSync(join(ROOT, path), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text));
  return at + 1;
}

for (const [machine, boot] of turns(Object.entries(BOOTS), "guest/unwinding, traps")) {
  test.serial(`a trap on ${machine} leads to its line, and ends at the entry`, async (t) => {
    await runKit("ukdebug_half_a_line", "-m", machine);
    const said = await debug(scratch(t), boot, "ukdebug.elf", ["break uk_trap", "continue", "bt"]);
    const frames = framesIn(said.slice(said.indexOf("#0")));
    const raised = `suites/ukdebug/ending.c:${String(lineOf("suites/ukdebug/ending.c", "__builtin_trap"))}`;
    t.is(frames[0]?.split(" ")[0], "uk_trap", said);
    t.is(frames[1], "<signal handler called> -", said);
    t.is(frames[2], `_uk_testsuite_ukdebug_half_a_line_case_before_a_trap ${raised}`, said);
    t.is(frames.at(-1)?.split(" ")[0], boot.entry, said);
    t.false(/corrupt stack|previous frame/.test(said), said);
  });

  test.serial(`every register of a trap on ${machine} is the interrupted code's`, async (t) => {
    const registers =
      machine === "qemu-arm64" ? ["sp", "x19", "x29"] : ["sp", machine === "qemu-i386" ? "ebp" : "rbp"];
    const values = registers.map((name) => `printf "${name}=%lx\\n", (unsigned long)$${name}`);
    // On the instruction itself, and then from the trap that it raises. On arm64 it is a breakpoint of the program's own,
    // which gdb steps over where it has stopped on it: the line before it has the same frame.
    const stop = machine === "qemu-arm64" ? 'printf("half a line' : "__builtin_trap";
    const at = `_uk_testsuite_ukdebug_half_a_line_case_before_a_trap`;
    const line = lineOf("suites/ukdebug/ending.c", stop);
    const said = await debug(scratch(t), boot, "ukdebug.elf", [
      `break ending.c:${String(line)}`,
      "continue",
      ...values,
      "break uk_trap",
      "continue",
      "frame 2",
      ...values,
      "info frame",
    ]);
    const seen = [...said.matchAll(/^(\w+)=([0-9a-f]+)$/gm)].map(([all]) => all);
    t.is(seen.length, 2 * registers.length, said);
    t.deepEqual(seen.slice(registers.length), seen.slice(0, registers.length), said);
    t.true(said.includes(at), said);
  });
}

/** Exceptions of each kind, and the machines that have it. A jump to nowhere leaves no frame that gdb could begin with. */
const KINDS: readonly (readonly [suite: string, machines: readonly string[]])[] = [
  ["ukdebug_null_read", Object.keys(BOOTS)],
  ["ukdebug_null_write", Object.keys(BOOTS)],
  ["ukdebug_wild_read", Object.keys(BOOTS)],
  ["ukdebug_undefined_instruction", Object.keys(BOOTS)],
  ["ukdebug_stack_overflow", Object.keys(BOOTS)],
  ["ukdebug_divide", ["qemu-x86_64", "qemu-i386"]],
  ["ukdebug_general_protection", ["qemu-x86_64", "qemu-i386"]],
  ["ukdebug_misaligned_exclusive", ["qemu-arm64"]],
];

/** Frames of a report, written as `framesIn` writes those of gdb. */
const namesOf = (trace: readonly Frame[]): readonly string[] =>
  trace.map(
    ({ function: name = "?", file = "-", line }) =>
      `${name} ${file}${line === undefined ? "" : `:${String(line)}`}`,
  );

for (const [machine, boot] of turns(Object.entries(BOOTS), "guest/unwinding, exceptions"))
  test.serial(`gdb and the report name the frames of every exception on ${machine} alike`, async (t) => {
    for (const [suite] of KINDS.filter(([, machines]) => machines.includes(machine))) {
      const [fault] = documentOf(await runKit(suite, "-m", machine, "-r", "json")).faults;
      const reported = namesOf(fault?.callTrace ?? []);
      const said = await debug(
        scratch(t),
        boot,
        "ukdebug.elf",
        ["break uk_trap", "continue", "bt 60"],
        suite,
      );
      const seen = framesIn(said.slice(said.indexOf("#0"))).slice(2);
      t.true(reported.length >= 3, suite);
      t.deepEqual(seen.slice(0, reported.length), reported, `${suite}\n${said}`);
    }
  });

test.serial("the profile debug shows the values of arguments", async (t) => {
  const run = await runKit("ukargparse", "-m", "qemu-x86_64", "--profile", "debug");
  t.is(run.code, 0, run.stdout + run.stderr);
  const boot = { ...BOOTS["qemu-x86_64"], build: "x86_64-gcc-debug" };
  const said = await debug(scratch(t), boot, "ukargparse.elf", ["break uk_argnparse", "continue", "bt 1"]);
  t.regex(said, /^#0 +(?:0x\w+ in )?uk_argnparse \(argb=\S*0x[0-9a-f]+.*maxlen=\S*\d+, argv=\S*0x/m, said);
  t.notRegex(said, /optimized out/, said);
});
