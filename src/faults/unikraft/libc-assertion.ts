/**
 * assert() of musl, whose message goes to stderr like any other output of the application.
 * Nothing but the halt after it tells it from a forgery, so it is for boots without prefixes and for a boot's last words.
 */
import type { FaultFamily } from "../../core/fault/family.js";

const START = "Assertion failed: ";
/** File, function and line at the end; the expression may hold parentheses and colons itself. */
const PLACE = /^([^()]{1,512}): ([\w$<>~]{1,256}): (\d{1,9})\)$/;

/** The family. Source of the form: musl src/exit/assert.c, `Assertion failed: %s (%s: %s: %d)`. */
export const libcAssertion: FaultFamily = {
  name: "libc-assertion",
  begin(segment) {
    const line = segment.body.trimEnd();
    if (segment.prefix !== undefined || !segment.first || !segment.last || !line.startsWith(START))
      return undefined;
    const paren = line.lastIndexOf(" (");
    const place = PLACE.exec(line.slice(paren + 2));
    if (paren < START.length || place === null) return undefined;
    return {
      take: () => false,
      finish: () => ({
        kind: "assertion",
        // A child of the tests may be meant to fail.
        outlook: "last-breath",
        title: `assertion failed: ${line.slice(START.length, paren).slice(0, 240)}`,
        file: place[1] ?? "",
        line: Number(place[3]),
        registers: [],
        callTrace: [],
      }),
    };
  },
};
