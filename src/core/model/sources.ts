/**
 * How the sources of a run are named: `vfscore on qemu-x86_64`, and `vfscore (debug) on qemu-x86_64` where a run has several
 * profiles. Saved logs are sources by their path, and have no parts.
 */

/** What was built, with which profile, and what it ran on. */
export interface SourceParts {
  readonly program: string;
  /** Absent where the run has only one. */
  readonly profile?: string;
  readonly machine: string;
}

/** The name of a source. */
export const sourceName = ({ program, profile, machine }: SourceParts): string =>
  `${program}${profile === undefined ? "" : ` (${profile})`} on ${machine}`;

const NAME = /^(.*) on ([\w-]+)$/s;
const PROFILE = /^(.*) \(([\w.-]+)\)$/s;

/** The parts of a source's name; undefined for a saved log, and for what a board or a command runs. */
export function sourceParts(source: string): SourceParts | undefined {
  const [, before, machine] = NAME.exec(source) ?? [];
  if (before === undefined || machine === undefined) return undefined;
  const [, program, profile] = PROFILE.exec(before) ?? [];
  return program === undefined || profile === undefined
    ? { program: before, machine }
    : { program, profile, machine };
}
