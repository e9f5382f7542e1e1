/**
 * The place of an allocation: its call trace with functions and lines, without the frames of the allocator and of what
 * calls the tests. It knows the names of the guest kit's and of Unikraft's allocators, and those of the C library.
 */
import type { FindingReported } from "../events.js";
import type { Frame } from "../fault.js";
import { plainName } from "./machinery.js";
import { symbolized } from "./symbolized.js";
import type { Symbols } from "./symbols.js";

const ALLOCATORS: readonly RegExp[] = [
  /^(?:m|c|re|v|p)?alloc(?:array)?$|^(?:mem|aligned_|posix_mem)(?:align|alloc)$/,
  /^(?:as|vas)printf$|^str(?:n)?dup$|^(?:get(?:line|delim)|realpath)$/,
  /^(?!_?uk_test)(?:_?uk_|heap_|measure_|bbuddy_|tlsf_|falloc_)\w*(?:alloc|align|hand_out|_ifpages|_compat|_ifmalloc)\w*$/,
  /^measure_hand_out$|^keep_trace$/,
];

const isAllocator = ({ function: name }: Frame): boolean =>
  name !== undefined && ALLOCATORS.some((pattern) => pattern.test(plainName(name)));

/** The frames that are about the program under test; all where none is. */
function ofProgram(frames: readonly Frame[]): readonly Frame[] {
  const first = frames.findIndex((frame) => !isAllocator(frame));
  const own = frames.slice(Math.max(first, 0)).filter(({ machinery }) => machinery === undefined);
  return own.length === 0 ? frames : own;
}

/** The finding with all that symbols say of its call trace, at the place of the call that allocated. */
export function placedFinding(finding: FindingReported, symbols: Symbols): FindingReported {
  const { callTrace = [], message } = finding;
  const known = symbolized(
    { kind: "crash", title: message, registers: [], callTrace, excerpt: [] },
    symbols,
  ).callTrace;
  const shown = ofProgram(known);
  const own = shown.find(({ file, line }) => file !== undefined && line !== undefined);
  return {
    ...finding,
    callTrace: shown,
    ...(own?.file !== undefined && { file: own.file, line: own.line ?? 0, column: own.column ?? 0 }),
    ...(own?.function !== undefined && { function: own.function }),
  };
}
