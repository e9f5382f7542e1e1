/**
 * A report of each kind, in our own wording and the form of the system that prints it, with what has to be made of it.
 */
import type { FindingKind } from "../../src/core/finding-kinds.js";

export interface Sample {
  readonly name: string;
  readonly lines: readonly string[];
  /** The title of the fault, or the kind, check and message of the finding. */
  readonly fault?: string;
  readonly finding?: readonly [kind: FindingKind, check: string, message: string];
  /** `file:line` where the report names one. */
  readonly place?: string;
  /** A function that has to be among the frames. */
  readonly frame?: string;
  /** The fault of a program: none where tests go on after it. */
  readonly isProgram?: true;
}

const TRACE = [
  "CPU: 0 PID: 51 Comm: kunit_try_catch Not tainted 6.9.0 #4",
  "Call Trace:",
  " <TASK>",
  " dump_stack_lvl+0x5d/0x80",
  " ? frob_guess+0x1/0x9",
  " frob_widget+0x42/0x90 [frob]",
  " frob_test_case+0x21/0x60 [frob_test]",
  " kunit_try_run_case+0x70/0x190",
  " kthread+0xe1/0x110",
  " </TASK>",
];

const oops = (...first: readonly string[]): readonly string[] => [
  ...first,
  "CPU: 0 PID: 51 Comm: kunit_try_catch Not tainted 6.9.0 #4",
  "RIP: 0010:frob_widget+0x42/0x90 [frob]",
  "Code: 00 11 22 33 <8b> 44",
  "RSP: 0018:ffffc90000123e18 EFLAGS: 00010246",
  "RAX: 0000000000000000 RBX: ffff888003c0ffee RCX: 0000000000000001",
  "CR2: 0000000000000010 CR3: 0000000002a3c000 CR4: 00000000000006f0",
  ...TRACE.slice(1),
  "Modules linked in: frob_test frob",
  "---[ end trace 0000000000000000 ]---",
];

const sanitizer = (first: string, ...more: readonly string[]): readonly string[] => [
  "==================================================================",
  first,
  ...more,
  ...TRACE,
  "==================================================================",
];

const warn = (...first: readonly string[]): readonly string[] => [
  "------------[ cut here ]------------",
  ...first,
  ...TRACE.slice(1),
  "---[ end trace 0000000000000000 ]---",
];

