/**
 * One boot from its start to the last of its conclusions: machine, console, memory and reader composed. What is booted
 * and what follows from it are decided elsewhere.
 */
import { messageOf } from "../../core/reason.js";
import { stage } from "../../../runner/host/stages.js";
import { stopwatch } from "../../../runner/host/clock.js";
import type { KeptConsole } from "../../../runner/files/run-folder.js";
import type { Boot, BootImage, BootOptions, GuestSnapshot, Machine } from "../../../runner/machine.js";
import { exceptionOf } from "../../../runner/qemu/exception.js";
import { stackOf } from "../../../runner/qemu/stack.js";
import { type Limits, watch } from "../../../runner/watch.js";
import type { BootSummary } from "../../core/assemble.js";
import type { BootPart } from "../../core/assemble/boot.js";
import type { Unrun } from "../../core/assemble/unseen.js";
import { RigError } from "../../core/errors.js";
import type { RunEvent, ValueRead } from "../../core/events.js";
import type { MachineEnd } from "../../core/fault.js";
import type { MemoryFacts } from "../../core/evidence.js";
import type { Plan } from "../../core/plan.js";
import { incomplete } from "../../core/stops.js";
import type { EvidenceMap, MemoryRange } from "../../image/evidence.js";
import type { RunReader } from "../../console/reader.js";
import type { DeadGuest } from "../cores.js";
import type { CoverageBoot } from "../coverage/reader.js";
import type { ProfiledBoot } from "../profile.js";
import type { Meter } from "./meter.js";
import type { StoppedGuest } from "../traces.js";
import type { Emit } from "./side-by-side.js";
import type { ValueBoot } from "./values.js";

export interface BootOrder {
  readonly machine: Machine;
  readonly image: BootImage;
  readonly options: BootOptions;
  /** The boot itself, where it runs already. */
  readonly begun?: Boot | undefined;
  /** Whether TCG shall be tried for a machine that failed before its first word, and why it failed. */
  readonly fallBack: (why: string) => boolean;
  readonly limits: Limits;
  /** What is read while the machine starts: the guest is slower than we are. */
  readonly prepare: () => Promise<{
    readonly reader: RunReader;
    /** Absent where nobody knows the image. */
    readonly plan?: Plan;
    /** Where the guest's memory tells of its tests; absent where nobody wants to know. */
    readonly evidence?: EvidenceMap;
  }>;
  readonly source: string;
  readonly part: BootPart;
  /** Milliseconds since the run began; absent where nobody asks. */
  readonly sinceStart?: () => number;
  /** Measures cases of a guest that does not do it itself. */
  readonly meter?: Meter | undefined;
  readonly log?: KeptConsole;
  /** Keeps what a debugger needs of a guest that has died; absent where it is not wanted. */
  readonly core?: (guest: DeadGuest) => Promise<void>;
  /** Reads the tracepoints of the guest; absent where no trace is wanted. */
  readonly trace?: {
    /** Shows its events while it runs, where that is wanted. */
    readonly follow: (boot: Boot) => void;
    readonly read: (guest: StoppedGuest) => Promise<readonly RunEvent[]>;
    readonly release: () => void;
  };
  /** Reads the values of its store; absent where none is wanted. */
  readonly values?: (ended: ValueBoot) => Promise<readonly ValueRead[]>;
  /** Finds out which lines the guest runs; absent where nothing asks. */
  readonly coverage?: CoverageBoot;
  /** Samples the stacks of the guest; absent where no profile is wanted. */
  readonly profile?: ProfiledBoot;
  readonly stop: AbortSignal;
  readonly slow: (name: string, afterMs: number, limitMs: number) => void;
  readonly emit: Emit;
}

export interface BootOutcome {
  readonly summary: BootSummary | undefined;
  /** Adds the cases that no further boot runs, and finishes the boot. */
  readonly settle: (missing: readonly Unrun[]) => void;
}

/**
 * Boots and reads to the end.
 * @throws RigError when the machine fails; what was read until then has been reported
 */
