/**
 * Test frameworks that kernels without a standard library write for themselves: `Running N tests`, then `name... [ok]` for
 * each. Nothing is printed after the last one, so that the plan is the end; a panic after a failure says why.
 *
 * Source: the form of custom_test_frameworks in kernels after Philipp Oppermann's blog_os.
 */
import type { Row, RowStatus } from "../../core/grammar/grammar.js";
import type { Reasons } from "./reasons.js";

const PLAN = /^Running (\d{1,7}) tests?(?:\.{1,3}|:)?$/;
const WHOLE = /^(\S.{0,400}?) ?\.\.\.\s{0,8}\[(ok|failed|ignored|skipped)\]$/i;
const WORD = /^\[(ok|failed|ignored|skipped)\]$/i;
/** A name without its result; one of these forms is hardly anything else. */
const BEGIN = /^(\S{1,400}?)\.\.\.$/;
const CERTAIN = /::|\w_\w/;
const FRONT = /^(\S{1,400}?)\.\.\.([ \t]{1,8})(?=\S)/;

const MOST_NAMES = 20_000;

function statusOf(word = ""): RowStatus {
  switch (word.toLowerCase()) {
    case "ok":
      return "passed";
    case "failed":
      return "failed";
    default:
      return "skipped";
  }
}

export class Custom {
  /** Cases that the plan still lacks; undefined where no plan was seen. */
  #left: number | undefined;
  #running: string | undefined;
  readonly #names = new Set<string>();
  #endedApart = false;

  constructor(private readonly reasons: Reasons) {}

  /** True after a plan of this form. */
  get isPlanned(): boolean {
    return this.#left !== undefined;
  }

  /** Another form has begun a group. */
  leave(): void {
    this.#left = undefined;
    this.#running = undefined;
  }

  rows(text: string): readonly Row[] | undefined {
    const [, cases] = PLAN.exec(text) ?? [];
    if (cases !== undefined) return this.#begin(Number(cases));
    if (this.#left === undefined) return undefined;
    const [, name = "", word] = WHOLE.exec(text) ?? [];
    if (word !== undefined) return this.#ended(name, word, false);
    const [, apart] = WORD.exec(text) ?? [];
    if (apart !== undefined) return this.#apart(apart);
    const [, begun] = BEGIN.exec(text) ?? [];
    return begun === undefined ? undefined : this.#begun(begun);
  }

  /** See GrammarLines. */
  frontOf(text: string): number {
    if (this.#left === undefined || WHOLE.test(text.trimEnd())) return 0;
    const [front, name = "", space] = FRONT.exec(text) ?? [];
    return front !== undefined && (space === "\t" || name.includes("::")) ? front.length : 0;
  }

  #begin(cases: number): readonly Row[] {
    this.#left = cases;
    this.#running = undefined;
    this.#endedApart = false;
    this.#names.clear();
    this.reasons.begin();
    return [{ type: "group", cases, endsByPlan: true }];
  }

  /** After its plan only what is hardly anything else begins a case, which then is one too many. */
  #begun(name: string): readonly Row[] | undefined {
    const isCertain = CERTAIN.test(name);
    if (!isCertain && (this.#left ?? 0) <= 0) return undefined;
    this.#running = name;
    this.#endedApart = false;
    return [isCertain ? { type: "begin", name } : { type: "begin", name, isCommon: true }];
  }

  #apart(word: string): readonly Row[] | undefined {
    const name = this.#running;
    if (name !== undefined) return this.#ended(name, word, true);
    if (statusOf(word) !== "failed" && !this.#endedApart) return undefined;
    return [{ type: "flaw", words: `a second result where no case runs: [${word}]` }];
  }

  /** The plan is all the proof there is, and a copy of a line is no further case. */
  #again(name: string): readonly Row[] {
    if (this.#names.has(name)) return [{ type: "flaw", words: `${name} has a second result` }];
    if (this.#names.size < MOST_NAMES) this.#names.add(name);
    return [];
  }

  #ended(name: string, word: string, isApart: boolean): readonly Row[] {
    const status = statusOf(word);
    this.#running = undefined;
    this.#endedApart = isApart;
    this.#left = (this.#left ?? 0) - 1;
    const awaits = status === "failed" ? { awaits: true as const } : {};
    const row: Row = isApart
      ? { type: "end", status, ...awaits, isClosed: true }
      : { type: "case", status, name, ...awaits, isClosed: true };
    const rows = [...this.#again(name), row];
    return status === "failed" ? [...rows, ...this.reasons.follow(name)] : rows;
  }
}
