/**
 * Red cases that are red in several cells of a matrix for the same reasons: one of them is explained, the others are named
 * below it. Where a case is red for another reason it is explained there as well.
 */
import { matrixOf } from "../../src/core/model/matrix.js";
import { sitesOf } from "../../src/core/model/sites.js";
import { sourceParts } from "../../src/core/model/sources.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import { isRed } from "../../src/core/statuses.js";
import { firstOf } from "../../src/text/shorten.js";
import { columnName } from "./matrix.js";

export interface Alike {
  /** True for a case that one before it speaks for. */
  readonly isRepeated: (one: CaseModel) => boolean;
  /** `the same on qemu-x86_64, v86`; undefined for a case that speaks for itself alone. */
  readonly words: (one: CaseModel) => string | undefined;
}

const MOST_NAMED = 8;

const NONE: Alike = { isRepeated: () => false, words: () => undefined };

/** Finds them; a run on one machine with one profile has none. */
export function alikeIn(model: RunModel): Alike {
  const matrix = matrixOf(model);
  if (matrix === undefined) return NONE;
  const cells = new Map(
    matrix.rows.map(({ program, cells }) => [program, cells.filter((cell) => cell !== undefined).length]),
  );
  const sourceOf = new Map(model.boots.map(({ id, source }) => [id, sourceParts(source)]));
  const columnOf = ({ boot }: CaseModel): string | undefined => {
    const parts = sourceOf.get(boot);
    return parts && columnName(parts);
  };
  const firsts = new Map<string, CaseModel>();
  const others = new Map<string, Set<string>>();
  const repeated = new Set<string>();
  for (const { cases } of model.suites)
    for (const one of cases) {
      const parts = sourceOf.get(one.boot);
      if (!isRed(one.status) || parts === undefined) continue;
      const key = JSON.stringify([
        ...[parts.program, one.suite, one.name, one.status],
        ...sitesOf(one, model.faults),
      ]);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, one);
      // Two results in one cell, as with --repeat, are no repetition.
      else if (columnOf(first) !== columnName(parts)) {
        repeated.add(one.id);
        others.set(first.id, (others.get(first.id) ?? new Set()).add(columnName(parts)));
      }
    }
  return {
    isRepeated: ({ id }) => repeated.has(id),
    words: ({ id, boot }) => {
      const named = [...(others.get(id) ?? [])];
      if (named.length === 0) return undefined;
      const all = cells.get(sourceOf.get(boot)?.program ?? "");
      if (named.length > 1 && named.length + 1 === all) return "the same everywhere else";
      const { shown, more } = firstOf(named, MOST_NAMED);
      return `the same on ${[...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ")}`;
    },
  };
}
