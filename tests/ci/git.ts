/** A repository made on the spot, for what asks git about a checkout. */
import { execFileSync } from "node:child_process";

/** Makes the folder a repository with one commit of all that is in it. */
export function runGitHere(folder: string): void {
  const git = (...words: readonly string[]): void => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...words], { cwd: folder, stdio: "ignore" });
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "all");
}
