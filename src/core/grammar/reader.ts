/**
 * Makes a dialect of a line grammar: finds its lines on the console, holds those back that another program may have
 * printed, and takes only lines in the form of the first one. What the lines mean is the grammar's, what they prove
 * account.ts's.
 */
import type { Claim } from "../claims.js";
import type { Dialect, DialectReader } from "../dialect.js";
import { cutLead } from "../fault/lead.js";
import type { Segment } from "../segment.js";
import { Account } from "./account.js";
import { formOf } from "./form.js";
import type { Grammar, GrammarLines, Row } from "./grammar.js";

/** Lines that are held back until one of them proves whose they are. */
const MOST_HELD = 20_000;
const NONE: readonly Row[] = [];

interface Held {
  readonly at: Segment;
  readonly text: string;
  readonly rows: readonly Row[];
}

class GrammarReader implements DialectReader {
  owns = false;
  #account: Account;
  #lines: GrammarLines;
  #form: string | undefined;
  #held: Held[] = [];
  /** The last line of the tests. */
  #last: Segment | undefined;
  /** Another kernel, which has a dialect of its own, has printed a word: nothing is certain before the end. */
  #mustWait = false;

  constructor(
    private readonly grammar: Grammar,
    private readonly isNamed: boolean,
  ) {
    this.#account = new Account(grammar);
    this.#lines = grammar.open();
  }

  get holds(): boolean {
    return this.owns ? this.#account.holds : this.#held.length > 0;
  }

  get isIdle(): boolean {
    return !this.owns && this.#held.length === 0 && this.#lines.wantsAll !== true;
  }

  line(segments: readonly Segment[]): readonly Claim[] {
    for (const segment of segments) this.#segment(segment);
    return this.#account.take();
  }

  settle(): readonly Claim[] {
    if (this.owns) this.#account.settle();
    return this.#account.take();
  }

  end(): readonly Claim[] {
    if (this.owns) this.#account.end(this.#last);
    return this.#account.take();
  }

  adopts(): boolean {
    if (this.owns) return true;
    const proves = this.#mustWait ? (row: Row) => this.#proves(row) : isCase;
    if (this.#held.some(({ rows }) => rows.some(proves))) this.#own();
    return this.owns;
  }

  kernelSpoke(): void {
    if (this.owns || this.isNamed) return;
    // Its own tests may be still to come; what its applications print counts where they do not.
    this.#mustWait = true;
    if (this.#held.some(({ rows }) => rows.some((row) => this.#proves(row)))) return;
    this.#held = [];
  }

  isTestLine({ body }: Segment): boolean {
    if (!this.owns) return false;
    const { hint, line } = this.grammar;
    if (!hint.test(body)) return false;
    const text = cutLead(body);
    return line.test(text) || this.#lines.quotes?.(text) === true;
  }

  restarted(): void {
    if (!this.owns) return;
    this.#account = new Account(this.grammar);
    this.#lines = this.grammar.open();
  }

  frontOf({ body }: Segment): number {
    if (this.#lines.frontOf === undefined || !(this.owns || this.#held.length > 0)) return 0;
    const text = cutLead(body);
    const front = this.#lines.frontOf(text);
    return front === 0 ? 0 : front + body.length - text.length;
  }

  #segment(segment: Segment): void {
    const at = withoutFirmware(segment);
    const isWanted = this.#lines.wantsAll === true || this.grammar.hint.test(at.body);
    const whole = isWanted || this.#account.isListening ? cutLead(at.body) : "";
    const text = whole.trimEnd();
    const rows = isWanted ? this.#rowsOf(at, text, whole) : NONE;
    if (this.owns) return this.#feed({ at, text, rows });
    if (rows.length === 0 && this.#held.length === 0) return;
    this.#hold({ at, text, rows });
    const isProven = !this.#mustWait && rows.some((row) => this.#proves(row));
    if (this.isNamed || isProven) this.#own();
  }

  #proves(row: Row): boolean {
    return row.isCommon !== true && (this.grammar.isProof?.(row) ?? true);
  }

  #rowsOf(at: Segment, text: string, whole: string): readonly Row[] {
    // A stamp that the form does not have is another writer's too.
    const form = `${formOf(at)}${at.body === whole ? "" : " stamped"}`;
    if (at.droppedBytes > 0 || (this.#form !== undefined && form !== this.#form)) {
      this.#lines.foreign?.();
      return NONE;
    }
    if (at.colours !== undefined || at.nulAt.length > 0) this.#lines.foreign?.();
    const rows = this.#lines.rows(text, whole);
    if (rows.length > 0) this.#form ??= form;
    return rows;
  }

  #hold(held: Held): void {
    this.#held.push(held);
    if (this.#held.length < 2 * MOST_HELD) return;
    this.#held = this.#held.filter(({ rows }) => rows.length > 0).slice(-MOST_HELD);
    if (this.#held.length === MOST_HELD && !this.#mustWait) this.#own();
  }

  #own(): void {
    this.owns = true;
    for (const held of this.#held.splice(0)) this.#feed(held);
  }

  #feed({ at, text, rows }: Held): void {
    if (rows.length > 0) this.#last = at;
    const isCut = !at.terminated && rows.length === 0 && this.grammar.line.test(text);
    if (isCut) this.#account.row({ type: "flaw", words: "the last line is cut" }, at, false);
    else if (rows.length === 0) this.#account.line(text, at);
    for (const row of rows) {
      this.#account.row(row, at, !at.terminated);
      if (row.type === "restarted") this.#account = new Account(this.grammar, this.#account.take());
    }
  }
}

/** The last words of SeaBIOS have no line end: the first line of the guest stands after them. */
const FIRMWARE = /^Booting from [\w /]{1,20}\.{2,3} ?(?=\S)/;

const withoutFirmware = (at: Segment): Segment =>
  at.body.startsWith("Booting from ") ? { ...at, body: at.body.replace(FIRMWARE, "") } : at;

const isCase = ({ type, isCommon }: Row): boolean =>
  isCommon !== true && (type === "case" || type === "begin" || type === "end");

/** The dialect of a grammar. */
export const dialectOf = (grammar: Grammar): Dialect => ({
  name: grammar.name,
  summary: grammar.summary,
  hint: grammar.hint,
  ...(grammar.precedence !== undefined && { precedence: grammar.precedence }),
  open: () => new GrammarReader(grammar, false),
  openNamed: () => new GrammarReader(grammar, true),
});
