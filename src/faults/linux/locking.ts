/**
 * What watches locks and contexts in Linux: lockdep, the checks of RCU, sleeping and scheduling where that is forbidden,
 * spinlocks that are wrong. Each report is one finding; the kernel goes on.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";
import type { Screen } from "./screen.js";

interface Opening {
  readonly pattern: RegExp;
  readonly check: string;
  /** What the title says in front of the function. */
  readonly words: string;
}

const WRAPPED = String.raw`(?:WARNING: |\[ (?:INFO|BUG): |INFO: |BUG: )`;
const lockdep = (words: string, check: string, title = "possible deadlock"): Opening => ({
  pattern: new RegExp(`^${WRAPPED}${words}`),
  check,
  words: title,
});

const OPENINGS: readonly Opening[] = [
  lockdep("possible circular locking dependency detected", "circular-dependency"),
  lockdep("possible recursive locking detected", "recursive-locking"),
  lockdep("possible irq lock inversion dependency detected", "irq-inversion"),
  lockdep("\\S+-safe -> \\S+-unsafe lock order detected", "irq-inversion"),
  lockdep("inconsistent lock state", "inconsistent-state", "inconsistent lock state"),
  lockdep("bad unlock balance detected", "bad-unlock", "WARNING: bad unlock balance"),
  lockdep("bad contention detected", "bad-contention", "WARNING: bad contention"),
  lockdep("held lock freed", "held-lock-freed", "WARNING: held lock freed"),
  lockdep("nested lock was not taken", "nested-lock", "WARNING: nested lock was not taken"),
  lockdep(
    "lock held (?:when returning to user space|at task exit)",
    "lock-held",
    "WARNING: lock held when returning to user space",
  ),
  lockdep("Invalid wait context", "wait-context", "BUG: invalid wait context"),
  lockdep("\\S{1,80} still has locks held!", "lock-held", "WARNING: task still has locks held"),
  lockdep("trying to register non-static key", "non-static-key", "INFO: trying to register non-static key"),
  lockdep("looking up invalid subclass", "invalid-subclass", "BUG: looking up invalid lock subclass"),
  lockdep("workqueue leaked (?:lock or )?atomic", "leaked-atomic", "BUG: workqueue leaked lock or atomic"),
  lockdep("suspicious RCU usage", "rcu-usage", "WARNING: suspicious RCU usage"),
  {
    pattern: /^BUG: sleeping function called from invalid context/,
    check: "sleep-in-atomic",
    words: "BUG: sleeping function called from invalid context",
  },
  {
    pattern: /^BUG: scheduling while atomic: /,
    check: "schedule-in-atomic",
    words: "BUG: scheduling while atomic",
  },
  {
    pattern: /^BUG: using \S{1,80} in preemptible /,
    check: "preemptible",
    words: "BUG: using $1 in preemptible code",
  },
  {
    pattern: /^BUG: (?:spinlock|rwlock|rwsem) [\w -]{1,60} on CPU#/,
    check: "bad-lock",
    words: "BUG: bad lock",
  },
  {
    pattern: /^BUG: (?:MAX_\w+ too low|key \S+ (?:has not been registered|not in))/,
    check: "lockdep",
    words: "BUG: lockdep",
  },
];

const DETAILS: readonly RegExp[] = [
  /^(?:but task is|but now in|which lock already|and this task|the existing dep|other info|Possible |Chain exists|-> #\d|\*\*\* |\d+ locks? held|no locks held|#\d+: |rcu_scheduler_active|caller is |lock\(|CPU0|CPU1|-{2,}|={20,}|RCU used|the (?:first|second) lock|stack backtrace|and interrupts could|to a \S+-irq|\.\.\. (?:key|acquired)|this (?:lock|could)|<Interrupt>|INITIAL USE|IN-\S|HARDIRQ|SOFTIRQ|preempt_count|in_atomic|last enabled|softirqs|hardirqs|irq event|\(.{1,120}\)\{|&?\S{1,120}\{[^}]{1,16}\}|lock: |\{.{1,40}\} (?:state|usage)|\S+ (?:is trying to|is exiting|is leaving|just changed|\[HC)|.{1,160} (?:is trying to (?:acquire|release)|is already holding|is freeing memory|suspicious rcu_\w+|but there are no more))/,
  /^[\w.+-]{3,64} #\d+ (?:Not tainted|Tainted)/,
];
const ACQUIRED = /at: (?:\[<[0-9a-f]+>\] )?([A-Za-z_$.][\w$.]*)\+0x/;
const RCU_PLACE = /^(\S{1,300}):(\d{1,7}) suspicious rcu_/;
const SLEEP_PLACE = /invalid context at (\S{1,300}):(\d{1,7})/;

interface Place {
  readonly file: string;
  readonly line: number;
}

const placeOf = (match: RegExpExecArray | null): Place | undefined =>
  match === null ? undefined : { file: match[1] ?? "", line: Number(match[2]) };

/** Sources of the forms: kernel/locking/lockdep.c, kernel/sched/core.c, lib/smp_processor_id.c, spinlock_debug.c. */
export const locking: ReportFamily = {
  name: "linux-locking",
  system: "linux",
  hints: [
    "dependency detected",
    "locking detected",
    "lock order detected",
    "inconsistent lock state",
    "balance detected",
    "contention detected",
    "lock freed",
    "lock was not taken",
    "lock held ",
    "nvalid wait context",
    "suspicious RCU usage",
    "still has locks",
    "non-static key",
    "invalid subclass",
    "workqueue leaked",
    "invalid context at",
    "while atomic: ",
    "in preemptible ",
    " on CPU#",
    " too low",
    "BUG: key ",
  ],
  begin({ text: whole }) {
    const text = whole.trim();
    const opening = OPENINGS.find(({ pattern }) => pattern.test(text));
    if (opening === undefined) return undefined;
    let place = placeOf(SLEEP_PLACE.exec(text));
    let acquired: string | undefined;
    return new LinuxDraft({
      details: DETAILS,
      // The chain of locks has traces of its own.
      main: /^stack backtrace:|^Call [Tt]race:/,
      notice(line) {
        acquired ??= line.includes("at: ") ? ACQUIRED.exec(line)?.[1] : undefined;
        place ??= line.includes("suspicious rcu_") ? placeOf(RCU_PLACE.exec(line)) : undefined;
      },
      finish(screen) {
        const where = functionOf(opening, screen, acquired);
        const name = /using (\S+) in/.exec(text)?.[1] ?? "a per-CPU variable";
        const words = opening.words.replace("$1", name);
        return {
          type: "finding",
          finding: {
            kind: "locking",
            check: opening.check,
            message: where === undefined ? words : `${words} in ${where}`,
            ...place,
            ...(where !== undefined && { function: where }),
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};

/** A deadlock is where the last lock is asked for. */
function functionOf({ words }: Opening, screen: Screen, acquired: string | undefined): string | undefined {
  return words === "possible deadlock" ? (acquired ?? screen.place()) : (screen.place() ?? acquired);
}
