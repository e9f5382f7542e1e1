/**
 * Reads the test lines of Unikraft's uktest, every generation from 0.6 to 0.21 and the tutorial wording before it.
 * It believes only lines in the form of this boot's own results; the rest is output, and damage is named as damage.
 */
import { decodeText } from "../core/decode.js";
import type { Claim } from "../core/claims.js";
import { type KernelPrefix, RESET_MARK, type Segment } from "../core/segment.js";
import type { Dialect, DialectReader } from "../core/dialect.js";
import {
  type KernelHabits,
  looksLikeDamagedFront,
  looksLikeDamagedTestLine,
  looksLikeHeader,
  looksLikeLostLevel,
  looksLikeResult,
  looksLikeTranscript,
} from "./unikraft/damage.js";
import { FormElection } from "./unikraft/forms.js";
import { type CutLine, frontOf, isStale, join } from "./unikraft/joins.js";
import { type Reading, type TestForm, type TestLine, printkForm, readTestLine } from "./unikraft/lines.js";
import { overflowOf } from "./unikraft/overflow.js";
import { looksLikeDamagedReport } from "./unikraft/reports.js";

/** Segments held back while the form of the boot is not known. */
const HOLD_LIMIT = 4096;

/** Damaged lines that wait for a sign of Unikraft; one is enough to turn a run red. */
const MOST_DOUBTS = 16;

/** Fields that no other kernel prints: a level in front of a library or a file, the name of one of its libraries. */
const isOfUnikraft = ({ level, library, source }: KernelPrefix): boolean =>
  source !== undefined || (library !== undefined && (level !== undefined || /^(?:lib|app)/.test(library)));

class UnikraftReader implements DialectReader {
  #form: TestForm | undefined;
  readonly #election = new FormElection();
  #held: Segment[] = [];
  /** Reused: an array made anew for each line ends up in the engine's old generation and costs memory. */
  readonly #claims: Claim[] = [];
  #front: CutLine | undefined;
  #markedHeader: Segment | undefined;
  #unmarkedHeader: Segment | undefined;
  /** True once a result filled the column of the guest's library. */
  #padded = false;
  /** Messages are not cut at the column. */
  #wide = false;
  /** A damaged line is one only where the kernel is known to be Unikraft: that of another prints registers as well. */
  #isUnikraft = false;
  #doubts: Claim[] = [];
  #habits: KernelHabits = { printsTime: false, printsLevel: false, marksTestLines: false };

  get owns(): boolean {
    return this.#form !== undefined;
  }

