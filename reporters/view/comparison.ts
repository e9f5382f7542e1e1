/**
 * Puts a run's comparison with its baseline into words: counts, and the names of what changed. It compares nothing itself.
 */
import { compare, type Comparison } from "../../src/core/model/compare.js";
import { type Known, knownCase, titleOf } from "../../src/core/model/known.js";
import type { CaseModel, FindingModel, RunModel } from "../../src/core/model.js";
import { casesOf } from "../../src/core/model/counts.js";

export interface Change {
  readonly word: string;
  readonly names: readonly string[];
  /** How good or bad it is. */
  readonly tone: "bad" | "odd" | "good" | "faint";
}

const namesOf = (cases: readonly CaseModel[]): readonly string[] => cases.map(titleOf);

function changesIn(comparison: Comparison): readonly Change[] {
  const broken = new Set(comparison.newlyBroken);
  const added = comparison.added.filter((one) => !broken.has(one));
  return [
    { word: "newly broken", names: namesOf(comparison.newlyBroken), tone: "bad" },
    { word: "still broken", names: namesOf(comparison.stillBroken), tone: "odd" },
    { word: "newly fixed", names: namesOf(comparison.newlyFixed), tone: "good" },
    { word: "new", names: namesOf(added), tone: "faint" },
    { word: "gone", names: comparison.gone, tone: "odd" },
  ];
}

export interface Changes {
  /** What the run was compared with. */
  readonly name: string;
  readonly all: readonly Change[];
  /** `1 newly broken, 2 gone`, or that nothing changed. */
  readonly words: string;
}

/** What changed against the baseline; nothing where there is none. */
export function changesOf(model: RunModel): Changes | undefined {
  const comparison = compare(model);
  if (comparison === undefined) return undefined;
  const all = changesIn(comparison).filter(({ names }) => names.length > 0);
  const fresh = comparison.newFindings;
  const words = [
    ...all.map(({ word, names }) => `${names.length} ${word}`),
    ...(fresh.length > 0 ? [newWords(fresh)] : []),
  ];
  return { name: comparison.name, all, words: words.length === 0 ? "nothing changed" : words.join(", ") };
}

/** `2 new UBSAN`, and `2 new findings` where there are other kinds. */
const newWords = (findings: readonly FindingModel[]): string =>
  `${findings.length} new ${findings.every(({ kind }) => kind === "ubsan") ? "UBSAN" : findings.length === 1 ? "finding" : "findings"}`;

export interface KnownRow {
  readonly one: CaseModel;
  readonly by: Known["by"];
  readonly reason: string;
}

/** Red cases that do not count, and why. */
export const knownRows = (model: RunModel): readonly KnownRow[] =>
  casesOf(model).flatMap((one) => {
    const known = knownCase(model, one);
    return known === undefined ? [] : [{ one, ...known }];
  });
