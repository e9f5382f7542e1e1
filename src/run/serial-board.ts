/**
 * What a run is made of where a board or a command does it: one boot of what is there, with the plan of the image that the user
 * names, or by the console alone. What would need another image is a usage error.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { commandOf, EXEC } from "../../runner/exec/command.js";
import { boardOf, SERIAL } from "../../runner/serial/board.js";
import { NATIVE } from "../../runner/host/native.js";
import { configAt, loadConfig, runFolderBeside } from "../config/load.js";
import { extensionsOf, NO_EXTENSIONS } from "./extensions.js";
import { UsageError } from "../core/errors.js";
import type { Plan } from "../core/plan.js";
import { describe, resolved } from "./image-files.js";
import { refuseHardware } from "./images/hardware.js";
import type { Cell, Project, ProjectArguments } from "./task.js";
import type { RunArguments } from "./arguments.js";

const isCommand = (machine: string): boolean => machine.startsWith(EXEC);

/** True for a machine that runs what it runs, whatever the image: a board, or a command. */
export const isBoard = (machine: string | undefined): machine is string =>
  machine !== undefined && (machine.startsWith(SERIAL) || isCommand(machine));

/** A board, or a command, runs what it runs: there is nothing to put beside it. @throws UsageError */
export function refuseBoards({ machines = [] }: Pick<ProjectArguments, "machines">): void {
  const board = machines.find(isBoard);
  if (board !== undefined)
    throw new UsageError(
      `${board} runs by itself, and other machines are named beside it`,
      "record each run (--record FOLDER), then uktest merge puts them side by side",
    );
}

/**
 * Refuses what cannot be done with a board.
 * @throws UsageError
 */
export function refuseForBoard(args: RunArguments, hasReset: boolean): void {
  const isIsolated = args.isolation === "suite" || args.isolation === "case";
  const wishes: readonly (readonly [boolean, string])[] = [
    [args.patterns.length > 0, "a pattern"],
    [isIsolated, `--isolate ${args.isolation}`],
    [args.verifyIsolation, "--verify-isolation"],
    [args.retries > 0, "--retries"],
    [args.shard !== undefined, "--shard"],
    [args.shuffle !== undefined, "--shuffle"],
    [args.lastFailed, "--last-failed"],
    [args.changed !== undefined, "--changed"],
    [args.maxLeak !== undefined, "--max-leak"],
    [args.bench !== undefined, "--bench"],
    [args.stress !== undefined, "--stress"],
  ];
  const wish = wishes.find(([isWished]) => isWished)?.[1];
  if (wish !== undefined)
    throw new UsageError(
      isCommand(args.machine ?? "")
        ? `${wish} needs another image, and the command boots what it boots`
        : `${wish} needs another image, and a board runs the one that is flashed`,
      "leave it out, or boot the image in an emulator",
    );
  if (args.store === true)
    throw new UsageError("--store makes no sense with a board", "its memory cannot be read");
  if (args.repeat > 1 && !hasReset)
    throw new UsageError(
      "--repeat has to start the board again, and nobody said how",
      "set serial.reset in the configuration, or add ,dtr or ,rts to the machine",
    );
}

/** The command line of a board is flashed with its image. */
function refuseWords({ append = [], set = [], machine = "" }: ProjectArguments): void {
  // A command finds its words in UKTEST_APPEND.
  if (isCommand(machine) && set.length === 0) return;
  const [given] = [...append.map(() => "--append"), ...set.map(() => "--set")];
  if (given !== undefined)
    throw new UsageError(`${given} makes no sense with a board`, "its words are flashed with its image");
}

const EMPTY: Omit<Plan, "architecture" | "image"> = { suites: [], orphans: [] };

/**
 * Finds out what a board is to run.
 * @throws UsageError
 */
export async function ofBoard(machine: string, args: ProjectArguments): Promise<Project> {
  refuseWords(args);
  refuseHardware(args.hardware, machine.split(":")[0]);
  const found = configAt(args.config);
  const loaded = found === undefined ? undefined : await loadConfig(found);
  const reset = loaded?.config.serial?.reset;
  const root = loaded?.root ?? resolve(".");
  const { image, symbols } = args;
  if (image !== undefined && !existsSync(image))
    throw new UsageError(`no such image: ${image}`, "give the file that is flashed, or its .dbg");
  const files =
    image === undefined ? { image: "" } : resolved({ image, ...(symbols !== undefined && { symbols }) });
  const known = image === undefined ? undefined : describe(files);
  const plan: Plan = known?.plan ?? { ...EMPTY, image: machine, architecture: NATIVE };
  const { timeoutMs, silenceMs } = loaded?.config ?? {};
  const { architecture } = plan;
  const cell: Cell = {
    choice: {
      machine: isCommand(machine)
        ? commandOf(machine, { architecture, root })
        : boardOf(machine, { architecture, root, ...(reset !== undefined && { reset }) }),
    },
    profile: "",
  };
  return {
    root,
    folder: runFolderBeside(found),
    cells: [cell],
    tasks: [
      {
        cell,
        name: image ?? (isCommand(machine) ? "what it boots" : "what is flashed"),
        image: {
          path: image ?? "",
          architecture: plan.architecture,
          isKit: known?.isKit ?? false,
          words: args.append ?? [],
        },
        files,
        whole: plan,
        plan,
        ...(known === undefined ? { isUnknown: true } : { evidence: known.evidence }),
      },
    ],
    extensions: loaded === undefined ? NO_EXTENSIONS : await extensionsOf(loaded),
    limits: { ...(timeoutMs !== undefined && { timeoutMs }), ...(silenceMs !== undefined && { silenceMs }) },
  };
}
