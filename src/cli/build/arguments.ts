/** What the options of `uktest build` mean. It builds and runs nothing. */
import { UsageError } from "../../core/errors.js";
import type { Architecture } from "../../../runner/machine.js";
import type { RunArguments } from "../../run/arguments.js";
import { oneCell, runArguments } from "../run-args.js";
import { isGiven, single, strings, values } from "../values.js";

export interface BuildArguments {
  /** Of the image, once it is there. */
  readonly run: RunArguments;
  readonly tree: string;
  readonly libraries: readonly string[];
  readonly architecture: Architecture;
  readonly app?: string;
  readonly from?: string;
  readonly outside: readonly string[];
  /** False: the image is built, and its path printed. */
  readonly isRun: boolean;
}

/** Options of `run` that name what runs, which is what was built. */
export const NOT_BUILT = [
  ...["image", "symbols", "profile", "cc", "no-build", "last-failed", "changed", "shard"],
] as const;

const MACHINES: Readonly<Record<string, Architecture>> = { "qemu-x86_64": "x86_64", "qemu-arm64": "arm64" };

/** @throws UsageError */
export function buildArguments(args: Readonly<Record<string, unknown>>): BuildArguments {
  for (const name of NOT_BUILT)
    if (args[name] !== undefined && args[name] !== false && !(name === "cc" && single(args, name) === "gcc"))
      throw new UsageError(`--${name} makes no sense with uktest build`, "see uktest build --help");
  const tree = single(args, "unikraft");
  if (tree === undefined)
    throw new UsageError("no tree of Unikraft is named", "uktest build --unikraft FOLDER [library…]");
  const machine = single(args, "machine") ?? "qemu-x86_64";
  const architecture = MACHINES[machine];
  if (architecture === undefined)
    throw new UsageError(
      `${machine} boots no image of Unikraft's build`,
      `one of: ${Object.keys(MACHINES).join(", ")}`,
    );
  const [app, from] = [single(args, "app"), single(args, "from")];
  return {
    run: runArguments({ ...args, pattern: [], machine }, oneCell({ machine })),
    ...{ tree, libraries: strings(args["pattern"]), architecture, outside: values(args, "lib") },
    ...(app !== undefined && { app }),
    ...(from !== undefined && { from }),
    isRun: !isGiven(args, "no-run"),
  };
}
