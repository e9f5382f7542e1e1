/**
 * `uktest doctor`: what a run needs and what of it is here, as a table or a document; whether the machine that is taken by
 * default works decides the exit code. It mends nothing itself.
 */
import { messageOf } from "../core/reason.js";
import { chooseMachine, machines } from "../../runner/machines.js";
import { makeSmokeFolder, type SmokeFolder } from "../../runner/smoke-run.js";
import { configAt, loadConfig, runFolderBeside } from "../config/load.js";
import { extensionsOf, machinePaths } from "../run/extensions.js";
import { EXIT, type ExitCode } from "../core/errors.js";
import { jsonLine } from "../text/json.js";
import { visibleLine } from "../text/visible.js";
import { bootCheck } from "./doctor/boots.js";
import { type Check, lookAround } from "./doctor/checks.js";
import type { Say } from "../core/say.js";

/** Version of the document of `--json`. */
const DOCTOR_SCHEMA = "uktest-doctor/1";

export interface Diagnosis {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Looks, boots and tells. @throws UsageError for a project whose configuration is wrong */
export async function doctor(json: boolean, stop: AbortSignal, say: Say): Promise<Diagnosis> {
  const config = configAt();
  const loaded = config === undefined ? undefined : await loadConfig(config);
  const own = loaded === undefined ? [] : (await extensionsOf(loaded)).machines;
  const { machine: chosen } = await chooseMachine(loaded?.config.machine ?? "auto", undefined, own);
  const checks = [...(await lookAround())];
  let isWell = false;
  const trial = trialIn(config, loaded === undefined ? [] : machinePaths(loaded));
  try {
    // One after the other: two boots at once would measure each other.
    for (const machine of [...(await machines()), ...own]) {
      if (stop.aborted) break;
      say(`looking at ${machine.name}`);
      const check = "path" in trial ? await bootCheck(machine, machine === chosen, trial.path, stop) : trial;
      checks.push(check);
      if (machine === chosen) isWell = check.state === "ok";
    }
  } finally {
    if ("path" in trial) trial.done();
  }
  const exitCode = stop.aborted
    ? stop.reason === "SIGINT"
      ? EXIT.interrupted
      : EXIT.terminated
    : isWell
      ? EXIT.passed
      : EXIT.rig;
  const text = json
    ? `${jsonLine({ schema: DOCTOR_SCHEMA, machine: chosen.name, works: isWell, checks })}\n`
    : table(checks);
  return { text, exitCode };
}

/** Where the trial is built, or why nothing can be. */
function trialIn(config: string | undefined, machines: readonly string[]): SmokeFolder | Check {
  try {
    return makeSmokeFolder(config === undefined ? undefined : runFolderBeside(config), machines);
  } catch (error) {
    const detail = messageOf(error);
    return { name: "boot", state: "failed", detail, mend: "make the folder writable" };
  }
}

function table(checks: readonly Check[]): string {
  const width = (key: "name" | "state"): number => Math.max(...checks.map((check) => check[key].length));
  const [names, states] = [width("name"), width("state")];
  return checks
    .map(({ name, state, detail, mend }) => {
      const line = `${name.padEnd(names)}  ${state.padEnd(states)}  ${visibleLine(detail)}`;
      return `${line}${mend === undefined ? "" : `: ${visibleLine(mend)}`}\n`;
    })
    .join("");
}
