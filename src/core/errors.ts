/**
 * The two errors a user can meet; anything else thrown is a bug in uktest. Bad guest output is data, never a throw.
 */

/** The exit codes of the command line, one meaning each. */
export const EXIT = {
  passed: 0,
  failed: 1,
  usage: 2,
  rig: 3,
  nothingRan: 4,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line or the configuration is wrong; `hint` says what to type instead. Exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** An infrastructure error: a file cannot be read or written, an emulator is missing. `hint` says what to do. Exit 3. */
export class RigError extends Error {
  override readonly name = "RigError";
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
