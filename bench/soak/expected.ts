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
  if (!is.problems.some(({ code }) => code === "incomplete-run"))
    return "it does not say that it is incomplete";
  return undefined;
}

/** What is done to a run. */
export const DEEDS = ["nothing", "SIGKILL", "SIGTERM", "SIGINT", "SIGINT twice", "emulator"] as const;
export type Deed = (typeof DEEDS)[number];

/** Exit code of a run whose emulator was killed. */
export const RIG_FAILED = 3;

/** How a run may end to which that was done, besides as if nothing had happened: with a code, or of the signal itself. */
const ENDS: Readonly<Record<Deed, readonly (number | string)[]>> = {
  nothing: [],
  SIGKILL: ["SIGKILL"],
  SIGTERM: [143, "SIGTERM"],
  SIGINT: [130, "SIGINT"],
  "SIGINT twice": [130, "SIGINT"],
  emulator: [RIG_FAILED],
};

/**
 * What is wrong with how a run ended and with its report. A report in which every case has the result that it has when
 * nobody disturbs the run was finished in front of the signal, and may stand beside any end that the signal makes: no
 * signal handler lives as long as its process. Any other report has to say that it is incomplete, and nothing untrue.
 * @param code its exit code, or the signal that it died of
 * @param is its report; undefined where there is none
 * @param wanted the report of the same run when nobody disturbs it
 */
export function complaints(
  cause: Deed,
  code: number | string | null,
  is: Document | undefined,
  wanted: Document,
): readonly string[] {
  const differs = is === undefined ? "no report" : difference(is, wanted);
  const isDeedsEnd = code !== null && ENDS[cause].includes(code);
  if (differs === undefined && (code === wanted.exitCode || isDeedsEnd)) return [];
  if (cause === "nothing") return [`${differs ?? "a true report"}, exit ${String(code)}`];
  const wrong = isDeedsEnd ? [] : [`exit ${String(code)} instead of ${ENDS[cause].join(" or ")}`];
  if (differs === undefined) return wrong;
  if (is !== undefined) return [...wrong, lie(is, wanted) ?? []].flat();
  // Nobody is asked before the command listens, by SIGKILL, or by a second signal.
  const mayBeSilent = typeof code === "string" || cause === "SIGINT twice";
  return mayBeSilent ? wrong : [...wrong, "no report"];
}
