/**
 * Records what is debugged, so that its session can go back in time: the boot runs to its end under the emulator's recording,
 * without a debugger, and is replayed for one. It judges the recording only as far as that its case has to be red in it.
 */
import type { SessionFolder } from "../../runner/debug/listening.js";
import type { RecordingFiles } from "../../runner/machine.js";
import { DEFAULT_LIMITS, watch } from "../../runner/watch.js";
import { RigError } from "../core/errors.js";
import type { MachineEnd } from "../core/fault.js";
import { emptyDisk } from "../image/empty-disk.js";
import { bootOptions } from "../run/boots/options.js";
import { readerOf } from "../run/boots/reader.js";
import { narrator, type Narrator } from "./narrator.js";
import { type GuestOptions, selected, type Target } from "./target.js";

export interface Recording {
  readonly files: RecordingFiles;
  /** It ends after so many instructions of the guest. */
  readonly instructions: number;
  /** Why it ends there, where the guest would have gone on or ended wrongly. */
  readonly why?: string;
  readonly account: Narrator;
}

/** A recording counts time by instructions, so a case that depends on time may be green in one and red in the next. */
export const MOST_RECORDINGS = 3;

/** A guest that does nothing but compute is replayed up to ten times slower than it is recorded. */
const MOST_CASE_MS = 10_000;

/** What is to be said of an end. */
const whyOf = (end: MachineEnd): string | undefined =>
  end.kind === "timed-out" || (end.kind === "ended" && end.cause !== undefined)
    ? end.detail.replace(/,$/, "")
    : undefined;

/** Records one boot. @throws RigError where nothing can be replayed of it */
async function recordOnce(
  target: Target,
  options: GuestOptions,
  folder: SessionFolder,
  number: number,
): Promise<Recording> {
  const { task, machine, project } = target;
  const extensions = project.extensions;
  const own = { tool: options.tool, policy: { ubsan: "fail" }, number: 1, extensions } as const;
  const reader = await readerOf(task.image.isKit ? own : { ...own, files: task.files });
  const account = narrator();
  const files = {
    log: folder.path(`recording-${String(number)}`),
    disk: folder.write(`states-${String(number)}`, emptyDisk()),
  };
  const image = selected(target);
  const wishes = bootOptions(image, { ...options, acceleration: "tcg" });
  const boot = machine.boot(image, { ...wishes, recording: { mode: "record", files } });
  const stop = (): void => {
    boot.stop();
  };
  options.stop.addEventListener("abort", stop);
  try {
    reader.open(machine.name, task.plan);
    const caseMs = options.caseMs ?? Math.min(project.limits.caseMs ?? DEFAULT_LIMITS.caseMs, MOST_CASE_MS);
    const bytes = watch(
      boot,
      { ...DEFAULT_LIMITS, ...project.limits, caseMs },
      {
        running: () => reader.running,
        isOver: () => reader.isOver,
        isEndless: () => reader.faults?.isEndless === true,
        slow: () => undefined,
      },
    );
    let next = await bytes.next();
    for (; next.done !== true; next = await bytes.next()) account.follow(reader.feed(next.value));
    const { end } = next.value;
    // After its last line a guest may end as it likes: a recorded one has no device that would end its machine.
    const why = reader.isOver ? undefined : whyOf(end);
    account.follow([...reader.close(end), ...reader.finish()]);
    const instructions = await boot.recorded;
    if (instructions === undefined)
      throw new RigError(
        `${machine.name} recorded nothing`,
        "uktest debug without --record-replay debugs it",
      );
    return { files, instructions, account, ...(why !== undefined && { why }) };
  } finally {
    options.stop.removeEventListener("abort", stop);
    boot.stop();
    boot.release();
  }
}

/**
 * Records until something is red.
 * @param isAnyGood whether a green one will do, since something else is to be stopped at
 * @returns the last recording; green where all of them were
 * @throws RigError
 */
export async function record(
  target: Target,
  options: GuestOptions,
  folder: SessionFolder,
  isAnyGood: boolean,
): Promise<Recording> {
  for (let number = 1; ; number += 1) {
    const recording = await recordOnce(target, options, folder, number);
    const { account } = recording;
    if (account.isRed() || isAnyGood || number === MOST_RECORDINGS || options.stop.aborted) return recording;
    options.say("it is green in this recording, and is recorded once more");
  }
}
