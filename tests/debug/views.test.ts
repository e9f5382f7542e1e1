/**
 * The four views of one crash: the screen of the guest, the frames of the report, `bt` of the core and `bt` of a live session.
 * For every kind of crash of the kit they name the same functions and lines, and from the fault to the case those that the
 * source has. It is not about hangs and ends without a crash screen, nor about how a view is made: see the tests beside it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { amount, turns } from "../amount.js";
import { type Said, scratch, uktest } from "../cli/run.js";
import { documentOf, type JsonDocument, ROOT, runKit } from "../runner/kit.js";

/*
 * What a view cannot have, and what is compared instead. Nothing else may differ.
 *
 * | view   | lacks                                         | rule                                                        |
 * | ------ | --------------------------------------------- | ----------------------------------------------------------- |
 * | screen | inlined functions, files and lines            | it has the names of the report's other frames               |
 * | screen | a name where no code is, as after a wild jump | it has none there, and the other views `??` without a place |
 * | screen | more than 31 functions                        | `endsAt: "depth"`: it has the innermost 31                  |
 * | screen | what a handler of a trap has interrupted      | `endsAt: "handler"`: it has the frames of the table alone   |
 * | report | what the screen lacks, but for inlined frames | it ends where the screen does                               |
 * | core   | all, where printing a crash has crashed       | `way: "nested"`: neither screen, report nor core has frames |
 * | live   | a stop at the fault itself                    | first come the frames of `wayOf`, then those of the core    |
 * | live   | the same image: `uktest debug` builds at -O0  | `isSameImage` where that has other frames or lines          |
 */

type Machine = "qemu-x86_64" | "qemu-i386" | "qemu-arm64";
type Way = "trap" | "uk_crash_message" | "uk_assert_failed" | "nested";

const PCS: readonly Machine[] = ["qemu-x86_64", "qemu-i386"];
const ALL: readonly Machine[] = [...PCS, "qemu-arm64"];
const SIGNAL = "<signal handler called>";
/** Functions that the guest's walk shows at the most, the one of the fault included. */
const MOST_ON_SCREEN = 31;

/** What gdb shows of the way from the crash to where it stops, innermost first. */
function wayOf(way: Way, machine: Machine): readonly string[] {
  const stop = ["uk_crash_on_screen", "raise"];
  const isArm = machine === "qemu-arm64";
  if (way === "trap") return [...stop, "uk_crash", isArm ? "crash" : "x86_crash", "uk_trap", SIGNAL];
  if (way !== "nested") return [...stop, "uk_crash", way];
  const reporting = isArm ? ["crash"] : ["say_exception", "x86_crash"];
  return [...stop, "uk_crash_enter", ...reporting, "uk_trap", SIGNAL];
}

/** A frame: its function, its file, and a text that is there once and ends on its line. */
type Place = readonly [name: string, file: string, text?: string];

interface Kind {
  /** `suite.case`. */
  readonly name: string;
  readonly way: Way;
  /** From the fault to the case. Without a text, the compiler chooses the line. */
  readonly frames: (machine: Machine) => readonly Place[];
  readonly machines: readonly Machine[];
  readonly endsAt?: "depth" | "handler";
  readonly isSameImage?: true;
}

const MEMORY = "suites/ukdebug/memory.c";
const INSTRUCTIONS = "suites/ukdebug/instructions.c";
const PURPOSE = "suites/ukdebug/on_purpose.c";
const HANDLERS = "suites/ukevent/unhandled.c";
const RAISE = "suites/ukevent/raise.h";
const NOWHERE: Place = ["??", "-"];

/** The function of a case. */
const functionOf = (name: string): string => `_uk_testsuite_${name.replace(".", "_case_")}`;

/** A crash in the case itself, on the line of this text; the second one is that of arm64. */
const inCase = (name: string, file: string, text: string, arm = text, machines = ALL): Kind => ({
  ...{ name, way: "trap", machines },
  frames: (machine) => [[functionOf(name), file, machine === "qemu-arm64" ? arm : text]],
});

/** An access to memory in a function that the case calls. */
const inCall = (name: string, call: string, inner: readonly Place[]): Kind => ({
  ...{ name: `${name}.through_a_pointer`, way: "trap", machines: ALL },
  frames: () => [...inner, [functionOf(`${name}.through_a_pointer`), MEMORY, call]],
});

const READ: Place = ["read_from", MEMORY, "return *(const volatile int *)pointer;"];
const WRITE: Place = ["write_to", MEMORY, "*(volatile int *)pointer = 42;"];
const CALL: Place = ["call", MEMORY, "\tfunction();"];
const TWICE: Place = [functionOf("ukdebug_twice.message_is_no_string"), PURPOSE, 'UK_CRASH("Never'];

