/** Finds a boot of a run by its id, and the faults of a case by its: asked for every case, so each list is read once. */
import type { BootModel, FaultModel, RunModel } from "../model.js";

/** An index of a list that only grows: it is made anew when the list has grown. */
interface Index<T> {
  readonly length: number;
  readonly by: ReadonlyMap<string, T>;
}

const boots = new WeakMap<readonly BootModel[], Index<BootModel>>();
const faults = new WeakMap<readonly FaultModel[], Index<readonly FaultModel[]>>();

/** The boot with an id; undefined where the run has none. */
export function bootOf(model: Pick<RunModel, "boots">, id: string): BootModel | undefined {
  let index = boots.get(model.boots);
  if (index?.length !== model.boots.length) {
    // Of several with one id the first counts.
    index = {
      length: model.boots.length,
      by: new Map([...model.boots].reverse().map((one) => [one.id, one])),
    };
    boots.set(model.boots, index);
  }
  return index.by.get(id);
}

/** The faults of a case, in their order. */
export function faultsOfCase(all: readonly FaultModel[], id: string): readonly FaultModel[] {
  let index = faults.get(all);
  if (index?.length !== all.length) {
    index = { length: all.length, by: byCase(all) };
    faults.set(all, index);
  }
  return index.by.get(id) ?? [];
}

function byCase(all: readonly FaultModel[]): ReadonlyMap<string, readonly FaultModel[]> {
  const found = new Map<string, FaultModel[]>();
  for (const fault of all) {
    if (fault.caseId === undefined) continue;
    const some = found.get(fault.caseId);
    if (some === undefined) found.set(fault.caseId, [fault]);
    else some.push(fault);
  }
  return found;
}
