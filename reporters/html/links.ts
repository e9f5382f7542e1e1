/**
 * The permanent link of a case: the same in every report that has it. It does not depend on positions.
 */

/** The fragment, without `#`: `suite.case`, with `@machine` where there are several. */
export const linkOf = (suite: string, name: string, machine?: string): string =>
  [
    encodeURIComponent(suite),
    ".",
    encodeURIComponent(name),
    machine === undefined ? "" : `@${encodeURIComponent(machine)}`,
  ].join("");
