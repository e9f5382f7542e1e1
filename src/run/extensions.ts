/**
 * What a project adds by its configuration: dialects, fault families and machines of its own. It loads them, and does not
 * know what they do; where there are none it costs nothing.
 */
import type { Boot, Machine, OwnMachine } from "../../runner/machine.js";
import { machineNames } from "../../runner/machines.js";
import type { Marker } from "../config/markers.js";
import { configAt, loadConfig, type LoadedConfig, type ReadText } from "../config/load.js";
import { type Contract, guarded, hasFunctions, ownModule, placeOf } from "../config/own-module.js";
import { dialectNames } from "../console/dialects.js";
import type { Dialect } from "../core/dialect.js";
import { UsageError } from "../core/errors.js";
import type { ReportFamily } from "../core/fault/report.js";

export interface Extensions {
  readonly dialects: readonly Dialect[];
  readonly faults: readonly ReportFamily[];
  readonly machines: readonly Machine[];
}

export const NO_EXTENSIONS: Extensions = { dialects: [], faults: [], machines: [] };

const DIALECT: Contract<Dialect> = {
  what: "dialect",
  exported: "dialect",
  shape: "{ name, summary, open() }, which returns { line(segments), end(), owns }",
  isOne: (value): value is Dialect => hasFunctions(value, "open"),
};

const FAMILY: Contract<ReportFamily> = {
  what: "fault family",
  exported: "family",
  shape: "{ name, system, hints: [text], begin(line) }",
  isOne: (value): value is ReportFamily => {
    const { hints } = (value ?? {}) as { readonly hints?: unknown };
    const isList = Array.isArray(hints) && hints.length > 0;
    return (
      hasFunctions(value, "begin") && isList && hints.every((one) => typeof one === "string" && one !== "")
    );
  },
};

const ARCHITECTURES = ["i386", "x86_64", "arm64"];

const MACHINE: Contract<OwnMachine> = {
  what: "machine",
  exported: "machine",
  shape: `{ name, summary, architecture: ${ARCHITECTURES.join(" | ")}, boot(image, options) }`,
  isOne: (value): value is OwnMachine =>
    hasFunctions(value, "boot") && ARCHITECTURES.includes((value as OwnMachine).architecture),
};

/**
 * Loads what a configuration names; paths are relative to it.
 * @throws UsageError for a module that is missing, broken or something else
 */
export async function extensionsOf({
  config,
  root,
}: Pick<LoadedConfig, "config" | "root">): Promise<Extensions> {
  const { dialects = [], faults = [], machines = [], markers = {} } = config;
  const isEmpty = dialects.length + faults.length + machines.length + Object.keys(markers).length === 0;
  if (isEmpty) return NO_EXTENSIONS;
  const load = <T extends object>(names: readonly string[], contract: Contract<T>): Promise<readonly T[]> =>
    Promise.all(
      names.map(async (name) => {
        const own = await ownModule(name, root, contract);
        return guarded(`the ${contract.what} ${name}`, own);
      }),
    );
  const own = {
    dialects: [...(await load(dialects, DIALECT)), ...(await marked(markers))],
    faults: await load(faults, FAMILY),
    machines: (await load(machines, MACHINE)).map(completed),
  };
  refuseTaken("dialects", own.dialects, dialectNames);
  refuseTaken("machines", own.machines, ["auto", ...machineNames]);
  return own;
}

/** The dialects that a configuration describes; what compiles their expressions is loaded where there are some. */
async function marked(markers: Readonly<Record<string, Marker>>): Promise<readonly Dialect[]> {
  const all = Object.entries(markers);
  if (all.length === 0) return [];
  const { markerDialect } = await import("../marker/dialect.js");
  return all.map(([name, marker]) => markerDialect(name, marker, `markers.${name}`));
}

/**
 * Those of the project that a folder belongs to; none where it belongs to no project.
 * @param config path of a configuration; absent: the nearest one above the working directory
 * @throws UsageError
 */
export async function extensionsAt(config: string | undefined, textOf?: ReadText): Promise<Extensions> {
  const found = configAt(config);
  return found === undefined ? NO_EXTENSIONS : extensionsOf(await loadConfig(found, textOf));
}

/** The modules of the machines of a project, so that another folder finds them too. */
export const machinePaths = ({ config, root }: LoadedConfig): readonly string[] =>
  (config.machines ?? []).map((name) => placeOf(name, root));

/** A name that ours have would be taken for ours. */
function refuseTaken(
  what: string,
  own: readonly { readonly name: string }[],
  taken: readonly string[],
): void {
  const names = own.map(({ name }) => name);
  const twice = names.find((name, at) => taken.includes(name) || names.indexOf(name) < at);
  if (twice !== undefined)
    throw new UsageError(`there are two ${what} "${twice}"`, "give yours another name");
}

/** Fills in what a machine of a project leaves out. */
function completed(own: OwnMachine): Machine {
  return {
    ...own,
    name: own.name,
    summary: own.summary,
    architecture: own.architecture,
    bootsAny: own.bootsAny ?? true,
    lack: () => own.lack?.(),
    boot: (image, options) => {
      const boot = own.boot(image, options);
      const nothing: Awaited<ReturnType<Boot["inspect"]>> = {
        registers: [],
        read: () => Promise.resolve(undefined),
      };
      return {
        output: boot.output,
        end: boot.end,
        stop: () => {
          boot.stop();
        },
        inspect: async () => (await boot.inspect?.()) ?? nothing,
        waitedMs: () => boot.waitedMs?.() ?? 0,
        release: () => {
          boot.release?.();
        },
        ...(boot.sleepsForEver !== undefined && {
          sleepsForEver: () => boot.sleepsForEver?.() ?? Promise.resolve(false),
        }),
      };
    },
  };
}
