/**
 * The counts that Linux prints of its own tests, in comments: `# NAME: pass:4 fail:0 skip:0 total:4` after the points of
 * a suite or of the parameters of a case, `# Totals: …` after those of a suite or a program.
 *
 * Source: linux lib/kunit/test.c (kunit_print_test_stats), tools/testing/selftests/kselftest.h (ksft_print_cnts).
 */

export interface Summary {
  readonly fail: number;
  readonly total: number;
}

export interface NamedSummary extends Summary {
  /** `Totals` is the name of no subtest. */
  readonly name: string;
}

const KUNIT = /^# (.{1,400}): pass:(\d{1,9}) fail:(\d{1,9}) skip:(\d{1,9}) total:(\d{1,9})\s*$/;
const KSELFTEST =
  /^# Totals: pass:(\d{1,9}) fail:(\d{1,9}) xfail:(\d{1,9}) xpass:(\d{1,9}) skip:(\d{1,9}) error:(\d{1,9})\s*$/;

const sum = (...numbers: readonly (string | undefined)[]): number =>
  numbers.reduce((all, one) => all + Number(one ?? 0), 0);

/** Reads a comment that holds counts; its text begins with the `#`. */
export function readSummary(text: string): NamedSummary | undefined {
  if (!text.includes(": pass:")) return undefined;
  const kunit = KUNIT.exec(text);
  if (kunit !== null) {
    const [, name = "", , fail, , total] = kunit;
    return { name, fail: Number(fail), total: Number(total) };
  }
  const kselftest = KSELFTEST.exec(text);
  if (kselftest === null) return undefined;
  const [, pass, fail, xfail, xpass, skip, error] = kselftest;
  return { name: "Totals", fail: sum(fail, error), total: sum(pass, fail, xfail, xpass, skip, error) };
}

/** The counts that wait for the point of what they count; there are few at a time. */
export class Summaries {
  readonly #waiting = new Map<string, Summary>();

  add({ name, fail, total }: NamedSummary): void {
    if (this.#waiting.size < MOST_WAITING) this.#waiting.set(name, { fail, total });
  }

  take(name: string): Summary | undefined {
    const summary = this.#waiting.get(name);
    this.#waiting.delete(name);
    return summary;
  }
}

const MOST_WAITING = 64;
