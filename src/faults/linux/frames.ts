/**
 * Lines of a Linux call trace, in the forms of all architectures, and which functions are machinery: the way from the
 * fault to its report, the locks and timers it went through, what calls the tests. It reads one line at a time.
 */
import type { Frame } from "../../core/fault.js";

/** Longest line that can be a frame. */
const FRAME_CHARS = 400;

const NAME = String.raw`[A-Za-z_$.][\w$.:<>~]{0,200}`;
const OFFSET = String.raw`\+(?:0x)?[0-9a-f]{1,8}\/(?:0x)?[0-9a-f]{1,8}`;

/** `f+0x1/0x2 [module]`, after addresses in brackets, `? ` and `(unreliable)`; places of decode_stacktrace.sh follow. */
const OFFSETTED = new RegExp(
  `^(?:\\(?\\[<?([0-9a-f]{8,16})>?\\] ){0,2}(\\? ?)?\\(?(${NAME})(${OFFSET})\\)?(?: \\[([\\w-]{1,64})[^\\]]{0,64}\\])?(?: \\(?([\\w./+-]{1,200}\\.[chS]):(\\d{1,7})(?: \\(discriminator \\d{1,4}\\))?\\)?)?(?: \\[([\\w-]{1,64})\\])?( \\(unreliable\\))?(?: \\((?:[FPLO]|\\w{1,8})\\))?$`,
);
/** `[<80c1e5e8>] (f) from [<80c1eb20>] (g+0x60/0xdc)` and `f from g+0x60/0xdc`: arm, whose lines name the callee first. */
const FROM = new RegExp(
  `^(?:\\[<([0-9a-f]{8})>\\] )?\\(?(${NAME})\\)? from (?:\\[<[0-9a-f]{8}>\\] )?\\(?${NAME}${OFFSET}`,
);
/** `f (kernel/x.c:12)` and `f kernel/x.c:12 [inline]`, as decode_stacktrace.sh and syzkaller write them. */
const PLACED = new RegExp(
  `^(\\? )?(${NAME})(?:${OFFSET})? \\(?([\\w./+-]{1,200}\\.[chS]):(\\d{1,7})(?: \\(discriminator \\d{1,4}\\))?\\)?(?: (\\[inline\\]|\\[[\\w-]{1,64}\\]))?$`,
);

