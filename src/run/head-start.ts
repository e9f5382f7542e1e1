/**
 * Starts a guest before its plan has been read, where it is certain that it will be booted as it is: the machine takes
 * longer than everything that is still to be found out. It decides nothing about what runs, and boots one guest only.
 */
import type { Boot, BootImage, Machine } from "../../runner/machine.js";
import { type BootWishes, bootOptions } from "./boot-options.js";
import type { RunArguments } from "./arguments.js";

/** Whether the first boot of a program is one of its whole image, on a machine that is known at once. */
const isCertain = ({ isolation, acceleration, shard, shuffle, runTimeoutMs }: RunArguments): boolean =>
  // The time of the run begins when everything is known.
  runTimeoutMs === undefined &&
  (isolation === "auto" || isolation === "off") &&
  acceleration === "tcg" &&
  shard === undefined &&
  shuffle === undefined;

export class HeadStart {
  #expected: Machine | undefined;
  #begun: { readonly image: BootImage; readonly boot: Boot } | undefined;

  constructor(private readonly args: RunArguments) {}

  /** Gets a machine ready for what it will boot. */
  readonly expect = (machine: Machine): void => {
    this.#expected = machine;
    const wishes: BootWishes = { ...this.args, acceleration: "tcg" };
    machine.warm?.(isCertain(this.args) ? bootOptions({ isKit: true }, wishes) : undefined);
  };

  /** Boots this image, whose every case is wanted, if nothing can come between. */
  readonly begin = (machine: Machine, image: BootImage): void => {
    if (this.#begun !== undefined || !isCertain(this.args) || machine.lack() !== undefined) return;
    const wishes: BootWishes = { ...this.args, acceleration: "tcg" };
    this.#begun = { image, boot: machine.boot(image, bootOptions(image, wishes)) };
  };

  /** The boot of this image, once, if it was begun. */
  readonly take = (image: BootImage): Boot | undefined => {
    if (this.#begun?.image !== image) return undefined;
    const { boot } = this.#begun;
    this.#begun = undefined;
    return boot;
  };

  /** Ends what nobody took. */
  drop(): void {
    this.#begun?.boot.stop();
    this.#begun?.boot.release();
    this.#begun = undefined;
    this.#expected?.cool?.();
  }
}
