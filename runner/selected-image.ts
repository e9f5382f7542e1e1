/**
 * The content of an image in which only a part of its plan runs. What is changed in it is up to src/image; here are the
 * files that it is made from.
 */
import { messageOf } from "../src/core/reason.js";
import { readFileSync } from "node:fs";
import { RigError } from "../src/core/errors.js";
import type { Plan } from "../src/core/plan.js";
import { type EvidenceMap, evidenceIn } from "../src/image/evidence.js";
import { metaOf } from "../src/image/meta.js";
import { loadedPart } from "../src/image/elf/loaded.js";
import { type NamedBytes, type Selector, selectorOf, type Wanted } from "../src/image/select.js";

/** An image, and the file that holds its test table where it does not itself. */
export interface ImageFiles {
  readonly path: string;
  readonly symbols?: string | undefined;
}

/** What a part of a plan wants to run. */
export const wantedOf = ({ suites }: Plan): Wanted =>
  new Map(suites.map(({ name, cases }) => [name, cases.map((one) => one.name)]));

export interface Selected {
  /** What the machine loads. */
  readonly image: Uint8Array;
  /** Where the memory of its guest tells of the tests. */
  readonly evidence: EvidenceMap;
}

/**
 * Makes the content.
 * @param without addresses of init functions that are left out too, in hexadecimal with 0x
 * @throws RigError when the image cannot be changed so
 */
export type Selecting = (part: Plan, without: readonly string[]) => Selected;

/** Selects in an image, which is read at the first time only. */
export function selecting({ path, symbols }: ImageFiles): Selecting {
  let opened: Selector | undefined;
  return (part, without) => {
    opened ??= open(path, symbols);
    const left = without.map((address) => BigInt(address));
    const { content, table } = opened.select(wantedOf(part), left);
    return { image: content, evidence: evidenceIn(table, opened.linked, metaOf(opened.linked)) };
  };
}

function open(path: string, symbols: string | undefined): Selector {
  const image = bytesIn(path);
  const base = loadedPart(path, image.content);
  return selectorOf(image, symbols === undefined ? undefined : bytesIn(symbols), base);
}

const bytesIn = (path: string): NamedBytes => {
  try {
    return { name: path, content: readFileSync(path) };
  } catch (error) {
    const message = messageOf(error);
    throw new RigError(`cannot read the image ${path}: ${message}`, "Check the path of the image.");
  }
};
