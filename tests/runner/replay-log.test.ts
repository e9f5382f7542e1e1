/** The log of a recording whose machine is turned off before its last instructions: mended, or left alone. */
import test from "ava";
import { withLateShutdown } from "../../runner/qemu/replay-log.js";

const HEADER = [0x00, 0xe0, 0x20, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0];
const clock = [28, 1, 2, 3, 4, 5, 6, 7, 8];
/** 269 instructions. */
const instructions = [0, 0, 0, 1, 13];
const printed = [22, 0, 0, 0, 0, 0, 0, 0, 1];
/** The guest has turned the machine off itself. */
const SHUTDOWN = 16;
const END = 39;

const log = (...events: readonly (number | readonly number[])[]): Uint8Array =>
  Uint8Array.from([...HEADER, ...events.flat()]);

test("what turns the machine off is replayed after the instructions that do so", (t) => {
  const mended = withLateShutdown(log(clock, 30, printed, SHUTDOWN, instructions, END));
  t.deepEqual(mended, log(clock, 30, printed, instructions, SHUTDOWN, END));
  // And once is enough.
  t.is(withLateShutdown(mended ?? log()), undefined);
});

test("a log that is not understood is left alone", (t) => {
  const whole = log(clock, printed, SHUTDOWN, instructions, END);
  const other = Uint8Array.from(whole);
  other[3] = 13;
  t.is(withLateShutdown(other), undefined, "of another version");
  t.is(
    withLateShutdown(log(clock, 25, SHUTDOWN, instructions)),
    undefined,
    "with an event that nobody knows",
  );
  t.is(withLateShutdown(log(SHUTDOWN, clock, instructions, END)), undefined, "with something in between");
  t.is(
    withLateShutdown(log(clock, printed, instructions, END)),
    undefined,
    "of a guest that is not at its end",
  );
  for (let bytes = 0; bytes < whole.length - 1; bytes += 1)
    t.is(withLateShutdown(whole.subarray(0, bytes)), undefined, `cut after ${String(bytes)}`);
});
