/**
 * Measures the cases of an image that does not do it itself: the counts of its allocators, read from outside before and
 * after each case, and for what is held a boot of its own in which the case is called twice. It judges nothing.
 */
import type { Boot, BootOptions, Machine } from "../../../runner/machine.js";
import { type Call, followCalls, type Following, type Pieces } from "../../../runner/debug/calls.js";
import { type Limits, NO_CASES, watch } from "../../../runner/watch.js";
import { caseKey } from "../../core/assemble/boot.js";
import { RigError, UsageError } from "../../core/errors.js";
import type { Measured, MemoryFacts } from "../../core/evidence.js";
import type { Plan } from "../../core/plan.js";
import { type Allocators, allocatorsIn, type CaseFunction, caseFunctions } from "../../image/allocators.js";
import { type CaseRecords, caseRecords } from "../../image/case-records.js";
import { withLinked } from "../../image/elf/linked.js";
import { hasSymbols } from "../../image/elf/symbols.js";
import { readTestTable } from "../../image/testtab.js";
import { type ImageFiles, whereSymbolsAre, withFound } from "../image-files.js";
import { heldOf } from "./held.js";
import { type Rows, rowsOf, tableOf } from "./case-rows.js";
import { followedOptions } from "./options.js";

/** What is known of an image whose cases can be measured. */
export interface Measurable {
  readonly machine: Machine;
  readonly allocators: Allocators;
  readonly functions: ReadonlyMap<number, CaseFunction>;
  /** Absent where the image does not say how its cases are called. */
  readonly records?: CaseRecords;
  /** Bytes that a case may keep without being looked at again. */
  readonly maxLeak: number;
}

/**
 * Finds out how the cases of an image are measured.
 * @throws UsageError for a machine without a stub, RigError for an image that counts nothing
 */
export function measurableIn(files: ImageFiles, machine: Machine, maxLeak: number): Measurable {
  if (machine.hasStub !== true)
    throw new UsageError(
      `${machine.name} cannot measure the cases of an image that the kit did not build`,
      "it needs a machine with a GDB stub: -m qemu-x86_64, qemu-i386 or qemu-arm64",
    );
  const { image, symbols } = withFound(files);
  return withLinked(image, symbols, (elf) => {
    const allocators = allocatorsIn(elf);
    if (allocators === undefined && !hasSymbols(elf))
      throw new RigError(
        `${symbols ?? image} has no symbols, so where it counts allocations is not known`,
        whereSymbolsAre(files),
      );
    if (allocators === undefined)
      throw new RigError(
        `${symbols ?? image} has no counts of allocations`,
        "build it with CONFIG_LIBUKALLOC_IFSTATS_GLOBAL=y",
      );
    const table = readTestTable(elf);
    const records = caseRecords(elf, table);
    return {
      ...{ machine, allocators, functions: caseFunctions(table), maxLeak },
      ...(records !== undefined && { records }),
    };
  });
}

/** Follows one boot. */
export interface Meter {
  /** What its boot needs. */
  readonly options: (wanted: BootOptions) => BootOptions;
  /** Lets the guest run; to be called before it has executed anything. */
  readonly follow: (boot: Boot) => void;
  /** The facts with what the boot's cases did, once it is over; boots once more where a case holds something. */
  readonly complete: (facts: MemoryFacts, boot: () => Boot, stop: AbortSignal) => Promise<MemoryFacts>;
}

/** A meter for a boot. */
export function meterOf(measurable: Measurable, limits: Limits, part: Plan): Meter {
  const rows = rowsOf(measurable.functions, part);
  let calls: readonly Call[] = [];
  return {
    options: followedOptions,
    follow: (boot) => {
      const table = measurable.records && tableOf(measurable.records, rows, part);
      calls = follow(measurable, { rows, ...(table !== undefined && { table }) }, boot);
    },
    complete: async (facts, boot, stop) => {
      const suspects = calls.filter((call) => holds(measurable, call)).map((call) => call.function);
      const again: Call[] = [];
      for (let left = suspects; left.length > 0 && !stop.aborted;) {
        const { done, stuck } = await twice({ measurable, rows, limits, stop }, boot(), new Set(left));
        again.push(...done);
        const known = new Set([stuck, ...done.map((call) => call.function)]);
        // The guest may have died in a second call: what comes after it gets a boot without that.
        left = stuck === undefined ? [] : left.filter((one) => !known.has(one));
      }
      return withMeasured(facts, measuredOf(measurable, calls, again));
    },
  };
}

/** What further boots for second calls need. */
interface Twice {
  readonly measurable: Measurable;
  readonly rows: Rows;
  readonly limits: Limits;
  readonly stop: AbortSignal;
}

