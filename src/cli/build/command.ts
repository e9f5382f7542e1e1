/** `uktest build`: an image of Unikraft with its tests on, and the run of it. What is turned on is decided in src/run/unikraft. */
import { EXIT } from "../../core/errors.js";
import type { Say } from "../../core/say.js";
import type { Outcome } from "../../delivery/outcome.js";
import { runFolderOf } from "../../run/project.js";
import { buildUnikraft } from "../../run/unikraft/build.js";
import { run } from "../run.js";
import type { BuildArguments } from "./arguments.js";

/**
 * Does what the command says.
 * @throws UsageError, RigError where nothing is built
 */
export async function build(
  { run: wanted, isRun, ...order }: BuildArguments,
  stop: AbortSignal,
  say: Say,
  write: (text: string) => Promise<void>,
): Promise<Pick<Outcome, "exitCode" | "failures">> {
  const isMeasured = wanted.maxLeak !== undefined;
  const image = await buildUnikraft({ ...order, isMeasured, folder: runFolderOf(wanted), stop, say });
  if (!isRun) {
    await write(`${image}\n`);
    return { exitCode: EXIT.passed, failures: [] };
  }
  say(`built ${image}`);
  return run({ ...wanted, image }, stop, say, undefined);
}