const KINDS: readonly Kind[] = [
  inCall("ukdebug_null_read", "(read_from(null_pointer), 0)", [READ]),
  inCall("ukdebug_null_write", "write_to(null_pointer)", [WRITE]),
  inCall("ukdebug_null_jump", "call(null_function)", [NOWHERE, CALL]),
  inCall("ukdebug_wild_read", "(read_from(wild_pointer), 0)", [READ]),
  inCall("ukdebug_wild_write", "write_to(wild_pointer)", [WRITE]),
  inCall("ukdebug_wild_jump", "call(wild_function)", [NOWHERE, CALL]),
  {
    ...{ name: "ukdebug_stack_overflow.by_recursion", way: "trap", machines: ALL, endsAt: "depth" },
    // At -O0 frames are larger, and another instruction is the first that comes to the missing page.
    isSameImage: true,
    frames: () => [
      ["descend", MEMORY],
      ["descend", MEMORY, "return descend(depth + 1)"],
    ],
  },
  inCase("ukdebug_undefined_instruction.in_a_case", INSTRUCTIONS, '("ud2")', '(".inst 0")'),
  inCase("ukdebug_breakpoint.in_a_case", INSTRUCTIONS, '("int3")', '("brk #42")'),
  inCase("ukdebug_half_a_line.before_a_trap", "suites/ukdebug/ending.c", "__builtin_trap();"),
  inCase("ukdebug_divide.by_zero", INSTRUCTIONS, "divl %%edx", undefined, PCS),
  inCase("ukdebug_general_protection.by_a_segment", INSTRUCTIONS, "movl %0, %%es", undefined, PCS),
  inCase("ukdebug_non_canonical.read", INSTRUCTIONS, "movq (%0), %%rax", undefined, ["qemu-x86_64"]),
  inCase("ukdebug_misaligned_jump.in_a_case", INSTRUCTIONS, "adr x9, .", undefined, ["qemu-arm64"]),
  inCase("ukdebug_misaligned_exclusive.in_a_case", INSTRUCTIONS, "ldaxr x9", undefined, ["qemu-arm64"]),
  { ...inCase("ukdebug_assertion.fails", PURPOSE, "UK_ASSERT(three == 4)"), way: "uk_assert_failed" },
  { ...inCase("ukdebug_libc_assertion.fails", PURPOSE, "\tassert(three == 4)"), way: "uk_assert_failed" },
  { ...inCase("ukdebug_crash.with_a_message", PURPOSE, 'UK_CRASH("Could'), way: "uk_crash_message" },
  {
    ...{ name: "ukdebug_abort.is_called", way: "uk_crash_message", machines: ALL },
    frames: () => [
      ["abort", "guest/lib/nolibc/exit.c", 'UK_CRASH("abort called'],
      [functionOf("ukdebug_abort.is_called"), PURPOSE, "\tabort();"],
    ],
  },
  { name: "ukdebug_twice.message_is_no_string", way: "nested", machines: ALL, frames: () => [TWICE] },
  {
    ...{ name: "ubsan_unreachable.place", way: "uk_crash_message", machines: ALL },
    frames: () => [
      ["ubsan_report", "guest/lib/ubsan/ubsan.c", 'UK_CRASH("Undefined behavior'],
      [
        "__ubsan_handle_builtin_unreachable",
        "guest/lib/ubsan/flow.c",
        "unreachable(void *data)\n{\n\tubsan_report(",
      ],
      [functionOf("ubsan_unreachable.place"), "suites/ubsan-fatal/unreachable.c", "__builtin_unreachable()"],
    ],
  },
  {
    ...{ name: "ukevent_not_handled.trap", way: "trap", machines: ALL },
    frames: (machine) => [
      ["raise_invalid_op", RAISE, machine === "qemu-arm64" ? '(".inst 0" :' : '("ud2" :'],
      [functionOf("ukevent_not_handled.trap"), HANDLERS, "UK_EVENT_NOT_HANDLED;\n\traise_invalid_op();"],
    ],
  },
  {
    ...{ name: "ukevent_endless.handler_that_raises_its_own", way: "trap", machines: ALL, endsAt: "handler" },
    // x86 goes on after a breakpoint that is handled: at -O1 that is in the caller, in which it is inlined.
    isSameImage: true,
    frames: (machine) => [
      ["raise_debug", RAISE, machine === "qemu-arm64" ? '("brk #1" :' : '("int3" :'],
      ["raises_again", HANDLERS, "depth++;\n\traise_debug();"],
    ],
  },
];

