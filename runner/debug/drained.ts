/** Waits until everything that stands in a pipe has been read. It reads nothing itself. */

/** More turns than any pipe has pieces: a guest that prints in spite of its stop is not waited for. */
const MOST_TURNS = 10_000;

/**
 * Resolves once nothing more has come for two turns of the event loop: what a guest has printed before its stop stands in the
 * pipe by then, since its emulator writes before it goes on.
 * @param bytesRead how much was read so far
 */
export async function drained(bytesRead: () => number): Promise<void> {
  let quiet = 0;
  for (let turn = 0; quiet < 2 && turn < MOST_TURNS; turn += 1) {
    const before = bytesRead();
    await new Promise((resolve) => setImmediate(resolve));
    quiet = bytesRead() === before ? quiet + 1 : 0;
  }
}