/** Whether a case holds more after it than it may. */
function holds(measurable: Measurable, call: Call): boolean {
  const { maxLeak } = measurable;
  const { leaked_bytes: bytes = 0, leaked_blocks: blocks = 0 } = first(measurable, call)?.values ?? {};
  return bytes > maxLeak || (maxLeak === 0 && blocks > 0);
}

/** What was measured of each case, of its second call where there was one. */
function measuredOf(
  measurable: Measurable,
  calls: readonly Call[],
  again: readonly Call[],
): ReadonlyMap<string, Measured> {
  const all = new Map<string, Measured>();
  for (const call of calls) {
    const known = measurable.functions.get(call.function);
    const second = again.find((one) => one.function === call.function);
    const measured =
      (second === undefined ? undefined : repeated(measurable, second)) ?? first(measurable, call);
    if (known !== undefined && measured !== undefined) all.set(caseKey(known.suite, known.name), measured);
  }
  return all;
}

/** Follows a boot; an emulator without a stub has none to follow. */
function follow(
  { machine, allocators, functions }: Measurable,
  { rows, table, wantsAgain }: Pick<Following, "rows" | "table" | "wantsAgain">,
  { stub }: Boot,
): readonly Call[] {
  if (stub === undefined) return [];
  return followCalls(stub, {
    architecture: machine.architecture,
    rows,
    ...(table !== undefined && { table }),
    ranges: (address) => {
      // Whether something failed is asked of a second call alone.
      const statuses = wantsAgain && functions.get(address)?.statuses;
      return statuses === undefined || statuses.bytes === 0
        ? [allocators.range]
        : [allocators.range, statuses];
    },
    ...(wantsAgain !== undefined && { wantsAgain, counter: allocators.used }),
  });
}

/** The difference of two moments; undefined where one of them is not known. */
function between(
  { allocators }: Measurable,
  before: Pieces | undefined,
  after: Pieces | undefined,
  again: Measured["again"],
): Measured | undefined {
  const [from, to] = [before?.[0], after?.[0]];
  const [old, now] = [from && allocators.read(from), to && allocators.read(to)];
  if (old === undefined || now === undefined) return undefined;
  const values = {
    leaked_bytes: now.used - old.used,
    leaked_blocks: now.blocks - old.blocks,
    // The most that there ever was only rises: below it the peak of a case is not known.
    ...(now.most > old.most && { peak_bytes: now.most - old.used }),
  };
  return { again, values, limits: {}, held: [] };
}

const first = (measurable: Measurable, { before, after }: Call): Measured | undefined =>
  between(measurable, before, after, "not");

/** What a second call did; one in which something fails goes another way, and proves nothing. */
function repeated(
  measurable: Measurable,
  { function: at, before, after, again, changes }: Call,
): Measured | undefined {
  const failed = measurable.functions.get(at)?.failed;
  if (failed !== undefined && failed(again?.[1]) > failed(after?.[1]))
    return between(measurable, before, after, "failed");
  const measured = between(measurable, after, again, "held");
  return measured && { ...measured, held: changes === undefined ? [] : heldOf(changes) };
}

/**
 * Boots once more, calls each suspect twice, and ends that boot after the last of them. What it prints is not read.
 * @returns the calls that have returned twice, and the function of the one that has not
 */
async function twice(
  { measurable, rows, limits, stop }: Twice,
  boot: Boot,
  suspects: ReadonlySet<number>,
): Promise<{ readonly done: readonly Call[]; readonly stuck: number | undefined }> {
  const halt = (): void => {
    boot.stop();
  };
  stop.addEventListener("abort", halt);
  // The other cases are of no interest here, and run through.
  const wanted = rows.map((row) => row.filter((one) => suspects.has(one)));
  const calls = follow(measurable, { rows: wanted, wantsAgain: () => true }, boot);
  const done = (): readonly Call[] => calls.filter(({ again }) => again !== undefined);
  const stuck = (): number | undefined => calls.find((call) => call.again === undefined)?.function;
  try {
    const output = watch(boot, limits, NO_CASES);
    while ((await output.next()).done !== true) if (done().length === suspects.size) halt();
    return { done: done(), stuck: stuck() };
  } catch (error) {
    // What is not known of a second call is said with the finding.
    if (error instanceof RigError) return { done: done(), stuck: stuck() };
    throw error;
  } finally {
    stop.removeEventListener("abort", halt);
    boot.stop();
    boot.release();
  }
}

/** The facts with what was measured of each case. */
const withMeasured = (facts: MemoryFacts, measured: ReadonlyMap<string, Measured>): MemoryFacts => ({
  ...facts,
  cases: facts.cases.map((one) => {
    const known = measured.get(caseKey(one.suite, one.name));
    return known === undefined ? one : { ...one, measured: known };
  }),
});
