/** Parts that several events of a record have: places, faults, hits. */
import * as v from "valibot";

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const origin = v.strictObject({ line: count, byteOffset: count });
export const text = v.string();
export const optional = v.exactOptional;

export const frame = v.strictObject({
  address: text,
  symbol: optional(text),
  function: optional(text),
  file: optional(text),
  line: optional(count),
  column: optional(count),
  isInlined: optional(v.boolean()),
  machinery: optional(v.picklist(["crash", "library", "test", "boot"])),
  leftOut: optional(count),
  isUnreliable: optional(v.boolean()),
});

/** See FileHits: what is left at the end of a list that comes in groups is of no group. */
export const fileHits = v.strictObject({
  path: text,
  lines: v.array(count),
  functions: optional(v.array(v.strictTuple([text, count, count]))),
  branches: optional(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(-1)))),
  outside: optional(v.array(count)),
  excluded: optional(v.array(count)),
});

export const selection = v.strictObject({
  by: v.literal("changed"),
  base: optional(text),
  all: count,
  leftOut: v.array(text),
  sources: v.array(text),
  because: optional(v.array(text)),
});

export const excerpt = v.array(v.strictObject({ line: count, text }));

export const fault = v.strictObject({
  kind: v.picklist([
    "trap",
    "assertion",
    "crash",
    "fail-fast",
    "suite-init",
    "init-assertion",
    "exit-assertion",
    "boot-assertion",
    "boot-init",
    "exit",
    "halt",
    "reset",
    "silence",
    "build",
    "time-out",
    "stall",
  ]),
  title: text,
  system: optional(text),
  file: optional(text),
  line: optional(count),
  registers: v.array(v.strictObject({ name: text, value: text })),
  callTrace: v.array(frame),
  fingerprint: optional(text),
  source: optional(v.strictObject({ file: text, line: count, firstLine: count, texts: v.array(text) })),
  excerpt,
});
