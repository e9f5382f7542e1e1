/**
 * The row in which memory stands beside the console: a guest of the kit is booted once, and what it printed is damaged and
 * forged over and over while the memory it left stays as it was. Verdict and every case must be those of the whole console.
 */
import { DEFAULT_LIMITS, NO_CASES, watch } from "../../runner/watch.js";
import { selecting } from "../../runner/selected-image.js";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { openProject } from "../../src/run/project.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { MemoryFacts } from "../../src/core/evidence.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { MachineEnd } from "../../src/core/fault.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { isRed } from "../../src/core/statuses.js";
import { judge } from "../../src/core/verdict.js";
import { doubled, swapped } from "./order.js";
import { forgedFront, forgedLines } from "./forgeries.js";
import { garbles, shortened } from "./garble.js";
import { forgedSuccess } from "./genuine.js";
import { type Log, lineOf, textOf } from "./log.js";
import { type Mutate, mutant, without } from "./mutant.js";
import { randomOf } from "./random.js";
import { several } from "./several.js";

/** What a guest printed and what it left behind. */
export interface Capture {
  readonly name: string;
  readonly text: string;
  readonly plan: Plan;
  readonly end: MachineEnd;
  readonly facts: MemoryFacts;
  /** The memory itself, and what any bytes in its place would say. */
  readonly memory?: Memory;
}

export interface Memory {
  readonly pieces: readonly (Uint8Array | undefined)[];
  readonly factsOf: (pieces: readonly (Uint8Array | undefined)[]) => MemoryFacts | undefined;
}

export interface MemoryMiss {
  readonly log: string;
  readonly what: string;
  /** What differs, in words. */
  readonly why: string;
}

export interface MemoryRow {
  readonly mutants: number;
  readonly greens: number;
  readonly misses: readonly MemoryMiss[];
}

/** Two that pass, one of them with parameters, and one that fails in many ways and comes to its end. */
const PROGRAMS: readonly (readonly [program: string, patterns: readonly string[]])[] = [
  ["ukargparse", ["ukargparse"]],
  ["uktest", ["uktest_params"]],
  [
    "uktest-fails",
    [
      "uktest_fails",
      "uktest_outcomes_fail",
      "uktest_places_fail",
      "uktest_fixture_fails",
      "uktest_params_fail",
    ],
  ],
];

/**
 * Boots the programs on a machine.
 * @throws RigError when one cannot be built or booted
 */
export async function captured(machine: string): Promise<readonly Capture[]> {
  const all: Capture[] = [];
  for (const [program, patterns] of PROGRAMS) {
    const common = { machine, profile: "", compiler: "gcc", build: true };
    const project = await openProject(
      { ...common, patterns },
      { log: () => undefined, stop: new AbortController().signal },
    );
    const task = project.tasks.find(({ name }) => name === program);
    if (task === undefined || "failure" in task) throw new Error(`${program} does not build`);
    const { image, plan } = task;
    const { image: content, evidence } = selecting({ path: image.path, symbols: undefined })(plan, []);
    const boot = task.cell.choice.machine.boot({ ...image, content }, { memoryMiB: 64, acceleration: "tcg" });
    const chunks: Buffer[] = [];
    try {
      const bytes = watch(boot, DEFAULT_LIMITS, NO_CASES);
      for (;;) {
        const next = await bytes.next();
        if (next.done !== true) {
          chunks.push(Buffer.from(next.value));
          continue;
        }
        const { end, inside } = next.value;
        if (inside === undefined) throw new Error(`${program} cannot be looked into`);
        const read = evidence.ranges.map((range) => inside.read(range.address, range.bytes));
        const pieces = await Promise.all(read);
        const facts = evidence.facts(pieces);
        if (facts === undefined) throw new Error(`${program} left no memory that could be read`);
        const text = Buffer.concat(chunks).toString("latin1");
        const factsOf = (changed: Memory["pieces"]): MemoryFacts | undefined => evidence.facts(changed);
        all.push({ name: program, text, plan, end, facts, memory: { pieces, factsOf } });
        break;
      }
    } finally {
      boot.stop();
      boot.release();
    }
  }
  return all;
}

const DIALECTS = await dialectsFor("unikraft");

/** Verdict, and statuses of the cases in words; each result of a parameter has its own name. */
interface Conclusion {
  readonly verdict: string;
  readonly reasons: readonly string[];
  /** Problems of error grade. */
  readonly problems: readonly string[];
  readonly cases: ReadonlyMap<string, readonly CaseStatus[]>;
}

export function conclude({ plan, end }: Capture, text: string, facts: MemoryFacts | undefined): Conclusion {
  const tool = { name: "uktest", version: "0" } as const;
  const reader = new RunReader({ tool, sources: ["g"], policy: { ubsan: "fail" } }, DIALECTS);
  reader.open("g", plan, { group: "g1" });
  const events = [...reader.feed(Buffer.from(text, "latin1"))];
  const summary = reader.end(end, facts);
  events.push(...reader.settle(summary?.missing ?? []), ...reader.finish());
  const model = reduce(events);
  const cases = new Map<string, CaseStatus[]>();
  for (const { suite, name, status } of casesOf(model)) {
    const key = `${suite}.${name}`;
    cases.set(key, [...(cases.get(key) ?? []), status].sort());
  }
  const problems = model.problems
    .filter(({ grade }) => grade === "error")
    .map(({ code, message }) => `${code}: ${message}`);
  return { ...judge(model), problems, cases };
}

