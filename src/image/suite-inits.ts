/**
 * Tells which suite an address of code belongs to, where it is in an init function. It needs symbols, and refuses to guess
 * without them and where several suites share a function.
 */
import { RigError } from "../core/errors.js";
import { withImage } from "./bytes.js";
import { readElf } from "./elf.js";
import { functionsOf } from "./functions.js";
import { readTestTable } from "./testtab.js";

/** The suite of an address of code. The image is read when the first one is asked for; one that cannot be read tells nothing. */
export function suiteInitsOf(path: string): (address: bigint) => string | undefined {
  let lookUp: ((address: bigint) => string | undefined) | undefined;
  return (address) => (lookUp ??= tolerant(path))(address);
}

function tolerant(path: string): (address: bigint) => string | undefined {
  try {
    return read(path);
  } catch (error) {
    if (error instanceof RigError) return () => undefined;
    throw error;
  }
}

const read = (path: string): ((address: bigint) => string | undefined) =>
  withImage(path, (bytes) => {
    const elf = readElf(bytes);
    const functionAt = functionsOf(elf);
    const owners = new Map<number, string | undefined>();
    for (const { name, init } of readTestTable(elf).suites)
      if (init !== 0n) owners.set(Number(init), owners.has(Number(init)) ? undefined : name);
    return (address) => owners.get(functionAt(Number(address))?.address ?? -1);
  });
