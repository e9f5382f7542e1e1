/**
 * Reads the serial bytes of one boot: lines, segments, kernel words, faults and dialects composed, claims handed to the
 * assembler. It interprets nothing itself; it decides who gets to see a segment, and in which order.
 */
import type { Assembler } from "../core/assemble.js";
import type { Claim } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { Segment } from "../core/segment.js";
import type { Dialect, DialectReader } from "../core/dialect.js";
import { readControl } from "./control-lines.js";
import { readKernel } from "./kernel-lines.js";
import { lastWords } from "../faults/unikraft/families.js";
import { readFinding } from "../faults/unikraft/ubsan.js";
import { LineEnds } from "../serial/line-ends.js";
import { LineSplitter, type RawLine } from "../serial/lines.js";
import { segmentsOf } from "../serial/segments.js";
import { Unwrapper } from "../serial/wrapper.js";
import { Doubts } from "./doubts.js";
import { elect, type Spoken } from "./elect.js";
import { FaultCollector } from "./fault-collector.js";
import { piecesOf } from "./fronts.js";
import { ReportCollector } from "./report-collector.js";
import { type ReportFamilies } from "./report-families.js";
import { PassedFastPath } from "./passed-fast-path.js";
import { WaitingClaims } from "./waiting-claims.js";

/** What takes the claims of a boot. */
export type ClaimTaker = Pick<Assembler, "claim" | "countsPassesOnly">;

/** One boot while its bytes come in. */
export class BootReader {
  readonly #lineEnds = new LineEnds();
  readonly #lines = new LineSplitter();
  readonly #wrapper = new Unwrapper();
  readonly faults = new FaultCollector();
  readonly #reports: ReportCollector;
  readonly #doubts = new Doubts();
  readonly #names = new Map<DialectReader, string>();
  /** What may mean something to a reader that is idle. */
  readonly #hint: RegExp;
  #readers: readonly DialectReader[];
  /** The reader of the dialect that is hardest to imitate: Unikraft's own. */
  readonly #first: DialectReader | undefined;
  #owner: DialectReader | undefined;
  readonly #waiting = new WaitingClaims();
  readonly #fastPath = new PassedFastPath();
  readonly #isTest = (segment: Segment): boolean => this.#owner?.isTestLine?.(segment) === true;