export const LINUX: readonly Sample[] = [
  {
    name: "oops",
    lines: oops(
      "BUG: kernel NULL pointer dereference, address: 0000000000000010",
      "Oops: 0000 [#1] PREEMPT SMP",
    ),
    fault: "BUG: unable to handle kernel NULL pointer dereference in frob_widget",
    frame: "frob_widget",
  },
  {
    name: "page fault",
    lines: oops("BUG: unable to handle page fault for address: ffffc900deadbeef", "Oops: 0002 [#1] SMP"),
    fault: "BUG: unable to handle kernel paging request in frob_widget",
    frame: "frob_widget",
  },
  {
    name: "general protection fault",
    lines: oops(
      "Oops: general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP",
    ),
    fault: "general protection fault in frob_widget",
    frame: "frob_test_case",
  },
  {
    name: "BUG()",
    lines: oops("kernel BUG at drivers/frob/frob.c:77!", "invalid opcode: 0000 [#1] SMP"),
    fault: "kernel BUG in frob_widget",
    place: "drivers/frob/frob.c:77",
  },
  {
    name: "double fault",
    lines: oops("traps: PANIC: double fault, error_code: 0x0", "double fault: 0000 [#1] SMP"),
    fault: "double fault in frob_widget",
  },
  {
    name: "oops on arm64",
    lines: [
      "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010",
      "Mem abort info:",
      "  ESR = 0x0000000096000004",
      "Internal error: Oops: 0000000096000004 [#1] PREEMPT SMP",
      "pc : frob_widget+0x18/0x40",
      "lr : frob_test_case+0x10/0x30",
      "sp : ffff80008001bd70",
      "x29: ffff80008001bd70 x28: 0000000000000000 x27: 0000000000000000",
      "Call trace:",
      " frob_widget+0x18/0x40",
      " frob_test_case+0x10/0x30",
      "---[ end trace 0000000000000000 ]---",
    ],
    fault: "BUG: unable to handle kernel NULL pointer dereference in frob_widget",
  },
  {
    name: "oops and its panic",
    lines: [
      ...oops("BUG: unable to handle page fault for address: ffffc900deadbeef", "Oops: 0002 [#1] SMP"),
      "RIP: 0010:frob_widget+0x42/0x90 [frob]",
      "Kernel panic - not syncing: Fatal exception",
      "Kernel Offset: disabled",
      "---[ end Kernel panic - not syncing: Fatal exception ]---",
    ],
    fault: "BUG: unable to handle kernel paging request in frob_widget",
  },
  {
    name: "panic",
    lines: [
      "Kernel panic - not syncing: frob controller lost",
      ...TRACE,
      "---[ end Kernel panic - not syncing: frob controller lost ]---",
    ],
    fault: "Kernel panic - not syncing: frob controller lost",
    frame: "frob_widget",
  },
  {
    name: "soft lockup",
    lines: [
      "watchdog: BUG: soft lockup - CPU#2 stuck for 26s! [kunit_try_catch:51]",
      "RIP: 0010:frob_spin+0x9/0x20",
      "Call Trace:",
      " frob_wait+0x30/0x50",
    ],
    fault: "BUG: soft lockup in frob_spin",
  },
  {
    name: "hard lockup",
    lines: ["watchdog: Watchdog detected hard LOCKUP on cpu 1", "RIP: 0010:frob_spin+0x9/0x20"],
    fault: "hard lockup in frob_spin",
  },
  {
    name: "RCU stall",
    lines: [
      "rcu: INFO: rcu_preempt self-detected stall on CPU",
      "rcu: \t0-....: (5249 ticks this GP) idle=b16/1/0x4000000000000000 softirq=99/99 fqs=2624",
      "NMI backtrace for cpu 0",
      "RIP: 0010:frob_spin+0x9/0x20",
    ],
    fault: "INFO: rcu detected stall in frob_spin",
  },
  {
    name: "hung task",
    lines: [
      "INFO: task frobd:88 blocked for more than 122 seconds.",
      "      Not tainted 6.9.0 #4",
      "Call Trace:",
      " __schedule+0x3f1/0x9a0",
      " schedule+0x27/0xa0",
      " mutex_lock+0x44/0x60",
      " frob_lock+0x14/0x30",
    ],
    fault: "INFO: task hung in frob_lock",
  },
  {
    name: "bad page",
    lines: ["BUG: Bad page state in process frobd  pfn:03c0f", "page: refcount:0 mapcount:1", ...TRACE],
    fault: "BUG: bad page state in frob_widget",
  },
  {
    name: "KUnit's own word",
    lines: ["    # case_b: kunit test case crashed!"],
    fault: "the thread of KUnit case case_b crashed",
  },
  {
    name: "KASAN",
    lines: sanitizer(
      "BUG: KASAN: slab-use-after-free in frob_widget+0x42/0x90 [frob]",
      "Read of size 8 at addr ffff888003c0ffee by task kunit_try_catch/51",
    ),
    finding: ["kasan", "slab-use-after-free", "KASAN: slab-use-after-free Read in frob_widget"],
    frame: "frob_widget",
  },
  {
    name: "KASAN in a function of the library",
    lines: sanitizer(
      "BUG: KASAN: slab-out-of-bounds in memcpy+0x2c/0x40",
      "Write of size 9 at addr ffff888003c0ffee by task kunit_try_catch/51",
    ),
    finding: ["kasan", "slab-out-of-bounds", "KASAN: slab-out-of-bounds Write in frob_widget"],
  },
  {
    name: "KMSAN",
    lines: sanitizer("BUG: KMSAN: uninit-value in frob_widget+0x42/0x90 [frob]"),
    finding: ["kmsan", "uninit-value", "KMSAN: uninit-value in frob_widget"],
  },
  {
    name: "KCSAN",
    lines: sanitizer(
      "BUG: KCSAN: data-race in frob_widget / frob_other",
      "write to 0xffffffff8c0ffee0 of 8 bytes by task 51 on cpu 0:",
    ),
    finding: ["kcsan", "data-race", "KCSAN: data-race in frob_widget"],
  },
  {
    name: "KFENCE",
    lines: sanitizer("BUG: KFENCE: use-after-free read in frob_widget+0x42/0x90 [frob]"),
    finding: ["kfence", "use-after-free-read", "KFENCE: use-after-free read in frob_widget"],
  },
  {
    name: "UBSAN of today",
    lines: warn(
      "UBSAN: array-index-out-of-bounds in drivers/frob/frob.c:31:9",
      "index 4 is out of range for type 'int [4]'",
      "CPU: 0 PID: 51 Comm: kunit_try_catch Not tainted 6.9.0 #4",
    ),
    finding: ["ubsan", "bounds", "index 4 is out of range for type 'int [4]'"],
    place: "drivers/frob/frob.c:31",
  },
  {
    name: "UBSAN of old",
    lines: sanitizer(
      "UBSAN: Undefined behaviour in drivers/frob/frob.c:32:11",
      "signed integer overflow:",
      "2147483647 + 1 cannot be represented in type 'int'",
    ),
    finding: ["ubsan", "signed-integer-overflow", "signed integer overflow:"],
    place: "drivers/frob/frob.c:32",
  },
  {
    name: "WARN",
    lines: warn("WARNING: CPU: 0 PID: 51 at drivers/frob/frob.c:90 frob_widget+0x42/0x90 [frob]"),
    finding: ["warning", "warn", "WARNING in frob_widget"],
    place: "drivers/frob/frob.c:90",
  },
  {
    name: "WARN of the newest",
    lines: warn("WARNING: drivers/frob/frob.c:91 at frob_widget+0x42/0x90, CPU#0: kunit_try_catch/51"),
    finding: ["warning", "warn", "WARNING in frob_widget"],
    place: "drivers/frob/frob.c:91",
  },
  {
    name: "refcount",
    lines: warn(
      "refcount_t: underflow; use-after-free.",
      "WARNING: CPU: 0 PID: 51 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110",
    ),
    finding: ["warning", "refcount-bug", "WARNING: refcount bug in frob_widget"],
  },
  {
    name: "lockdep",
    lines: [
      "======================================================",
      "WARNING: possible circular locking dependency detected",
      "6.9.0 #4 Not tainted",
      "------------------------------------------------------",
      "kunit_try_catch/51 is trying to acquire lock:",
      "ffffffff8c0ffee0 (frob_mutex){+.+.}-{3:3}, at: frob_widget+0x42/0x90 [frob]",
      "but task is already holding lock:",
      "stack backtrace:",
      ...TRACE,
    ],
    finding: ["locking", "circular-dependency", "possible deadlock in frob_widget"],
  },
  {
    name: "RCU usage",
    lines: [
      "=============================",
      "WARNING: suspicious RCU usage",
      "6.9.0 #4 Not tainted",
      "-----------------------------",
      "drivers/frob/frob.c:61 suspicious rcu_dereference_check() usage!",
      "stack backtrace:",
      ...TRACE,
    ],
    finding: ["locking", "rcu-usage", "WARNING: suspicious RCU usage in frob_widget"],
    place: "drivers/frob/frob.c:61",
  },
  {
    name: "sleeping in atomic",
    lines: ["BUG: sleeping function called from invalid context at drivers/frob/frob.c:12", ...TRACE],
    finding: [
      "locking",
      "sleep-in-atomic",
      "BUG: sleeping function called from invalid context in frob_widget",
    ],
    place: "drivers/frob/frob.c:12",
  },
  {
    name: "scheduling in atomic",
    lines: ["BUG: scheduling while atomic: kunit_try_catch/51/0x00000002", ...TRACE],
    finding: ["locking", "schedule-in-atomic", "BUG: scheduling while atomic in frob_widget"],
  },
  {
    name: "kmemleak",
    lines: [
      "unreferenced object 0xffff888003c0ffee (size 64):",
      '  comm "kunit_try_catch", pid 51, jiffies 4294892296',
      "  backtrace:",
      "    [<ffffffff81234567>] kmalloc_trace+0x25/0x90",
      "    [<ffffffff81234568>] frob_widget+0x42/0x90 [frob]",
    ],
    finding: ["kmemleak", "memory-leak", "memory leak in frob_widget"],
  },
  {
    name: "exception of s390",
    lines: [
      "specification exception: 0006 ilc:2 [#1] SMP",
      "Modules linked in: frob",
      "---[ end trace 0 ]---",
    ],
    fault: "specification exception: 0006 ilc:2",
  },
  {
    name: "reserved instruction of MIPS",
    lines: ["Reserved instruction in kernel code[#1]:", "CPU: 0 PID: 1 Comm: frob Not tainted 6.9.0"],
    fault: "Reserved instruction in kernel code",
  },
  {
    name: "locks that a task still holds",
    lines: ["WARNING: frob/12 still has locks held!", "6.9.0 Not tainted", "1 lock held by frob/12:"],
    finding: ["locking", "lock-held", "WARNING: task still has locks held"],
  },
  {
    name: "a lock without a static key",
    lines: [
      "INFO: trying to register non-static key.",
      "turning off the locking correctness validator.",
      ...TRACE,
    ],
    finding: ["locking", "non-static-key", "INFO: trying to register non-static key in frob_widget"],
  },
];