  line(segments: readonly Segment[]): readonly Claim[] {
    const claims = this.#claims;
    for (const segment of segments) {
      this.#learn(segment);
      if (this.#isUnikraft && this.#doubts.length > 0) claims.push(...this.#doubts.splice(0));
      if (this.#form !== undefined) this.#read(segment, this.#form, claims);
      else this.#wait(segment, claims);
    }
    return claims.splice(0);
  }

  get holds(): boolean {
    return this.#held.length > 0;
  }

  expectWide(): void {
    this.#wide = true;
  }

  get awaitsRest(): boolean {
    return this.#front !== undefined;
  }

  settle(): readonly Claim[] {
    const claims: Claim[] = [];
    if (this.#form === undefined) this.#settle(this.#election.decide(this.#printsPrefix), claims);
    return claims;
  }

  nextLine(): readonly Claim[] {
    const claims: Claim[] = [];
    this.#dropFront(claims);
    return claims;
  }

  end(): readonly Claim[] {
    const claims = [...this.settle()];
    if (this.#isUnikraft || this.#form !== undefined) claims.unshift(...this.#doubts.splice(0));
    this.#dropFront(claims);
    return claims;
  }

  kernelSpoke(): void {
    this.#isUnikraft = true;
  }

  get #printsPrefix(): boolean {
    return this.#habits.printsTime || this.#habits.printsLevel;
  }

  #learn({ prefix }: Segment): void {
    if (prefix === undefined) return;
    this.#isUnikraft ||= isOfUnikraft(prefix);
    const printsTime = this.#habits.printsTime || prefix.timeUs !== undefined;
    const printsLevel = this.#habits.printsLevel || prefix.level !== undefined;
    if (printsTime !== this.#habits.printsTime || printsLevel !== this.#habits.printsLevel)
      this.#habits = { ...this.#habits, printsTime, printsLevel };
  }

  /** Holds segments back from the first one that could be a test line until the form is known. */
  #wait(segment: Segment, claims: Claim[]): void {
    const reading = readTestLine(segment);
    if (reading === undefined && this.#held.length === 0) {
      claims.push(this.#other(segment));
      return;
    }
    this.#held.push(segment);
    const settled = reading === undefined ? undefined : this.#election.vote(reading);
    if (settled !== undefined) this.#settle(settled, claims);
    else if (this.#held.length >= HOLD_LIMIT) this.#settle(this.#election.decide(this.#printsPrefix), claims);
  }

  #settle(form: TestForm | undefined, claims: Claim[]): void {
    const held = this.#held;
    this.#held = [];
    this.#form = form;
    this.#isUnikraft ||= form !== undefined;
    if (form !== undefined)
      this.#habits = { ...this.#habits, marksTestLines: form === "printf" || form === "early" };
    for (const segment of held) {
      if (form !== undefined) this.#read(segment, form, claims);
      else claims.push(this.#foreign(segment, readTestLine(segment)));
    }
  }

  #read(segment: Segment, form: TestForm, claims: Claim[]): void {
    if (this.#front !== undefined && this.#joined(this.#front, segment, claims)) return;
    const overflow = overflowOf(segment, form);
    if (overflow !== undefined) {
      this.#read(overflow.head, form, claims);
      if (overflow.next !== undefined) claims.push(claimOf(overflow.next.line, segment));
      return;
    }
    const reading = readTestLine(segment);
    const mine = reading?.forms.includes(form) === true ? this.#inColumn(reading, segment) : undefined;
    const front = mine !== undefined || printkish(segment, form) ? frontOf(segment, mine, form) : undefined;
    if (front !== undefined) {
      this.#dropFront(claims);
      this.#front = front;
      return;
    }
    if (mine === undefined) {
      claims.push(reading === undefined ? this.#other(segment) : this.#foreign(segment, reading));
      return;
    }
    this.#dropFront(claims);
    if (mine.line.type === "header") this.#marked(mine.line.unmarked !== true, segment, claims);
    if (mine.front !== undefined) claims.push(frontClaim({ ...segment, body: mine.front, last: false }));
    claims.push(claimOf(mine.line, segment));
  }

  /** A log whose escapes were taken out has none: a header without its mark beside one with it is damaged. */
  #marked(isMarked: boolean, segment: Segment, claims: Claim[]): void {
    const other = isMarked ? this.#unmarkedHeader : this.#markedHeader;
    if (other !== undefined) claims.push(suspect("garbled-line", isMarked ? other : segment));
    if (isMarked) {
      this.#markedHeader ??= segment;
      this.#unmarkedHeader = undefined;
    } else if (this.#markedHeader === undefined) this.#unmarkedHeader ??= segment;
  }

  /** Once a result of this boot has filled its column, one that does not is damaged. */
  #inColumn(reading: Reading, { body }: Segment): Reading {
    if (reading.line.type !== "result") return reading;
    if (reading.line.padded) this.#padded = true;
    if (reading.line.padded || (this.#wide ? reading.line.wide : !this.#padded && !reading.line.wide))
      return reading;
    return { ...reading, line: { type: "note", text: body.slice(body.indexOf("\t") + 1) } };
  }

  /** Tries `segment` as the rest of a cut line; true when it was. */
  #joined(front: CutLine, segment: Segment, claims: Claim[]): boolean {
    const whole = join(front, segment, this.#padded);
    if (whole !== undefined) {
      this.#front = undefined;
      claims.push(claimOf(whole.line, front.segment));
      return true;
    }
    if (isStale(front, segment)) this.#dropFront(claims);
    return false;
  }

  /** No rest came: the front has to stand alone, or is damage. */
  #dropFront(claims: Claim[]): void {
    const front = this.#front;
    this.#front = undefined;
    if (front === undefined) return;
    const line = front.alone?.line;
    if (line !== undefined && line.type !== "note") claims.push(claimOf(line, front.segment));
    else if (line === undefined || looksLikeResult(line.text))
      claims.push(suspect("garbled-line", front.segment));
    else claims.push({ type: "output", at: front.segment });
  }

  /** A test line in a form that is not this boot's. */
  #foreign(segment: Segment, reading: Reading | undefined): Claim {
    if (reading === undefined) return this.#other(segment);
    const { line, forms } = reading;
    if (line.type === "note" || line.type === "location") return this.#other(segment);
    if (this.#form !== undefined && forms.some(isKernelForm)) {
      // Beside results of the same kernel it is one that lost a field.
      const code = this.#form.startsWith("printk:") ? "garbled-line" : "form-conflict";
      return suspect(code, segment);
    }
    return looksLikeDamagedFront(segment.body, this.#habits)
      ? suspect("garbled-line", segment)
      : suspect("lookalike", segment);
  }

  /** A segment that is no test line in any form: output, unless it shows damage. */
  #other(segment: Segment): Claim {
    if (this.#isDamaged(segment)) {
      const doubt = suspect("garbled-line", segment);
      if (this.#isUnikraft) return doubt;
      if (this.#doubts.length < MOST_DOUBTS) this.#doubts.push(doubt);
    }
    if (segment.prefix !== undefined && holdsTestLine(segment)) return suspect("ambiguous-line", segment);
    return { type: "output", at: segment };
  }

  #isDamaged(segment: Segment): boolean {
    const { prefix, body } = segment;
    if (looksLikeDamagedReport(segment)) return true;
    if (this.#form === "transcript" && looksLikeTranscript(body)) return true;
    if (prefix === undefined) return looksLikeDamagedFront(body, this.#habits);
    if (this.#form === undefined) return false;
    if (printkForm(prefix) === this.#form && looksLikeHeader(body)) return true;
    // Up to 0.20 no line of the kernel has a time and no level.
    // With a time alone, it is one that lost its level, or the line of another kernel that the application shows.
    if (prefix.level === undefined && this.#habits.printsLevel && this.#form !== "printk:time")
      return looksLikeLostLevel(body);
    // A message of its own has a library; what has none was a test line, or lost the rest of its prefix.
    return prefix.library === undefined && looksLikeDamagedTestLine(body);
  }
}

const isKernelForm = (form: TestForm): boolean => form.startsWith("printk:") && form.includes("level");

/** True for a segment whose prefix is that of this boot's test lines. */
const printkish = (segment: Segment, form: TestForm): boolean =>
  segment.prefix !== undefined && printkForm(segment.prefix) === form;

const suspect = (
  code: "garbled-line" | "ambiguous-line" | "lookalike" | "form-conflict",
  at: Segment,
): Claim => ({
  type: "suspect",
  code,
  text: decodeText(at.body),
  at,
});

/** Output of the application in front of a test line, unless it is a test line itself that lost its end. */
const frontClaim = (at: Segment): Claim =>
  at.body.includes(RESET_MARK) ? suspect("garbled-line", at) : { type: "output", at };

/** A whole result or a marked header inside another kernel message. */
function holdsTestLine(segment: Segment): boolean {
  const { body } = segment;
  const tab = body.lastIndexOf("\t");
  if (tab < 0 && !body.includes("->")) return false;
  const reading = readTestLine({ ...bare(segment), body: tab < 0 ? body : body.slice(tab) });
  return reading !== undefined && (reading.line.type === "result" || reading.line.type === "header");
}

function bare({ line, byteOffset, body, first, last, nulAt, terminated, droppedBytes }: Segment): Segment {
  return { line, byteOffset, body, first, last, nulAt, terminated, droppedBytes };
}

/** A test line as the claim it makes. Spelled out: a spread makes the engine a new hidden class for every line. */
function claimOf(line: TestLine, at: Segment): Claim {
  switch (line.type) {
    case "header":
      if (line.description === undefined) return { type: "header", suite: line.suite, name: line.name, at };
      return { type: "header", suite: line.suite, name: line.name, description: line.description, at };
    case "result":
      return { type: "result", status: line.status, message: line.message, at };
    case "location":
      return { type: "location", file: line.file, line: line.line, at };
    case "note":
      return { type: "output", at };
  }
}

/** The dialect of Unikraft's own unit-test library. */
export const dialect: Dialect = {
  name: "unikraft",
  summary: "Unikraft's uktest, every release",
  precedence: 10,
  open: () => new UnikraftReader(),
};
