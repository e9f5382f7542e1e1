/** What a command line may say of results that are known to be red; known.ts reads it. */
export interface KnownArguments {
  /** Record or JSON report of an earlier run. */
  readonly baseline?: string;
  readonly onlyNew: boolean;
  /** Records of earlier runs, or folders of them, the oldest first; absent: none. */
  readonly history?: readonly string[];
  /** File of quarantined cases; absent: the project's own, where there is one. */
  readonly quarantine?: string;
  /** File of known findings; absent: the project's own, where there is one. */
  readonly knownFindings?: string;
}

/** Names of a project's own files. */
export const KNOWN_FINDINGS = "uktest.ubsan.json";
export const QUARANTINE = "uktest.quarantine.json";
