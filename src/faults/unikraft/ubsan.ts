/**
 * Undefined behaviour: one line of a guest's sanitizer to one finding, named by the compiler's name of the check.
 * It ignores what the kernel did not print, unless `allowBare` says that nothing has a prefix in this boot, and it does
 * not decide whether a finding is red.
 */
import { cutLead } from "../../core/fault/lead.js";
import type { Segment } from "../../core/segment.js";
import { checkOf } from "../facts/ubsan-checks.js";

export interface Finding {
  /** `signed-integer-overflow`, `bounds`, …; `unknown` for a wording that no table knows. */
  readonly check: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** True when the guest stops here. */
  readonly fatal: boolean;
}

/** Bytes of a message that Unikraft's print buffer holds; after them come a NUL and stale memory. */
const BUFFER_BYTES = 191;
const START = "Undefined behavior at ";
/** File, line, column; 0.6 and 0.7 put no space in front of the message. The file may hold colons itself. */
const PLACED = /^Undefined behavior at (.+?):(\d{1,9}):(\d{1,9}):\s?(.*)$/;
/** The wording of the compilers' own runtime. */
const RUNTIME = /^([^\s:](?:.{0,510}?[^\s:])?):(\d{1,9}):(\d{1,9}): runtime error: (.+)$/;

/** True where the level and library of the prefix are those of the sanitizer; either may be left out at build time. */
function fromSanitizer({ prefix }: Segment): boolean {
  if (prefix === undefined) return false;
  const loud = prefix.level === undefined || prefix.level === "err" || prefix.level === "crit";
  return loud && (prefix.library === "libubsan" || prefix.library === undefined);
}

function placed([, file = "", line, column, text = ""]: RegExpExecArray, fatal: boolean): Finding {
  const message = text.trim();
  return {
    check: checkOf(message),
    message: message === "" ? "undefined behavior" : message,
    file,
    line: Number(line),
    column: Number(column),
    fatal,
  };
}

/**
 * A report of a compiler's own runtime, which an application may bring along: whole, on a line of its own, whatever carried
 * the line to us. Only what no kernel of ours printed is one.
 */
function readRuntime({ prefix, body, first, last }: Segment): Finding | undefined {
  if (!first || !last || (prefix !== undefined && (prefix.level ?? prefix.source) !== undefined))
    return undefined;
  const place = RUNTIME.exec(cutLead(body));
  return place === null ? undefined : placed(place, false);
}

/**
 * Reads a finding. Source of the forms: Unikraft lib/ubsan/ubsan.c, 0.6 to 0.17, `Undefined behavior at FILE:L:C: MESSAGE`.
 * Whatever libubsan itself prints as an error is a finding, even where its text is damaged.
 */
export function readFinding(
  segment: Segment,
  { allowBare }: { readonly allowBare: boolean } = { allowBare: false },
): Finding | undefined {
  const runtime = segment.body.includes(": runtime error: ") ? readRuntime(segment) : undefined;
  if (runtime !== undefined) return runtime;
  const bare = allowBare && segment.prefix === undefined && segment.first && segment.last;
  if (!bare && !fromSanitizer(segment)) return undefined;
  const body = segment.nulAt.includes(BUFFER_BYTES) ? segment.body.slice(0, BUFFER_BYTES) : segment.body;
  const place = PLACED.exec(body);
  const fatal = segment.prefix?.level === "crit";
  if (place !== null) return placed(place, fatal);
  const ours = segment.prefix?.library === "libubsan" && segment.prefix.level !== undefined;
  if (!ours && !(segment.prefix !== undefined && body.startsWith(START))) return undefined;
  const message = body.trim() === "" ? "undefined behavior" : body.trim();
  return { check: "unknown", message, file: "<unknown file>", line: 0, column: 0, fatal };
}
