/** What has to be ended with this process. It cannot do so where the process is killed itself: that is for a reaper. */

/** A set whose members are ended when this process exits. */
export function endedAtExit<T>(end: (one: T) => void): Set<T> {
  const all = new Set<T>();
  process.on("exit", () => {
    for (const one of all) end(one);
  });
  return all;
}
