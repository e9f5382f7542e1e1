/**
 * What each rule of a SARIF log is called and what to do about it. It does not list rules that no result uses.
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

const lookUp = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

type OfFamily = (name: string, family: string) => RuleText;

const memorySafety: OfFamily = (name, family) =>
  text(
    `Memory is used against its rules (${words(name)})`,
    "The stack of the result leads to the access; the report in the log has the stacks of the allocation and of the free.",
    family,
    "memory-safety",
    "correctness",
  );

const uninitialised: OfFamily = (name, family) =>
  text(
    `Memory is used that was never initialised (${words(name)})`,
    "The stack of the result leads to the use; the report in the log says where the memory came from.",
    family,
    "memory-safety",
    "correctness",
  );

const dataRace: OfFamily = (name, family) =>
  text(
    `Two threads use the same memory without a rule (${words(name)})`,
    "The stack of the result is one side of the race; the report in the log has the other.",
    family,
    "concurrency",
    "correctness",
  );

const leak: OfFamily = (_, family) =>
  text(
    "Memory is lost: nothing leads to it any more",
    "The stack of the result leads to the allocation. Free what it allocates, or keep a pointer to it.",
    family,
    "memory-leak",
    "correctness",
  );

const kept: OfFamily = () =>
  text(
    "A test case still holds memory after its end",
    "The stack of the result leads to the allocation. Free it in the case, or in the exit function of its suite; where the " +
      "case has to keep it, UK_TEST_LIMIT of the suite allows so many bytes or blocks.",
    "memory-leak",
    "test",
  );

const exceeded: OfFamily = (name) =>
  text(
    `A test case exceeds what its suite allows it (${words(name.replaceAll("_", "-"))})`,
    "The message has the value and the limit. The limit is set by UK_TEST_LIMIT beside the case: mend the case, or raise it " +
      "where more is needed.",
    "test",
  );

const fault: OfFamily = (name) => {
  const short = lookUp(FAULTS, name) ?? `A fault of the kind ${name}`;
  return name.endsWith("-assertion")
    ? text(
        short,
        "No case can be charged with it: the message names the function of the suite, or main(), with what was expected and what was seen.",
        "test",
      )
    : text(
        short,
        "The guest did not survive this line. The stack of the result leads to it; the report of the run has the " +
          "registers and the console in front of the crash.",
        "crash",
        "correctness",
      );
};

const FAMILIES: Readonly<Record<string, OfFamily>> = {
  ubsan: (name) =>
    text(
      lookUp(CHECKS, name) ?? `Undefined behaviour of the kind ${name}`,
      "The behaviour of this line is undefined: the next compiler may do anything with it. Change the expression; " +
        "the message holds the values of the first time.",
      "ubsan",
      "undefined-behavior",
      "correctness",
    ),
  kasan: memorySafety,
  kfence: memorySafety,
  asan: memorySafety,
  kmsan: uninitialised,
  msan: uninitialised,
  kcsan: dataRace,
  tsan: dataRace,
  lsan: leak,
  kmemleak: leak,
  leak: kept,
  limit: exceeded,
  locking: (name, family) =>
    text(
      `A rule of locks or contexts is broken (${words(name)})`,
      "The kernel saw an order of locks that can deadlock, or a call that its context forbids. The report in the log has " +
        "the locks that were held.",
      family,
      "concurrency",
      "correctness",
    ),
  warning: (name, family) =>
    text(
      `A condition that the kernel warns of was met (${words(name)})`,
      "WARN() marks what must not happen. Mend the cause, or take the warning out where it is none.",
      family,
      "correctness",
    ),
  fault,
  test: () =>
    text(
      "An assertion of a unit test failed",
      "Either the code or the expectation is wrong. The message has the expression, what was expected and what was seen.",
      "test",
    ),
  case: (name) =>
    text(
      lookUp(CASES, name) ?? "A test case is red",
      "Run the case alone to see whether it behaves alike: uktest run suite.case",
      "test",
    ),
};

const other: OfFamily = (name, family) =>
  name === "flaky-case"
    ? text(
        "A test case was red and passed when it ran again",
        "Its outcome depends on something that changes from run to run. The message has its first failure.",
        "test",
      )
    : text(
        family === "problem" ? `The console of the guest is in doubt (${name})` : "The run is not whole",
        "A result that cannot be proven is not green. The message says what was missing or contradictory, and the place " +
          "is the line of the log.",
        "test",
      );

/** The text of a rule by its name, `family/name`; of an unknown one too. */
export function ruleText(rule: string): RuleText {
  const slash = rule.indexOf("/");
  const [family, name] = slash < 0 ? [rule, ""] : [rule.slice(0, slash), rule.slice(slash + 1)];
  const ofFamily = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  return (ofFamily ?? other)(name, family);
}
