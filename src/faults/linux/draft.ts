/**
 * A Linux report while its lines come in: what all kinds have in common. A kind says in a table what more belongs to it
 * and makes a report of what was read; it recognises no first line.
 */
import type { Report, ReportDraft, ReportLine, Taken } from "../../core/fault/report.js";
import { Screen } from "./screen.js";

export interface Kind {
  /** Lines that belong to this kind only. */
  readonly details?: readonly RegExp[];
  /** The line that closes it, besides the end of a trace. */
  readonly last?: RegExp;
  /** Lines that begin another trace than the one that the report is about. */
  readonly aside?: RegExp;
  /** Lines in front of the trace that the report is about. */
  readonly main?: RegExp;
  /** First lines of other reports that are a consequence of this one. */
  readonly adopts?: (text: string) => boolean;
  /** True where consequences may follow the end of the trace. */
  readonly hasTail?: true;
  /** Shown each line, taken or not. */
  readonly notice?: (text: string) => void;
  readonly finish: (screen: Screen) => Report | undefined;
}

const END_OF_TRACE = /^---\[ end trace/;
const END_OF_PANIC = /^---\[ end Kernel panic/;
/** After the end of its trace an oops prints its registers again, and then the panic that it causes. */
const TAIL =
  /^(?:RIP: |RSP: |R[A-D]X: |R\d\d: |R[SD]I|RBP: |FS: |CS: |CR\d: |DR\d: |Code: |PKRU: |EFLAGS|EIP: |ESP: |note: |Kernel Offset: |Shutting down cpus|Dumping ftrace|\(ftrace|Rebooting in |pc : |lr : |x\d{1,2}: |Kernel panic - |SMP: |CPU features: |Memory Limit: )/;

/** What may follow an oops that has ended: its panic, and the words of KUnit about its thread. */
const CONSEQUENCE = /Kernel panic - |try faulted|kunit test case crashed/;

export class LinuxDraft implements ReportDraft {
  readonly screen = new Screen();
  #isEnded = false;

  constructor(readonly kind: Kind) {}

  take({ text: whole }: ReportLine): Taken {
    const text = whole.trim();
    const { kind, screen } = this;
    kind.notice?.(text);
    if (END_OF_PANIC.test(text)) return "last";
    if (this.#isEnded) return TAIL.test(text) ? "yes" : "no";
    if (END_OF_TRACE.test(text)) {
      this.#isEnded = true;
      return kind.hasTail === true ? "yes" : "last";
    }
    if (kind.last?.test(text) === true) return "last";
    // What begins with a hash is a comment of the tests.
    if (text.startsWith("# ")) return "no";
    if (kind.main?.test(text) === true) screen.restart();
    if (kind.aside?.test(text) === true) screen.close();
    if (screen.take(text)) return "yes";
    return kind.details?.some((one) => one.test(text)) === true ? "yes" : "no";
  }

  adopts({ text }: ReportLine): boolean {
    const adopted = this.kind.adopts;
    if (adopted === undefined) return false;
    return (!this.#isEnded || CONSEQUENCE.test(text)) && adopted(text);
  }

  finish(): Report | undefined {
    return this.kind.finish(this.screen);
  }
}
