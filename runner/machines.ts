/**
 * The machines there are, those of runner/machines and those of a project, and which of them boots an image.
 */
import { UsageError } from "../src/core/errors.js";
import { NATIVE } from "./host/native.js";
import { MACHINES } from "./machines.generated.js";
import type { Architecture, Machine } from "./machine.js";

/** Names of all machines of ours; none is loaded for it. */
export const machineNames: readonly string[] = Object.keys(MACHINES);

/** All machines, by name. */
export const machines = (): Promise<readonly Machine[]> =>
  Promise.all(Object.values(MACHINES).map((load) => load()));

export interface Choice {
  readonly machine: Machine;
  /** Why it was taken, where the user did not name it. */
  readonly because?: string;
}

type Wanted = { readonly architecture: Architecture; readonly isKit: boolean } | undefined;

/**
 * Takes the machine that the user named, or the best one that can boot here.
 * @param image what it has to boot; undefined where that is built for the machine
 * @param own machines of the project
 * @throws UsageError for a name that no machine has, and for one that cannot boot the image
 */
export const chooseMachine = (name: string, image: Wanted, own: readonly Machine[] = []): Promise<Choice> =>
  name === "auto" ? automatic(image) : named(name, image, own);

async function named(name: string, image: Wanted, own: readonly Machine[]): Promise<Choice> {
  if (/^(?:serial|exec):/.test(name))
    throw new UsageError(
      `${name} builds nothing`,
      `name it on the command line: uktest run --machine ${name.split(":")[0] ?? ""}:…`,
    );
  const machine = own.find((one) => one.name === name) ?? (await byName(name));
  if (machine === undefined)
    throw new UsageError(
      `there is no machine "${name}"`,
      `one of: ${["auto", ...machineNames, ...own.map((one) => one.name)].join(", ")}, serial:DEVICE, exec:COMMAND`,
    );
  if (image !== undefined && image.architecture !== machine.architecture)
    throw new UsageError(
      `${name} runs ${machine.architecture}, and the image is ${image.architecture}`,
      `leave --machine out, or take one of: ${fitting(await machines(), image.architecture)}`,
    );
  if (image !== undefined && !image.isKit && !machine.bootsAny)
    throw new UsageError(`${name} boots images of the guest kit only`, "use --machine qemu-i386");
  return { machine };
}

/** No other one is loaded: that takes its time. */
const byName = async (name: string): Promise<Machine | undefined> =>
  Object.hasOwn(MACHINES, name) ? MACHINES[name]?.() : undefined;

const fitting = (all: readonly Machine[], architecture: Architecture): string =>
  all
    .filter((one) => one.architecture === architecture)
    .map((one) => one.name)
    .join(", ");

async function automatic(image: Wanted): Promise<Choice> {
  // The file of the machine that runs an architecture as it is has its name.
  const name = `qemu-${image?.architecture ?? NATIVE}`;
  const machine = await byName(name);
  if (machine === undefined) throw new UsageError(`there is no machine "${name}"`, "name one with --machine");
  const missing = machine.lack();
  if (missing === undefined) return { machine, because: "it is installed" };
  // The embedded one boots what the kit builds for it, and it can build anything.
  if (image !== undefined && !(image.architecture === "i386" && image.isKit)) return { machine };
  const embedded = await byName("v86");
  return embedded === undefined
    ? { machine }
    : { machine: embedded, because: `${missing.what} (${missing.hint})` };
}