export async function bootOne(order: BootOrder): Promise<BootOutcome> {
  const { machine, image, stop, source, emit } = order;
  const options = optionsFor(order);
  const elapsedMs = stopwatch();
  const start = order.sinceStart === undefined ? {} : { startMs: Math.round(order.sinceStart()) };
  const boot = followed(order, order.begun ?? machine.boot(image, options));
  const halt = (): void => {
    boot.stop();
  };
  if (stop.aborted) halt();
  stop.addEventListener("abort", halt);
  let reader: RunReader | undefined;
  try {
    const prepared = await order.prepare();
    reader = prepared.reader;
    stage(() => `${source}: the plan is read`);
    reader.open(source, prepared.plan, { ...order.part, ...start });
    const { end: own, facts: read, inside } = await readAll(order, boot, reader, prepared.evidence);
    await order.profile?.end();
    // Further boots for second calls of cases are not this one's time.
    const wallMs = Math.round(elapsedMs());
    const again = (): Boot => machine.boot(image, options);
    const facts = read && (await (order.meter?.complete(read, again, stop) ?? read));
    if (own.kind === "ended" && own.cause === "reset" && !reader.hasRead && !stop.aborted)
      throw new RigError(
        `${source} does not boot: ${own.detail} before it had said a word`,
        "it would do so for ever: is the image built for this machine, and does its memory (--memory) suffice?",
      );
    const end: MachineEnd = stop.aborted ? { kind: "stopped", detail: wordsOf(stop.reason) } : own;
    stage(() => `${source}: the guest has ended (${end.detail})`);
    const summary = reader.end(end, facts);
    const dead = deadGuest(summary?.killer, reader, inside);
    if (dead !== undefined) await order.core?.(dead);
    const left = await leftOf(order, summary, inside);
    const settle = (missing: readonly Unrun[]): void => {
      const last = prepared.reader.settle(missing, wallMs);
      emit([...last.slice(0, -1), ...left, ...last.slice(-1)]);
    };
    return { summary, settle };
  } catch (error) {
    const isMute = reader?.hasRead !== true && error instanceof RigError;
    // Nothing of this try has been reported, so that another one may take its place.
    if (isMute && order.fallBack(error.message))
      return await bootOne({ ...order, begun: undefined, options: { ...options, acceleration: "tcg" } });
    emit([incomplete(`${source} could not be run to its end`)]);
    const detail = messageOf(error);
    // Nothing is wrong with what ran: it has no result, and neither has what was to follow.
    const summary = reader?.end({ kind: "stopped", detail });
    if (reader !== undefined) emit(reader.settle(summary?.missing ?? [], Math.round(elapsedMs())));
    throw error;
  } finally {
    stop.removeEventListener("abort", halt);
    boot.stop();
    boot.release();
    order.coverage?.release();
    order.trace?.release();
    order.log?.close();
  }
}

/** The options of a boot, with those of what looks at it from outside. */
function optionsFor({ options, meter, coverage, profile }: BootOrder): BootOptions {
  const measured = meter?.options(options) ?? options;
  const counted = coverage?.options(measured) ?? measured;
  return profile?.options(counted) ?? counted;
}

/** A boot that what looks at it from outside follows, before it has run anything. */
function followed({ meter, coverage, profile, trace }: BootOrder, boot: Boot): Boot {
  trace?.follow(boot);
  meter?.follow(boot);
  coverage?.follow(boot);
  return profile?.follow(boot) ?? boot;
}

/** The case that something has killed, as `suite.case`. */
const named = ({ suite, case: name }: NonNullable<BootSummary["killer"]>): { readonly name?: string } =>
  suite === undefined || name === undefined ? {} : { name: `${suite}.${name}` };

