/** What a run says, and what it may say when something was killed under it. It runs nothing. */

interface JsonCase {
  readonly name: string;
  readonly status: string;
  readonly reason?: string;
}

export interface Document {
  readonly exitCode: number;
  readonly suites: readonly { readonly name: string; readonly cases: readonly JsonCase[] }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** Statuses by `suite.case`, in the order of their names. */
export const statusesOf = ({ suites }: Document): ReadonlyMap<string, string> =>
  new Map(
    suites
      .flatMap(({ name, cases }) =>
        cases.map((one, nth): readonly [string, string] => [
          `${name}.${one.name} ${String(nth)}`,
          one.status,
        ]),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Why two runs differ that must not; nothing where they agree. */
export function difference(is: Document, wanted: Document): string | undefined {
  if (is.exitCode !== wanted.exitCode)
    return `exit ${String(is.exitCode)} instead of ${String(wanted.exitCode)}`;
  const [left, right] = [[...statusesOf(is)], [...statusesOf(wanted)]];
  return JSON.stringify(left) === JSON.stringify(right) ? undefined : firstDifference(left, right);
}

function firstDifference(
  is: readonly (readonly [string, string])[],
  wanted: readonly (readonly [string, string])[],
) {
  const known = new Map(wanted);
  const wrong = is.find(([name, status]) => known.get(name) !== status);
  if (wrong !== undefined) return `${wrong[0]} is ${wrong[1]}, wanted ${String(known.get(wrong[0]))}`;
  const names = new Set(is.map(([name]) => name));
  return `${String(wanted.find(([name]) => !names.has(name))?.[0])} is missing`;
}

/** Why a run that was cut short says more than it can know; nothing where all it says is true. */
export function lie(is: Document, wanted: Document): string | undefined {
  const known = statusesOf(wanted);
  for (const [name, status] of statusesOf(is)) {
    if (status === "not-run" || status === known.get(name)) continue;
    return `${name} is ${status}, wanted ${String(known.get(name))} or not-run`;
  }
  if (is.exitCode === 0) return "it says that everything passed";
  return undefined;
}
