/**
 * What a job of GitHub Actions tells a program in its environment: that it is one, where its summary goes, where its
 * sources can be read. It writes nothing and asks nobody.
 */
import { statSync } from "node:fs";
import { relative, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** GitHub drops a summary above 1 MiB whole; a little is left for whoever writes behind us. */
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

/** Addresses of places in the tree at `root`; undefined where the job does not say enough, or has another tree. */
export function linksOf(
  env: Environment,
  root: string,
): ((path: string, line: number | undefined) => string) | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const { GITHUB_WORKSPACE: workspace } = env;
  if (!isGithubJob(env) || !server || !repository || !commit || !workspace) return undefined;
  const below = relative(resolve(workspace), root);
  if (below === ".." || below.startsWith("../")) return undefined;
  const base = `${server}/${repository}/blob/${commit}`;
  return (path, line) => {
    const parts = [...below.split("/"), ...path.split("/")].filter((part) => part !== "");
    const address = parts.map(encodeURIComponent).join("/");
    return `${base}/${address}${line === undefined ? "" : `#L${String(line)}`}`;
  };
}
