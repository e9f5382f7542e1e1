/**
 * The body of a Linux report, of any kind: takes the lines that only such a report has, and keeps registers, frames and
 * the function of the instruction pointer. Which report it is, and when it is over, is said by the families.
 */
import type { Frame, Register } from "../../core/fault.js";
import { isPassedOver, plainOf, readFrame } from "./frames.js";

/** What a record keeps. */
const MOST_FRAMES = 256;
const MOST_REGISTERS = 64;

const INSTRUCTION: readonly RegExp[] = [
  /^RIP: (?:0010|0008|e030|[0-9a-f]{4}):(?:\[<[0-9a-f]+>\] {1,2}){0,2}([A-Za-z_$.][\w$.]*)\+0x/,
  /^(?:E?IP|PC): (?:[0-9a-f]{4}:)?(?:\[<[0-9a-f]+>\] {1,2}){0,2}(?:is at )?([A-Za-z_$.][\w$.]*)\+0x/,
  /^IP: \[<[0-9a-f]+>\] ([A-Za-z_$.][\w$.]*)\+0x/,
  /^(?:PC|pc) (?:is at|:) (?:\[<[0-9a-f]+>\] {1,2})?([A-Za-z_$.][\w$.]*)\+0x/,
  /^NIP \[[0-9a-f]+\] ([A-Za-z_$.][\w$.]*)\+0x/,
  /^epc ?: (?:[0-9a-f]+ )?([A-Za-z_$.][\w$.]*)\+0x/,
  /^(?:Krnl )?PSW : [0-9a-f]+ [0-9a-f]+ \(([A-Za-z_$.][\w$.]*)\+0x/,
  /^(?:era|epc) {0,4}: [0-9a-f]+ ([A-Za-z_$.][\w$.]*)\+0x/,
];

/** A place of user space: the registers after it are a program's. */
const USER = /^RIP: 0033:|^RIP: 0023:/;

const REGISTER =
  /\b(R(?:[A-D]X|[SD]I|[SB]P|IP|\d\d)|E(?:[A-D]X|[SD]I|[SB]P|IP)|CR[0-4]|EFLAGS|DR[0-7]|(?:x|X)\d{1,2}|GPR\d\d|NIP|LR|CTR|XER|MSR|pstate|sp|lr|fp|ip|pc|ra|epc|gp|tp|[astr]\d{1,2}|badaddr|cause|status|orig_a0) ?: ?(?:0x)?([0-9a-f]{8,16})(?![0-9a-f])/g;

/** Lines that a report has and nothing else prints: only what is anchored, so that no test line is ever taken. */
const DETAIL: readonly RegExp[] = [
  /^(?:CPU: ?\d|Hardware name:|Modules linked in:|Code: |Call [Tt]race:|Backtrace: ?$|Stack:|Tainted: |Workqueue: |Krnl |Last Breaking|Insn: |Dumping ftrace|Kernel Offset:|Sending NMI|Process |task: |task:\S|Thread overran|PGD |PC is at |LR is at |Mem abort info:|Data abort info:|swapper pgtable:|Internal error: |Oops|#PF: |KASAN: |Faulting instruction|BUG: unable to handle|Unable to handle|note: \S+\[\d+\] exited|Comm: |Flags: |Register |Control: |Exception stack|Instruction dump:|NIP |LR \[|CFAR:|GPR\d|MSR: |pc ?: |lr ?: |pstate: |sp ?: |epc ?: |status: |Faulting|invalid opcode: |general protection|traps: |irq event stamp|hardirqs last|softirqs last|Stack trace:|Kernel stack|Preemption disabled at|CONFIG_|pte_|\(ftrace buffer empty\)|preempt_count:|in_atomic\(\):|RCU nest depth|\d+ locks? held by|no locks held by|INFO: lockdep is turned off|other info that|stack backtrace:|---- ?interrupt|--- interrupt|---\[ end trace|RIP:|RSP:|CS: |FS: |EIP:|IP: )/,
  /^<\/?(?:TASK|IRQ|NMI|#[A-Z]{1,3}\d?|SOFTIRQ|EOI|ENTRY_TRAMPOLINE|UNK)>(?: |$)|^<(?:IRQ|EOI|NMI|#DB)> /,
  /^(?:(?:0x)?[0-9a-f]{8,16}|\.\.\.)(?:[ \t]+(?:0x)?[0-9a-f]{8,16})*$/,
  /^[>]?(?:0x)?[0-9a-f]{8,16}: (?:[0-9a-f]{2}[ <>]?){1,32}/,
  /^[0-9a-f]{3,4}:(?: {1,36}|(?: [0-9a-f]{8})+)/,
  /^\[[0-9a-f]{8,16}\] (?:pgd|p4d|pud|pmd|pte|\*)/,
  /^\^[ ^]*$/,
  /^(?:ESR|FSC|FnV|SET|EC|EA|CM|ISV|GCS|user pgtable|swapper)\b/,
  /^#\d{1,3}: [0-9a-f]/,
];

export class Screen {
  readonly registers: Register[] = [];
  readonly frames: Frame[] = [];
  readonly #names = new Set<string>();
  #instruction: string | undefined;
  #inUser = false;
  /** Frames after this belong to another trace: of the allocation, of another lock. */
  #isClosed = false;

  /** The function of the instruction that the report is about. */
  get instruction(): string | undefined {
    return this.#instruction;
  }

  /** No frame that follows is kept. */
  close(): void {
    if (this.frames.length > 0) this.#isClosed = true;
  }

  /** Forgets the frames so far: a trace that says more begins. */
  restart(): void {
    this.frames.length = 0;
    this.#isClosed = false;
  }

  /** Takes a line of a report, without spaces around it; true where it is one. */
  take(text: string): boolean {
    if (text === "") return true;
    const frame = readFrame(text);
    if (frame !== undefined) {
      if (!this.#isClosed && this.frames.length < MOST_FRAMES) this.frames.push(frame);
      return true;
    }
    const isPointer = this.#pointer(text);
    return this.#registersOf(text) || isPointer || DETAIL.some((one) => one.test(text));
  }

  /** The instruction is the innermost frame, where the trace begins after it. */
  callTrace(): readonly Frame[] {
    const name = this.#instruction;
    const hasIt = name === undefined || this.frames.some((frame) => frame.function === name);
    return hasIt ? this.frames : [{ address: "", function: name }, ...this.frames];
  }

  /** Where it happened. */
  place(asked: "fault" | "stuck" = "fault"): string | undefined {
    const trace = this.callTrace().filter(({ isUnreliable }) => isUnreliable !== true);
    const own = trace.find((frame) => frame.function !== undefined && !isPassedOver(frame.function, asked));
    return plainOf((own ?? trace[0])?.function);
  }

  #pointer(text: string): boolean {
    if (USER.test(text)) return (this.#inUser = true);
    if (!/^(?:RIP|EIP|IP|PC|pc|NIP|epc|Krnl|PSW|era)\b/.test(text)) return false;
    for (const pattern of INSTRUCTION) {
      const name = pattern.exec(text)?.[1];
      if (name === undefined) continue;
      this.#instruction ??= name;
      return true;
    }
    return /^RIP: |^EIP: /.test(text);
  }

  #registersOf(text: string): boolean {
    let found = false;
    for (const [, name = "", value = ""] of text.matchAll(REGISTER)) {
      found = true;
      if (this.#inUser || this.#names.has(name) || this.registers.length >= MOST_REGISTERS) continue;
      this.#names.add(name);
      this.registers.push({ name, value });
    }
    return found && /^[A-Za-z]/.test(text);
  }
}
