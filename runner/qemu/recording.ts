/**
 * QEMU's recordings: the words that record a boot and replay it, and what its monitor does with the time of a replay. Where a
 * debugger wants to be in that time is in runner/debug/reverse.ts.
 *
 * Sources: QEMU, `docs/system/replay.rst`, `qapi/replay.json` (since 5.2). The state that a replay begins with and those that
 * are kept on its way are snapshots in a disk that the guest does not see.
 */
import type { ChildProcess } from "node:child_process";
import { asleep } from "../process/asleep.js";
import type { BootOptions, History } from "../machine.js";
import type { Qmp } from "./qmp.js";

export type RecordingOrder = NonNullable<BootOptions["recording"]>;

/** A comma ends a value of QEMU's. */
const value = (path: string): string => path.replaceAll(",", ",,");

/**
 * The words for it. A guest that ends its machine stops there instead: what has to be said of its end is asked then, and a
 * replay can go back from it.
 */
export const recordingWords = ({ mode, files: { log, disk } }: RecordingOrder): readonly string[] => [
  ...["-icount", `shift=auto,rr=${mode},rrfile=${value(log)},rrsnapshot=init`],
  ...["-drive", `if=none,id=recording,format=qcow2,file=${value(disk)}`],
  "-no-shutdown",
  // Its end is heard of only once the monitor was spoken to.
  ...(mode === "record" ? ["-S"] : []),
];

/** Lets a boot that is recorded begin. */
export const beginRecording = (qmp: Qmp): void => void qmp.ask("cont");

/** A QEMU that was asked to end writes the rest of its log; one that hangs has none. */
const END_MS = 30_000;

/** The number of instructions that the guest has executed; undefined where QEMU does not say. */
async function instructions(qmp: Qmp): Promise<number | undefined> {
  const answer = await qmp.ask("query-replay");
  return (answer as { readonly icount?: number } | undefined)?.icount;
}

/**
 * Ends a boot that is recorded, so that its log is whole.
 * @returns up to which instruction it can be replayed; undefined where it was gone before
 */
export async function finishRecording(child: ChildProcess, qmp: Qmp): Promise<number | undefined> {
  const timer = setTimeout(() => child.kill("SIGKILL"), END_MS);
  timer.unref();
  child.on("close", () => {
    clearTimeout(timer);
  });
  const last = await instructions(qmp);
  await qmp.ask("quit");
  return last;
}

/** The time of a boot that is replayed by the emulator of that process. */
export const historyOf = (qmp: Qmp, pid: number): History => ({
  now: () => instructions(qmp),
  stopAt: async (icount) => (await qmp.ask("replay-break", { icount })) !== undefined,
  goTo: async (icount) => {
    await asleep(pid);
    // After a place that it still has to stop at, QEMU sets no other one, and aborts.
    await qmp.ask("replay-delete-break");
    return (await qmp.ask("replay-seek", { icount })) !== undefined;
  },
  keep: async (name) => {
    await asleep(pid);
    return (await qmp.ask("human-monitor-command", { "command-line": `savevm ${name}` })) === "";
  },
});
