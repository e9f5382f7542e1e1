/**
 * Decides what to boot next: one boot for all, and after one that died, the rest without what is done and without the
 * culprit. Pure: a round and what became of it in, further rounds and given-up cases out.
 */
import type { BootSummary } from "../assemble.js";
import { caseKey } from "../assemble/boot.js";
import type { MissingCase } from "../assemble/missing.js";
import type { BootReason } from "../events.js";
import type { FaultRecord } from "../fault.js";
import { isRed } from "../statuses.js";
import type { Plan, PlannedSuite, Stage } from "../plan.js";

/** `auto`: one boot for all, and again after whatever died; `off`: one boot, come what may. */
export const ISOLATIONS = ["auto", "suite", "case", "off"] as const;
export type Isolation = (typeof ISOLATIONS)[number];

/** A boot that is to be made. */
export interface Round {
  /** What of the image's plan runs in it. */
  readonly part: Plan;
  readonly why?: BootReason;
  /** Addresses of init functions that stopped a boot before and are left out, in hexadecimal with 0x. */
  readonly without: readonly string[];
}

export interface After {
  readonly next: readonly Round[];
  /** Missing cases that no further boot will run, with the reason. */
  readonly givenUp: readonly MissingCase[];
}

/** The boots that an image begins with. */
export function firstRounds(plan: Plan, isolation: Isolation): readonly Round[] {
  const round = (suites: readonly PlannedSuite[]): Round => ({
    part: { ...plan, suites, orphans: [] },
    without: [],
  });
  switch (isolation) {
    case "auto":
    case "off":
      return [{ part: plan, without: [] }];
    case "suite":
      return plan.suites.map((suite) => round([suite]));
    case "case":
      return plan.suites.flatMap((suite) => suite.cases.map((one) => round([{ ...suite, cases: [one] }])));
  }
}

/** Every case of a plan on its own. */
export const aloneRounds = (plan: Plan): readonly Round[] =>
  firstRounds(plan, "case").map((round) => ({ ...round, why: "alone" }));

/** The red cases of a boot, each on its own and once more. */
export function redRounds({ part, without }: Round, { finished }: BootSummary): readonly Round[] {
  return part.suites.flatMap((suite) =>
    suite.cases
      .filter(
        (one) => finished.get(caseKey(suite.name, one.name))?.some(({ status }) => isRed(status)) === true,
      )
      .map((one): Round => ({
        part: { ...part, suites: [{ ...suite, cases: [one] }], orphans: [] },
        why: "retry",
        without,
      })),
  );
}

/**
 * What follows from a boot.
 * @param deaths how many further boots may be made for boots that died
 */
export function afterRound(round: Round, summary: BootSummary, isolation: Isolation, deaths: number): After {
  const { isWhole, missing } = summary;
  // Stopped by the host: there is no culprit, and nothing comes after.
  if (summary.isStopped) return { next: [], givenUp: missing };
  const wanted = missing.filter(({ status, unexplained }) => status === "not-run" && !unexplained);
  if (isWhole || isolation === "off" || wanted.length === 0) return { next: [], givenUp: missing };
  if (deaths <= 0) {
    const words = "the budget of crashes is spent (--max-crashes)";
    const unspent = new Set(wanted);
    return { next: [], givenUp: missing.map((one) => (unspent.has(one) ? { ...one, reason: words } : one)) };
  }
  const lost = lostSuites(round, summary);
  const rest = wanted.filter(({ suite }) => !lost.has(suite));
  const isLeft = new Set(rest);
  const dropped = missing
    .filter((one) => !isLeft.has(one))
    .map((one) => ({ ...one, reason: lost.get(one.suite) ?? one.reason }));
  if (rest.length === 0) return { next: [], givenUp: dropped };
  const stopper = lost.size > 0 || summary.killer === undefined ? undefined : initAddressIn(summary.killer);
  const without = stopper === undefined ? round.without : [...round.without, stopper];
  return { next: [{ part: partOf(round.part, rest), why: "rest", without }], givenUp: dropped };
}

/** Suites that cannot run, with the reason: the boot died in them, outside their cases. */
function lostSuites(
  { part }: Round,
  { killer, finished, missing }: BootSummary,
): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  for (const { suite, reason, isSuiteLost } of missing) if (isSuiteLost === true) lost.set(suite, reason);
  if (lost.size > 0) return lost;
  const because = killer?.title ?? "nothing was printed";
  if (killer?.suite !== undefined && killer.case === undefined && hasBarelyBegun(killer.suite, finished))
    return new Map([[killer.suite, `the boot died before its first case: ${because}`]]);
  // Nothing at all has run, and nobody is named: the suite that comes first is the suspect.
  const [first] = [...part.suites].sort((a, b) => byBoot(a.stage, b.stage));
  if (finished.size > 0 || first === undefined || killer?.kind === "boot-init") return lost;
  return new Map([[first.name, `the boot dies before its first case: ${because}`]]);
}

const hasBarelyBegun = (suite: string, finished: BootSummary["finished"]): boolean =>
  ![...finished.keys()].some((key) => key.startsWith(`${suite}\0`));

const STAGES: readonly Stage["name"][] = [
  "constructor",
  "early",
  "plat",
  "lib",
  "rootfs",
  "sys",
  "late",
  "unknown",
];

const rank = (stage: Stage | undefined): number =>
  stage === undefined ? STAGES.length * 10 : STAGES.indexOf(stage.name) * 10 + stage.priority;

const byBoot = (one: Stage | undefined, other: Stage | undefined): number =>
  rank(one) - rank(other) || (one?.place ?? 0) - (other?.place ?? 0);

/** The address of the init function that stopped a boot, where the title of the fault names one. */
export const initAddressIn = ({ kind, title }: Pick<FaultRecord, "kind" | "title">): string | undefined =>
  kind === "boot-init" ? /0x[0-9a-f]+/i.exec(title)?.[0] : undefined;

/** The part of a plan with just these cases. */
export function partOf(
  plan: Plan,
  cases: readonly { readonly suite: string; readonly planned: { readonly name: string } }[],
): Plan {
  const wanted = new Set(cases.map(({ suite, planned }) => `${suite}\0${planned.name}`));
  const suites = plan.suites.flatMap((suite) => {
    const some = suite.cases.filter((one) => wanted.has(`${suite.name}\0${one.name}`));
    return some.length > 0 ? [{ ...suite, cases: some }] : [];
  });
  return { ...plan, suites, orphans: [] };
}