/** A frame as the views are compared: `FUNCTION FILE:LINE`; a pattern where the compiler chooses the line. */
function written([name, file, text]: Place): string | RegExp {
  if (file === "-") return `${name} -`;
  if (text === undefined) return new RegExp(`^${name} ${file}:\\d+$`);
  const [before = "", ...others] = readFileSync(join(ROOT, file), "utf8").split(text);
  if (others.length !== 1) throw new Error(`${file} does not have "${text}" once`);
  return `${name} ${file}:${String(`${before}${text}`.split("\n").length)}`;
}

interface Frame {
  readonly name: string;
  /** `FUNCTION FILE:LINE`, with `-` where there is no place. */
  readonly place: string;
  /** Where gdb shows it: not for what is inlined into another, and not for the first frame on the first byte of a line. */
  readonly address?: number;
}

/** The frames of the last backtrace that gdb has printed. */
function framesIn(t: ExecutionContext, text: string): readonly Frame[] {
  const lines = text.slice(text.lastIndexOf("\n#0 ")).match(/^#\d+ .*$/gm) ?? [];
  return lines.map((line, index) => {
    const match =
      /^#(\d+) +(?:0x([0-9a-f]+) in )?(<signal handler called>|\?\?|\w+)(?: \(.*\))?(?: at (\S+))?$/.exec(
        line,
      );
    const [, number = "", address, name = "", at = "-"] = match ?? [];
    t.is(number, String(index), line);
    return { name, place: `${name} ${at}`, ...(address !== undefined && { address: parseInt(address, 16) }) };
  });
}

interface ScreenFrame {
  readonly address: number;
  /** Empty where the guest knows none. */
  readonly name: string;
}

/** The call traces of the crash screens of a run, by suite: each has ended a boot of its own. */
function screensOf(record: string): ReadonlyMap<string, readonly ScreenFrame[]> {
  const screens = readdirSync(join(record, "logs")).map((log) => {
    const text = readFileSync(join(record, "logs", log), "latin1");
    const suite = [...text.matchAll(/uktest:begin (\w+)/g)].at(-1)?.[1] ?? "";
    const trace = text.split("Call Trace:")[1] ?? "";
    const frames = [...trace.matchAll(/CRIT: {2}\[0x([0-9a-f]{16})\](?: (\w+)\+[0-9a-f]+)?\s*$/gm)];
    const named = frames.map(([, address = "", name = ""]) => ({ address: parseInt(address, 16), name }));
    return [suite, named] as const;
  });
  return new Map(screens);
}

interface Recorded {
  readonly record: string;
  readonly faults: JsonDocument["faults"];
  readonly screens: ReadonlyMap<string, readonly ScreenFrame[]>;
}

/** One run of all these kinds, which leaves the first three views. */
async function recorded(t: ExecutionContext, machine: Machine, kinds: readonly Kind[]): Promise<Recorded> {
  const { path } = scratch(t);
  const run = await runKit(
    ...kinds.map(({ name }) => name),
    ...["-m", machine, "--record", path, "-r", "json"],
  );
  t.is(run.code, 1, run.stderr);
  const { faults } = documentOf(run);
  t.deepEqual([...faults].map((fault) => fault.case).sort(), kinds.map(({ name }) => name).sort());
  const record = join(path, "run-0001");
  return { record, faults, screens: screensOf(record) };
}

const gdb = (...words: readonly string[]): Promise<Said> =>
  uktest(["debug", ...words, "--", "-nx", "-batch", "-ex", "bt"], { cwd: ROOT });

/** The frames of the live view, from the crash on: the way to the screen is looked at here. */
async function live(t: ExecutionContext, machine: Machine, kind: Kind): Promise<readonly Frame[]> {
  const { name, way, isSameImage } = kind;
  const said = await gdb(name, "-m", machine, ...(isSameImage === true ? ["--profile", "default"] : []));
  t.is(said.code, 0, said.stderr);
  const frames = framesIn(t, said.stdout);
  const expected = wayOf(way, machine);
  const names = frames.map((frame) => frame.name);
  t.deepEqual(names.slice(0, expected.length), expected, `${name}, live\n${said.stdout}`);
  return frames.slice(expected.length);
}

/** How much of the whole trace, inlined frames included, the screen and the report have. */
function lengthOnScreen(t: ExecutionContext, { name, endsAt }: Kind, table: number, all: number): number {
  if (endsAt === undefined) return all;
  const length = endsAt === "depth" ? MOST_ON_SCREEN : table;
  t.true(all > length, `${name} has no more than its screen`);
  return length;
}

