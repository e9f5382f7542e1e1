/**
 * How much a test does of what it could do for ever: all of its share in CI (`CI=true npm test`), a sample by hand.
 * For random strings, places of a cut, lengths of a text, and long lists of wrong input that all go one way: no test is
 * left out by hand, and no fixture or suite.
 */
const isCi = process.env["CI"] === "true";

/** How many, or which: `all` in CI, `sample` by hand. */
export const amount = <T, S = T>(all: T, sample: S): T | S => (isCi ? all : sample);

/** All of a list in CI, every `n`th by hand: of places that are as good as their neighbours. */
export const some = <T>(list: readonly T[], n: number): readonly T[] =>
  isCi ? list : list.filter((_, at) => at % n === 0);

/** Set by tests/run.mjs where it runs all tests by hand. */
const isOneEach = process.env["UKTEST_TEST_MACHINES"] === "one";

/**
 * Machines, architectures or compilers of which a test says the same: all of them in CI, and where tests are named
 * (`npm test -- debug`). All tests by hand take one each, which their title decides, so that every one has its share.
 */
export function turns<T>(all: readonly T[], title: string): readonly T[] {
  if (!isOneEach) return all;
  const sum = Buffer.from(title).reduce((total, byte) => total + byte, 0);
  return all.slice(sum % all.length).slice(0, 1);
}
