/**
 * Asks git what has changed in a working tree since a commit. It changes nothing, and reads no file itself.
 * Source: git-diff(1), git-merge-base(1), git-ls-files(1).
 */
import { execFile } from "node:child_process";
import { RigError, UsageError } from "../src/core/errors.js";
import { messageOf } from "../src/core/reason.js";

const MOST_BYTES = 256 << 20;
const LONGEST_MS = 60_000;

export interface GitChanges {
  /** Unified text without context, of paths relative to the folder. */
  readonly diff: string;
  /** Files that git does not know, and does not ignore. */
  readonly untracked: readonly string[];
}

/**
 * What differs from the commit at which this branch left `base`.
 * @param folder a folder of the working tree; what is outside of it is left out
 * @throws UsageError for a base that there is not, RigError where there is no git or no repository
 */
export async function changesSince(base: string, folder: string): Promise<GitChanges> {
  const from = await branchPoint(base, folder);
  const diff = await git(folder, [
    ...["-c", "core.quotePath=false", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv"],
    ...["--no-renames", "--relative", "--src-prefix=a/", "--dst-prefix=b/", from, "--", "."],
  ]);
  refuseFailure(diff, base);
  return { diff: diff.output, untracked: await untrackedIn(folder, base) };
}

export interface GitFiles {
  /** The commit that they are compared with. */
  readonly commit: string;
  /** Paths relative to the folder. */
  readonly changed: readonly { readonly path: string; readonly isGone: boolean }[];
  /** As in `GitChanges`. */
  readonly untracked: readonly string[];
}

/**
 * The files that differ from the commit at which this branch left `base`.
 * @param folder as above
 * @throws as above
 */
export async function changedFiles(base: string, folder: string): Promise<GitFiles> {
  const commit = await branchPoint(base, folder);
  const words = ["diff", "--name-status", "-z", "--no-ext-diff", "--no-renames", "--relative", commit];
  const said = await git(folder, [...words, "--", "."]);
  refuseFailure(said, base);
  const fields = said.output.split("\0");
  const changed = fields.flatMap((status, at) =>
    at % 2 === 0 && status !== "" ? [{ path: fields[at + 1] ?? "", isGone: status === "D" }] : [],
  );
  return { commit, changed, untracked: await untrackedIn(folder, base) };
}

/** The text of a file in a commit, one byte a character; undefined where the commit has no such file. */
export async function textAt(commit: string, path: string, folder: string): Promise<string | undefined> {
  const { code, output } = await git(folder, ["show", "--no-textconv", `${commit}:./${path}`], "latin1");
  return code === 0 ? output : undefined;
}

/** The commit at which this branch left `base`; see `changesSince`. */
async function branchPoint(base: string, folder: string): Promise<string> {
  // An option in its place would be one of git's.
  const named = await git(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${base}^{commit}`,
  ]);
  if (named.code !== 0) {
    const inside = await git(folder, ["rev-parse", "--is-inside-work-tree"]);
    if (inside.code !== 0) throw new RigError(`${folder} is in no working tree of git`, inside.complaint);
    throw new UsageError(
      `git knows no commit ${base}`,
      "fetch it first: a job of CI often has one commit only",
    );
  }
  const commit = named.output.trim();
  const common = await git(folder, ["merge-base", commit, "HEAD"]);
  return common.code === 0 ? common.output.trim() : commit;
}

async function untrackedIn(folder: string, base: string): Promise<readonly string[]> {
  const others = await git(folder, ["ls-files", "-z", "--others", "--exclude-standard", "--", "."]);
  refuseFailure(others, base);
  return others.output.split("\0").filter((name) => name !== "");
}

function refuseFailure({ code, complaint }: Said, base: string): void {
  if (code !== 0) throw new RigError(`git cannot say what has changed since ${base}`, complaint);
}

interface Said {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

function git(cwd: string, words: readonly string[], encoding: "utf8" | "latin1" = "utf8"): Promise<Said> {
  return new Promise((resolve, reject) => {
    const limits = { maxBuffer: MOST_BYTES, timeout: LONGEST_MS, killSignal: "SIGKILL" } as const;
    const env = { ...process.env, LC_ALL: "C" };
    execFile("git", words, { cwd, env, encoding, ...limits }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      if (code === undefined)
        reject(new RigError(`git could not be asked: ${messageOf(error)}`, "is it installed?"));
      else resolve({ code, output: stdout, complaint: stderr.trim().split("\n")[0] ?? "" });
    });
  });
}
