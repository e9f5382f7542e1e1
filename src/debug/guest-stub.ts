/**
 * The stub that is in a guest itself, library ukgdb: the words by which a boot waits for it, and the line that console and
 * debugger share once it does. What it answers is not looked at.
 */
import { after } from "../../runner/host/clock.js";
import { type SharedLine, shareLine } from "../../runner/debug/shared-line.js";
import type { Boot, BootImage, BootOptions, Machine } from "../../runner/machine.js";
import { RigError } from "../core/errors.js";

/** The stub that a debugger speaks to: that of the emulator, or the one in the guest. */
export const STUBS = ["machine", "guest"] as const;
export type Stub = (typeof STUBS)[number];

/** Has the stub wait before anything else, and stop nowhere by itself: that is for breakpoints. */
const WAIT_WORD = "uktest.gdb=boot";
/** Has it step by breakpoints. */
const STEP_WORD = "uktest.gdb.step=breakpoints";

/** An image whose boot waits for a debugger. */
export const waiting = (image: BootImage, { lacksStep }: Machine): BootImage => ({
  ...image,
  words: [...image.words, WAIT_WORD, ...(lacksStep === true ? [STEP_WORD] : [])],
});

/** What opens the way to each stub. */
export const OPENS: Readonly<Record<Stub, Partial<BootOptions>>> = {
  machine: { debug: true },
  guest: { takesInput: true },
};

/** Milliseconds until a guest waits for its debugger: a board may have to be switched on by hand. */
const WAIT_MS = 120_000;

/** The line of a guest, once it waits. @throws RigError where it does not */
export async function sharedLine(
  boot: Boot,
  type: NonNullable<Boot["type"]>,
  stop: AbortSignal,
): Promise<SharedLine> {
  const shared = shareLine(boot, type);
  const end = (): void => {
    boot.stop();
  };
  const cancel = after(WAIT_MS, end);
  stop.addEventListener("abort", end);
  const isWaiting = await shared.waits;
  cancel();
  stop.removeEventListener("abort", end);
  if (isWaiting) return shared;
  await boot.end;
  boot.release();
  throw new RigError(
    "the guest has not waited for a debugger",
    `its image needs the library ukgdb, and the word ${WAIT_WORD} on its command line`,
  );
}
