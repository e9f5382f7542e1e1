/**
 * The machines there are, and which of them boots an image. A test holds the table against the folder.
 */
import { UsageError } from "../src/core/errors.js";
import type { Architecture, Machine } from "./machine.js";
import { NATIVE } from "./host/native.js";

/** One entry a file of the folder; loaded when it is asked for. */
const MACHINES = {
  "qemu-arm64": () => import("./machines/qemu-arm64.js"),
  "qemu-i386": () => import("./machines/qemu-i386.js"),
  "qemu-x86_64": () => import("./machines/qemu-x86_64.js"),
  v86: () => import("./machines/v86.js"),
} as const;

/** Names of all machines; none is loaded for it. */
export const machineNames: readonly string[] = Object.keys(MACHINES);

/** All machines, by name. */
export const machines = (): Promise<readonly Machine[]> =>
  Promise.all(Object.values(MACHINES).map(async (load) => (await load()).machine));

export interface Choice {
  readonly machine: Machine;
  /** Why it was taken, where the user did not name it. */
  readonly because?: string;
}

type Wanted = { readonly architecture: Architecture; readonly isKit: boolean } | undefined;

/** Takes the machine that the user named, or the best one that can boot here; `image` is what it has to boot. */
export const chooseMachine = (name: string, image: Wanted): Promise<Choice> =>
  name === "auto" ? automatic(image) : named(name, image);

async function named(name: string, image: Wanted): Promise<Choice> {
  if (name.startsWith("serial:"))
    throw new UsageError(
      `${name} builds nothing`,
      "name it on the command line: uktest run --machine serial:…",
    );
  // No other one is loaded: that takes its time.
  const load = Object.hasOwn(MACHINES, name) ? MACHINES[name as keyof typeof MACHINES] : undefined;
  if (load === undefined)
    throw new UsageError(
      `there is no machine "${name}"`,
      `one of: auto, ${Object.keys(MACHINES).join(", ")}, serial:DEVICE`,
    );
  const { machine } = await load();
  if (image !== undefined && image.architecture !== machine.architecture)
    throw new UsageError(
      `${name} runs ${machine.architecture}, and the image is ${image.architecture}`,
      `leave --machine out, or take one of: ${fitting(await machines(), image.architecture)}`,
    );
  if (image !== undefined && !image.isKit && !machine.bootsAny)
    throw new UsageError(`${name} boots images of the guest kit only`, "use --machine qemu-i386");
  return { machine };
}

const fitting = (all: readonly Machine[], architecture: Architecture): string =>
  all
    .filter((one) => one.architecture === architecture)
    .map((one) => one.name)
    .join(", ");

/** The machine that runs an architecture as it is. */
const OF: Readonly<Record<Architecture, keyof typeof MACHINES>> = {
  i386: "qemu-i386",
  x86_64: "qemu-x86_64",
  arm64: "qemu-arm64",
};

async function automatic(image: Wanted): Promise<Choice> {
  const wanted = image?.architecture ?? NATIVE;
  const { machine } = await MACHINES[OF[wanted]]();
  const lack = machine.lack();
  if (lack === undefined) return { machine, because: "it is installed" };
  // The embedded one boots what the kit builds for it, and it can build anything.
  if (image !== undefined && !(image.architecture === "i386" && image.isKit)) return { machine };
  return { machine: (await MACHINES.v86()).machine, because: `${lack.what} (${lack.hint})` };
}
