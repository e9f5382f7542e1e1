/**
 * The profile of a boot: stacks that its machine's stub was asked for while the guest ran, with names, and the case that ran.
 * A case runs where its function is on the stack. It judges nothing, and writes nothing.
 */
import { type Sampler, sampleStacks } from "../../runner/debug/sampler.js";
import type { Boot, BootOptions, Machine } from "../../runner/machine.js";
import { RigError, UsageError } from "../core/errors.js";
import type { SymbolFrame, Symbols } from "../core/fault/symbols.js";
import type { CaseFunction } from "../image/allocators.js";
import { readSymbolsOf } from "../image/read-symbols.js";
import type { Profile, Spot, Stack } from "../profile/profile.js";
import { functionsOf } from "./boots/case-rows.js";
import { followedOptions } from "./boots/options.js";
import { symbolFileOf, whereSymbolsAre } from "./image-files.js";
import type { ImageTask } from "./task.js";

/** A profile that somebody has asked for. */
export interface ProfileWish {
  /** Samples a second. */
  readonly hz: number;
  /** Hears of the profile of each boot. */
  readonly heard: (profile: Profile) => void;
}

/** One boot that is profiled. */
export interface ProfiledBoot {
  readonly options: (wanted: BootOptions) => BootOptions;
  /** Samples a boot that has not run anything; the boot as it is to be used, which takes no sample once it is looked into. */
  readonly follow: (boot: Boot) => Boot;
  /** Hands the profile over. */
  readonly end: () => Promise<void>;
}

/** A machine without a stub cannot be profiled. @throws UsageError */
export function refuseProfile({ name, hasStub }: Machine): void {
  if (hasStub === true) return;
  const why =
    name === "v86"
      ? "its slices end where control leaves compiled code, so that shares of time would be wrong"
      : "it has no debugger's stub that could stop the guest";
  throw new UsageError(
    `${name} cannot be profiled: ${why}`,
    "take -m qemu-x86_64, qemu-i386 or qemu-arm64; exact counts of lines, on every machine: uktest run --coverage",
  );
}

/** What is known of the code of an image. */
interface Code {
  readonly symbols: Symbols;
  readonly cases: ReadonlyMap<number, CaseFunction>;
}

/**
 * Profiles the boots of an image.
 * @throws RigError where it has no symbols
 */
export function profiledBoots(
  { task, source, machine }: { readonly task: ImageTask; readonly source: string; readonly machine: Machine },
  { hz, heard }: ProfileWish,
): () => ProfiledBoot {
  const code = codeOf(task);
  const entryOf = entries(code.symbols);
  return () => {
    let sampler: Sampler | undefined;
    return {
      options: followedOptions,
      follow: (boot) => {
        if (boot.stub === undefined) return boot;
        const { end } = (sampler = sampleStacks(boot.stub, {
          architecture: machine.architecture,
          hz,
          entryOf,
        }));
        // A sample that ended after the guest was stopped for good would let it run again.
        const inspect = async () => {
          await end();
          return boot.inspect();
        };
        return { ...boot, inspect };
      },
      end: async () => {
        if (sampler === undefined) return;
        await sampler.end();
        const { stacks, ...figures } = sampler.samples;
        heard({ source, hz, ...figures, stacks: stacksOf(stacks, code) });
      },
    };
  };
}

function codeOf({ name, files }: ImageTask): Code {
  const { path } = symbolFileOf(files);
  const symbols = readSymbolsOf(path);
  const cases = functionsOf(files);
  // A file without a symbol table names nothing, the functions of its cases included.
  const named = [...cases.keys()].some((address) => symbols.function(BigInt(address)) !== undefined);
  if (!named)
    throw new RigError(`${name} cannot be profiled: ${path} has no symbols`, whereSymbolsAre(files));
  return { symbols, cases };
}

/** Where the function of an address begins, by the symbol table alone; each address is looked up once. */
function entries(symbols: Symbols): (address: number) => number | undefined {
  const known = new Map<number, number | undefined>();
  return (address) => {
    if (!Number.isSafeInteger(address) || address < 0) return undefined;
    if (known.has(address)) return known.get(address);
    const found = symbols.function(BigInt(address));
    const entry = found === undefined ? undefined : address - found.offset;
    if (known.size < MOST_KNOWN) known.set(address, entry);
    return entry;
  };
}

/** A guest whose stack is damaged has any number of addresses. */
const MOST_KNOWN = 100_000;

/** The stacks with names; those of the same spots are one. */
function stacksOf(sampled: ReadonlyMap<string, number>, { symbols, cases }: Code): readonly Stack[] {
  const entryOf = entries(symbols);
  const spots = new Map<number, Spot>();
  const spotAt = (address: number): Spot => {
    const known = spots.get(address);
    if (known !== undefined) return known;
    const start = entryOf(address);
    const frames = Number.isSafeInteger(address) && address >= 0 ? symbols.frames(BigInt(address)) : [];
    const spot = {
      address,
      ...(start !== undefined && { start }),
      frames: frames.length > 0 ? frames : UNKNOWN,
    };
    spots.set(address, spot);
    return spot;
  };
  return [...sampled].map(([key, count]) => {
    const own = key
      .split(",")
      .map((address, at) => spotAt(Math.max(Number.parseInt(address, 16) - (at === 0 ? 0 : 1), 0)));
    const ran = own.flatMap(({ start }) => (start === undefined ? [] : (cases.get(start) ?? []))).at(-1);
    return { spots: own, count, ...(ran !== undefined && { name: `${ran.suite}.${ran.name}` }) };
  });
}

/** Firmware, and what a guest has jumped into. */
const UNKNOWN: readonly SymbolFrame[] = [{ function: "(outside the image)", isInlined: false }];
