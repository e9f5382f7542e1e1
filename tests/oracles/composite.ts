/**
 * Carries out a composite action as GitHub's runner does: environments filled in, outputs read from files, conditions
 * asked, `uses` noted with what it would get. It downloads and uploads nothing.
 * Source: GitHub Docs, "Metadata syntax for GitHub Actions", "Workflow commands".
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type Said, startProgram } from "../cli/run.js";
import { filledIn, isDue } from "./expressions.js";

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly "continue-on-error"?: boolean;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const readAction = (path: string): Action => parse(readFileSync(path, "utf8")) as Action;

export interface Job {
  /** Folder of the checkout. */
  readonly workspace: string;
  /** Folder for everything that the runner makes. */
  readonly temp: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Ids of the only steps to carry out. */
  readonly steps?: readonly string[];
  readonly strategy?: { readonly index: number; readonly total: number };
}

export interface Done {
  readonly hasFailed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** Steps that use another action, with what they got. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
  readonly said: readonly Said[];
  readonly summary: string;
}

const outputsIn = (path: string): readonly (readonly [string, string])[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);

/** Runs the action at `path`, an action.yml. */
export async function runAction(path: string, job: Job): Promise<Done> {
  const action = readAction(path);
  const given = job.inputs ?? {};
  const strange = Object.keys(given).find((name) => !Object.hasOwn(action.inputs, name));
  if (strange !== undefined) throw new Error(`the action has no input ${strange}`);
  const { index = 0, total = 1 } = job.strategy ?? {};
  const contexts: Record<string, string> = {
    "strategy.job-index": String(index),
    "strategy.job-total": String(total),
  };
  for (const [name, input] of Object.entries(action.inputs))
    contexts[`inputs.${name}`] = given[name] ?? input.default;
  const files = mkdtempSync(join(job.temp, "files-"));
  const [output, summary] = [join(files, "output"), join(files, "summary")];
  writeFileSync(summary, "");
  const used: { uses: string; with: Record<string, string> }[] = [];
  const said: Said[] = [];
  let hasFailed = false;
  for (const step of action.runs.steps) {
    if (job.steps !== undefined && !job.steps.includes(step.id ?? "")) continue;
    if (!isDue(step.if, contexts, hasFailed)) continue;
    if (step.uses !== undefined) {
      const words = Object.entries(step.with ?? {}).map(
        ([name, value]) => [name, filledIn(String(value), contexts)] as const,
      );
      used.push({ uses: step.uses.replace(/@.*/, ""), with: Object.fromEntries(words) });
      continue;
    }
    writeFileSync(output, "");
    const environment = Object.entries(step.env ?? {}).map(
      ([name, value]) => [name, filledIn(value, contexts)] as const,
    );
    const { end } = startProgram(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", filledIn(step.run ?? "", contexts)],
      {
        cwd: job.workspace,
        env: {
          GITHUB_ACTIONS: "true",
          GITHUB_WORKSPACE: job.workspace,
          GITHUB_ACTION_PATH: dirname(path),
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          GITHUB_RUN_ID: "77",
          RUNNER_TEMP: job.temp,
          CI: "true",
          ...job.env,
          ...Object.fromEntries(environment),
        },
      },
    );
    const one = await end;
    said.push(one);
    for (const [name, value] of outputsIn(output)) contexts[`steps.${step.id ?? ""}.outputs.${name}`] = value;
    if (one.code !== 0) hasFailed = true;
  }
  const outputs = Object.entries(action.outputs).map(
    ([name, { value }]) => [name, filledIn(value, contexts)] as const,
  );
  return {
    hasFailed,
    outputs: Object.fromEntries(outputs),
    used,
    said,
    summary: readFileSync(summary, "utf8"),
  };
}
