/**
 * Where a debugger has to stop so that a red case shows itself: functions that the guest calls only when something went
 * wrong, and the functions of its cases. Both are read from the symbols of an image; nothing is guessed for one without.
 */
import type { Plan } from "../core/plan.js";
import { functionsOf, functionSymbolsOf } from "../image/elf/functions.js";
import { withLinked } from "../image/elf/linked.js";
import { readTestTable } from "../image/testtab.js";
import { readSymbols } from "../image/elf/symbols.js";

/** A place to stop at. */
export interface Stop {
  /** For gdb's `break`. */
  readonly place: string;
  /** Expression of gdb, of the frame at that place; absent: always. */
  readonly condition?: string;
  /** What goes wrong there, where the guest prints that only after it. */
  readonly what?: string;
  /** Only once the first case has begun: a kernel may come there on its way. */
  readonly isOfCases?: true;
}

/** What is wrong where a guest stops by itself. */
export type RedKind = "assertion" | "fault" | "finding";

/** A stop that only a guest which goes wrong comes to. */
export interface RedStop extends Stop {
  readonly kind: RedKind;
}

/** The function of a case. */
export interface CaseFunction {
  /** `suite.case`. */
  readonly name: string;
  /** Name of its symbol. */
  readonly symbol: string;
  /** From its first byte up to its end. */
  readonly start: number;
  readonly end: number;
}

export interface Stops {
  readonly stops: readonly RedStop[];
  /** Those of the plan that have a symbol. */
  readonly cases: readonly CaseFunction[];
  /** Address of the function that is called for each failed assertion; absent where the image has none. */
  readonly failure?: number;
  /** Names of the init functions of suites, by suite. */
  readonly inits: ReadonlyMap<string, string>;
  /** Whether the image has a function of this name. */
  readonly hasFunction: (name: string) => boolean;
  /** Where the program itself begins; absent where it has no `main`. */
  readonly main?: string;
}

/** Name of a case's function: the macro that makes it is Unikraft's since 0.6, and ours. */
const functionOf = (suite: string, name: string): string => `_uk_testsuite_${suite}_case_${name}`;

const BODY = "_uk_testbody_";

/** Name of the body of one with parameters, which the function of the case calls with each. */
const bodyOf = (suite: string, name: string): string => `${BODY}${suite}_${name}`;

const ON_FAILURE = "uk_test_on_failure";

/**
 * Ways to stop at each kind of failure, the best first: of each row the first is taken of which the image has the function.
 * The kit and our libraries call hooks that do nothing once the failure is printed. Unikraft has none: its assertions (0.6 to
 * 0.21) are one function of each file, which knows whether they hold; a crash comes to the end of the machine after its
 * screen (`request` is UKPLAT_CRASH up to 0.20).
 */
const WAYS: readonly (readonly RedStop[])[] = [
  [
    { place: ON_FAILURE, kind: "assertion" },
    { place: "_uk_test_do_assert", kind: "assertion", condition: "cond == 0", what: "this assertion fails" },
  ],
  [
    { place: "uk_crash_on_screen", kind: "fault" },
    { place: "uk_pm_syscrash", kind: "fault" },
    { place: "ukplat_terminate", kind: "fault", condition: "request == 3" },
  ],
];

/** The machine of a kit's guest ends in the middle of a case: exit() and its like. */
const END_IN_CASE: RedStop = {
  place: "ukplat_terminate",
  kind: "fault",
  condition: "request != UKPLAT_CRASH && uktest_running != 0",
};

/** What has no common function that comes after the report: each handler of the sanitizer is its own. */
const OWN_UBSAN = "ubsan_on_finding";
const UBSAN_HANDLER = /^__ubsan_handle_\w+$/;

const WANTED: ReadonlySet<string> = new Set([
  ...WAYS.flat().map(({ place }) => place),
  ...[OWN_UBSAN, "uktest_running", "main"],
]);

/** Where an image of the kit stops, before it is built: one that is built without the sanitizer has no findings. */
export const KIT_STOPS: readonly RedStop[] = [
  ...WAYS.flatMap(([best]) => (best === undefined ? [] : [best])),
  { place: OWN_UBSAN, kind: "finding" },
  END_IN_CASE,
];

/** The stops for an image with these symbols. */
function stopsWith(names: ReadonlySet<string>): readonly RedStop[] {
  const ways = WAYS.flatMap((row) => row.find(({ place }) => names.has(place)) ?? []);
  const ends = names.has("uktest_running") && names.has(END_IN_CASE.place) ? [END_IN_CASE] : [];
  const handlers = [...names].filter((name) => UBSAN_HANDLER.test(name)).sort();
  const findings: readonly RedStop[] = names.has(OWN_UBSAN)
    ? [{ place: OWN_UBSAN, kind: "finding" }]
    : handlers.map((place) => ({ place, kind: "finding", what: "undefined behavior", isOfCases: true }));
  return [...ways, ...findings, ...ends];
}

/**
 * Reads where to stop.
 * @param image the file that boots
 * @param symbols the file of its symbols, where it has none
 * @throws RigError where one cannot be read
 */
export function stopsOf(image: string, symbols: string | undefined, plan: Plan): Stops {
  return withLinked(image, symbols, (elf) => {
    const planned = new Map(
      plan.suites.flatMap(({ name: suite, cases }) =>
        cases.flatMap(({ name }) => [
          [functionOf(suite, name), `${suite}.${name}`] as const,
          [bodyOf(suite, name), `${suite}.${name}`] as const,
        ]),
      ),
    );
    const found = readSymbols(
      elf,
      (name) => WANTED.has(name) || planned.has(name) || UBSAN_HANDLER.test(name),
    );
    const names = new Set(found.map(({ name }) => name));
    const failure = found.find(({ name }) => name === ON_FAILURE);
    const functionAt = functionsOf(elf);
    const cases = found.flatMap(({ name: symbol, address }): readonly CaseFunction[] => {
      const name = planned.get(symbol);
      const start = Number(address);
      const sizeBytes = functionAt(start)?.sizeBytes ?? 0;
      return name === undefined || sizeBytes === 0 ? [] : [{ name, symbol, start, end: start + sizeBytes }];
    });
    const inits = new Map(
      readTestTable(elf).suites.flatMap(({ name, init }) => {
        const found = init === 0n ? undefined : functionAt(Number(init))?.name;
        return found === undefined ? [] : [[name, found] as const];
      }),
    );
    const functions = new Set(functionSymbolsOf(elf).map(({ name }) => name));
    // Of a case with parameters, the body is what the user has written.
    const bodies = new Set(cases.filter(({ symbol }) => symbol.startsWith(BODY)).map(({ name }) => name));
    return {
      stops: stopsWith(names),
      cases: cases.filter(({ name, symbol }) => symbol.startsWith(BODY) || !bodies.has(name)),
      inits,
      hasFunction: (name) => functions.has(name),
      ...(failure !== undefined && { failure: Number(failure.address) }),
      ...(names.has("main") && { main: "main" }),
    };
  });
}