  constructor(
    private readonly assembler: ClaimTaker,
    dialects: readonly Dialect[],
    private readonly ubsan: boolean,
    families: ReportFamilies,
  ) {
    this.#reports = new ReportCollector(families);
    this.#hint = new RegExp(dialects.flatMap(({ hint }) => hint?.source ?? []).join("|") || "^(?!)");
    this.#readers = dialects.map((dialect) => {
      const reader = dialect.open();
      this.#names.set(reader, dialect.name);
      return reader;
    });
    this.#first = dialects[0]?.name === "unikraft" ? this.#readers[0] : undefined;
  }

  /** The dialect that has the boot, by name; absent while none has. */
  get dialect(): string | undefined {
    return this.#owner?.owns === true ? this.#names.get(this.#owner) : undefined;
  }

  feed(chunk: Uint8Array): void {
    this.#bytes(this.#lineEnds.feed(chunk));
  }

  #bytes(chunk: Uint8Array): void {
    this.#lines.feed(chunk);
    for (;;) {
      if (this.#tookFastPath()) continue;
      const raw = this.#lines.next();
      if (raw === undefined) return;
      this.#wrapped(raw);
    }
  }

  #wrapped(raw: RawLine): void {
    if (this.#wrapper.isNone) return this.#line(raw);
    for (const line of this.#wrapper.line(raw)) this.#line(line);
  }

  /** @param isCut whether the host has stopped the machine in the middle of whatever line it printed */
  end(isCut = false): void {
    this.#bytes(this.#lineEnds.rest());
    const rest = this.#lines.rest();
    // The machine was stopped in the middle of an endless screen.
    if (rest !== undefined && !isCut && !this.faults.isEndless) this.#wrapped(rest);
    for (const line of this.#wrapper.rest()) this.#line(line);
    const last = this.faults.flush();
    if (last !== undefined) this.#kernelClaims([last]);
    this.#reported(this.#reports.flush());
    this.#hand(this.#doubts.release(this.#owner === undefined || this.#owner === this.#first));
    const ends = this.#readers.map((reader): Spoken => ({ reader, claims: [...reader.end()] }));
    const speaking =
      ends.find(({ reader }) => reader === this.#owner) ??
      ends.find(({ reader }) => reader.owns) ??
      this.#adopted() ??
      ends[0];
    const unread = this.#owner === undefined && speaking?.reader.owns !== true ? this.#unread() : [];
    this.#owner ??= speaking?.reader;
    this.#hand([...(speaking?.claims ?? []), ...unread]);
    const second = ends.find(({ reader }) => reader.owns && reader !== this.#owner);
    this.#conflict(second?.reader, second?.claims ?? []);
  }

  /** The first reader for which what it holds back is enough, where no other has the boot. */
  #adopted(): Spoken | undefined {
    const reader = this.#readers.find((one) => one.adopts?.() === true);
    return reader === undefined ? undefined : { reader, claims: [...reader.end()] };
  }

  /** Results of a form that no dialect could be sure of. */
  #unread(): readonly Claim[] {
    return this.#readers.flatMap(({ unread }) => unread ?? []);
  }

  /** Takes passed results of a known shape, unless somebody has to see every line. */
  #tookFastPath(): boolean {
    if (this.#wrapper.isHolding || this.#wrapper.changesLines) return false;
    if (this.#owner === undefined || this.#owner.awaitsRest === true) return false;
    if (this.faults.isOpen || this.#reports.isOpen) return false;
    const claim = this.#fastPath.take(this.#lines, this.assembler.countsPassesOnly);
    if (claim === undefined) return false;
    this.assembler.claim(claim);
    if (claim.type === "passes") this.faults.passed(claim.count, claim.at.line);
    else this.faults.quote(claim.at);
    return true;
  }

  #line(raw: RawLine): void {
    const owner = this.#owner;
    const segments = segmentsOf(raw);
    if (owner !== undefined && owner.frontOf === undefined) return this.#piece(segments, raw);
    const pieces = piecesOf(segments, owner === undefined ? this.#readers : [owner]);
    for (const piece of pieces) this.#piece(piece, pieces.length === 1 ? raw : undefined);
  }

  /** @param raw the line where this is all of it */
  #piece(segments: readonly Segment[], raw: RawLine | undefined): void {
    const rest: Segment[] = [];
    for (const segment of segments) {
      const { fault, taken } = this.faults.see(segment);
      if (fault !== undefined) this.#kernelClaims([fault]);
      if (!taken && !this.#isReport(segment) && !this.#isFinding(segment)) rest.push(segment);
    }
    if (rest.length > 0) this.#dialects(rest, raw);
  }

  /**
   * Reports of other systems; true for a line of one. Where Unikraft's kernel prints, and no other dialect has the boot, an
   * application could forge them.
   */
  #isReport(segment: Segment): boolean {
    if (this.faults.sawLevel && (this.#owner === undefined || this.#owner === this.#first)) {
      if (this.#reports.isOpen) this.#reported(this.#reports.flush());
      return false;
    }
    const { claims, taken } = this.#reports.see(segment, this.#isTest);
    if (claims.length > 0) this.#reported(claims);
    return taken;
  }

  #reported(claims: readonly Claim[]): void {
    this.#doubts.reported(claims);
    this.#kernelClaims(claims.filter(({ type }) => type !== "finding" || this.ubsan));
  }

  /** Kernel words and sanitizer reports; true when the segment was one. */
  #isFinding(segment: Segment): boolean {
    const finding = readFinding(segment, { allowBare: !this.faults.sawPrefix });
    if (finding !== undefined) {
      const { check, line, column } = finding;
      const text = { message: decodeText(finding.message), file: decodeText(finding.file) };
      if (this.ubsan) this.#kernelClaims([{ type: "finding", check, ...text, line, column, at: segment }]);
      return true;
    }
    const said = lastWords(segment);
    // It is still output: only a death right after it makes it more.
    if (said !== undefined)
      this.#kernelClaims([
        { type: "last-words", kind: said.kind, title: decodeText(said.title), at: segment },
      ]);
    const words = readControl(segment) ?? readKernel(segment);
    if (words === undefined) return false;
    // The writer of these lines runs the tests as well: none of its lines is still being printed.
    const speaker = this.#owner ?? this.#readers[0];
    if (speaker?.awaitsRest === true) this.#hand(speaker.nextLine?.() ?? []);
    if (words.type === "tests-planned") for (const reader of this.#readers) reader.expectWide?.();
    if (words.type !== "restarted") for (const reader of this.#readers) reader.kernelSpoke?.();
    // Nothing that is held back is explained by what the next start prints.
    if (words.type === "restarted" && this.#owner?.restarted !== undefined)
      this.#hand(this.#owner.settle?.() ?? []);
    this.#kernelClaims([{ ...words, at: segment }]);
    if (words.type === "restarted") this.#owner?.restarted?.();
    return true;
  }

  #dialects(segments: readonly Segment[], raw: RawLine | undefined): void {
    const all = this.#asked(segments).map((reader): Spoken => ({
      reader,
      claims: [...reader.line(segments)],
    }));
    const wasFree = this.#owner === undefined;
    this.#owner ??= elect(all);
    // Nothing can overrule the dialect that is hardest to imitate, and what imitates it is output.
    if (this.#owner !== undefined && this.#owner === this.#readers[0]) this.#readers = [this.#owner];
    const second = all.find(({ reader }) => reader.owns && reader !== this.#owner);
    const speaking = all.find(({ reader }) => reader === this.#owner) ?? all[0];
    if (speaking !== undefined) this.#say(wasFree ? this.#certain(speaking, segments) : speaking.claims);
    this.#conflict(second?.reader, second?.claims ?? []);
    const claim = speaking?.claims[0];
    if (claim !== undefined && raw !== undefined && segments.length === 1) this.#fastPath.learn(raw, claim);
  }

  /** The readers that a line may mean something to; most lines are for none but the first. */
  #asked(segments: readonly Segment[]): readonly DialectReader[] {
    if (this.#readers.length === 1) return this.#readers;
    const isHinted = segments.some(({ body }) => this.#hint.test(body));
    return isHinted ? this.#readers : this.#readers.filter((reader) => reader.isIdle !== true);
  }

  /** Hands claims over, unless a dialect that has not decided yet holds lines back that stood in front of them. */
  #say(claims: readonly Claim[]): void {
    if (this.#owner === undefined && this.#speaker?.holds === true)
      this.#kernelClaims(claims.filter(({ type }) => type !== "output"));
    else this.#hand(claims);
  }

  /** The claims on a boot that had no owner before this line, those in doubt held back until it has one. */
  #certain({ reader, claims }: Spoken, segments: readonly Segment[]): readonly Claim[] {
    if (this.#owner !== undefined) return [...this.#doubts.release(this.#owner === this.#first), ...claims];
    if (this.faults.sawLevel || reader !== this.#first) return claims;
    for (const segment of segments) this.#doubts.see(segment);
    return this.#doubts.hold(claims);
  }

  /**
   * Two dialects in one boot. They are ordered by how hard their lines are to print by accident: results of a harder one
   * must not go uncounted, those of an easier one are what the application prints.
   */
  #conflict(second: DialectReader | undefined, claims: readonly Claim[]): void {
    if (second === undefined || this.#owner === undefined) return;
    // What wraps programs vouches for what they print; nothing vouches for two streams side by side.
    const isAlone = this.#owner !== this.#first && this.#owner.wraps !== true;
    const result = claims.find(
      (claim) =>
        claim.type === "result" ||
        claim.type === "header" ||
        isFailed(claim) ||
        (isAlone && claim.type === "tests-begin"),
    );
    if (result === undefined) return;
    const isBefore = this.#readers.indexOf(second) < this.#readers.indexOf(this.#owner);
    const harder = second === this.#first || (isBefore && this.#owner.wraps !== true);
    const isLost = isAlone || (this.#owner !== this.#first && claims.some(isFailed));
    const code = harder || isLost ? "form-conflict" : "lookalike";
    this.#hand([{ type: "suspect", code, text: decodeText(result.at.body), at: result.at }]);
  }

  /** Claims that need no dialect. While the dialect holds lines back, they wait for their turn. */
  #kernelClaims(claims: readonly Claim[]): void {
    const speaker = this.#speaker;
    if (speaker?.holds !== true) return this.#hand(claims);
    if (!this.#waiting.add(claims)) return;
    this.#claim(this.#owner === undefined ? this.#waiting.take() : []);
    this.#hand(this.#owner?.settle?.() ?? []);
  }

  /** Whose claims decide when those of the kernel are due: the owner, or a dialect that has not decided yet. */
  get #speaker(): DialectReader | undefined {
    return this.#owner ?? this.#readers.find(({ holds }) => holds === true) ?? this.#readers[0];
  }

  /** Hands claims over in the order of their lines. */
  #hand(claims: readonly Claim[]): void {
    this.#claim(this.#waiting.before(claims));
    if (this.#speaker?.holds !== true) this.#claim(this.#waiting.take());
  }

  #claim(claims: readonly Claim[]): void {
    for (const claim of claims) this.assembler.claim(claim);
  }
}

const isFailed = (claim: Claim): boolean =>
  (claim.type === "case-end" || claim.type === "result") && claim.status === "failed";
