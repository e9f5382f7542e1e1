/** What is typed after `uktest dap`. A leaf. */
export interface DapArguments {
  /** Absent: the adapter speaks on the streams of the process. */
  readonly port?: number;
}
