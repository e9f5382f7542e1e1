/**
 * The functions that a program's suites replace: an object that names `__wrap_NAME` wants all calls of NAME, and the linker
 * has to be asked for that by name. Source: GNU ld manual, `--wrap=symbol`; guest/lib/uktest/include/uk/test/mock.h.
 */
import { readFileSync } from "node:fs";

const PREFIX = "__wrap_";
/** A name in the string table of an object, which ends each with a NUL. */
const NAME = /\0__wrap_(\w{1,200})(?=\0)/g;

/** Words for the linker. @param objects files that the compiler has made, absolute */
export function wrapWords(objects: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const path of objects) {
    const content = readFileSync(path);
    // Most objects need no further look.
    if (!content.includes(PREFIX)) continue;
    for (const [, name = ""] of content.toString("latin1").matchAll(NAME)) names.add(name);
  }
  return [...names].sort().map((name) => `--wrap=${name}`);
}