/** What is read of the guest of a boot besides its results: files that it leaves, values of its store, what it ran. */
async function leftOf(
  { machine, image, options, limits, stop, trace, values, coverage }: BootOrder,
  summary: BootSummary | undefined,
  inside: GuestSnapshot | undefined,
): Promise<readonly RunEvent[]> {
  if (summary === undefined || inside === undefined) return [];
  const { boot, killer } = summary;
  const died = killer !== undefined && { died: { ...named(killer), title: killer.title } };
  const guest = { boot, inside, ...died };
  const last = [...summary.finished.keys()].at(-1);
  const again: ValueBoot["again"] = (followed) => machine.boot(image, followed(options));
  return [
    ...((await trace?.read(guest)) ?? []),
    ...((await values?.({ boot, inside, hasDied: killer !== undefined, last, limits, stop, again })) ?? []),
    ...((await coverage?.read(guest, summary.finished)) ?? []),
  ];
}

/** Why everything stops, in words. */
export const wordsOf = (reason: unknown): string =>
  typeof reason === "string" && /^SIG/.test(reason) ? `interrupted by ${reason}` : String(reason);

/** What the guest says of its tests; its measures only where a word has asked for them, since they are most of it. */
async function factsIn(
  inside: GuestSnapshot,
  evidence: EvidenceMap | undefined,
  { words }: BootImage,
): Promise<MemoryFacts | undefined> {
  if (evidence === undefined) return undefined;
  const read = ({ address, bytes }: MemoryRange): Promise<Uint8Array | undefined> =>
    inside.read(address, bytes);
  const wanted = (range: MemoryRange | undefined, word: string): Promise<Uint8Array | undefined> =>
    range !== undefined && words.some((one) => one.startsWith(word))
      ? read(range)
      : Promise.resolve(undefined);
  const [pieces, measures, benchmarks] = await Promise.all([
    Promise.all(evidence.ranges.map(read)),
    wanted(evidence.measures, "uktest.measure"),
    wanted(evidence.benchmarks, "uktest.bench"),
  ]);
  return evidence.facts(pieces, { measures, benchmarks });
}

interface Read {
  readonly end: MachineEnd;
  readonly facts?: MemoryFacts;
  readonly inside?: GuestSnapshot;
}

/** The guest of a boot that something has killed, as a debugger wants it; undefined for one that came to its end. */
function deadGuest(
  killer: BootSummary["killer"],
  reader: RunReader,
  inside: GuestSnapshot | undefined,
): DeadGuest | undefined {
  if (killer === undefined || inside === undefined) return undefined;
  const { kind, title } = killer;
  const shown = reader.faults?.last?.registers ?? [];
  return {
    ...named(killer),
    ...{ kind, title, inside, registers: shown.length > 0 ? shown : inside.registers },
  };
}

/** Where lines are counted those after the last word of a guest are too: it has the time to end its machine by itself. */
const COUNTED_LAST_MS = 100;

async function readAll(
  { machine, image, source, limits, log, slow, emit, coverage }: BootOrder,
  boot: Boot,
  reader: RunReader,
  evidence: EvidenceMap | undefined,
): Promise<Read> {
  const bytes = watch(boot, coverage === undefined ? limits : { ...limits, lastMs: COUNTED_LAST_MS }, {
    running: () => reader.running,
    isOver: () => reader.isOver,
    isEndless: () => reader.faults?.isEndless === true,
    slow,
  });
  for (;;) {
    const next = await bytes.next();
    if (next.done !== true) {
      if (!reader.hasRead) stage(() => `${source}: the guest has begun to print`);
      log?.write(next.value);
      emit(reader.feed(next.value));
      continue;
    }
    const { end, inside } = next.value;
    if (inside === undefined) return { end };
    const facts = await factsIn(inside, evidence, image);
    const shown = reader.faults?.unexplained;
    const exception =
      shown === undefined ? undefined : await exceptionOf(machine.architecture, shown, inside);
    if (exception !== undefined) reader.faults?.explain(exception);
    const where =
      end.kind === "timed-out" || (end.kind === "ended" && end.cause !== undefined)
        ? { registers: inside.registers, callTrace: await stackOf(machine.architecture, inside) }
        : {};
    return { end: { ...end, ...where }, ...(facts !== undefined && { facts }), inside };
  }
}
