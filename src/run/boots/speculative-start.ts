/**
 * Gets the machine ready before the command line has been parsed, and boots an image that exists already: both take longer
 * than parsing. It reads a few words of the command and decides nothing: HeadStart hands a boot over only to a command that
 * wants exactly this one, and stops it otherwise.
 */
import type { BootImage, Machine } from "../../../runner/machine.js";
import { chooseMachine } from "../../../runner/machines.js";
import { type ImageBytes, withImage } from "../../image/elf/bytes.js";
import { readElf } from "../../image/elf.js";
import { identityOf } from "../../image/identity.js";
import { SECTION as TEST_TABLE } from "../../image/testtab/locate.js";
import { bootOptions } from "./options.js";
import { certainOptions, type EarlyBoot } from "./head-start.js";

/** The machine that is named; `auto` where none is. */
function machineIn(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(?:-m|--machine)(?:=|$)/.test(word));
  if (at < 0) return "auto";
  const [, named] = /^[^=]*=(.*)$/s.exec(words[at] ?? "") ?? [];
  return named ?? words[at + 1] ?? "";
}

/** With these the first boot is not that of a whole image on the machine as it is, or something has to be there before it. */
const OTHERWISE =
  /^--(?:filter|initrd|cpus|net|drive|9p|device|qemu-arg|memory|accel|append|set|bench|stress|coverage|metrics|isolate|shard|shuffle|last-failed|changed|run-timeout)(?:=|$)|^\w+\.\w+$/;

/** With this one it waits at its first instruction, or has to be there before it. */
const MEASURED = /^--max-leak(?:=|$)/;

/** What is ready. */
export interface Early {
  readonly machine: Machine;
  /** What it boots already. */
  readonly begun?: EarlyBoot;
}

/**
 * Begins what can be begun. Never fails: whatever is wrong is reported when the command is read.
 * @returns nothing where nothing is ready
 */
export async function beginEarly([command, ...words]: readonly string[]): Promise<Early | undefined> {
  if (command !== "run") return undefined;
  const isMeasured = words.some((word) => MEASURED.test(word));
  const isOtherwise = isMeasured || words.some((word) => OTHERWISE.test(word));
  try {
    const named = machineIn(words);
    if (words.some((word) => word.startsWith("--image"))) {
      const path = wholeImageIn(words);
      return path === undefined ? undefined : await bootEarly(path, named, isMeasured);
    }
    const { machine } = await chooseMachine(named, undefined);
    machine.warm?.(isOtherwise ? undefined : bootOptions({ isKit: true }, { acceleration: "tcg" }));
    return { machine };
  } catch {
    // Whoever chooses in earnest hears of it.
    return undefined;
  }
}

/**
 * The image that is most likely booted as a whole with these words; undefined where a part of one is wanted. A word after an
 * option is taken for its value, also where the option has none: such a boot is dropped later.
 */
export function wholeImageIn(words: readonly string[]): string | undefined {
  // What stands after `--` is for the emulator.
  if (words.some((word) => word === "--" || OTHERWISE.test(word))) return undefined;
  if (words.some((word, at) => !word.startsWith("-") && !/^-[^=]*$/.test(words[at - 1] ?? "")))
    return undefined;
  const at = words.findIndex((word) => /^--image(?:=|$)/.test(word));
  const [, glued] = /^--image=(.*)$/s.exec(words[at] ?? "") ?? [];
  return at < 0 ? undefined : (glued ?? words[at + 1]);
}

async function bootEarly(path: string, named: string, isMeasured: boolean): Promise<Early | undefined> {
  const image = likelyImage(path);
  if (image === undefined) return undefined;
  const { machine } = await chooseMachine(named, image);
  if (machine.lack() !== undefined) return undefined;
  const options = certainOptions(machine, image, isMeasured, { acceleration: "tcg" });
  if (options === undefined) return undefined;
  return { machine, begun: { machine, image, options, boot: machine.boot(image, options) } };
}

/** What an arm64 image without ELF headers begins with. Source: Linux, `Documentation/arch/arm64/booting.rst`. */
const RAW_ARM64 = { at: 56, magic: "ARM\x64", bytes: 64 };

const isRawArm64 = ({ size, read }: ImageBytes): boolean =>
  size >= RAW_ARM64.bytes &&
  read(0, RAW_ARM64.bytes, "its header").toString("latin1", RAW_ARM64.at, RAW_ARM64.at + 4) ===
    RAW_ARM64.magic;

/**
 * An image by its headers, as its plan will most likely have it: a raw one has its plan in another file, and a multiboot
 * image of x86_64 says that it is for i386, where only its test table distinguishes them. Undefined where an ELF has no table.
 * @throws RigError when the file cannot be read or is no ELF
 */
export const likelyImage = (path: string): BootImage | undefined =>
  withImage(path, (bytes) => {
    if (isRawArm64(bytes)) return { path, architecture: "arm64", isKit: false, words: [] };
    const elf = readElf(bytes);
    if (!elf.sections.some(({ name }) => name === TEST_TABLE)) return undefined;
    const { isKit } = identityOf(elf);
    const isMultiboot = elf.architecture === "i386" && !isKit;
    return { path, architecture: isMultiboot ? "x86_64" : elf.architecture, isKit, words: [] };
  });