export const OTHERS: readonly Sample[] = [
  {
    name: "Rust panic of today",
    lines: [
      "thread 'main' panicked at src/frob.rs:12:5:",
      "the widget is gone",
      "note: run with `RUST_BACKTRACE=1`",
    ],
    fault: "Rust panic: the widget is gone",
    place: "src/frob.rs:12",
  },
  {
    name: "Rust panic of old",
    lines: ["thread 'main' panicked at 'the widget is gone', src/frob.rs:13:5"],
    fault: "Rust panic: the widget is gone",
    place: "src/frob.rs:13",
  },
  {
    name: "Rust panic with the place below",
    lines: ["ERROR: Uncaught panic:", "\tthe widget is gone", "\tat frob/src/lib.rs:99"],
    fault: "Rust panic: the widget is gone",
    place: "frob/src/lib.rs:99",
  },
  {
    name: "Rust panic in two lines of quotes",
    lines: [
      "Error: panicked at 'assertion failed: `(left == right)`",
      "  left: `0`,",
      " right: `1`', src/frob.rs:14:9",
    ],
    fault: "Rust panic: assertion failed: `(left == right)`",
    place: "src/frob.rs:14",
  },
  {
    name: "Zephyr 2 and 3",
    lines: [
      "E: ***** BUS FAULT *****",
      "E:   Precise data bus error",
      "E: r0/a1:  0x00000001  r1/a2:  0x00000002",
      "E: >>> ZEPHYR FATAL ERROR 25: Bus fault on CPU 0",
      "E: Current thread: 0x20000c0c (frob)",
      "E: Halting system",
    ],
    fault: "Zephyr fatal error 25: Bus fault (BUS FAULT)",
  },
  {
    name: "Zephyr 1",
    lines: ["***** CPU Page Fault (error code 0x00000002)", "Fatal fault in thread 0x00401080! Aborting."],
    fault: "Zephyr: CPU Page Fault (error code 0x00000002)",
  },
  {
    name: "ESP-IDF",
    lines: [
      "Guru Meditation Error: Core  0 panic'ed (StoreProhibited). Exception was unhandled.",
      "Core  0 register dump:",
      "PC      : 0x400d1a2b  PS      : 0x00060130  A0      : 0x800d2b3c",
      "Backtrace: 0x400d1a2b:0x3ffb1f10 0x400d2b3c:0x3ffb1f40",
      "Rebooting...",
    ],
    fault: "Guru Meditation Error: StoreProhibited",
  },
  {
    name: "RTEMS",
    lines: [
      "*** FATAL ***",
      "fatal source: 9 (RTEMS_FATAL_SOURCE_EXCEPTION)",
      "PC  = 0x0010c0de",
      "executing thread name: FROB",
    ],
    fault: "RTEMS fatal error: RTEMS_FATAL_SOURCE_EXCEPTION in thread FROB",
  },
  {
    name: "seL4",
    lines: [
      "Caught cap fault in send phase at address 0",
      "while trying to handle:",
      "vm fault on data at address 0x10 with status 0x6",
      'in thread 0xffffff80bffe9400 "frob" at address 0x4012f0',
    ],
    fault: "seL4: vm fault on data at address 0x10",
  },
  {
    name: "kvm-unit-tests",
    lines: [
      "Unhandled exception 14 #PF at ip 000000000040abcd",
      "error_code=0002      rflags=00010002      cs=00000008",
      "\tSTACK: @40abcd 401234",
    ],
    fault: "unhandled exception 14 #PF at ip 000000000040abcd",
  },
  {
    name: "OSv",
    lines: [
      "page fault outside application, addr: 0x0000000000000010",
      "[backtrace]",
      "0x0000000040333333 <frob+51>",
      "Aborted",
    ],
    fault: "OSv: page fault outside application, addr: 0x0000000000000010",
    frame: "frob",
  },
  {
    name: "Nanos",
    lines: [
      "*** signal 11 received by tid 2, errno 0, code 1",
      "    fault address 0x10",
      "frame trace: ",
      "ffffc0000080fe60:   ffffffff8c0c8a34    (frob_widget + 000000000000008c/0000000000000360)",
    ],
    fault: "Nanos: signal 11",
    frame: "frob_widget",
  },
  {
    name: "NuttX",
    lines: [
      "dump_assert_info: Assertion failed panic: at file: frob.c:12 task: init process: init 0x401",
      "up_dump_register: R0: 00000001",
    ],
    fault: "assertion failed: at frob.c:12",
    place: "frob.c:12",
  },
  {
    name: "RIOT",
    lines: ["*** RIOT kernel panic:", "FROB HANDLER", "", "*** halted."],
    fault: "RIOT kernel panic: FROB HANDLER",
  },
  {
    name: "FreeRTOS",
    lines: ["***ERROR*** A stack overflow in task frob has been detected."],
    fault: "stack overflow in task frob",
  },
  {
    name: "IncludeOS",
    lines: ["\t**** CPU 0 PANIC: ****", "Message: frob is gone"],
    fault: "IncludeOS panic: frob is gone",
  },
  {
    name: "Hermit",
    lines: ["[0][PANIC] frob is gone"],
    fault: "Rust panic: frob is gone",
  },
  {
    name: "AddressSanitizer",
    lines: [
      "==17==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000014 at pc 0x4f1a2b bp 0x7ff sp 0x7ff",
      "READ of size 4 at 0x602000000014 thread T0",
      "    #0 0x4f1a2b in frob_widget /src/frob.c:31:9",
      "    #1 0x4f1b3c in main /src/main.c:9:3",
      "SUMMARY: AddressSanitizer: heap-buffer-overflow /src/frob.c:31:9 in frob_widget",
      "==17==ABORTING",
    ],
    finding: ["asan", "heap-buffer-overflow", "AddressSanitizer: heap-buffer-overflow in frob_widget"],
    place: "/src/frob.c:31",
    frame: "frob_widget",
  },
  {
    name: "LeakSanitizer",
    lines: [
      "==17==ERROR: LeakSanitizer: detected memory leaks",
      "Direct leak of 64 byte(s) in 1 object(s) allocated from:",
      "    #0 0x4a0b1c in malloc (/frob+0x4a0b1c)",
      "    #1 0x4f1a2b in frob_new /src/frob.c:8:3",
      "SUMMARY: AddressSanitizer: 64 byte(s) leaked in 1 allocation(s).",
    ],
    finding: ["lsan", "memory-leak", "LeakSanitizer: memory-leak in frob_new"],
    place: "/src/frob.c:8",
  },
  {
    name: "clang's minimal runtime",
    lines: ["ubsan: mul-overflow by 0x0000004f1a2b"],
    finding: ["ubsan", "signed-integer-overflow", "mul overflow"],
  },
  {
    name: "assert() of glibc",
    lines: ["frob: frob.c:12: main: Assertion `x == 1' failed.", "Aborted (core dumped)"],
    fault: "assertion failed: x == 1",
    place: "frob.c:12",
    isProgram: true,
  },
  {
    name: "a signal",
    lines: ["Segmentation fault (core dumped)"],
    fault: "segmentation fault",
    isProgram: true,
  },
  {
    name: "RTEMS, failed assertion",
    lines: [
      'assertion "frob == 1" failed: file "frob.c", line 12, function: frob_widget',
      "*** FATAL ***",
      "fatal source: 5 (RTEMS_FATAL_SOURCE_EXIT)",
      "fatal code: 1 (0x00000001)",
    ],
    fault: "assertion failed: frob == 1",
    place: "frob.c:12",
  },
  {
    name: "RTEMS, error code without a thread",
    lines: ["fatal source: 0 (INTERNAL_ERROR_CORE)", "fatal code: 29 (0x0000001d)"],
    fault: "RTEMS fatal error: INTERNAL_ERROR_CORE",
  },
  {
    name: "Zephyr, failed assertion",
    lines: [
      "ASSERTION FAIL [frob->count < 4] @ WEST_TOPDIR/frob.c:12",
      "E: >>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0",
    ],
    fault: "assertion failed: frob->count < 4",
    place: "WEST_TOPDIR/frob.c:12",
  },
  {
    name: "Zephyr, page fault on x86",
    lines: ["E: Page fault at address 0x10 (error code 0x2)", "E: PDE: 0x0000000000000000 Non-present"],
    fault: "Zephyr: page fault",
  },
  {
    name: "ESP-IDF, failed assertion",
    lines: [
      "assert failed: frob_widget frob.c:12 (count < 4)",
      "Backtrace: 0x400d1a2b:0x3ffb1f10 0x400d2b3c:0x3ffb1f40",
      "Rebooting...",
    ],
    fault: "assertion failed: count < 4",
    place: "frob.c:12",
  },
  {
    name: "ESP-IDF, abort()",
    lines: ["abort() was called at PC 0x400d1a2b on core 0", "Rebooting..."],
    fault: "abort() called",
  },
  {
    name: "ESP-IDF, watchdog",
    lines: [
      "E (10431) task_wdt: Task watchdog got triggered. The following tasks did not reset it in time:",
      "E (10431) task_wdt:  - IDLE (CPU 0)",
    ],
    fault: "task watchdog got triggered",
  },
  {
    name: "ESP-IDF, smashed stack",
    lines: ["Stack smashing protect failure!", "Rebooting..."],
    fault: "stack smashing detected",
  },
  {
    name: "seL4, failed assertion of the kernel",
    lines: ["seL4 failed assertion 'frob != NULL' at frob.c:12 in function frobWidget", "halting..."],
    fault: "assertion failed: frob != NULL",
    place: "frob.c:12",
  },
  {
    name: "kvm-unit-tests, failed assertion",
    lines: ["x86/frob.c:12: assert failed: frob == 1", "\tSTACK: 401234 401300"],
    fault: "assertion failed: frob == 1",
    place: "x86/frob.c:12",
  },
  {
    name: "NuttX, failed assertion with its words",
    lines: [
      "[EMERG] _assert: Assertion failed frob > 0: at file: frob.c:12 task: init process: init 0x401",
      "[EMERG] up_dump_register: R0: 00000001",
    ],
    fault: "assertion failed: frob > 0",
    place: "frob.c:12",
  },
  {
    name: "NuttX, exception",
    lines: ["riscv_exception: EXCEPTION: Store/AMO access fault. MCAUSE: 00000007, EPC: 80001234"],
    fault: "NuttX: Store/AMO access fault. MCAUSE: 00000007, EPC: 80001234",
  },
  {
    name: "NuttX, hard fault",
    lines: ["arm_hardfault: Hard Fault escalation:", "up_dump_register: R0: 00000001"],
    fault: "NuttX: Hard Fault",
  },
  {
    name: "RIOT, failed assertion",
    lines: [
      "sys/frob.c:12 => FAILED ASSERTION.",
      "*** RIOT kernel panic:",
      "FAILED ASSERTION.",
      "*** halted.",
    ],
    fault: "assertion failed",
    place: "sys/frob.c:12",
  },
  {
    name: "RIOT, hard fault",
    lines: ["Context before hardfault:", "   r0: 0x00000010", "*** RIOT kernel panic:", "*** halted."],
    fault: "RIOT kernel panic: hard fault",
  },
  {
    name: "FreeRTOS, failed assertion",
    lines: ["ASSERT! Line 12, file frob.c"],
    fault: "assertion failed at frob.c:12",
    place: "frob.c:12",
  },
  {
    name: "FreeRTOS, out of heap",
    lines: ["Malloc failed!"],
    fault: "out of heap",
  },
  {
    name: "IncludeOS, exception with frames",
    lines: [
      ">>>> !CPU EXCEPTION! <<<<",
      "RAX:  0000000000000001",
      "[0] 0x0000000000401234 + 0x020: frob_widget()",
    ],
    fault: "IncludeOS CPU exception",
  },
  {
    name: "Nanos, failed assertion",
    lines: ["assertion frob == 1 failed at frob.c:12 (kernel)", "frame trace: "],
    fault: "Nanos: assertion failed: frob == 1",
    place: "frob.c:12",
  },
  {
    name: "AddressSanitizer, double free",
    lines: [
      "==17==ERROR: AddressSanitizer: attempting double-free on 0x602000000010 in thread T0:",
      "    #0 0x4a0b1c in free (/frob+0x4a0b1c)",
      "    #1 0x4f1a2b in frob_drop /src/frob.c:31:9",
      "0x602000000010 is located 0 bytes inside of 16-byte region",
      "freed by thread T0 here:",
      "    #0 0x4a0b1c in free (/frob+0x4a0b1c)",
      "    #1 0x4f1b3c in frob_first /src/frob.c:29:9",
    ],
    finding: ["asan", "double-free", "AddressSanitizer: double-free in frob_drop"],
    place: "/src/frob.c:31",
    frame: "frob_drop",
  },
  {
    name: "AddressSanitizer, free of what was never allocated",
    lines: [
      "==17==ERROR: AddressSanitizer: attempting free on address which was not malloc()-ed: 0x7ffc0010 in thread T0",
      "    #0 0x4a0b1c in free (/frob+0x4a0b1c)",
      "    #1 0x4f1a2b in frob_drop() const /src/frob.c:31:9",
      "SUMMARY: AddressSanitizer: bad-free /src/frob.c:31:9 in frob_drop",
      "==17==ABORTING",
    ],
    finding: ["asan", "bad-free", "AddressSanitizer: bad-free in frob_drop"],
    place: "/src/frob.c:31",
  },
  {
    name: "ThreadSanitizer",
    lines: [
      "WARNING: ThreadSanitizer: data race (pid=17)",
      "  Write of size 4 at 0x7b0400000010 by thread T1:",
      "    #0 frob_widget /src/frob.c:31 (frob+0x4f1a2b)",
      "SUMMARY: ThreadSanitizer: data race /src/frob.c:31 in frob_widget",
    ],
    finding: ["tsan", "data-race", "ThreadSanitizer: data-race in frob_widget"],
    place: "/src/frob.c:31",
  },
];
