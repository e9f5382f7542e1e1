/** The command that runs just the red cases of a run again. */
import { baseName } from "../core/assemble/boot.js";
import type { RunModel } from "../core/model.js";
import { isRed } from "../core/statuses.js";

const MOST_NAMED = 20;

/**
 * The words of the command; undefined where no case was red.
 * @param patterns what was asked for, where too many are red to be named
 * @param options words that were given and still matter
 */
export function againCommand(
  model: RunModel,
  patterns: readonly string[],
  options: readonly string[],
): string | undefined {
  const red = model.suites.flatMap((suite) =>
    suite.cases.filter((one) => isRed(one.status)).map((one) => `${suite.name}.${baseName(one.name)}`),
  );
  const names = [...new Set(red)];
  if (names.length === 0) return undefined;
  return ["uktest", "run", ...(names.length > MOST_NAMED ? patterns : names), ...options].join(" ");
}
