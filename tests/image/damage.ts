/** Files with some of their bytes changed, or cut: each has to be an error of the image, or to say less. */
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";

/**
 * Hands damaged copies of a file to a reader.
 * @param read whether what it found is whole: false, or an error that is no `RigError`, fails the test
 */
export function assertDamageIsData(whole: Buffer, numRuns: number, read: (changed: Buffer) => boolean): void {
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(flips, fc.nat(whole.length), fc.boolean(), (changes, end, isCut) => {
      const changed = Buffer.from(isCut ? whole.subarray(0, end) : whole);
      for (const [at, mask] of changes) if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ mask;
      try {
        return read(changed);
      } catch (error) {
        return error instanceof RigError;
      }
    }),
    { numRuns },
  );
}
