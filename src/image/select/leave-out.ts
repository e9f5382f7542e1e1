/**
 * Takes functions out of the boot of an image, one entry of its tables at a time: an init function that cannot succeed on
 * this machine need not stop the tests after it. Which functions these are is for others to say.
 */
import { RigError } from "../../core/errors.js";
import type { Elf } from "../elf.js";
import { identityOf } from "../identity.js";
import { initEntriesOf, sectionAt, type InitEntry } from "../init-table.js";
import { findReturn, findReturnOfZero } from "./machine-code.js";
import type { TestTable } from "../testtab.js";

/**
 * What to write into the tables of the boot so that it calls none of these functions, by the address of the word.
 * @throws RigError when the boot calls no such function, or cannot do without it
 */
export function leaveOut(
  linked: Elf,
  table: TestTable,
  functions: readonly bigint[],
): ReadonlyMap<bigint, bigint> {
  if (functions.length === 0) return new Map();
  const entries = initEntriesOf(linked, table).filter(({ target }) => target !== 0n);
  const words = new Map<bigint, bigint>();
  for (const address of new Set(functions)) {
    const found = entries.filter(({ target }) => target === address);
    if (found.length === 0) {
      throw new RigError(
        `${linked.bytes.name}: the boot calls no init function at 0x${address.toString(16)}`,
        "Give an address that it prints itself, as in: Init function at 0x… returned error",
      );
    }
    for (const entry of found)
      for (const [place, value] of wordsOf(entry, linked, table)) words.set(place, value);
  }
  return words;
}

function wordsOf(entry: InitEntry, linked: Elf, table: TestTable): readonly (readonly [bigint, bigint])[] {
  const { kind, address, sizeBytes } = entry;
  const { wordBytes } = table;
  if (kind === "constructor") return [[address, codeFor(entry, linked, table, findReturn)]];
  // An entry of Unikraft before 0.16 may not be empty: the boot asserts it.
  if (sizeBytes === wordBytes && !identityOf(linked).isKit)
    return [[address, codeFor(entry, linked, table, findReturnOfZero)]];
  // The second word undoes what the first one did.
  return Array.from(
    { length: sizeBytes / wordBytes },
    (_, n) => [address + BigInt(n * wordBytes), 0n] as const,
  );
}

/** The address of code that an entry can point at instead, in the section of its own function. */
function codeFor(
  { target }: InitEntry,
  linked: Elf,
  { architecture }: TestTable,
  find: typeof findReturn,
): bigint {
  const section = sectionAt(linked, target);
  const code = section && linked.bytes.read(section.offset, section.sizeBytes, "the code of the guest");
  const at = code && find(code, architecture);
  if (section !== undefined && at !== undefined) return section.address + BigInt(at);
  throw new RigError(
    `${linked.bytes.name}: the function at 0x${target.toString(16)} cannot be left out, since no code in its place does nothing`,
    "Change the configuration of the image so that the function succeeds, or is not there.",
  );
}
