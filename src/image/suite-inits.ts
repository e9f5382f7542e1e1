/**
 * Tells which suite an address of code belongs to, where it is in an init function. It needs symbols, and does not guess
 * without them and where several suites share a function.
 */
import { RigError } from "../core/errors.js";
import { functionsOf } from "./elf/functions.js";
import { withLinked } from "./elf/linked.js";
import { readTestTable } from "./testtab.js";

type LookUp = (address: bigint) => string | undefined;

/** An image, and the file that has its symbols where it has none. */
export interface ImageAndSymbols {
  readonly image: string;
  readonly symbols?: string;
}

/** The suite of an address of code. The image is read when the first one is asked for; one that cannot be read tells nothing. */
export function suiteInitsOf(files: () => ImageAndSymbols): LookUp {
  let lookUp: LookUp | undefined;
  return (address) => (lookUp ??= tolerant(files))(address);
}

function tolerant(files: () => ImageAndSymbols): LookUp {
  try {
    return read(files());
  } catch (error) {
    if (error instanceof RigError) return () => undefined;
    throw error;
  }
}

const read = ({ image, symbols }: ImageAndSymbols): LookUp =>
  withLinked(image, symbols, (elf) => {
    const functionAt = functionsOf(elf);
    const owners = new Map<number, string | undefined>();
    for (const { name, init } of readTestTable(elf).suites)
      if (init !== 0n) owners.set(Number(init), owners.has(Number(init)) ? undefined : name);
    return (address) => owners.get(functionAt(Number(address))?.address ?? -1);
  });
