/**
 * What the end of its machine says about a boot that the host ran itself: a limit that fired, an exit code that says
 * crash. A machine that ended well proves nothing: real guests crash with 0.
 */
import { decodeText } from "../decode.js";
import type { FaultRecord, MachineEnd } from "../fault.js";
import type { Segment } from "../segment.js";
import { closeCase } from "./cases.js";
import { type BootState, endedNormally } from "./boot.js";
import { enterInit, killedBy } from "./ending.js";
import { type Work, fault, plainFault, problem } from "./work.js";

/** A limit fired and the machine was stopped: the running case is the culprit. */
export function timedOut(
  work: Work,
  { detail, registers = [], callTrace = [] }: Extract<MachineEnd, { kind: "timed-out" }>,
  last: Segment | undefined,
): void {
  const { boot } = work;
  if (isDead(boot)) return;
  const suite = last === undefined ? undefined : enterInit(work, { registers, callTrace }, last);
  const { open } = boot;
  if (open === undefined && endedNormally(boot)) {
    // The tests are over and proven; what kept the machine running was something else.
    problem(
      work,
      "machine-crash",
      "warning",
      `the machine went on after the tests: ${detail}`,
      boot.spoken.last,
    );
    return;
  }
  const where = whereOf(suite, open);
  const record = { ...plainFault("time-out", `${detail} ${where}`, excerptOf(last)), registers, callTrace };
  fault(work, record, boot.spoken.last, suite);
  boot.death.killer = undefined;
  killedBy(work, record);
  boot.death.fatal = `${detail} ${where}`;
  boot.end.fellSilent = true;
  if (open !== undefined)
    closeCase(work, open, { status: "timed-out", reason: alone(detail) }, boot.spoken.last);
}

/** The guest ended its machine in the middle of a case, without a word on the console, and the machine saw how. */
export function ended(
  work: Work,
  { detail, cause, registers = [], callTrace = [] }: Extract<MachineEnd, { kind: "ended" }>,
  last: Segment | undefined,
): void {
  const { boot } = work;
  const { open: running } = boot;
  if (isDead(boot) || running === undefined || cause === undefined) return;
  const suite = last === undefined ? undefined : enterInit(work, { registers, callTrace }, last);
  const { open } = boot;
  const title = `${detail} ${whereOf(suite, open)}`;
  const record = { ...plainFault(cause, title, excerptOf(last)), registers, callTrace };
  fault(work, record, boot.spoken.last, suite);
  boot.death.killer = undefined;
  killedBy(work, record);
  boot.death.fatal = title;
  if (open !== undefined) closeCase(work, open, { status: "crashed", reason: detail }, boot.spoken.last);
}

/** Words to which a place is added elsewhere, where none follows. */
const alone = (detail: string): string => detail.replace(/,$/, "");

function whereOf(suite: string | undefined, open: BootState["open"]): string {
  if (suite !== undefined) return `in the init function of suite ${suite}`;
  return open === undefined ? "outside any case" : `in ${open.suite}.${open.name}`;
}

/** A case that runs has begun after whatever looked like a death: that was none. */
const isDead = ({ open, death: { fatal } }: BootState): boolean => open === undefined && fatal !== undefined;

const excerptOf = (last: Segment | undefined): FaultRecord["excerpt"] =>
  last === undefined ? [] : [{ line: last.line, text: decodeText(last.body) }];

/** The host stopped the machine: what ran has no result, and nothing is wrong with it. */
export function stopped(work: Work, detail: string): void {
  const { boot } = work;
  const { open } = boot;
  if (boot.death.fatal !== undefined || endedNormally(boot)) return;
  boot.death.fatal = detail;
  boot.end.fellSilent = true;
  if (open === undefined) return;
  // What has failed by then has failed.
  const status = open.failed > 0 ? "failed" : "not-run";
  closeCase(work, open, { status, reason: detail }, boot.spoken.last);
}

/** The machine ended as crashed. */
export function crashed(work: Work, detail: string): void {
  const { boot } = work;
  if (boot.death.fatal !== undefined) return;
  problem(
    work,
    "machine-crash",
    "error",
    `the machine ended as crashed (${detail}), and the console does not say why`,
    boot.spoken.last,
  );
}
