/**
 * The time a test measures its own work with: of the processor, not of the clock, so that a busy host changes nothing.
 * Bounds that rest on it catch work that grows with the square of its input, not work that is a little slower.
 */

/** Milliseconds of processor time that this process has used so far, its collector of garbage included. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
