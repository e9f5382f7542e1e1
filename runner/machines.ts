/**
 * The machines there are, and which of them boots an image. A test holds the table against the folder.
 */
import { UsageError } from "../src/core/errors.js";
import type { Architecture, Machine } from "./machine.js";

/** One entry a file of the folder; loaded when it is asked for. */
const MACHINES = {
  "qemu-arm64": () => import("./machines/qemu-arm64.js"),
  "qemu-i386": () => import("./machines/qemu-i386.js"),
  "qemu-x86_64": () => import("./machines/qemu-x86_64.js"),
  v86: () => import("./machines/v86.js"),
} as const;

/** All machines, by name. */
export const machines = (): Promise<readonly Machine[]> =>
  Promise.all(Object.values(MACHINES).map(async (load) => (await load()).machine));

export interface Choice {
  readonly machine: Machine;
  /** Why it was taken, where the user did not name it. */
  readonly because?: string;
}

/** Takes the machine that the user named, or the best one that can boot here. */
export async function chooseMachine(
  name: string,
  image: { readonly architecture: Architecture; readonly isKit: boolean } | undefined,
): Promise<Choice> {
  const all = await machines();
  return name === "auto" ? automatic(all, image) : named(all, name, image);
}

function named(
  all: readonly Machine[],
  name: string,
  image: { readonly architecture: Architecture; readonly isKit: boolean } | undefined,
): Choice {
  const machine = all.find((one) => one.name === name);
  if (machine === undefined)
    throw new UsageError(
      `there is no machine "${name}"`,
      `one of: auto, ${all.map((one) => one.name).join(", ")}`,
    );
  if (image !== undefined && image.architecture !== machine.architecture)
    throw new UsageError(
      `${name} runs ${machine.architecture}, and the image is ${image.architecture}`,
      `leave --machine out, or take one of: ${fitting(all, image.architecture)}`,
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

/** Node's name of an architecture is not everybody's. */
const NATIVE: Readonly<Record<string, Architecture>> = { x64: "x86_64", arm64: "arm64", ia32: "i386" };

function automatic(
  all: readonly Machine[],
  image: { readonly architecture: Architecture; readonly isKit: boolean } | undefined,
): Choice {
  const wanted = image?.architecture ?? NATIVE[process.arch] ?? "x86_64";
  const candidates = all.filter(
    (one) => one.architecture === wanted && (image?.isKit !== false || one.bootsAny),
  );
  const installed = candidates.find((one) => one.name !== "v86" && one.lack() === undefined);
  if (installed !== undefined) return { machine: installed, because: "it is installed" };
  const embedded = all.find((one) => one.name === "v86");
  const fits = image === undefined || (image.architecture === "i386" && image.isKit);
  if (embedded !== undefined && fits) {
    const lack = candidates[0]?.lack();
    return {
      machine: embedded,
      because: lack === undefined ? "it is built in" : `${lack.what} (${lack.hint})`,
    };
  }
  const [first] = candidates;
  if (first === undefined) throw new UsageError(`no machine boots images of ${wanted}`);
  return { machine: first };
}
