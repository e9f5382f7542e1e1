/**
 * The stub that is in a guest itself, library ukgdb: the words by which a boot waits for it, and the line that a debugger
 * has or shares with the console once it does. What it answers is not looked at.
 */
import { after } from "../../runner/host/clock.js";
import { type GuestLine, ownLine, shareLine, type WhichLine } from "../../runner/debug/guest-line.js";
import type { Boot, BootImage, BootOptions, Machine } from "../../runner/machine.js";
import { RigError } from "../core/errors.js";

/** The stub that a debugger speaks to: that of the emulator, or the one in the guest. */
export const STUBS = ["machine", "guest"] as const;
export type Stub = (typeof STUBS)[number];

/** Has the stub wait before anything else, and stop nowhere by itself: that is for breakpoints. */
const WAIT_WORD = "uktest.gdb=boot";
/** Has it step by breakpoints. */
const STEP_WORD = "uktest.gdb.step=breakpoints";
/** Gives it a line of its own. */
const LINE_WORD = "uktest.gdb.line=second";

/** An image whose boot waits for a debugger. */
export const waiting = (image: BootImage, { lacksStep, hasSecondLine }: Machine): BootImage => ({
  ...image,
  words: [
    ...[...image.words, WAIT_WORD],
    ...(lacksStep === true ? [STEP_WORD] : []),
    ...(hasSecondLine === true ? [LINE_WORD] : []),
  ],
});

/** What opens the way to a stub. */
export const opening = (stub: Stub, { hasSecondLine }: Machine): Partial<BootOptions> =>
  stub === "machine" ? { debug: true } : hasSecondLine === true ? { secondLine: true } : { takesInput: true };

/** Of a guest that does not wait where a debugger could speak to it. */
const notWaiting = (waits: WhichLine | undefined): RigError =>
  waits === undefined
    ? new RigError(
        "the guest has not waited for a debugger",
        `its image needs the library ukgdb, and the word ${WAIT_WORD} on its command line`,
      )
    : waits === "this"
      ? new RigError(
          "the guest waits on the line of its console",
          `leave out gdb=…, or give its command line the word ${LINE_WORD}`,
        )
      : new RigError(
          "the guest waits on its second line",
          "name that too, as in --machine serial:/dev/ttyUSB0,gdb=/dev/ttyUSB1",
        );

/** Milliseconds until a guest waits for its debugger: a board may have to be switched on by hand. */
const WAIT_MS = 120_000;

/** The line of a guest and its console, once it waits. @throws RigError where it does not */
export async function guestLine(boot: Boot, stop: AbortSignal): Promise<GuestLine> {
  const [line, wanted] =
    boot.stub === undefined
      ? [shareLine(boot), "this" as const]
      : [ownLine(boot, boot.stub), "the second" as const];
  const end = (): void => {
    boot.stop();
  };
  const cancel = after(WAIT_MS, end);
  stop.addEventListener("abort", end);
  const waits = await line.waits;
  cancel();
  stop.removeEventListener("abort", end);
  if (waits === wanted) return line;
  boot.stop();
  await boot.end;
  boot.release();
  throw notWaiting(waits);
}
