/** What the host says in the stream when it did not let a run come to its end. It stops nothing itself. */
import type { RunEvent } from "./events.js";

/** What the reason for stopping ends with where enough was red. */
export const FAIL_FAST = "(--fail-fast)";

/** Says in the stream that the host stopped on purpose: cases that did not run say so too. */
export const stoppedEarly = (message: string): RunEvent => ({
  type: "problem",
  code: "stopped-early",
  grade: "warning",
  message,
});

/** Says in the stream that the host itself did not get to the end. */
export const incomplete = (message: string): RunEvent => ({
  type: "problem",
  code: "incomplete-run",
  grade: "error",
  message,
});