/** A crash while one is printed: only a debugger sees where it was. */
async function compareNested(t: ExecutionContext, machine: Machine, kind: Kind, run: Recorded) {
  const { name, frames } = kind;
  t.deepEqual(run.faults.find((fault) => fault.case === name)?.callTrace, []);
  t.deepEqual(run.screens.get(name.split(".")[0] ?? ""), []);
  if (!hasDebugger(kind)) return;
  const core = await gdb("--core", run.record, name);
  t.regex(core.stderr, /there is no core of ukdebug_twice/);
  const seen = await live(t, machine, kind);
  const message = seen.findIndex((frame) => frame.name === "uk_crash_message");
  t.deepEqual([seen[message + 1]?.place], frames(machine).map(written));
}

/** Whether a debugger looks at a kind on this machine: by hand at every other one. */
const hasDebugger = (kind: Kind): boolean => amount(true, KINDS.indexOf(kind) % 2 === 0);

/** The report and the screen, of which each has the frames that the table has, as far as the screen goes. */
function compareScreen(t: ExecutionContext, machine: Machine, { name, frames }: Kind, run: Recorded) {
  const trace = run.faults.find((fault) => fault.case === name)?.callTrace ?? [];
  const reported = trace.map(
    ({ function: own = "??", file, line = 0 }) =>
      `${own} ${file === undefined ? "-" : `${file}:${String(line)}`}`,
  );
  t.true(reported.length > 0, name);
  comparePlaces(t, reported, frames(machine).slice(0, reported.length), `${name}, report`);
  const screen = run.screens.get(name.split(".")[0] ?? "") ?? [];
  const real = trace.filter(({ isInlined }) => isInlined !== true);
  t.deepEqual(
    screen.map((frame) => frame.name),
    real.map(({ function: own = "" }) => own),
    `${name}, screen`,
  );
  return { reported, screen };
}

function comparePlaces(
  t: ExecutionContext,
  places: readonly string[],
  table: readonly Place[],
  said: string,
): void {
  for (const [index, expected] of table.map(written).entries())
    if (typeof expected === "string") t.is(places[index], expected, said);
    else t.regex(places[index] ?? "", expected, said);
}

async function compareAll(t: ExecutionContext, machine: Machine, kind: Kind, run: Recorded): Promise<void> {
  const { name, frames } = kind;
  const { reported, screen } = compareScreen(t, machine, kind, run);
  if (!hasDebugger(kind)) return;
  const table = frames(machine);
  const said = await gdb("--core", run.record, name);
  t.is(said.code, 0, said.stderr);
  const core = framesIn(t, said.stdout);
  const places = core.map(({ place }) => place);
  // The source and the core: all of the way from the fault to the case.
  comparePlaces(t, places, table, `${name}, core\n${said.stdout}`);
  const ofCase = core.findIndex((frame) => frame.name === functionOf(name));
  t.true(kind.endsAt === undefined ? ofCase === table.length - 1 : ofCase > 0, name);
  // The core and the report, and the addresses of its callers, which are one byte before those that gdb shows.
  t.deepEqual(
    reported,
    places.slice(0, lengthOnScreen(t, kind, table.length, core.length)),
    `${name}, report`,
  );
  const callers = core.slice(1, reported.length).flatMap(({ address }) => address ?? []);
  t.deepEqual(
    screen.slice(1).map(({ address }) => address + 1),
    callers,
    name,
  );
  // The core and the live session, to the entry of the image.
  const seen = await live(t, machine, kind);
  t.deepEqual(
    seen.map(({ place }) => place),
    places,
    `${name}, live`,
  );
}

test("every case of the sources of crashes is in the table", (t) => {
  const cases = [MEMORY, INSTRUCTIONS, PURPOSE].flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/^UK_TESTCASE\((\w+), (\w+)\)/gm)].map(
      ([, suite = "", name = ""]) => `${suite}.${name}`,
    ),
  );
  const names = new Set(KINDS.map(({ name }) => name));
  t.true(cases.length > 15);
  t.deepEqual(
    cases.filter((name) => !names.has(name)),
    [],
  );
});

for (const machine of turns(ALL, "debug/views"))
  test.serial(`four views of every crash on ${machine} name the same functions and lines`, async (t) => {
    const kinds = KINDS.filter(({ machines }) => machines.includes(machine));
    const run = await recorded(t, machine, kinds);
    // Two sessions side by side.
    const lanes = [0, 1].map((lane) => kinds.filter((_, index) => index % 2 === lane));
    await Promise.all(
      lanes.map(async (lane) => {
        for (const kind of lane)
          await (kind.way === "nested" ? compareNested : compareAll)(t, machine, kind, run);
      }),
    );
  });
