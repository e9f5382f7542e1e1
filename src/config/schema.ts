/**
 * What a project may say in `uktest.config.{json,js,mjs,ts}`: which images to build, from what, and how to run them.
 * It names the key of whatever is wrong; it reads no file.
 */
import * as v from "valibot";
import { UsageError } from "../core/errors.js";
import { hooks } from "./hooks.js";
import { image } from "./images.js";
import { marker } from "./markers.js";
import { milliseconds, noArray, text, texts } from "./values.js";

/** What goes into every compilation of an image; paths are relative to the configuration. */
const build = {
  include: v.optional(v.pipe(texts, v.description("Folders of headers."))),
  flags: v.optional(v.pipe(texts, v.description("Further flags for the compiler."))),
  libraries: v.optional(
    v.pipe(texts, v.description("Libraries of the guest kit: devfs, ramfs, ukargparse, vfscore, …")),
  ),
};

const suiteFolder = v.pipe(
  v.strictObject({
    sources: v.pipe(
      v.pipe(texts, v.nonEmpty()),
      v.description(
        "Files in C, C++ and assembly, or globs of them, and roots of crates in Rust: suites and what they test.",
      ),
    ),
    ...build,
    onlyByName: v.optional(
      v.pipe(
        v.boolean(),
        v.description("True for suites that are red on purpose: they run only when they are named."),
      ),
    ),
  }),
  v.description("One image: the suites in it and what they test."),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const memoryLimit = v.pipe(
  noArray,
  v.strictObject({
    leaked_bytes: v.optional(v.pipe(count, v.description("Bytes that are still held after the case."))),
    leaked_blocks: v.optional(v.pipe(count, v.description("Allocations that are still held after it."))),
    peak_bytes: v.optional(v.pipe(count, v.description("The most bytes that it holds at once."))),
  }),
  v.description("What a case may do with memory."),
);

const benchLimit = v.pipe(
  noArray,
  v.strictObject({ instructions: v.pipe(count, v.description("Of one call of its body.")) }),
  v.description("What a benchmark may take where --bench counts it."),
);

const profile = v.pipe(
  noArray,
  v.strictObject({
    flags: v.optional(
      v.pipe(
        texts,
        v.description("Flags for the compiler, after all others, so that they have the last word."),
      ),
    ),
    libraries: v.optional(
      v.pipe(texts, v.description("Libraries of the guest kit for every image, besides those of the suite.")),
    ),
    sanitize: v.optional(
      v.pipe(
        v.boolean(),
        v.description("False: what is under test is built without the undefined-behavior sanitizer."),
      ),
    ),
  }),
  v.description("One way of building everything."),
);

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

const coverage = v.pipe(
  noArray,
  v.strictObject({
    include: v.optional(
      v.pipe(texts, v.description("Globs of the sources that count; by default all that hold no case.")),
    ),
    exclude: v.optional(v.pipe(texts, v.description("Globs of sources that do not count."))),
    libraries: v.optional(
      v.pipe(v.boolean(), v.description("True: the libraries of the guest kit count as well.")),
    ),
    minimum: v.optional(
      v.pipe(
        noArray,
        v.strictObject({
          lines: v.optional(v.pipe(percent, v.description("Percent of the lines of all sources together."))),
          file: v.optional(v.pipe(percent, v.description("Percent of the lines of each source."))),
          changed: v.optional(
            v.pipe(percent, v.description("Percent of the lines that have changed, with --coverage-base.")),
          ),
        }),
        v.description("What has to run at least, where --coverage is given: a run below it is red."),
      ),
    ),
  }),
  v.description("Which lines --coverage is about."),
);

const extensions = (what: string) =>
  v.optional(
    v.pipe(texts, v.description(`${what}: modules by path or package, as docs/extending.md shows them.`)),
  );

const config = v.pipe(
  noArray,
  v.strictObject({
    $schema: v.optional(v.pipe(v.string(), v.description("Where an editor finds this schema."))),
    suites: v.pipe(
      noArray,
      v.record(text, suiteFolder),
      v.description("The images, by the name that `uktest run NAME` takes."),
    ),
    ...build,
    machine: v.optional(v.pipe(text, v.description("The machine, where --machine names none."))),
    profiles: v.optional(
      v.pipe(
        noArray,
        v.record(text, profile),
        v.description("Ways of building, by the name that --profile takes."),
      ),
    ),
    matrix: v.optional(
      v.pipe(
        noArray,
        v.strictObject({
          machines: v.optional(
            v.pipe(texts, v.nonEmpty(), v.description("Machines, each of which runs everything.")),
          ),
          profiles: v.optional(
            v.pipe(
              texts,
              v.nonEmpty(),
              v.description("Profiles, with each of which everything is built; default is none of them."),
            ),
          ),
        }),
        v.description("What `uktest run` builds for and boots on, where no option names it: all pairs."),
      ),
    ),
    serial: v.optional(
      v.pipe(
        noArray,
        v.strictObject({
          reset: v.optional(
            v.pipe(
              v.pipe(texts, v.nonEmpty()),
              v.description("A command and its words that make the board of --machine serial:… start again."),
            ),
          ),
        }),
        v.description("What is known of a board after a serial port."),
      ),
    ),
    timeoutMs: v.optional(v.pipe(milliseconds, v.description("Longest time of one boot, in milliseconds."))),
    silenceMs: v.optional(
      v.pipe(milliseconds, v.description("Longest silence of the serial line, in milliseconds.")),
    ),
    caseTimeoutMs: v.optional(
      v.pipe(milliseconds, v.description("Longest time of a case, where nothing else says one.")),
    ),
    caseTimeouts: v.optional(
      v.pipe(
        noArray,
        v.record(text, milliseconds),
        v.description("Longest times of some cases, in milliseconds, by what --help calls a pattern."),
      ),
    ),
    memoryLimits: v.optional(
      v.pipe(
        noArray,
        v.record(text, memoryLimit),
        v.description("What some cases may do with memory, by suite.case; * stands for any characters."),
      ),
    ),
    benchLimits: v.optional(
      v.pipe(
        noArray,
        v.record(text, benchLimit),
        v.description(
          "How many instructions some benchmarks may take, by suite.case; * stands for any characters.",
        ),
      ),
    ),
    coverage: v.optional(coverage),
    hooks: v.optional(hooks),
    images: v.optional(
      v.pipe(
        noArray,
        v.record(text, image),
        v.description("Images that are there already, by the name that `uktest run NAME` takes."),
      ),
    ),
    markers: v.optional(
      v.pipe(
        noArray,
        v.record(text, marker),
        v.description("Ways of printing results as regular expressions, by the name that --dialect takes."),
      ),
    ),
    dialects: extensions("Further ways of printing results that are read"),
    faults: extensions("Further kinds of crashes and findings that are read"),
    machines: extensions("Further machines, by the name that --machine takes"),
  }),
);

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
  const what = complaintOf(issue);
  throw new UsageError(`${file}: ${key} ${what}`, "see docs/configuration.md for all keys");
}

function complaintOf({ expected, received, type, message }: v.InferIssue<typeof config>): string {
  if (expected === "never") return "is not a known key";
  if (received === "undefined") return "is missing";
  const wanted = type === "custom" ? message : (expected ?? "something else");
  return `has to be ${wanted}, and is ${received}`;
}
