/**
 * What the cases of a guest of the kit did with memory, as it keeps that in its own. Source of the format:
 * `guest/lib/uktest/include/uk/test/measure.h`. It trusts no byte: what contradicts itself was not measured.
 */
import { type HeldFacts, type Measured, type Metric, METRICS } from "../core/evidence.js";
import type { Elf } from "./elf.js";
import { sealOf } from "./journal.js";
import { type Meta, META_KINDS } from "./meta.js";

const SECTION = ".uk_testmeasure";
const MAGIC = 0x316d7475;
const HEAD_BYTES = 16;
const ENTRIES = 4096;
const ENTRY_BYTES = 64;
const LEAKS = 256;
const TRACE = 8;
const LEAK_BYTES = 8 + 8 * TRACE + 8;
/** By `enum uk_testmeasure_state`. */
const STATES: readonly (Measured["again"] | undefined)[] = [undefined, "not", "held", "failed", "left"];
const UNLIMITED = 0xffff_ffff_ffff_ffffn;

/** Where a guest keeps it; undefined where it does not. */
export function locateMeasures({
  sections,
}: Elf): { readonly address: bigint; readonly bytes: number } | undefined {
  const section = sections.find(({ name }) => name === SECTION);
  const bytes = HEAD_BYTES + ENTRIES * ENTRY_BYTES + LEAKS * LEAK_BYTES;
  return section === undefined || section.sizeBytes < bytes ? undefined : { address: section.address, bytes };
}

/** Addresses of the functions of cases of which a suite says something. */
export type SaidOfCases = Readonly<Record<"limit" | "benchmark" | "benchmarkLimit", ReadonlySet<bigint>>>;

/** The cases whose suite limits what they do with memory, those that are benchmarks, and those of these that it limits. */
export function saidOfCases(meta: readonly Meta[]): SaidOfCases {
  const of = (wanted: number): ReadonlySet<bigint> =>
    new Set(meta.filter(({ kind }) => kind === wanted).map((one) => one.function));
  const { limit, benchmark, benchmarkLimit } = META_KINDS;
  return { limit: of(limit), benchmark: of(benchmark), benchmarkLimit: of(benchmarkLimit) };
}

/** What was measured, by the number of the entry in the journal; nothing where no case was, or the bytes are damaged. */
export function readMeasures(bytes: Uint8Array): ReadonlyMap<number, Measured> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const none = new Map<number, Measured>();
  if (bytes.length < HEAD_BYTES + ENTRIES * ENTRY_BYTES + LEAKS * LEAK_BYTES) return none;
  const [magic, entries, leaks, seal] = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  if (magic !== MAGIC || seal !== sealOf(view, 0, 3, 0)) return none;
  const held = new Map<number, HeldFacts[]>();
  for (let nth = 0; nth < Math.min(leaks ?? 0, LEAKS); nth += 1) {
    const leak = leakAt(view, nth);
    // What it held is known from the entry all the same.
    if (leak !== undefined) held.set(leak.entry, [...(held.get(leak.entry) ?? []), leak.held]);
  }
  const all = new Map<number, Measured>();
  for (let nth = 0; nth < Math.min(entries ?? 0, ENTRIES); nth += 1) {
    const entry = entryAt(view, nth);
    if (entry !== undefined) all.set(entry.entry, { ...entry.measured, held: held.get(entry.entry) ?? [] });
  }
  return all;
}

function entryAt(
  view: DataView,
  nth: number,
): { readonly entry: number; readonly measured: Omit<Measured, "held"> } | undefined {
  const at = HEAD_BYTES + nth * ENTRY_BYTES;
  if (view.getUint32(at + ENTRY_BYTES - 4, true) !== sealOf(view, at, ENTRY_BYTES / 4 - 1, nth))
    return undefined;
  const values = METRICS.map((name, index) => [name, Number(view.getBigInt64(at + 8 + 8 * index, true))]);
  const limits = METRICS.flatMap((name, index) => {
    const max = view.getBigUint64(at + 8 + 8 * (METRICS.length + index), true);
    return max === UNLIMITED ? [] : [[name, Number(max)] as const];
  });
  return {
    entry: view.getUint32(at, true),
    measured: {
      again: STATES[view.getUint32(at + 4, true)] ?? "not",
      values: Object.fromEntries(values) as Record<Metric, number>,
      limits: Object.fromEntries(limits),
    },
  };
}

function leakAt(
  view: DataView,
  nth: number,
): { readonly entry: number; readonly held: HeldFacts } | undefined {
  const at = HEAD_BYTES + ENTRIES * ENTRY_BYTES + nth * LEAK_BYTES;
  if (view.getUint32(at + LEAK_BYTES - 4, true) !== sealOf(view, at, LEAK_BYTES / 4 - 1, nth))
    return undefined;
  const trace: string[] = [];
  for (let depth = 0; depth < TRACE; depth += 1) {
    const address = view.getBigUint64(at + 8 + 8 * depth, true);
    if (address === 0n) break;
    // The byte before the address after a call is part of the call.
    trace.push((address - 1n).toString(16));
  }
  return {
    entry: view.getUint32(at + LEAK_BYTES - 8, true),
    held: { bytes: Number(view.getBigUint64(at, true)), trace },
  };
}
