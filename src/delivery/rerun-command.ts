/** The commands that run just the red cases of a run again, and that open the first of them in a debugger. */
import type { CaseStatus } from "../core/events.js";
import { isMeasured } from "../core/finding-kinds.js";
import type { RunModel } from "../core/model.js";
import { casesWithFindings } from "../core/model/known.js";
import { isRed } from "../core/statuses.js";

const MOST_NAMED = 20;

/** `suite.case` of the red cases, each once; `suite.case/label` of one with parameters. */
function redNames(model: RunModel, isMeant = isRed, found = casesWithFindings(model)): readonly string[] {
  const red = model.suites.flatMap((suite) =>
    suite.cases
      .filter((one) => isMeant(one.status) || found.has(`${suite.name}.${one.name}`))
      .map((one) => `${suite.name}.${one.name}`),
  );
  return [...new Set(red)];
}

const withoutLabel = (name: string): string => name.replace(/\/.*$/s, "");

/** What ran. */
export interface Ran {
  /** No part of it can be chosen. */
  readonly isWhole?: boolean;
  /** Name of the image of the configuration that it is, which stands in front of its cases. */
  readonly image?: string | undefined;
}

/**
 * The words of the command; undefined where no case was red.
 * @param patterns what was asked for, where too many are red to be named
 * @param options words that were given and still matter
 */
export function againCommand(
  model: RunModel,
  patterns: readonly string[],
  options: readonly string[],
  { isWhole = false, image }: Ran = {},
): string | undefined {
  const single = redNames(model);
  if (single.length === 0) return undefined;
  const names = single.length > MOST_NAMED ? [...new Set(single.map(withoutLabel))] : single;
  const named = image === undefined ? names : [image, ...names];
  const meant = isWhole ? [] : names.length > MOST_NAMED ? patterns : named;
  return ["uktest", "run", ...meant, ...options].join(" ");
}

/**
 * The words of the command that debugs the first red case; undefined where no case was red.
 * @param options words that were given and still matter
 */
export function debugCommand(
  model: RunModel,
  options: readonly string[],
  image?: string,
): string | undefined {
  // What has not run cannot be stopped at.
  const stops = (status: CaseStatus): boolean => isRed(status) && status !== "not-run";
  // No assertion fails where a case is red for what was measured of it.
  const found = casesWithFindings(model, (kind) => !isMeasured(kind));
  const [first = redNames(model, isRed, found)[0]] = redNames(model, stops, found);
  if (first === undefined) return undefined;
  return ["uktest", "debug", ...(image === undefined ? [] : [image]), first, ...options].join(" ");
}
