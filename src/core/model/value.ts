/** Values of ukstore, as the stream has them. A leaf: it reads none. */
/** A value of ukstore in the guest of a boot, once it has stopped. */
export interface ValueRead {
  readonly type: "value";
  readonly boot: string;
  /** Without `lib` in front. */
  readonly library: string;
  /** Name of the object that it is of; absent for a value of the library. */
  readonly object?: string;
  readonly name: string;
  /** As ukstore names its types; an address is `uptr`, text is `charp`. */
  readonly valueType: ValueType;
  /** All digits of a number, or text. */
  readonly value: string;
  /** Its getter said it, in a boot of its own, after the last case. */
  readonly isCalled?: true;
}

export type ValueType = "s8" | "u8" | "s16" | "u16" | "s32" | "u32" | "s64" | "u64" | "uptr" | "charp";

/** By their numbers in ukstore, less one. */
export const VALUE_TYPES = [
  "s8",
  "u8",
  "s16",
  "u16",
  "s32",
  "u32",
  "s64",
  "u64",
  "uptr",
  "charp",
] as const satisfies readonly ValueType[];
