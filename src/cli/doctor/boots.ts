/**
 * What becomes of a suite of one case on each machine, really built and really booted. It reads the run's own report and
 * complaints; it knows nothing of compilers and emulators.
 */
import type { Machine } from "../../../runner/machine.js";
import { type SmokeRun, smokeRun } from "../../../runner/smoke-run.js";
import type { Check } from "./checks.js";

/** A cold build of the kit takes a few seconds, on a busy host many. */
const LIMIT_MS = 60_000;

/** Boots a machine once. */
export async function bootCheck(
  machine: Machine,
  isDefault: boolean,
  folder: string,
  stop: AbortSignal,
): Promise<Check> {
  const name = `boot ${machine.name}${isDefault ? " (default)" : ""}`;
  const lack = machine.lack();
  if (lack !== undefined) return { name, state: "missing", detail: lack.what, mend: lack.hint };
  return judge(name, await smokeRun(process.argv[1] ?? "", folder, machine.name, LIMIT_MS, stop), stop);
}

function judge(name: string, trial: SmokeRun, stop: AbortSignal): Check {
  const seconds = `${(trial.wallMs / 1000).toFixed(1)} s`;
  if (trial.code === 0) return { name, state: "ok", detail: `built and booted, 1 case passed, ${seconds}` };
  if (trial.code === undefined)
    return stop.aborted
      ? { name, state: "failed", detail: "interrupted" }
      : {
          name,
          state: "failed",
          detail: `not done after ${seconds}`,
          mend: "try again on a host that is less busy; uktest run -r pretty shows how far it gets",
        };
  const { error, hint } = complaintIn(trial.stderr);
  const detail = error ?? reportedIn(trial.stdout) ?? `the run ended with ${String(trial.code)}`;
  return {
    name,
    // Whatever is not installed, the run names.
    state: / is not installed/.test(detail) ? "missing" : "failed",
    detail,
    mend: hint ?? `uktest run --machine ${name.split(" ")[1] ?? ""} shows all of it`,
  };
}

/** The first complaint of a run, and the hint below it. */
function complaintIn(stderr: string): { readonly error?: string; readonly hint?: string } {
  const [, error, hint] = /^uktest: (?:error|bug): ([^\n]*)(?:\n {8}([^\n]*))?/m.exec(stderr) ?? [];
  return { ...(error !== undefined && { error }), ...(hint !== undefined && { hint }) };
}

/** What the report of a red run says first. */
function reportedIn(stdout: string): string | undefined {
  try {
    const document = JSON.parse(stdout) as {
      readonly faults?: readonly { readonly title: string }[];
      readonly problems?: readonly { readonly message: string }[];
    };
    return document.faults?.[0]?.title ?? document.problems?.[0]?.message;
  } catch {
    return undefined;
  }
}