/** Words of failure in a console: more of them than the guest printed are red, whatever memory knows. */
const failuresIn = (text: string): number => text.split(/\bFAILED\b|\bfailed\b|failed=[1-9]/).length;

/** What is greener than the truth, of a console to which a word of failure was added. */
export function greener(truth: Conclusion, now: Conclusion): string | undefined {
  if (truth.verdict !== "passed" && now.verdict === "passed") return "green";
  for (const [name, statuses] of truth.cases) {
    const reds = (all: readonly CaseStatus[]): number => all.filter(isRed).length;
    const found = now.cases.get(name) ?? [];
    if (reds(found) < reds(statuses)) return `${name} is ${found.join(" ")}, and was ${statuses.join(" ")}`;
  }
  return undefined;
}

/**
 * What differs from the truth; a forged case may be there, as one that did not run. In a red guest it may be red too: a
 * case that the console ends as failed is never taken back, and doubled or renamed lines make such cases.
 */
export function difference(truth: Conclusion, now: Conclusion): string | undefined {
  const mayBeRed = truth.verdict === "failed";
  const isWrong = (status: CaseStatus): boolean => status !== "skipped" && !(mayBeRed && isRed(status));
  if (truth.verdict !== now.verdict) return `${now.verdict}: ${[...now.reasons, ...now.problems].join(", ")}`;
  for (const [name, statuses] of truth.cases) {
    const found = [...(now.cases.get(name) ?? [])];
    for (const status of statuses) {
      const at = found.indexOf(status);
      if (at < 0) return `${name} is ${found.join(" ")}, and was ${statuses.join(" ")}`;
      found.splice(at, 1);
    }
    // A result that never was stands there as skipped, so that it counts for nothing.
    if (found.some(isWrong)) return `${name} is ${found.join(" ")} besides`;
  }
  const forged = [...now.cases].find(
    ([name, statuses]) =>
      !truth.cases.has(name) && statuses.some((one) => one === "passed" || (isRed(one) && isWrong(one))),
  );
  return forged && `${forged[0]} never ran, and is ${forged[1].join(" ")}`;
}

const dropped: Mutate = (log, random) => {
  const gone = new Set(Array.from({ length: random.between(1, 12) }, () => random.int(log.lines.length)));
  return mutant(without(log.lines, gone), `${String(gone.size)} lines dropped`, Math.min(...gone));
};

const cut: Mutate = (log, random) => {
  const text = textOf(log.lines);
  const end = random.int(text.length + 1);
  return { text: text.slice(0, end), what: `cut after byte ${String(end)}`, at: 0 };
};

const CHANGES: readonly Mutate[] = [
  dropped,
  cut,
  forgedSuccess,
  forgedLines,
  forgedFront,
  doubled,
  swapped,
  garbles.printable,
  garbles.any,
  garbles.lost,
  garbles.added,
  garbles.flipped,
  shortened,
  several,
];

/** A capture as a log that the mutations of the other rows take. */
export const logOf = ({ name, text, plan }: Capture, truth: Log["truth"]): Log => ({
  name,
  lines: text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => lineOf(line, false)),
  truth,
  plan,
  form: "time level",
  style: "timed",
  info: true,
  statistics: true,
  halts: true,
});

const MUTANTS = 60;

/** Judges mutants of every capture and of every kind of damage. */
export function memoryRow(captures: readonly Capture[], seed: string, runs: number): MemoryRow {
  const misses: MemoryMiss[] = [];
  let mutants = 0;
  let greens = 0;
  for (const capture of captures) {
    const truth = conclude(capture, capture.text, capture.facts);
    const log = logOf(capture, truth.verdict === "passed" ? "green" : "red");
    CHANGES.forEach((change, kind) => {
      const random = randomOf(`${seed} memory ${capture.name} ${String(kind)}`);
      for (let nth = 0; nth < Math.ceil(MUTANTS * runs); nth += 1) {
        const made = change(log, random, [log]);
        if (made === undefined) continue;
        mutants += 1;
        greens += Number(truth.verdict === "passed");
        const now = conclude(capture, made.text, capture.facts);
        const isAdded = failuresIn(made.text) > failuresIn(capture.text);
        const why = isAdded ? greener(truth, now) : difference(truth, now);
        if (why !== undefined) misses.push({ log: capture.name, what: made.what, why });
      }
    });
  }
  return { mutants, greens, misses };
}

/** The row as text. */
export function memoryText({ mutants, greens, misses }: MemoryRow): string {
  const exact = `${String(mutants - misses.length)}/${String(mutants)}`;
  return [
    `damaged and forged, with the guest's memory: ${exact} exact (${String(greens)} of green guests)`,
    ...misses.slice(0, 10).map(({ log, what, why }) => `  ${log}: ${what}: ${why}`),
    "",
  ].join("\n");
}
