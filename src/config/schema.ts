/**
 * What a project may say in `uktest.config.{json,js,mjs,ts}`: which images to build, from what, and how to run them.
 * It names the key of whatever is wrong; it reads no file.
 */
import * as v from "valibot";
import { UsageError } from "../core/errors.js";

const text = v.pipe(v.string(), v.nonEmpty());
const texts = v.array(text);
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What goes into every compilation of an image; paths are relative to the configuration, globs are allowed in `sources`. */
const build = {
  /** Folders of headers. */
  include: v.optional(texts),
  /** Further flags for the compiler. */
  flags: v.optional(texts),
  /** Libraries of the guest kit: vfscore, ramfs, devfs, ukargparse, … */
  libraries: v.optional(texts),
};

const suiteFolder = v.strictObject({
  ...build,
  /** C and assembly files, or globs of them: suites and what they test. */
  sources: v.pipe(texts, v.nonEmpty()),
  /** True for suites that are red on purpose: they run only when they are named. */
  onlyByName: v.optional(v.boolean()),
});

const profile = v.strictObject({
  /** Behind all other flags, so that it has the last word. */
  flags: v.optional(texts),
  /** Whether what is under test is built with the undefined-behavior sanitizer. */
  sanitize: v.optional(v.boolean()),
});

const config = v.strictObject({
  $schema: v.optional(v.string()),
  ...build,
  /** One image for each: its name is what `uktest run NAME` takes. */
  suites: v.record(text, suiteFolder),
  /** The machine, where --machine names none. */
  machine: v.optional(text),
  /** Sets of flags that --profile takes by name. */
  profiles: v.optional(v.record(text, profile)),
  /** Longest time of one boot. */
  timeoutMs: v.optional(milliseconds),
  /** Longest silence of the serial line. */
  silenceMs: v.optional(milliseconds),
});

export type Config = v.InferOutput<typeof config>;
export type SuiteFolder = v.InferOutput<typeof suiteFolder>;
export type Profile = v.InferOutput<typeof profile>;

/** The schema itself, for the JSON schema that is made from it. */
export const configSchema = config;

/**
 * Checks what a configuration file holds.
 * @throws UsageError that names the file, the key and what is expected there
 */
export function checkConfig(value: unknown, file: string): Config {
  const result = v.safeParse(config, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const key = v.getDotPath(issue) ?? "the whole file";
  const isUnknown = issue.expected === "never";
  const what = isUnknown
    ? "is not a known key"
    : `has to be ${issue.expected ?? "something else"}, and is ${issue.received}`;
  throw new UsageError(`${file}: ${key} ${what}`, "see docs/configuration.md for all keys");
}
