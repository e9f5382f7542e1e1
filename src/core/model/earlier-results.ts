/** What a stream says of earlier runs, piece by piece: a baseline, a history. It compares nothing. */
import type { BaselineCase, BaselineGiven, HistoryCase, HistoryGiven } from "../events.js";
import type { RunModel } from "../model.js";

export class EarlierResults {
  #baseline:
    { readonly name: string; readonly cases: BaselineCase[]; readonly findings: string[] } | undefined;
  #history: { readonly runs: readonly string[]; readonly cases: HistoryCase[] } | undefined;

  given({ name, cases, findings }: BaselineGiven): void {
    this.#baseline ??= { name, cases: [], findings: [] };
    for (const one of cases) this.#baseline.cases.push(one);
    for (const one of findings) this.#baseline.findings.push(one);
  }

  /** Statuses stand for the runs by their position: those of another list mean nothing here. */
  remembered({ runs, cases }: HistoryGiven): void {
    this.#history ??= { runs, cases: [] };
    if (this.#history.runs.join("\0") === runs.join("\0"))
      for (const one of cases) this.#history.cases.push(one);
  }

  /** What of it the model has. */
  parts(): Pick<RunModel, "baseline" | "history"> {
    return {
      ...(this.#baseline !== undefined && { baseline: this.#baseline }),
      ...(this.#history !== undefined && { history: this.#history }),
    };
  }
}
