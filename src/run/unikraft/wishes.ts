/**
 * What a configuration of Unikraft needs so that its tests run, print and are counted, for a machine and some libraries. It
 * knows names of options of all releases, and takes those that a tree has.
 *
 * Source: Config.uk files of Unikraft 0.17 to 0.21.
 */
import { UsageError } from "../../core/errors.js";
import type { Architecture } from "../../../runner/machine.js";
import { nearest } from "../../text/suggest.js";
import type { Settings } from "./config-text.js";
import type { Options } from "./tree.js";

export interface TestWishes {
  /** Libraries whose tests have to run, by the names of their folders: `ukargparse`, `posix-futex`. */
  readonly libraries: readonly string[];
  readonly architecture: Architecture;
  /** Allocations are counted, for --max-leak. */
  readonly isMeasured: boolean;
}

/** What has to stick, and what is turned on where the tree has it. */
export interface Fragment {
  readonly strict: Settings;
  readonly loose: Settings;
}

/** Of each line the first name that the tree has is set. */
const ALWAYS = [
  ["LIBUKTEST"],
  ["LIBUKTEST_ALL"],
  ["LIBUKTEST_LOG_TESTS"],
  ["PLAT_KVM", "PLAT_QEMU"],
  ["KVM_VMM_QEMU"],
] as const;

/** Statistics and reports of a fault are printed at this level, and at no lower one. */
const LEVEL = ["LIBUKPRINT_KLVL_INFO", "LIBUKDEBUG_PRINTK_INFO"] as const;

const MACHINE: Readonly<Partial<Record<Architecture, readonly string[]>>> = {
  x86_64: ["ARCH_X86_64", "KVM_BOOT_PROTO_MULTIBOOT"],
  arm64: ["ARCH_ARM_64", "KVM_BOOT_PROTO_QEMU_VIRT"],
};

/** What uktest itself stands on, where nothing selects it. */
const BELOW = [
  "LIBUKDEBUG",
  "LIBUKDEBUG_PRINTK",
  "LIBNOLIBC",
  "LIBUKTEST_LOG_STATS",
  "DEBUG_SYMBOLS_LVL3",
] as const;

/**
 * What the platform turns on where no configuration decides: its init function stops the boot of 0.17 on a processor without RDSEED, as
 * that of QEMU 7.
 */
const UNASKED = "LIBUKRANDOM";

const MEASURES = ["LIBUKALLOC_IFSTATS", "LIBUKALLOC_IFSTATS_GLOBAL"] as const;

const LIBRARY = /^LIB(\w+)_TEST$/;

/** The option of a library: `LIBPOSIX_FUTEX` of `posix-futex`. */
const optionOf = (library: string): string =>
  `LIB${library.replace(/^lib/, "").replaceAll("-", "_").toUpperCase()}`;

/** Libraries of a tree that have tests, as their folders are named. */
export const librariesWithTests = (options: Options): readonly string[] =>
  [...options.keys()]
    .flatMap((name) => LIBRARY.exec(name)?.[1] ?? [])
    .map((name) => name.toLowerCase().replaceAll("_", "-"))
    .sort();

/**
 * Of the libraries of an image those that have tests: LIBUKTEST_ALL takes the tests of all of them. Tests that depend on an
 * option which is off are not there; expressions of several options are not looked at.
 */
export const testedIn = (settings: Settings, options: Options): readonly string[] =>
  librariesWithTests(options).filter((library) => {
    const name = optionOf(library);
    const needed = [name, ...(options.get(`${name}_TEST`)?.depends ?? [])];
    return needed.every((one) => !/^\w+$/.test(one) || settings.has(one));
  });

/** The options of one library. @throws UsageError for one that is not there, or has no tests */
function ofLibrary(library: string, options: Options): readonly string[] {
  const name = optionOf(library);
  const tested = librariesWithTests(options);
  if (!options.has(name)) {
    const near = nearest(library, tested);
    throw new UsageError(
      `the tree has no library ${library}`,
      near === undefined ? `these have tests: ${tested.join(", ")}` : `did you mean "${near}"?`,
    );
  }
  if (!options.has(`${name}_TEST`))
    throw new UsageError(
      `${library} has no tests in this tree: there is no CONFIG_${name}_TEST`,
      `these have some: ${tested.join(", ")}`,
    );
  return [name, `${name}_TEST`];
}

const on = (names: readonly string[]): Settings => new Map(names.map((name) => [name, "y"]));

/**
 * What is to be set.
 * @param base what the configuration sets that is copied
 * @throws UsageError for libraries, and for a machine that Unikraft's trees have none of
 */
export function fragmentFor(
  { libraries, architecture, isMeasured }: TestWishes,
  options: Options,
  base: Settings = new Map(),
): Fragment {
  const machine = MACHINE[architecture];
  if (machine === undefined)
    throw new UsageError(
      `Unikraft is not built for ${architecture}`,
      "take --machine qemu-x86_64 or qemu-arm64",
    );
  const isThere = (name: string): boolean => options.has(name);
  const chosen = [...ALWAYS, LEVEL].flatMap((names) => names.filter(isThere).slice(0, 1));
  const strict = [
    ...chosen,
    ...machine.filter(isThere),
    ...libraries.flatMap((library) => ofLibrary(library, options)),
    ...(isMeasured ? MEASURES.filter(isThere) : []),
  ];
  const isLeftOut = isThere(UNASKED) && !strict.includes(UNASKED) && !base.has(UNASKED);
  return {
    strict: on(strict),
    loose: new Map([...on(BELOW.filter(isThere)), ...(isLeftOut ? [[UNASKED, "n"] as const] : [])]),
  };
}

/** Why a setting may not have stuck: what its file says of it. */
export function whyLost(name: string, options: Options): string {
  const depends = options.get(name)?.depends ?? [];
  return depends.length === 0 ? `CONFIG_${name}` : `CONFIG_${name} (depends on ${depends.join(" and on ")})`;
}
