/**
 * What each rule of a SARIF log is called and what to do about it. It refuses to list rules that no result uses.
 */

export interface RuleText {
  /** One sentence. */
  readonly short: string;
  readonly full: string;
  /** What to do, in plain text. */
  readonly help: string;
  /** Tags of GitHub's filters. */
  readonly tags: readonly string[];
}

/** What each check of the sanitizer means, in C's terms. */
const CHECKS: Readonly<Record<string, string>> = {
  alignment: "A pointer is used at an address that its type does not allow",
  bool: "A truth value is read that is neither 0 nor 1",
  bounds: "An array is indexed beyond its end",
  builtin: "A builtin of the compiler is given a value that it does not take",
  "cfi-icall": "A function is called through a pointer that does not lead to one of its type",
  enum: "A value is read that its enumeration does not have",
  "float-cast-overflow": "A floating value does not fit the type that it is converted to",
  "float-divide-by-zero": "A floating value is divided by zero",
  function: "A function is called through a pointer of another type",
  "implicit-conversion": "An implicit conversion changes a value",
  "integer-divide-by-zero": "An integer is divided by zero, or the smallest one by -1",
  "nonnull-attribute": "NULL is passed where the declaration forbids it",
  null: "A NULL pointer is dereferenced",
  "object-size": "An object is accessed beyond its size",
  "pointer-overflow": "The result of pointer arithmetic wraps around",
  return: "A function that has to return a value ends without one",
  "returns-nonnull-attribute": "NULL is returned where the declaration forbids it",
  "shift-base": "A left shift moves bits out of a signed value",
  "shift-exponent": "A value is shifted by a negative number of bits, or by all that it has",
  "signed-integer-overflow": "The result of signed arithmetic does not fit its type",
  unreachable: "Code runs that is declared to be unreachable",
  "unsigned-integer-overflow": "The result of unsigned arithmetic wraps around",
  "vla-bound": "An array of variable length is not longer than zero",
  vptr: "An object is used as one of another type",
};

const FAULTS: Readonly<Record<string, string>> = {
  trap: "The processor raised an exception that the guest does not handle",
  assertion: "An assertion of the kernel or of the C library failed",
  crash: "The guest crashed on purpose",
  "fail-fast": "The guest stopped at its first failed assertion",
  "suite-init": "The init function of a suite failed, so none of its cases ran",
  "init-assertion": "An assertion failed in the init function of a suite",
  "exit-assertion": "An assertion failed in a suite outside its cases",
  "boot-assertion": "An assertion failed outside any suite",
  "boot-init": "An init function stopped the boot",
  exit: "A case called exit()",
  halt: "The machine stopped inside a case without a word",
  reset: "The guest started again before it had finished",
  silence: "The output stops inside a case",
  build: "The image could not be built",
  "time-out": "A limit of the host fired and the machine was stopped",
  stall: "A task or a processor of the guest makes no progress",
};

const CASES: Readonly<Record<string, string>> = {
  crashed: "A test case did not come to its end",
  "timed-out": "A test case took longer than it may",
  failed: "A test case failed",
  "not-run": "A planned test case did not run",
};

const text = (short: string, help: string, ...tags: readonly string[]): RuleText => ({
  short: `${short}.`,
  full: `${short}. Reported by uktest, from a run of the unit tests.`,
  help,
  tags,
});

const words = (name: string): string => name.replaceAll("-", " ");

/** The words for a rule, also for one that nobody has heard of. */
export function ruleText(rule: string): RuleText {
  const slash = rule.indexOf("/");
  const [family, name] = slash < 0 ? [rule, ""] : [rule.slice(0, slash), rule.slice(slash + 1)];
  const known = (table: Readonly<Record<string, string>>): string | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined;
  switch (family) {
    case "ubsan":
      return text(
        known(CHECKS) ?? `Undefined behaviour of the kind ${name}`,
        "The behaviour of this line is undefined: the next compiler may do anything with it. Change the expression; " +
          "the message holds the values of the first time.",
        "ubsan",
        "undefined-behavior",
        "correctness",
      );
    case "kasan":
    case "kfence":
    case "asan":
      return text(
        `Memory is used against its rules (${words(name)})`,
        "The stack of the result leads to the access; the report in the log has the stacks of the allocation and of the free.",
        family,
        "memory-safety",
        "correctness",
      );
    case "kmsan":
    case "msan":
      return text(
        `Memory is used that was never initialised (${words(name)})`,
        "The stack of the result leads to the use; the report in the log says where the memory came from.",
        family,
        "memory-safety",
        "correctness",
      );
    case "kcsan":
    case "tsan":
      return text(
        `Two threads use the same memory without a rule (${words(name)})`,
        "The stack of the result is one side of the race; the report in the log has the other.",
        family,
        "concurrency",
        "correctness",
      );
    case "lsan":
    case "kmemleak":
      return text(
        "Memory is lost: nothing leads to it any more",
        "The stack of the result leads to the allocation. Free what it allocates, or keep a pointer to it.",
        family,
        "memory-leak",
        "correctness",
      );
    case "locking":
      return text(
        `A rule of locks or contexts is broken (${words(name)})`,
        "The kernel saw an order of locks that can deadlock, or a call that its context forbids. The report in the log has " +
          "the locks that were held.",
        family,
        "concurrency",
        "correctness",
      );
    case "warning":
      return text(
        `A condition that the kernel warns of was met (${words(name)})`,
        "WARN() marks what must not happen. Mend the cause, or take the warning out where it is none.",
        family,
        "correctness",
      );
    case "fault":
      if (name.endsWith("-assertion"))
        return text(
          known(FAULTS) ?? `A fault of the kind ${name}`,
          "No case can be charged with it: the message names the function of the suite, or main(), with what was expected and what was seen.",
          "test",
        );
      return text(
        known(FAULTS) ?? `A fault of the kind ${name}`,
        "The guest did not survive this line. The stack of the result leads to it; the report of the run has the " +
          "registers and the console in front of the crash.",
        "crash",
        "correctness",
      );
    case "test":
      return text(
        "An assertion of a unit test failed",
        "Either the code or the expectation is wrong. The message has the expression, what was expected and what was seen.",
        "test",
      );
    case "case":
      return text(
        known(CASES) ?? "A test case is red",
        "Run the case alone to see whether it behaves alike: uktest run suite.case",
        "test",
      );
    default:
      if (name === "flaky-case")
        return text(
          "A test case was red and passed when it ran again",
          "Its outcome depends on something that changes from run to run. The message has its first failure.",
          "test",
        );
      return text(
        family === "problem" ? `The console of the guest is in doubt (${name})` : "The run is not whole",
        "A result that cannot be proven is not green. The message says what was missing or contradictory, and the place " +
          "is the line of the log.",
        "test",
      );
  }
}
