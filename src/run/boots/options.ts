/** What a machine needs to know besides the image. */
import type { BootImage, BootOptions, Machine } from "../../../runner/machine.js";
import type { Acceleration } from "../accelerate.js";
import type { ImageTask, ProjectArguments } from "../task.js";
import { countsInstructions } from "./benchmarks.js";

export interface BootWishes {
  readonly memoryMiB?: number;
  readonly acceleration: BootOptions["acceleration"];
  /** See BootOptions. */
  readonly instructions?: true | undefined;
}

/** What the boots of a run ask for, whatever their machines. */
type Wanted = Pick<BootWishes, "memoryMiB"> &
  Pick<ProjectArguments, "bench"> & { readonly accelerations: (machine: Machine) => Acceleration };

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

/** What a boot of a task asks of its machine, now: KVM may have failed since the last. */
export function optionsOf({ image, cell }: ImageTask, args: Wanted): BootOptions {
  const { machine } = cell.choice;
  const acceleration = args.accelerations(machine).now;
  return bootOptions(image, { ...args, acceleration, instructions: countsInstructions(args, machine) });
}

/** For a boot that is followed from its first instruction on: QEMU's own processor has any number of watchpoints. */
export const followedOptions = (wanted: BootOptions): BootOptions => ({
  ...wanted,
  acceleration: "tcg",
  debug: true,
});
