/**
 * What can be wrong with a stream, or with a run, by name. A leaf: it imports nothing.
 */

/** A stable code for each thing that can be wrong with a stream; docs list them from here. */
export type ProblemCode =
  | "no-end" // the log stops before the boot said it was over
  | "no-tests" // a boot in which no case ran
  | "plan-short" // a planned case has no result although its suite ran on
  | "unplanned-case" // a case the image does not know
  | "orphan-case" // a case whose suite is never registered, so it can never run
  | "no-evidence" // a passed case of which not one planned assertion was evaluated
  | "unreached-assertions" // a passed case some of whose planned assertions were never evaluated
  | "unknown-site" // a failure at a line that the plan does not have
  | "garbled-line" // a line that was a result or header and is no longer whole
  | "ambiguous-line" // result text inside another message: not counted
  | "lookalike" // application output in the shape of a result: not counted
  | "form-conflict" // two kinds of result lines that could both be the guest's
  | "result-outside-case"
  | "orphan-location" // `in FILE:LINE` without a failure in front of it
  | "duplicate-case" // the same case twice in one boot
  | "no-case-end" // the guest went on without the end line that its protocol promises
  | "wrong-image" // the guest that ran is not the image that was given
  | "wrong-plan" // the guest is that image, and means to run other cases than were planned
  | "machine-crash" // the machine ended as crashed, and the console does not say so
  | "memory-broken" // the guest's memory contradicts itself, or something wrote over it
  | "isolation-differs" // a case has another result without the others
  | "unmeasured-case" // a limit was to be held, and what the case did with memory is not known
  | "no-coverage" // which lines a boot ran was asked for, and is not known
  | "unclosed-exclusion" // comments take lines out of coverage up to the end of a source
  | "memory-disagrees" // the guest's memory says otherwise than its console
  | "statistics-mismatch" // the guest's own counts contradict the lines seen
  | "reboot" // the guest started again before it had finished
  | "line-too-long" // a line was cut at the reader's cap
  | "details-capped" // evaluations or output counted, no longer kept
  | "cases-capped" // more cases than the reader keeps
  | "tap-invalid" // the TAP stream breaks its own rules
  | "stream-invalid" // a stream of results contradicts itself: its plan, its counts or the order of its lines
  | "unplanned-stream" // a stream without a plan, whose end something else proves
  | "unread-stream" // what looks like test results is not read, because its form says too little
  | "no-head" // the log begins in the middle of a boot
  | "flaky-case" // a case that was red and passed when it ran again
  | "known-expired" // an entry of what is known whose date has passed
  | "known-unused" // an entry that nothing of this run needs
  | "missing-record" // a part of a run that was joined from several is not there
  | "doubled-record" // a part of it is there twice
  | "unfitting-record" // parts that do not belong together
  | "hook-failed" // a command beside the guest did not end as it should
  | "stopped-early" // the run was stopped as it was asked to, after so many red cases
  | "incomplete-run"; // the host itself was interrupted
