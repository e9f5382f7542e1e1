/**
 * Which frames of a call trace are machinery and which are the program under test, by the names of their functions: those
 * of the guest kit and of Unikraft 0.7 to 0.21. A name counts only where machinery can stand: the way to the crash screen
 * at the inner end of a trace, what called the test at the outer one.
 */
import type { Frame, Machinery } from "../fault.js";

const INNER: readonly (readonly [Machinery, RegExp])[] = [
  ["crash", /^_?uk_crash(?:_\w+)?$/],
  ["crash", /^(?:uk_assert_failed|_uk_assert\w*|__assert_fail|abort|_?exit|_Exit)$/],
  ["crash", /^(?:uk_trap|x86_crash|trap_common|asm_trap_\w+|trap_el\d_\w+|invalid_trap_handler)$/],
  ["crash", /^(?:do_unhandled_trap|do_\w+_(?:fault|error)|dump_(?:registers|hex_frame)|stack_walk\w*)$/],
  ["crash", /^(?:ukplat_(?:crash|terminate|end_machine|halt)|ukarch_(?:stop|stop_for|capture|regs_say))$/],
  ["crash", /^(?:__ubsan_handle_\w+|ubsan_\w+|__stack_chk_fail|__asan_\w+|kasan_\w+)$/],
  ["library", /^(?:mem(?:cpy|move|set|cmp|chr|rchr|ccpy)|b(?:copy|cmp|zero)|__mem\w+)$/],
  ["library", /^str(?:n?len|[nl]?cpy|[nl]?cat|n?cmp|n?casecmp|r?chr|chrnul|n?dup|c?spn|pbrk|str|tok|tok_r)$/],
];

const OUTER: readonly (readonly [Machinery, RegExp])[] = [
  ["test", /^(?:uk_testsuite_run|testsuite_run_\w+|testsuite_\w+_init)$/],
  [
    "test",
    /^(?:uktest_guarded|uktest_run_case|call_case|call_setup|run_steps|run_once|run_again|run_cases|call_rounds|run_rounds)$/,
  ],
  ["test", /^bench_(?:rounds|count|instructions|time|nsec)$/],
  ["boot", /^(?:call_init_functions|call_init|init_suites?|uk_init\w*|uk_ctor\w*)$/],
  ["boot", /^(?:_?ukplat_entry\w*|ukplat_start|ukarch_go_on|_libkvmplat_\w+|_ukplat_\w+)$/],
  ["boot", /^(?:uk_boot_\w+|boot_\w+|multiboot_entry|lcpu_start\w*|lcpu_arch_jump_to|jump_to_\w+)$/],
  ["boot", /^(?:main_thread_\w+|do_main|uk_sched_start|schedcoop_start|ukarch_ctx_\w+|asm_thread_starter)$/],
];

/** Without what a compiler appends to a copy of a function: `.constprop.0`, `.part.2`, `.cold`. */
export const plainName = (name: string): string => name.split(".", 1)[0] ?? name;

const kindIn = (
  table: readonly (readonly [Machinery, RegExp])[],
  frame: Frame | undefined,
): Machinery | undefined => {
  const name = frame?.function === undefined ? undefined : plainName(frame.function);
  return name === undefined ? undefined : table.find(([, pattern]) => pattern.test(name))?.[0];
};

/** The frames of a trace, those of the machinery marked. */
export function markMachinery(frames: readonly Frame[]): readonly Frame[] {
  const marks: (Machinery | undefined)[] = frames.map(() => undefined);
  for (let at = 0; at < frames.length; at += 1) {
    const kind = kindIn(INNER, frames[at]);
    if (kind === undefined) break;
    marks[at] = kind;
  }
  for (let at = frames.length - 1; at >= 0 && marks[at] === undefined; at -= 1) {
    const kind = kindIn(OUTER, frames[at]);
    if (kind === undefined) break;
    marks[at] = kind;
  }
  return frames.map((frame, at) => {
    const machinery = marks[at];
    return machinery === undefined ? frame : { ...frame, machinery };
  });
}

/**
 * The frames that are about the program under test, innermost first. A crash of the machinery itself has none: then what
 * is nearest to the crash is meant.
 */
export function ownFrames(frames: readonly Frame[]): readonly Frame[] {
  const known = frames.filter((frame) => frame.function !== undefined);
  const own = known.filter(({ machinery }) => machinery === undefined);
  return own.length > 0 ? own : known.filter(({ machinery }) => machinery !== "crash");
}