/** Reads a frame; undefined for any other line. `text` has no spaces around it. */
export function readFrame(text: string): Frame | undefined {
  if (text.length > FRAME_CHARS || !/[+(:]|from /.test(text)) return undefined;
  const match = OFFSETTED.exec(text);
  if (match !== null) return ofOffset(match);
  const from = FROM.exec(text);
  if (from !== null) return frameOf({ address: from[1], name: from[2], symbol: from[2] });
  const placed = PLACED.exec(text);
  if (placed === null) return undefined;
  const [, unsure, name, file, line, tail] = placed;
  const base = frameOf({ address: undefined, name, symbol: name, unsure: unsure !== undefined });
  return {
    ...base,
    ...(file !== undefined && { file, line: Number(line) }),
    ...(tail === "[inline]" && { isInlined: true }),
  };
}

function ofOffset(match: RegExpExecArray): Frame {
  const [, address, unsure, name = "", offset = "", early, file, line, late, unreliable] = match;
  const loaded = early ?? late;
  return {
    ...frameOf({
      address,
      name,
      symbol: `${name}${offset}${loaded === undefined ? "" : ` [${loaded}]`}`,
      unsure: unsure !== undefined || unreliable !== undefined,
    }),
    ...(file !== undefined && { file, line: Number(line) }),
  };
}

interface Read {
  readonly address: string | undefined;
  readonly name: string | undefined;
  readonly symbol: string | undefined;
  readonly unsure?: boolean;
}

/** Kernels hide their addresses: then there is none. */
function frameOf({ address, name = "", symbol, unsure = false }: Read): Frame {
  return {
    address: address ?? "",
    ...(symbol !== undefined && { symbol }),
    function: name,
    ...(unsure && { isUnreliable: true }),
    ...(isMachinery(name) && { machinery: "crash" }),
    ...(isTestMachinery(name) && { machinery: "test" }),
  };
}

/** Without what a compiler appends to a copy of a function. */
const plain = (name: string): string =>
  name
    .replace(/\.(?:cold|part|isra|constprop|llvm|lto_priv)\b.*$/, "")
    .replace(
      /^(?:__(?:se|do|x64|ia32|arm64|riscv|s390x?|powerpc|loongarch)_(?:compat_)?sys_|(?:compat_)?(?:SyS|SYSC)_)(?=[a-z])/,
      "",
    );

/** The way from a fault to its report. */
const REPORTING =
  /^(?:dump_stack\w*|show_(?:stack|regs|trace|registers)\w*|unwind_backtrace|dump_backtrace|panic|nmi_panic|die\w*|__die\w*|oops_(?:begin|end)|report_bug|fixup_bug\w*|__warn\w*|warn_slowpath\w*|handle_bug|__report_bug|do_(?:error_trap|invalid_op|trap\w*|int3|debug|general_protection|undefinstr|page_fault|translation_fault|bad_area\w*|user_addr_fault|kern_addr_fault|DataAbort|PrefetchAbort|mem_abort|alignment\w*|sp_pc_abort|address_exception)|exc_\w+|asm_exc_\w+|(?:invalid_op|general_protection|page_fault|divide_error|double_fault|error_entry|stack_segment|async_page_fault|error_exit|nmi)|(?:__)?bad_area\w*|page_fault_oops|no_context|mm_fault_error|kernelmode_fixup_or_oops|fault_in_kernel_space|spurious_kernel_fault|bug_handler|brk_handler|el1\w*|el1h_64_\w+|kasan_\w+|__kasan_\w+|__asan_\w+|__hwasan_\w+|kmsan_\w+|__msan_\w+|kcsan_\w+|__tsan_\w+|__kcsan_\w+|ubsan_\w+|__ubsan_\w+|kfence_\w+|__kfence_\w+|print_(?:address_description|report|memory_metadata)\w*|check_memory_region\w*|object_err|check_(?:bytes|slab)\w*|slab_(?:err|bug)|end_report|report_(?:usage|circular)\w*|describe_\w+|fault_entry|handle_exception|ret_from_exception|program_check_\w+|data_access_\w+|interrupt_\w+|bad_page\w*|__show_regs|arm64_\w*serror\w*|bust_spinlocks|crash_kexec|machine_kexec|exception_enter|handle_\w*fault\w*|__handle_mm_fault|common_interrupt\w*)$/;

/** What watches locks and contexts. */
const WATCHING =
  /^(?:print_(?:circular|bad|usage|irq|deadlock|lock|unlock|kernel|shortest|collision|freed)\w*|check_(?:prev_add|prevs_add|noncircular|usage\w*|deadlock|flags|irq_usage|preemption_disabled|wait_context)|validate_chain\w*|mark_lock\w*|__lock_acquire\w*|lock_(?:acquire|release|is_held)\w*|__lock_(?:release|is_held|downgrade)\w*|lockdep_\w+|debug_(?:check|object|smp|lockdep)\w*|debug_smp_processor_id|__this_cpu_preempt_check|(?:__)*might_(?:sleep|resched|fault|alloc)\w*|___might_sleep|__schedule_bug|rcu_(?:lockdep|is_watching|note_context)\w*|valid_state|save_trace|trace_hardirqs_\w+|spin_(?:bug|dump)|do_raw_spin_\w+|kmemleak_\w+|create_object|__kmemleak\w*)$/;

/** Where a stuck task waits, or what interrupts one that spins. */
const WAITING =
  /^(?:__?schedule|schedule\w*|context_switch|preempt_schedule\w*|(?:__)?mutex_(?:lock|unlock)\w*|__?(?:rwsem|down|up)_\w+|down(?:_\w+)?|(?:__)?(?:raw_)?(?:spin|read|write)_(?:lock|unlock)\w*|_raw_\w+|queued_\w+|native_queued_\w+|wait_(?:for_common|for_completion|on_bit|consider)\w*|__wait_\w+|do_wait_\w+|io_schedule\w*|rt_mutex\w*|__rt_mutex\w*|synchronize_\w+|__synchronize_\w+|_?cond_resched\w*|bit_wait\w*|out_of_line_wait\w*|nmi_\w+|arch_trigger_\w+|trigger_\w+|rcu_(?:dump|sched_clock|check|stall)\w*|print_(?:cpu_stall|other_cpu)\w*|watchdog\w*|hrtimer_interrupt|__?hrtimer_\w+|tick_\w+|update_process_times|smp_apic_\w+|apic_timer_\w+|__sysvec_\w+|sysvec_\w+|asm_sysvec_\w+|asm_common_\w+|local_apic_\w+|scheduler_tick|smp_call_function_(?:single_interrupt|interrupt)|generic_smp_call\w*|csd_lock_wait|__?irq_\w+|handle_(?:irq|percpu|domain|IRQ)\w*|__handle_domain_irq|generic_handle_\w+|gic_\w+|arch_timer_\w+|call_on_irq_stack|do_interrupt_handler|run_rebalance\w*|check_hung\w*|khungtaskd|arch_local_irq_\w+|native_safe_halt|cpu_relax|rep_nop)$/;

/** Functions of the library: the fault is their caller's. */
const LIBRARY =
  /^(?:mem(?:cpy|move|set|cmp|chr)\w*|__mem\w+|str(?:n?len|[nl]?cpy|[nl]?cat|n?cmp|n?casecmp|r?chr|scpy)|string\w*_nocheck|vsnprintf|snprintf|__?k?v?[mz]alloc\w*|kmalloc\w*|kzalloc\w*|kcalloc\w*|k[vz]?free\w*|__kmalloc\w*|kmem_cache_\w+|slab_\w+|___slab_\w+|__slab_\w+|__?cache_\w+|refcount_\w+|kref_\w+|list_(?:del|add)\w*|__list_(?:del|add)\w*|(?:_?copy|__copy)_(?:to|from)_\w+|csum_partial\w*|skb_(?:panic|put|push|pull|over_panic|under_panic|unref)|debug_print_\w+|kobject_\w+|_?printk|atomic\w*|arch_atomic\w*|instrument_\w+|test_and_\w+_bit|usercopy_abort|__check_\w*object\w*|stack_trace_\w+|save_stack\w*|stack_depot_\w+|set_track\w*|msan_\w+|sk_prot_alloc|sk_alloc|alloc_\w*pages?\w*|__alloc_\w*pages?\w*|get_page_from_freelist|prep_new_page|rb_(?:erase|insert|next|prev|first|last)\w*|__rb_\w+|read_word_at_a_time|strscpy\w*|sized_str\w+|_find_\w+|__bitmap_\w+|xa_\w+|xas_\w+|idr_\w+|hash_\w+)$/;

const TESTING = /^(?:kunit_\w+|test_kunit\w*)$/;
const BOTTOM = /^(?:kthread|ret_from_\w+|worker_thread|process_(?:one_work|scheduled_works))$/;

const isMachinery = (name: string): boolean => REPORTING.test(plain(name)) || WATCHING.test(plain(name));
const isTestMachinery = (name: string): boolean =>
  /^kunit_(?:try_run_case|generic_run_thread|run_case|run_tests)\w*$/.test(plain(name)) ||
  BOTTOM.test(plain(name));

/** What a title may be about: `stuck` passes over locks and timers too. */
export type Asked = "fault" | "stuck";

/** True for a function that says nothing about where a report belongs. */
export function isPassedOver(name: string, asked: Asked = "fault"): boolean {
  const base = plain(name);
  if (REPORTING.test(base) || WATCHING.test(base) || LIBRARY.test(base)) return true;
  if (asked === "stuck" && WAITING.test(base)) return true;
  return TESTING.test(base) && /^kunit_(?:try|generic|run)/.test(base);
}

/** The name of the source, without the suffix of a copy. */
export const plainOf = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : plain(name);
