/** What git says of a project's files: which have changed since a commit, and their text in it. It compares no lines. */
import { resolve } from "node:path";
import { changedFiles, textAt } from "../../../runner/git.js";
import { RigError, UsageError } from "../../core/errors.js";

/** A file that is not as it was in a commit. */
export interface GitText {
  /** Absolute. */
  readonly path: string;
  /** Undefined for one that the commit does not have. */
  readonly base: string | undefined;
  readonly isGone: boolean;
}

/** What stands for no commit in particular: there need be none, and no repository. */
const NO_BASE = "HEAD";

/**
 * What has changed since a commit; undefined where it is the last one, and git knows none.
 * @throws UsageError for another commit that there is not, RigError where git cannot be asked for one
 */
export async function gitChanges(base: string, root: string): Promise<readonly GitText[] | undefined> {
  try {
    const { commit, changed, untracked } = await changedFiles(base, root);
    const texts = await Promise.all(
      changed.map(({ path, isGone }) =>
        path.endsWith(".c") && !isGone ? textAt(commit, path, root) : Promise.resolve(undefined),
      ),
    );
    return [
      ...changed.map(({ path, isGone }, at) => ({ path: resolve(root, path), base: texts[at], isGone })),
      ...untracked.map((path) => ({ path: resolve(root, path), base: undefined, isGone: false })),
    ];
  } catch (error) {
    if (base === NO_BASE && (error instanceof UsageError || error instanceof RigError)) return undefined;
    throw error;
  }
}
