/** Why the system did not do what was asked of it, in words for a message: what it was asked for is known there. */
import { RigError } from "./errors.js";

/** The system's name of an error, as `EPIPE`; empty for what has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** What an error says, also of what is no error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** `permission denied (EACCES)` for `EACCES: permission denied, open '/path'`; other messages as they are. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^(E\w+): ([^,]*)(?:,.*)?$/s, "$2 ($1)") : String(error);

/** These are said of what a program has got wrong, not of what is on the host. */
const OWN_FAULTS: ReadonlySet<string> = new Set(["EBADF", "EFAULT", "EINVAL"]);

/**
 * An error as users shall see it: what the system will not do is no bug of ours, wherever it is noticed. A working folder
 * that was deleted is noticed by whatever asks for it first.
 */
export function asKnown(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!("syscall" in error)) return error;
  if (error.syscall === "uv_cwd")
    return new RigError(
      "the working folder is gone: it was deleted or renamed",
      "go to a folder that exists",
    );
  if (!/^E[A-Z\d]+$/.test(codeOf(error)) || OWN_FAULTS.has(codeOf(error))) return error;
  const what = "path" in error ? String(error.path) : String(error.syscall);
  return new RigError(
    `${what}: ${reasonOf(error)}`,
    "check that it is there, that it may be read or written, and that there is room",
  );
}
