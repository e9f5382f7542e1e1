/** What a watch is asked to do. */
export interface WatchArguments {
  readonly patterns: readonly string[];
  readonly machine?: string;
  readonly config?: string;
  readonly profile: string;
  readonly compiler: string;
  /** All options, as words for a run. */
  readonly words: readonly string[];
}
