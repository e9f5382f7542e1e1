/**
 * Whether a saved log holds the start of its boot. A log that lost its head lost tests with it, and shows nothing of
 * that: something that every boot prints in front of its first test has to be there.
 *
 * Source: firmware of QEMU; lib/ukboot and the platforms of Unikraft 0.5 to 0.21.
 */
import type { Segment } from "../segment.js";
import type { BootState } from "./boot.js";
import { type Work, problem } from "./work.js";

/** Firmware, boot loaders and hypervisors, before any kernel runs. */
const FIRMWARE =
  /^(?:.{0,40}SeaBIOS \(version |Booting from|iPXE|UEFI |BdsDxe|U-Boot |GNU GRUB|GRUB |Solo5:| {12}\| {6}___\||\(d\d+\) |Loading )/;

/**
 * What Unikraft prints at level INFO in front of its constructors, the first code of an image that can hold a test: how
 * it was entered, its consoles and its stack, and the table of the constructors. Platform and boot code print more, but
 * that may stand after tests of the constructors.
 */
const EARLY =
  /^(?:Unikraft constructor table at |Entering from |Registered con\d|Switch from bootstrap stack)/;

/** Takes note of a line in front of the first test. */
export function noticeHead(boot: BootState, { prefix, body, first }: Segment): void {
  if (boot.head.sawHead || boot.tally.cases > 0) return;
  boot.head.sawHead = prefix === undefined ? first && FIRMWARE.test(body) : EARLY.test(body);
}

/** Names what is missing of a saved log that begins in the middle of a boot; `isWhole` where nothing can be. */
export function judgeHead(work: Work, isWhole: boolean): void {
  const { boot, plan } = work;
  // A plan says what has to be there, whether it is the image's, the kit's or that of a TAP stream.
  const isPlanned = plan !== undefined || boot.protocol !== undefined || boot.end.testsEnded;
  if (isWhole || isPlanned || boot.head.sawHead || boot.tally.cases === 0) return;
  // A stream says itself what its start lacks.
  if (boot.problems.has("tap-invalid") || boot.end.awaitsWord) return;
  const words =
    "the log begins in the middle of a boot: its first line is already one of the tests, and tests in front of it may " +
    "be missing (firmware or the boot code's own first lines are not there, and no plan; --image gives one)";
  problem(work, "no-head", "error", words, { line: 1, byteOffset: 0 });
}
