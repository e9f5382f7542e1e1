/**
 * Values of ukstore that a guest sets before its first suite: what was typed, as words for the command line of the guest,
 * and held against the table of an image before anything boots. The guest says what its setters return. It boots nothing.
 * Source of the words: `guest/lib/ukstore/words.c`.
 */
import { RigError, UsageError } from "../core/errors.js";
import { withLinked } from "../image/elf/linked.js";
import { readSymbols } from "../image/elf/symbols.js";
import type { Setting } from "../core/plan/settings.js";
import { type StoreEntry, storeIn } from "../image/store.js";
import { nearest } from "../text/suggest.js";
import { withFound } from "./image-files.js";
import type { ProjectArguments, Task } from "./task.js";

const WORD = "uktest.set=";
/** What reads the words in the guest. */
const READER = "uk_store_set_words";
/** `CMDLINE_BYTES` of the kit's platforms, and `VALUE_BYTES` of its reader, each less a NUL. */
const MOST_WORDS = 4095;
const MOST_VALUE = 255;
const MOST_NAMED = 12;

/** Least and largest value of the types that are numbers; an address is as wide as those of the image. */
const RANGES: Readonly<Record<string, readonly [least: bigint, most: bigint]>> = Object.fromEntries(
  [8, 16, 32, 64].flatMap((bits) => [
    [`u${String(bits)}`, [0n, (1n << BigInt(bits)) - 1n]],
    [`s${String(bits)}`, [-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n]],
  ]),
);

/** Bytes that could end a word, or are no printable ASCII, stand in hexadecimal digits. */
const encoded = (value: string): string =>
  [...Buffer.from(value, "utf8")]
    .map((byte) =>
      /[\w./:,=+@-]/.test(String.fromCharCode(byte)) && byte < 0x80
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, "0")}`,
    )
    .join("");

/** The words for the command line of the guest. */
export const settingWords = (settings: readonly Setting[] = []): readonly string[] =>
  settings.map(({ name, value }) => `${WORD}${name}=${encoded(value)}`);

/** What is wrong with a setting for an image that has these entries; undefined where nothing is. */
export function wrongWith(
  { name, value }: Setting,
  entries: readonly StoreEntry[],
  bits: 32 | 64,
): { readonly message: string; readonly hint: string } | undefined {
  const named = entries.map((one) => ({ ...one, path: `${one.library}/${one.name}` }));
  const entry = named.find(({ path }) => path === name);
  const settable = named.filter(({ canWrite }) => canWrite).map(({ path }) => path);
  const list =
    settable.length === 0
      ? "none of its values can be set"
      : `these can be set: ${settable.slice(0, MOST_NAMED).join(", ")}${settable.length > MOST_NAMED ? ", …" : ""}`;
  if (entry === undefined) {
    const near =
      nearest(name, settable) ??
      nearest(
        name,
        named.map(({ path }) => path),
      );
    return {
      message: `no value is named ${name}`,
      hint: near === undefined ? list : `did you mean "${near}"?`,
    };
  }
  if (!entry.canWrite) return { message: `${name} cannot be set: it has no setter`, hint: list };
  return wrongValue(name, value, entry.type === "uptr" ? `u${String(bits)}` : entry.type);
}

function wrongValue(name: string, value: string, type: string): ReturnType<typeof wrongWith> {
  const range = RANGES[type];
  if (range === undefined) {
    const bytes = Buffer.byteLength(value);
    if (bytes <= MOST_VALUE && !value.includes("\0")) return undefined;
    return {
      message: `the value for ${name} is longer than ${String(MOST_VALUE)} bytes`,
      hint: `it has ${String(bytes)}`,
    };
  }
  const [least, most] = range;
  const hint = `it is ${value === "" ? "empty" : value.slice(0, 40)}`;
  if (!/^[+-]?\d{1,40}$/.test(value)) return { message: `${name} has to be a decimal number`, hint };
  const number = BigInt(value.replace(/^\+/, ""));
  if (number >= least && number <= most) return undefined;
  return { message: `${name} has to be from ${String(least)} to ${String(most)}`, hint };
}

/**
 * Holds what is to be set against the tables of all images that boot.
 * @throws UsageError for what an image cannot set, RigError for one that says too little of itself
 */
export function refuseSettings(tasks: readonly Task[], { set }: Pick<ProjectArguments, "set">): void {
  if (set === undefined) return;
  for (const task of tasks) {
    if (!("image" in task)) continue;
    const { name, image, files } = task;
    if (!image.isKit)
      throw new UsageError(
        `--set needs an image of the kit, and ${name} is none`,
        "what its libraries read from the command line goes with --append",
      );
    if (image.words.join(" ").length > MOST_WORDS)
      throw new UsageError(
        "the words for the guest are too long together",
        `it has room for ${String(MOST_WORDS)} bytes`,
      );
    const found = withFound(files);
    withLinked(found.image, found.symbols, (elf) => {
      for (const one of set) {
        const wrong = wrongWith(one, storeIn(elf), elf.bits);
        if (wrong !== undefined) throw new UsageError(`${name}: ${wrong.message}`, wrong.hint);
      }
      if (readSymbols(elf, (symbol) => symbol === READER).length === 0)
        throw new RigError(
          `${name} cannot set values: nothing of ukstore is in it`,
          'a suite of the kit names "ukstore" under "libraries"; a stripped image needs its symbols (--symbols)',
        );
    });
  }
}
