/**
 * defmt-test: `(1/9) running `name`...`, each line with the number of its case. A case has passed once the next one begins,
 * and only `all tests passed!` is an end.
 *
 * Source: knurling-rs defmt 0.1 to 0.4, firmware/defmt-test/macros/src/lib.rs.
 */
import type { Row } from "../../core/grammar/grammar.js";

/** Its printer puts a time and a level in front, and may put the place after it. */
const PLACE = String.raw`(?: \([^()]{1,300}\))?`;
const LEAD = String.raw`(?:\d{1,9}(?:\.\d{1,9})? )?(?:\[?INFO ?\]? {1,6})?`;
const CASE = new RegExp(
  String.raw`^${LEAD}\((\d{1,7})/(\d{1,7})\) (running|ignoring) ${"`"}(.{1,400})${"`"}\.\.\.${PLACE}$`,
);
const END = new RegExp(`^${LEAD}all tests passed!${PLACE}$`);

export class Defmt {
  #isOpen = false;

  rows(text: string): readonly Row[] | undefined {
    const [, number, of, word, name] = CASE.exec(text) ?? [];
    if (name !== undefined) return this.#case(Number(number), Number(of), name, word === "running");
    if (!this.#isOpen || !END.test(text)) return undefined;
    this.#isOpen = false;
    return [{ type: "group-end", ok: true, isClosed: true }];
  }

  #case(number: number, cases: number, name: string, runs: boolean): readonly Row[] {
    const isFirst = number === 1 || !this.#isOpen;
    this.#isOpen = true;
    const group: readonly Row[] = isFirst ? [{ type: "group", cases, isClosed: true }] : [];
    const row: Row = runs
      ? { type: "begin", name, number, passesByGoingOn: true }
      : { type: "case", status: "skipped", name, isClosed: true };
    return [...group, row];
  }
}
