/**
 * Suites and cases as data of the page. What a case has much of is bounded here, and the rest is counted; it does not
 * leave out a failed assertion for one that passed.
 */
import { turnOf } from "../../src/core/model/earlier-runs.js";
import { knownCase } from "../../src/core/model/known.js";
import type { AssertionModel, CaseModel, SuiteModel } from "../../src/core/model.js";
import { isRed } from "../../src/core/statuses.js";
import { isFlaky } from "../../src/core/verdict.js";
import { parseExpectation } from "../view/expectation.js";
import { whereOf } from "../view/failures.js";
import { nameOf } from "../view/line.js";
import { measuredOf } from "../view/measurements.js";
import { againOf } from "./again.js";
import { spansOf } from "./ansi.js";
import { type AssertionData, type AttemptData, type CaseData, PAST, type SuiteData } from "./data.js";
import { CONSOLE_MAX, given, type Scene, text } from "./scene.js";

const FAILED_MAX = 200;
const PASSED_MAX = 100;

/** Indexes of what was charged to a case, by the id of the case. */
export type Charges = ReadonlyMap<string, readonly number[]>;

export interface Charged {
  readonly faults: Charges;
  readonly findings: Charges;
}

/** The positions of items by the case that each was charged to. */
export function chargesOf(items: readonly { readonly caseId?: string }[]): Charges {
  const charges = new Map<string, number[]>();
  items.forEach(({ caseId }, index) => {
    if (caseId === undefined) return;
    const known = charges.get(caseId);
    if (known === undefined) charges.set(caseId, [index]);
    else known.push(index);
  });
  return charges;
}

function assertionOf(scene: Scene, one: AssertionModel): AssertionData {
  const message = text(one.message);
  const parts = one.status === "failed" ? parseExpectation(message) : undefined;
  return {
    ...(one.status === "failed" && { failed: true }),
    text: message,
    ...parts,
    ...given("at", scene.at(one)),
    log: one.origin.line,
  };
}

/** Assertions in their order, at most so many of each kind. */
function* assertionsOf(scene: Scene, all: readonly AssertionModel[]): Generator<AssertionData> {
  let [failed, passed] = [0, 0];
  for (const one of all) {
    if (one.status === "failed" ? (failed += 1) > FAILED_MAX : (passed += 1) > PASSED_MAX) continue;
    yield assertionOf(scene, one);
  }
}

const textOf = (words: string | undefined): string | undefined =>
  words === undefined ? undefined : text(words);

function attemptsOf(scene: Scene, charged: Charged, { attempts = [] }: CaseModel): readonly AttemptData[] {
  return attempts.map(({ id, status, boot, line, reason, failure, durationMs }) => ({
    status,
    boot: scene.bootAt(boot),
    ...given("log", line),
    ...given("reason", textOf(failure?.message ?? reason)),
    ...given("ms", durationMs),
    ...given("faults", charged.faults.get(id)),
  }));
}

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;

function caseOf(scene: Scene, charged: Charged, one: CaseModel): CaseData {
  const { passed, failed } = one.evaluations;
  const faults = charged.faults.get(one.id);
  const place = whereOf(
    one,
    (faults ?? []).flatMap((index) => scene.model.faults[index] ?? []),
  );
  return {
    name: nameOf(one.name),
    status: one.status,
    evidence: one.evidence,
    boot: scene.bootAt(one.boot),
    log: one.origin.line,
    ...(one.description !== undefined && { description: text(one.description) }),
    ...given("reason", reasonOf(scene, one)),
    ...given("at", scene.at(isRed(one.status) ? place : one)),
    ...given("ms", one.durationMs),
    ...(passed + failed > 0 && { counts: [passed, failed] as const }),
    ...given("assertions", some([...assertionsOf(scene, one.assertions)])),
    ...given(
      "output",
      some(
        one.output.map(({ line, text: plain, painted }) => ({
          line,
          spans: spansOf(painted ?? plain, CONSOLE_MAX),
        })),
      ),
    ),
    ...(one.droppedConsoleLines > 0 && { hiddenLines: one.droppedConsoleLines }),
    ...given(
      "measured",
      some(
        measuredOf(one).map(({ name, title, text: words, value }) => [name, title, words, value] as const),
      ),
    ),
    ...given("attempts", some(attemptsOf(scene, charged, one))),
    ...(isFlaky(one) && { flaky: true }),
    ...given("faults", some(faults)),
    ...given("findings", some(charged.findings.get(one.id))),
    ...(isRed(one.status) &&
      given("again", againOf(scene.model, one, scene.model.boots[scene.bootAt(one.boot)]))),
    ...historyOf(scene, one),
  };
}

const LETTERS = new Map(Object.entries(PAST).map(([letter, status]) => [status, letter]));

/** What earlier runs said of it, and how it turned out beside the last of them. */
function historyOf(scene: Scene, one: CaseModel): Pick<CaseData, "past" | "turn"> {
  if (scene.model.history === undefined) return {};
  const past = scene.past(one);
  return {
    ...given("past", past?.map((status) => LETTERS.get(status) ?? "-").join("")),
    ...given("turn", turnOf(one.status, past)),
  };
}

/** Why it is not passed, and why that does not count where it is known. */
function reasonOf({ model }: Scene, one: CaseModel): string | undefined {
  const known = knownCase(model, one);
  if (known === undefined) return one.reason === undefined ? undefined : text(one.reason);
  return text(
    `known, and not counted (${known.by}: ${known.reason})${one.reason === undefined ? "" : `: ${one.reason}`}`,
  );
}

/** A suite, case by case, so that nobody has to hold all of them. */
export function* casesOf(scene: Scene, charged: Charged, suite: SuiteModel): Generator<CaseData> {
  for (const one of suite.cases) yield caseOf(scene, charged, one);
}

/** A suite without its cases. */
export const suiteOf = (scene: Scene, suite: SuiteModel): Omit<SuiteData, "cases"> => ({
  name: nameOf(suite.name),
  ...given("machine", scene.machineAt(suite)),
});
