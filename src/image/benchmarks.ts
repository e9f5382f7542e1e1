/**
 * The rounds of the benchmarks of a guest of the kit, as it keeps them in its memory. Source of the format:
 * `guest/lib/uktest/include/uk/test/bench.h`. It trusts no byte: what contradicts itself was not counted.
 */
import type { Rounds } from "../core/evidence.js";
import type { Elf } from "./elf.js";
import { sealOf } from "./journal.js";

const SECTION = ".uk_testbench";
const MAGIC = 0x31627475;
const HEAD_BYTES = 16;
const ENTRIES = 256;
const ENTRY_BYTES = 40;
const COUNTS = 4096;
const COUNT_BYTES = 8;
const BYTES = HEAD_BYTES + ENTRIES * ENTRY_BYTES + COUNTS * COUNT_BYTES;
/** By `enum uk_testbench_unit`. */
const UNITS: readonly (Rounds["unit"] | undefined)[] = [undefined, "instructions", "nanoseconds"];
const UNLIMITED = 0xffff_ffff_ffff_ffffn;

/** Where a guest keeps them; undefined where it does not. */
export function locateBenchmarks({
  sections,
}: Elf): { readonly address: bigint; readonly bytes: number } | undefined {
  const section = sections.find(({ name }) => name === SECTION);
  return section === undefined || section.sizeBytes < BYTES
    ? undefined
    : { address: section.address, bytes: BYTES };
}

/** What was counted, by the number of the entry in the journal; nothing where nothing was, or the bytes are damaged. */
export function readBenchmarks(bytes: Uint8Array): ReadonlyMap<number, Rounds> {
  const all = new Map<number, Rounds>();
  if (bytes.length < BYTES) return all;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, entries = 0, , seal] = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  if (magic !== MAGIC || seal !== sealOf(view, 0, 3, 0)) return all;
  for (let nth = 0; nth < Math.min(entries, ENTRIES); nth += 1) {
    const known = entryAt(view, nth);
    if (known !== undefined) all.set(known.entry, known.rounds);
  }
  return all;
}

function entryAt(
  view: DataView,
  nth: number,
): { readonly entry: number; readonly rounds: Rounds } | undefined {
  const at = HEAD_BYTES + nth * ENTRY_BYTES;
  const word = (offset: number): number => view.getUint32(at + offset, true);
  if (word(ENTRY_BYTES - 4) !== sealOf(view, at, ENTRY_BYTES / 4 - 1, nth)) return undefined;
  const unit = UNITS[word(4)];
  const [first, rounds, calls] = [word(8), word(12), word(16)];
  if (unit === undefined || rounds === 0 || calls === 0 || first + rounds > COUNTS) return undefined;
  const counts = HEAD_BYTES + ENTRIES * ENTRY_BYTES + first * COUNT_BYTES;
  if (word(20) !== sealOf(view, counts, (rounds * COUNT_BYTES) / 4, nth)) return undefined;
  const limit = view.getBigUint64(at + 24, true);
  return {
    entry: word(0),
    rounds: {
      unit,
      counts: Array.from(
        { length: rounds },
        (_, round) => Number(view.getBigUint64(counts + round * COUNT_BYTES, true)) / calls,
      ),
      ...(limit !== UNLIMITED && { limit: Number(limit) }),
    },
  };
}
