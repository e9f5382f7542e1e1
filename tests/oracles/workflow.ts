/**
 * Carries out a workflow of GitHub with our action in it: matrix, `needs`, artifacts between jobs. Jobs of a matrix run
 * side by side in one checkout; steps that are neither ours nor known are an error.
 * Source: GitHub Docs, "Workflow syntax for GitHub Actions".
 */
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Done, runAction, type Step } from "./composite.js";
import { type Contexts, filledIn, isDue } from "./expressions.js";

export interface WorkflowJob {
  readonly needs?: string;
  readonly if?: string;
  readonly "runs-on": string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (string | number)[]>> };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export interface Runner {
  /** Path of our action.yml. */
  readonly action: string;
  readonly workspace: string;
  readonly temp: string;
  readonly contexts: Contexts;
  /** What an artifact has to be called to get lost on its way. */
  readonly loses?: string;
  /** Carries out a `run` step. */
  readonly run?: (script: string) => Promise<void>;
}

/** All combinations, the last axis turning fastest. */
export function combinations({ strategy }: WorkflowJob): readonly Contexts[] {
  let all: readonly Contexts[] = [{}];
  for (const [axis, values] of Object.entries(strategy?.matrix ?? {}))
    all = all.flatMap((one) => values.map((value) => ({ ...one, [`matrix.${axis}`]: String(value) })));
  return all;
}

/** What the action did in each job, by `job` or `job/index`. */
export async function runWorkflow(workflow: Workflow, runner: Runner): Promise<ReadonlyMap<string, Done>> {
  const all = new Map<string, Done>();
  const red = new Set<string>();
  const artifacts = join(runner.temp, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const condition = job.if === undefined ? undefined : filledCondition(job.if);
    if (!isDue(condition, runner.contexts, red.has(job.needs ?? ""))) continue;
    const matrix = combinations(job);
    const run = async (contexts: Contexts, index: number): Promise<void> => {
      const done = await runJob(
        job,
        { ...runner.contexts, ...contexts },
        { index, total: matrix.length },
        runner,
      );
      if (done === undefined) return;
      all.set(matrix.length === 1 ? name : `${name}/${String(index)}`, done);
      if (done.hasFailed) red.add(name);
      for (const { uses, with: words } of done.used)
        if (uses === "actions/upload-artifact" && words["name"] !== runner.loses)
          cpSync(words["path"] ?? "", join(artifacts, words["name"] ?? ""), { recursive: true });
    };
    // The first one builds, as the job of a fresh checkout does; the others find it built.
    const [first, ...others] = matrix;
    if (first !== undefined) await run(first, 0);
    await Promise.all(others.map((contexts, index) => run(contexts, index + 1)));
  }
  return all;
}

const filledCondition = (text: string): string => /^\$\{\{\s*(.*?)\s*\}\}$/.exec(text)?.[1] ?? text;

async function runJob(
  job: WorkflowJob,
  contexts: Contexts,
  strategy: { readonly index: number; readonly total: number },
  runner: Runner,
): Promise<Done | undefined> {
  let done: Done | undefined;
  for (const { uses, run, with: words = {} } of job.steps) {
    const filled = Object.fromEntries(
      Object.entries(words).map(([name, value]) => [name, filledIn(String(value), contexts)]),
    );
    const name = uses?.replace(/@.*/, "");
    if (name === "OWNER/uktest/.github/actions/uktest")
      done = await runAction(runner.action, {
        workspace: runner.workspace,
        temp: runner.temp,
        inputs: filled,
        strategy,
      });
    else if (name === "actions/download-artifact") download(filled, runner);
    else if (run !== undefined && runner.run !== undefined) await runner.run(run);
    else if (name !== "actions/checkout")
      throw new Error(`a step that nobody carries out: ${name ?? run ?? ""}`);
  }
  return done;
}

function download(
  { pattern = "", path = "" }: Readonly<Record<string, string>>,
  { temp, workspace }: Runner,
): void {
  const start = pattern.replace(/\*$/, "");
  for (const name of readdirSync(join(temp, "artifacts")).filter((one) => one.startsWith(start)))
    cpSync(join(temp, "artifacts", name), join(workspace, path, name), { recursive: true });
}
