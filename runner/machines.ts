/**
 * The machines there are, in order of preference. The folder is the registry: a machine is found by its file.
 */
import { readdirSync } from "node:fs";
import { UsageError } from "../src/core/errors.js";
import type { Architecture, Machine } from "./machine.js";

const FOLDER = new URL("./machines/", import.meta.url);

/** All machines, by name. */
export async function machines(): Promise<readonly Machine[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".js"));
  const loaded = await Promise.all(
    files.map(
      async (name) => ((await import(new URL(name, FOLDER).href)) as { readonly machine: Machine }).machine,
    ),
  );
  return loaded.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of all machines, without loading one. */
export const machineNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.slice(0, -".js".length))
    .sort();

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
