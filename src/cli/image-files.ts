/**
 * Which file says what about an image: the one that is booted, the one beside it with the symbols, or one that the user
 * names. It reads plans, and opens no symbols.
 */
import { existsSync } from "node:fs";
import { RigError } from "../core/errors.js";
import type { Plan } from "../core/plan.js";
import { readImage } from "../image/plan.js";

/** An image as the user gives it. */
export interface ImageFiles {
  readonly image: string;
  /** The file that holds its symbols and its test table, where it does not. */
  readonly symbols?: string;
}

/** Where Unikraft's build leaves the linked image with all its symbols. */
const beside = (image: string): string => `${image}.dbg`;

/** Plan and kind of an image; a raw one has both in the file with its symbols. */
export function describe({ image, symbols }: ImageFiles): {
  readonly plan: Plan;
  readonly isKit: boolean;
  /** The file that holds the test table. */
  readonly table: string;
} {
  const read = (file: string) => {
    const { plan, isKit } = readImage(file);
    return { plan: { ...plan, image }, isKit, table: file };
  };
  if (symbols !== undefined) return read(symbols);
  try {
    return read(image);
  } catch (error) {
    if (error instanceof RigError && existsSync(beside(image))) return read(beside(image));
    throw error;
  }
}

/** The file to ask about the functions and lines of an image. */
export const symbolFileOf = ({ image, symbols }: ImageFiles): string =>
  symbols ?? (existsSync(beside(image)) ? beside(image) : image);
