/**
 * Puts JUnit cases into suites: those of the guest in their order, what happened outside any suite after them, every
 * classname and name once. It does not nest: half of the consumers lose nested suites.
 */
import { knownCase } from "../../src/core/model/known.js";
import type { RunModel } from "../../src/core/model.js";
import { type Extra, extrasOf } from "../view/extras.js";
import { faultsByCase } from "../view/failures.js";
import { nameOf } from "../view/line.js";
import { bootNamer } from "../view/names.js";
import { ofCase, ofExtra, propertiesOf, type Settings } from "./cases.js";
import type { JunitCase, JunitSuite } from "./document.js";

const OUTSIDE = "uktest";

/** Numbers whatever repeats: GitLab keeps only the first case of a name. */
class Uniquely {
  readonly #seen = new Set<string>();
  readonly #next = new Map<string, number>();

  named(one: JunitCase): JunitCase {
    const base = `${one.classname}\0${one.name}`;
    let number = this.#next.get(base) ?? 1;
    const nameAt = (at: number): string => (at === 1 ? one.name : `${one.name} (${at})`);
    while (this.#seen.has(`${one.classname}\0${nameAt(number)}`)) number += 1;
    this.#next.set(base, number + 1);
    this.#seen.add(`${one.classname}\0${nameAt(number)}`);
    return number === 1 ? one : { ...one, name: nameAt(number) };
  }
}

/** The suite something outside the cases belongs to, by boot and name; undefined for none. */
function ownerOf(model: RunModel): (extra: Extra) => string | undefined {
  const byCase = new Map(
    model.suites.flatMap((suite) => suite.cases.map((one) => [one.id, keyOf(suite)] as const)),
  );
  const known = new Set(model.suites.map(keyOf));
  return (extra) => {
    if (extra.kind !== "finding" && extra.kind !== "fault") return undefined;
    const { boot, caseId } = extra.kind === "finding" ? extra.finding : extra.fault;
    const suite = extra.kind === "fault" ? extra.fault.suite : undefined;
    if (caseId !== undefined) return byCase.get(caseId);
    const key = suite === undefined ? undefined : keyOf({ boot, name: suite });
    return key !== undefined && known.has(key) ? key : undefined;
  };
}

const keyOf = ({ boot, name }: { readonly boot: string; readonly name: string }): string =>
  `${boot}\0${name}`;

const bootOf = (extra: Extra): string | undefined => {
  switch (extra.kind) {
    case "finding":
      return extra.finding.boot;
    case "fault":
      return extra.fault.boot;
    case "problem":
      return extra.problem.boot;
    case "run":
      return undefined;
  }
};

/** All suites of a run. With several boots a class is called `boot/suite`. */
export function suitesOf(model: RunModel, settings: Settings): readonly JunitSuite[] {
  const nameBoot = bootNamer(model);
  const faultsOf = faultsByCase(model);
  const unique = new Uniquely();
  const classname = (boot: string | undefined, suite: string): string => {
    const label = nameBoot(boot);
    return label === undefined ? suite : `${label}/${suite}`;
  };
  const owner = ownerOf(model);
  const owned = new Map<string | undefined, Extra[]>();
  for (const extra of extrasOf(model)) {
    const key = owner(extra);
    const known = owned.get(key);
    if (known === undefined) owned.set(key, [extra]);
    else known.push(extra);
  }
  const extrasIn = (key: string | undefined, name: (extra: Extra) => string): readonly JunitCase[] =>
    (owned.get(key) ?? []).flatMap((extra) => ofExtra(settings, extra, name(extra)) ?? []);
  const suites = model.suites.map((suite): JunitSuite => {
    const name = classname(suite.boot, nameOf(suite.name));
    const cases = suite.cases.map((one) => ofCase(settings, one, name, faultsOf(one), knownCase(model, one)));
    const all = [...cases, ...extrasIn(keyOf(suite), () => name)];
    return {
      name,
      properties: propertiesOf(model, suite.boot),
      cases: all.map((one) => unique.named(one)),
    };
  });
  const outside = extrasIn(undefined, (extra) => classname(bootOf(extra), OUTSIDE)).map((one) =>
    unique.named(one),
  );
  return outside.length === 0 ? suites : [...suites, { name: OUTSIDE, properties: {}, cases: outside }];
}
