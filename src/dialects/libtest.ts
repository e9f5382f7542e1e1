/**
 * Tests of Rust: libtest as text and as JSON, ktest of Asterinas, frameworks of kernels without a standard library, and
 * defmt-test. All of them say in front how many cases there are.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";
import { Custom } from "./libtest/custom.js";
import { Defmt } from "./libtest/defmt.js";
import { Json } from "./libtest/json.js";
import { isPanic } from "./libtest/panic.js";
import { Reasons } from "./libtest/reasons.js";
import { Text } from "./libtest/text.js";

class Lines implements GrammarLines {
  readonly #reasons = new Reasons();
  readonly #text = new Text(this.#reasons);
  readonly #custom = new Custom(this.#reasons);
  readonly #defmt = new Defmt();
  readonly #json = new Json();

  rows(text: string): readonly Row[] {
    if (this.#text.begins(text)) this.#custom.leave();
    const rows = this.#resultsIn(text);
    if (rows === undefined) return this.#reasons.rows(text) ?? [];
    if (!rows.some(({ type }) => type === "about")) this.#reasons.close();
    return rows;
  }

  quotes(text: string): boolean {
    return this.#reasons.quotes(text) || (this.#text.isToPanic && isPanic(text));
  }

  frontOf(text: string): number {
    return Math.max(this.#text.frontOf(text), this.#custom.frontOf(text));
  }

  #resultsIn(text: string): readonly Row[] | undefined {
    return (
      this.#json.rows(text) ??
      this.#defmt.rows(text) ??
      this.#custom.rows(text) ??
      this.#text.rows(text, this.#custom.isPlanned)
    );
  }
}

/** Many programs say what they are about to run. */
const COMMON: ReadonlySet<Row["type"]> = new Set(["group", "note", "failure", "about", "flaw"]);

export const dialect = dialectOf({
  name: "libtest",
  summary: "Rust's libtest, ktest, custom test frameworks and defmt-test",
  suite: "libtest",
  plansGroups: true,
  hint: /\btests? (?:result|passed)|unning \d|\.\.\.|\[(?:[Oo][Kk]|[Ff]ailed|FAILED|ignored|skipped)\]|(?:ok|FAILED|failed)(?: <|\s*$)|"type"|(?:failures|successes):|---- |anicked at |\.rs:\d|note: run|stack (?:back)?trace|Running |Doc-tests |ktest|^error: |has overflowed its stack/,
  line: /^(?:test \S.{0,400} \.\.\.|test result: |running \d|Running \d|\[ktest runner\] | ?(?:ok|FAILED)$|\S.{0,400}\.\.\.\s{0,8}\[(?:ok|failed|ignored|skipped)\]|\{ ?"type": ?"(?:suite|test|bench)"|(?:failures|successes):$)/i,
  isProof: ({ type }) => !COMMON.has(type),
  open: () => new Lines(),
});
