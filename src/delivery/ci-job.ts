/**
 * What a job of a CI host tells a program in its environment: where its repository lies, where its summary goes, where
 * its sources can be read. It writes nothing and asks nobody.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** GitHub drops a summary above 1 MiB whole; a little is left for what writes after us. */
const SUMMARY_MAX_BYTES = 1024 * 1024;
const SPARE_BYTES = 64 * 1024;

export interface Summary {
  /** File that GitHub shows on the page of the run, to be appended to. */
  readonly path: string;
  /** Room that is left in it. */
  readonly maxBytes: number;
}

export const isGithubJob = (env: Environment): boolean => env["GITHUB_ACTIONS"] === "true";

/**
 * The summary of the step; undefined outside of a job. GitHub makes the file: where it is not there, as in a container
 * that only got the variables, nobody would ever show it.
 */
export function summaryOf(env: Environment): Summary | undefined {
  const path = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (!isGithubJob(env) || path === "") return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return undefined;
  return { path, maxBytes: Math.max(0, SUMMARY_MAX_BYTES - SPARE_BYTES - found.size) };
}

/** Folder that the job was given, or undefined outside of one. */
function jobFolder(env: Environment): string | undefined {
  const folder = isGithubJob(env) ? env["GITHUB_WORKSPACE"] : env["GITLAB_CI"] && env["CI_PROJECT_DIR"];
  return folder === undefined || folder === "" ? undefined : resolve(folder);
}

/**
 * Where the tree at `root` lies in its repository: `""`, or a path with a slash after it. Hosts of jobs take the paths of
 * annotations and reports as those of the repository, whatever folder a step runs in. Outside of a job it is `""`.
 */
export function folderInRepository(env: Environment, root: string): string {
  const top = jobFolder(env);
  if (top === undefined || !isBelow(relative(top, root))) return "";
  let repository = root;
  // A checkout may lie below the job's folder; without its `.git` the job's folder is all there is.
  while (repository !== top && !existsSync(join(repository, ".git"))) repository = dirname(repository);
  const below = relative(repository, root);
  return below === "" ? "" : `${below}/`;
}

const isBelow = (path: string): boolean => path !== ".." && !path.startsWith("../");

/** Addresses of the repository's files; undefined where the job does not say enough, or the tree is none of it. */
export function linksOf(
  env: Environment,
  root: string,
): ((path: string, line: number | undefined) => string) | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const top = isGithubJob(env) ? jobFolder(env) : undefined;
  if (top === undefined || !server || !repository || !commit || !isBelow(relative(top, root)))
    return undefined;
  const base = `${server}/${repository}/blob/${commit}`;
  return (path, line) => {
    const address = path.split("/").map(encodeURIComponent).join("/");
    return `${base}/${address}${line === undefined ? "" : `#L${String(line)}`}`;
  };
}
