/** What a machine needs to know besides the image. */
import type { BootImage, BootOptions } from "../../../runner/machine.js";

export interface BootWishes {
  readonly memoryMiB?: number;
  readonly acceleration: BootOptions["acceleration"];
  /** See BootOptions. */
  readonly instructions?: true | undefined;
}

/** Enough for the kit's own images, and for whole kernels. */
const MEMORY_MIB = { kit: 64, any: 256 };

/** Options for a boot of this image. */
export const bootOptions = (
  { isKit }: Pick<BootImage, "isKit">,
  { memoryMiB, acceleration, instructions }: BootWishes,
): BootOptions => ({
  memoryMiB: memoryMiB ?? (isKit ? MEMORY_MIB.kit : MEMORY_MIB.any),
  acceleration,
  ...(instructions === true && { instructions }),
});

/** For a boot that is followed from its first instruction on: QEMU's own processor has any number of watchpoints. */
export const followedOptions = (wanted: BootOptions): BootOptions => ({
  ...wanted,
  acceleration: "tcg",
  debug: true,
});
