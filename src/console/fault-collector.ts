/**
 * Collects the lines of crash screens: asks the fault families who begins, lets the open one take what belongs to it,
 * and puts the console around it into the record. It knows no family by name.
 */
import type { Claim } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { Exception, ExcerptLine, Register } from "../core/fault.js";
import { RESET_MARK, type Segment } from "../core/segment.js";
import type { FaultDescription, FaultDraft } from "../core/fault/family.js";
import { bareFamilies, explained, families, isUnexplained, mayExplain } from "../faults/unikraft/families.js";

const LINES_BEFORE = 8;
const REASONS = 4;
const NO_LINES: readonly Segment[] = [];
const LINES_OF_SCREEN = 80;
const EXCERPT_CHARS = 300;
const FOREIGN_LINES = 4;
/** A screen with all frames and memory dumps has hundreds of lines, and a guest that survives faults has some. */
const ENDLESS_LINES = 5000;
const ENDLESS_FAULTS = 500;
const HEADER = `test:${RESET_MARK} `;

export class FaultCollector {
  #draft: FaultDraft | undefined;
  #begun: Segment | undefined;
  #excerpt: ExcerptLine[] = [];
  readonly #recent: ExcerptLine[] = [];
  #sawPrefix = false;
  #sawLevel = false;
  #before: Segment | undefined;
  #exception: Exception | undefined;
  #last: FaultDescription | undefined;
  /** Lines in front of this one that may say why the guest dies. */
  #why: readonly Segment[] = NO_LINES;
  /** Lines of the open screen, and faults in a row with nothing but the kernel's words between them. */
  #lines = 0;
  #faults = 0;
  /** Lines of other writers since the last line of the open screen. */
  #foreign = 0;

  /** True once the kernel has printed with its prefix: from then on a bare line is not the kernel's. */
  get sawPrefix(): boolean {
    return this.#sawPrefix;
  }

  /** True once Unikraft's kernel has printed a level: no other kernel's clock looks like that. */
  get sawLevel(): boolean {
    return this.#sawLevel;
  }

  /** True while a fault still takes lines. */
  get isOpen(): boolean {
    return this.#draft !== undefined;
  }

  /** True once the guest has printed far more than any crash screen is long: it is dead, and its screen has no end. */
  get isEndless(): boolean {
    return this.#lines > ENDLESS_LINES || this.#faults > ENDLESS_FAULTS;
  }

  /** A result that no family needs to see still stood in front of a crash. */
  quote(segment: Segment): void {
    this.#why = NO_LINES;
    this.#remember(quote(segment));
    this.#before = segment;
  }

  /** Shows a segment to the open fault or to all families. A fault that ends here is returned. */
  see(segment: Segment): { readonly fault: Claim | undefined; readonly taken: boolean } {
    if (segment.prefix !== undefined) {
      this.#sawPrefix = true;
      if (segment.prefix.level !== undefined) this.#sawLevel = true;
    }
    const quoted = quote(segment);
    this.#forgetEarlierCases(segment);
    if (this.#draft?.take(segment) === true) {
      if (this.#excerpt.length < LINES_OF_SCREEN) this.#excerpt.push(quoted);
      this.#foreign = 0;
      this.#lines += 1;
      return { fault: undefined, taken: true };
    }
    if (this.#draft !== undefined && this.#mayInterrupt(segment)) return { fault: undefined, taken: false };
    const fault = this.flush();
    const draft = this.#begin(segment);
    if (segment.prefix !== undefined) this.#keepReason(segment);
    if (draft !== undefined) this.#excerpt = [...this.#recent, quoted];
    else this.#remember(quoted);
    this.#before = segment;
    return { fault, taken: draft !== undefined };
  }

  /** Results that were counted without being read still stood in front of a crash. */
  passed(count: number, line: number): void {
    this.#remember({ line, text: `(${String(count)} passed results)` });
  }

  /** The registers of the open fault, where its screen does not say which exception it was. */
  get unexplained(): readonly Register[] | undefined {
    const said = this.#draft?.finish();
    return said !== undefined && isUnexplained(said) ? said.registers : undefined;
  }

  /** The last fault that a screen has reported, also one that is still open. */
  get last(): FaultDescription | undefined {
    return this.#draft?.finish() ?? this.#last;
  }

  /** What the guest's memory says of the open fault. */
  explain(exception: Exception): void {
    this.#exception = exception;
  }

  /** The open fault, finished. */
  flush(): Claim | undefined {
    if (this.#draft === undefined || this.#begun === undefined) return undefined;
    const said = this.#draft.finish();
    const known = this.#exception === undefined ? said : explained(said, this.#exception);
    this.#exception = undefined;
    this.#last = known;
    const { stackTop, outlook, ...fault } = decoded(known);
    const claim: Claim = {
      type: "fault",
      fault: { ...fault, excerpt: this.#excerpt },
      stackTop,
      ...(outlook !== undefined && { outlook }),
      at: this.#begun,
    };
    this.#draft = undefined;
    return claim;
  }

  /** Output that another writer prints into a screen does not end it, unless there is much of it. */
  #mayInterrupt(segment: Segment): boolean {
    // A screen that tries out its own stack meets holes.
    if (mayExplain(segment)) return true;
    // Debug messages of the kernel are printed by whatever the crash interrupted; its other levels end a screen.
    if ((segment.prefix !== undefined && segment.prefix.level !== "dbg") || segment.body.includes(RESET_MARK))
      return false;
    if (segment.body.trim() === "") return true;
    this.#foreign += 1;
    return this.#foreign <= FOREIGN_LINES;
  }

  #begin(segment: Segment): FaultDraft | undefined {
    this.#foreign = 0;
    // A guest without any prefix is believed by the exact form of its lines; with one, only the kernel is.
    for (const family of this.#sawPrefix ? families : bareFamilies) {
      this.#draft = family.begin(segment, this.#before, this.#why);
      if (this.#draft === undefined) continue;
      this.#begun = segment;
      this.#lines = 0;
      this.#faults += 1;
      return this.#draft;
    }
    return undefined;
  }

  /** A reason counts until the kernel says anything else. */
  #keepReason(segment: Segment): void {
    if (mayExplain(segment)) this.#why = [...this.#why, segment].slice(-REASONS);
    else if (this.#why.length > 0) this.#why = NO_LINES;
  }

  /** What stood in front of the running case explains nothing of its crash. */
  #forgetEarlierCases(segment: Segment): void {
    if (!segment.body.includes(HEADER)) return;
    this.#recent.length = 0;
    this.#faults = 0;
  }

  #remember(line: ExcerptLine): void {
    this.#recent.push(line);
    if (this.#recent.length > LINES_BEFORE) this.#recent.shift();
  }
}

/** Families read one character per byte; a record is text. */
const decoded = (fault: FaultDescription): FaultDescription => ({
  ...fault,
  title: decodeText(fault.title),
  ...(fault.file !== undefined && { file: decodeText(fault.file) }),
});

const quote = (segment: Segment): ExcerptLine => ({
  line: segment.line,
  text: decodeText(segment.body.slice(0, EXCERPT_CHARS)),
});
