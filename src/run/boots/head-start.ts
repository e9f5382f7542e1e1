/**
 * Starts a guest before its plan has been read, where it is certain that it will be booted as it is: the machine takes
 * longer than everything that is still to be found out. It decides nothing about what runs, and boots one guest only.
 */
import type { Boot, BootImage, BootOptions, Machine } from "../../../runner/machine.js";
import { type BootWishes, bootOptions, followedOptions } from "./options.js";
import type { RunArguments } from "../arguments.js";

/** Whether the first boot of a program is one of its whole image, on a machine that is known at once. */
const isCertain = ({
  isolation,
  acceleration,
  shard,
  shuffle,
  runTimeoutMs,
  coverage,
  bench,
  isProfiled,
  changed,
}: RunArguments): boolean =>
  // The time of the run begins when everything is known.
  runTimeoutMs === undefined &&
  // What is noted of its code may be wanted.
  coverage === undefined &&
  // Its machine may have to count.
  bench === undefined &&
  isProfiled !== true &&
  changed === undefined &&
  (isolation === "auto" || isolation === "off") &&
  acceleration === "tcg" &&
  shard === undefined &&
  shuffle === undefined;

/**
 * Options for this boot; undefined where they are not certain: an image of the kit is asked to measure by words of its own.
 * What measures any other one from outside finds it at its first instruction.
 */
export function certainOptions(
  { hasStub }: Pick<Machine, "hasStub">,
  image: BootImage,
  isMeasured: boolean,
  wishes: BootWishes,
): BootOptions | undefined {
  const options = bootOptions(image, wishes);
  if (!isMeasured) return options;
  return image.isKit || hasStub !== true ? undefined : followedOptions(options);
}

/** A boot that was begun before the command line had been understood. */
export interface EarlyBoot {
  readonly machine: Machine;
  readonly image: BootImage;
  readonly options: BootOptions;
  readonly boot: Boot;
}

/** Whether a boot is the one that would be begun now. */
const isThisOne = (early: EarlyBoot, machine: Machine, image: BootImage, options: BootOptions): boolean =>
  early.machine === machine &&
  early.image.path === image.path &&
  early.image.content === undefined &&
  image.content === undefined &&
  early.image.architecture === image.architecture &&
  early.image.isKit === image.isKit &&
  early.image.words.join("\0") === image.words.join("\0") &&
  early.image.hardware === undefined &&
  image.hardware === undefined &&
  early.options.memoryMiB === options.memoryMiB &&
  early.options.acceleration === options.acceleration &&
  early.options.debug === options.debug;

/** Ends a boot that is not wanted. */
export function dropBoot({ boot }: Pick<EarlyBoot, "boot">): void {
  boot.stop();
  boot.release();
}

export class HeadStart {
  #expected: Machine | undefined;
  #begun: { readonly image: BootImage; readonly boot: Boot } | undefined;

  #early: EarlyBoot | undefined;

  constructor(
    private readonly args: RunArguments,
    early?: EarlyBoot,
  ) {
    this.#early = early;
  }

  /** Gets a machine ready for what it will boot. */
  readonly expect = (machine: Machine): void => {
    this.#expected = machine;
    const wishes: BootWishes = { ...this.args, acceleration: "tcg" };
    const isKnown = isCertain(this.args) && this.args.maxLeak === undefined;
    machine.warm?.(isKnown ? bootOptions({ isKit: true }, wishes) : undefined);
  };

  /** Boots this image, whose every case is wanted, if nothing can come between. */
  readonly begin = (machine: Machine, image: BootImage): void => {
    if (this.#begun !== undefined || !isCertain(this.args) || machine.lack() !== undefined) return;
    const wishes: BootWishes = { ...this.args, acceleration: "tcg" };
    const options = certainOptions(machine, image, this.args.maxLeak !== undefined, wishes);
    if (options === undefined) return;
    const boot = this.#takeEarly(machine, image, options) ?? machine.boot(image, options);
    this.#begun = { image, boot };
  };

  #takeEarly(machine: Machine, image: BootImage, options: BootOptions): Boot | undefined {
    const early = this.#early;
    if (early === undefined) return undefined;
    this.#early = undefined;
    if (isThisOne(early, machine, image, options)) return early.boot;
    dropBoot(early);
    return undefined;
  }

  /** The boot of this image, once, if it was begun. */
  readonly take = (image: BootImage): Boot | undefined => {
    if (this.#begun?.image !== image) return undefined;
    const { boot } = this.#begun;
    this.#begun = undefined;
    return boot;
  };

  /** Ends what nobody took. */
  drop(): void {
    for (const one of [this.#begun, this.#early]) if (one !== undefined) dropBoot(one);
    this.#begun = undefined;
    this.#early = undefined;
    this.#expected?.cool?.();
  }
}
