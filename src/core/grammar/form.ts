/** Who prints the lines of a stream: a line of another writer is output, whatever it says. */
import type { Segment } from "../segment.js";

/** A thread or processor of Linux in brackets, which looks like a library of Unikraft's prefix. */
const CALLER = /^[CT]\d+$/;

/** The same for all lines of one writer. */
export function formOf({ prefix }: Segment): string {
  if (prefix === undefined) return "bare";
  const { level = "", library = "" } = prefix;
  return `${level} ${CALLER.test(library) ? "" : library}`;
}
