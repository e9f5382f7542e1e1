/**
 * Decides which of the forms in lines.ts a boot's own test lines have. Everything in another form is application output.
 * It does not guess from a majority: a form that is harder to print by accident always wins.
 */
import type { Reading, TestForm } from "./lines.js";

/** Results in a form without a kernel prefix that settle it without waiting for the end of the boot. */
const SETTLED_AFTER_RESULTS = 16;

/** From strongest to weakest; among `printk` forms the one with more fields is stronger. */
function strength(form: TestForm): number {
  if (form.startsWith("printk:")) return 100 + form.split("+").length;
  const order: readonly TestForm[] = ["transcript", "early", "bare", "printf"];
  return order.indexOf(form);
}

/** What was seen of one boot so far. */
export interface FormVotes {
  readonly headers: ReadonlyMap<TestForm, number>;
  readonly results: ReadonlyMap<TestForm, number>;
}

/** Counts the forms of a reading into mutable votes. */
export class FormElection {
  readonly #headers = new Map<TestForm, number>();
  readonly #results = new Map<TestForm, number>();

  /** Takes a reading into account; returns the form once it is beyond doubt. */
  vote(reading: Reading): TestForm | undefined {
    const { line, forms } = reading;
    if (line.type === "header") for (const form of forms) bump(this.#headers, form);
    if (line.type === "result") for (const form of forms) bump(this.#results, form);
    const [only] = forms;
    if (only === undefined || line.type === "note" || line.type === "location") return undefined;
    // Time and level together are the kernel's own: no need to wait.
    if (
      forms.length === 1 &&
      only.startsWith("printk:") &&
      (only.includes("level") || line.type === "result")
    )
      return only;
    return (this.#results.get("printf") ?? 0) >= SETTLED_AFTER_RESULTS && this.#headers.has("printf")
      ? "printf"
      : undefined;
  }

  /** The strongest form with at least a header, when the boot is over or too much is held back. */
  decide(printsPrefix: boolean): TestForm | undefined {
    const withHeaders = [...this.#headers.keys()]
      .filter((form) => this.#mayBe(form, printsPrefix))
      .sort((a, b) => strength(b) - strength(a));
    // A header alone fits several forms; the one in which there are results too is meant.
    const form = withHeaders.find((one) => this.#results.has(one)) ?? withHeaders[0];
    // Marked results are a guest's own even where every header is lost.
    return form ?? (this.#results.has("printf") ? "printf" : undefined);
  }

  /** A header without any mark is what applications print too: only results in its form make it a guest's. */
  #mayBe(form: TestForm, printsPrefix: boolean): boolean {
    if (form === "early") return this.#results.has(form);
    // A kernel with its prefix is no transcript: its test lines would have their marks.
    return form !== "transcript" || (this.#results.has(form) && !printsPrefix);
  }
}

function bump(votes: Map<TestForm, number>, form: TestForm): void {
  votes.set(form, (votes.get(form) ?? 0) + 1);
}
