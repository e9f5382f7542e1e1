/**
 * Reads guests that print TAP 13, TAP 14 or KTAP: finds the stream on the console and tells its lines from the rest.
 * Nothing counts before a version line, and after it only lines in the form of that line; the rest is output.
 */
import type { Claim } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { Segment } from "../core/segment.js";
import type { Dialect, DialectReader } from "../core/dialect.js";
import { readDiagnostics } from "./tap/diagnostics.js";
import { Headless } from "./tap/headless.js";
import { printkLead } from "./tap/lead.js";
import { type PointLine, type TapLine, type VersionLine } from "./tap/lines.js";
import { isProtocol, readTapLine, readVersion } from "./tap/lines.js";
import { Running } from "./tap/running.js";
import { readSummary } from "./tap/summary.js";

/** Console lines held back for the test they belong to. */
const MAX_BEFORE = 256;
/** Lines of diagnostics that are kept. */
const MAX_KEPT = 200;

/** What Linux does once all of its built-in tests have run: it looks for its root file system, or stops. */
const WENT_ON =
  /^(?:List of all partitions:|No filesystem could mount root|VFS: |Kernel panic - not syncing: VFS: |reboot: |Freeing unused kernel |Run \/|Waiting for root device)/;

class TapReader implements DialectReader {
  readonly wraps = true;
  #running: Running | undefined;
  readonly #headless: Headless;

  /** `isTap`: the user has said so, and a version line is not asked for. */
  constructor(isTap: boolean) {
    this.#headless = new Headless(isTap);
  }

  #claims: Claim[] = [];

  get owns(): boolean {
    return this.#running !== undefined;
  }

  get holds(): boolean {
    return this.#running?.over === false;
  }

  get unread(): Claim | undefined {
    const at = this.#running === undefined ? this.#headless.unread : undefined;
    if (at === undefined) return undefined;
    const text =
      "results in the form of TAP stand here without a version line, so they were not read; --dialect tap reads them";
    return { type: "suspect", code: "unread-stream", text, at };
  }

  line(segments: readonly Segment[]): readonly Claim[] {
    for (const segment of segments) this.#segment(segment);
    return this.#take();
  }

  settle(): readonly Claim[] {
    if (this.#running !== undefined) this.#letGo(this.#running);
    return this.#take();
  }

  end(): readonly Claim[] {
    const front = this.#running?.cut.take();
    if (this.#running !== undefined && front !== undefined) this.#read(this.#running, front);
    if (this.#running !== undefined) this.#finish(this.#running);
    return this.#take();
  }

  #take(): readonly Claim[] {
    const claims = this.#claims;
    this.#claims = [];
    return claims;
  }

  #segment(segment: Segment): void {
    const running = this.#running;
    const version = readVersion(segment.body);
    if (running === undefined) {
      if (version === undefined) return this.#withoutVersion(segment);
      return this.#start(segment, version);
    }
    if (running.cut.isHolding && this.#joined(running, segment)) return;
    if (version !== undefined && running.margin.owns(segment)) return this.#again(running, segment, version);
    if (!running.over && running.margin.isBare && running.cut.holds(segment)) return;
    this.#read(running, segment);
  }

  /** Tries `segment` as the rest of a point that a kernel's message has cut; true when it was. */
  #joined(running: Running, segment: Segment): boolean {
    const next = running.cut.next(segment);
    if (next !== undefined) this.#read(running, next.point);
    return next?.joined === true;
  }

  #withoutVersion(segment: Segment): void {
    const start = this.#headless.line(segment);
    const [first] = start?.lines ?? [];
    if (start === undefined || first === undefined) return;
    this.#running = new Running(first, start.version);
    if (start.missing !== undefined) this.#running.stream.lacksHead(start.missing, first);
    for (const line of start.lines) this.#read(this.#running, line);
  }

  #read(running: Running, segment: Segment): void {
    const text = running.margin.textOf(segment);
    if (text === undefined) {
      if (segment.prefix === undefined) running.failures.value(segment.body, true);
      return this.#output(running, segment);
    }
    if (inBlock(running, text, segment) || opensBlock(running, text, segment)) return;
    const line = readTapLine(text.trimStart());
    if (running.over) return this.#late(running, line, segment);
    this.#line(running, line, text, segment);
  }

  #start(segment: Segment, version: VersionLine): void {
    // Subtests of KTAP have version lines of their own: an indented one shows that the first is lost.
    const indent = /\s{2,16}$/.exec(version.lead)?.[0].length ?? 0;
    const margin = printkLead(version.lead).length;
    const lead =
      indent === 0 ? version.lead : version.lead.slice(0, Math.max(version.lead.length - indent, margin));
    this.#running = new Running(segment, { ...version, lead });
    if (indent > 0)
      this.#running.stream.lacksHead(
        "the first version line is indented: the start of the stream, with its plan, is missing",
        segment,
      );
    const { early } = this.#headless;
    if (early !== undefined && this.#running.margin.owns(early))
      this.#running.stream.complain(
        "results stand in front of the version line: the start of their stream is missing",
        early,
      );
    this.#claims.push({ type: "output", at: segment });
  }

  /** A version line inside a subtest says nothing; one at the left edge is a second start. */
  #again(running: Running, segment: Segment, version: VersionLine): void {
    if (running.margin.isInner(version)) return this.#output(running, segment);
    if (!running.over && !running.stream.complete)
      running.stream.complain("a second version line before the end of the stream", segment);
    this.#finish(running);
    this.#claims.push({ type: "restarted", at: segment });
    this.#start(segment, version);
  }

  #line(running: Running, line: TapLine, text: string, segment: Segment): void {
    const { stream } = running;
    const level = isProtocol(line) ? running.levelOf(text, line) : undefined;
    if (level !== undefined) running.failures.close();
    switch (line.type) {
      case "point":
        if (level === undefined || (running.numbered === true && line.id === undefined))
          return this.#lookalike(segment);
        return this.#point(running, line, text.trim(), level, segment);
      case "open":
        if (level !== undefined && running.mark?.level === level) stream.brace(level, segment);
        return this.#output(running, segment);
      case "close":
        if (level === undefined || !stream.opensAt(level)) return this.#output(running, segment);
        stream.line(level, text.trim(), segment);
        return this.#moved(running, segment);
      case "plan":
      case "bail-out":
        if (level === undefined) return this.#lookalike(segment);
        if (stream.complete) return this.#late(running, line, segment);
        stream.line(level, text.trim(), segment);
        return this.#moved(running, segment);
      case "subtest":
        if (level === undefined || stream.complete) return this.#output(running, segment);
        stream.subtest(level, decodeText(line.name));
        return this.#moved(running, segment);
      case "comment":
        return this.#comment(running, text, segment);
      case "other":
        return this.#other(running, text, segment);
    }
  }

  #point(running: Running, line: PointLine, text: string, level: number, segment: Segment): void {
    const { stream, anchor, before } = running;
    const { id, ok } = line;
    running.numbered ??= id !== undefined;
    const noted = [...running.failures.take()];
    const nested = running.nested.take();
    if (!ok && noted.length === 0)
      noted.push(...nested.failed.map((name) => ({ message: `not ok: ${name}` })));
    running.mark = { at: segment, anchor, before, noted, after: [], diagnostics: {}, level, ok };
    running.before = [];
    running.anchor = segment;
    stream.point(level, text, running.mark, id);
    // What is missing may be the directive that makes a success out of it.
    if (!segment.terminated || segment.droppedBytes > 0)
      stream.complain("the end of a test point is missing", segment);
    const [failed] = nested.isStream && ok ? nested.failed : [];
    if (failed !== undefined)
      stream.complain(`a program is reported ok, but a test of its own failed: ${failed}`, segment);
    this.#claims.push(...stream.take());
  }

  /** A protocol line that is no point: what follows belongs to the next one. */
  #moved(running: Running, segment: Segment): void {
    running.before.push(segment);
    this.#letGo(running);
    running.mark = undefined;
    running.anchor = segment;
  }

  /** In TAP the comments after a failed point explain it; KUnit prints them in front. */
  #comment(running: Running, text: string, segment: Segment): void {
    const { mark, ktap, before } = running;
    const bare = text.trimStart();
    const summary = readSummary(bare);
    if (summary !== undefined) running.stream.count(summary);
    running.nested.comment(bare);
    running.failures.comment(text, text.length - bare.length);
    const explains = !ktap && mark?.ok === false && before.length === 0 && mark.after.length < MAX_KEPT;
    if (explains) mark.after.push(segment);
    else this.#output(running, segment);
  }

  #other(running: Running, text: string, segment: Segment): void {
    // `not ` in front of another writer's line: its `ok` stands on the next line and would pass for a success.
    if (!segment.last && /^\s*n(?:o(?:t ?)?)?$/.test(text))
      this.#claims.push({ type: "suspect", code: "garbled-line", text: decodeText(text), at: segment });
    else {
      running.failures.value(text, false);
      if (running.stream.isPlanless && WENT_ON.test(text)) running.wentOn = true;
      this.#output(running, segment);
    }
  }

  #late(running: Running, line: TapLine, segment: Segment): void {
    if (line.type === "other" || line.type === "comment" || line.type === "subtest")
      return this.#output(running, segment);
    if (line.type === "close" || line.type === "open") return this.#output(running, segment);
    if (running.stream.complete) this.#finish(running);
    const text = `invalid TAP: a line out of place: ${decodeText(segment.body.slice(0, 100))}`;
    this.#claims.push({ type: "suspect", code: "tap-invalid", text, at: segment });
  }

  #lookalike(segment: Segment): void {
    const text = decodeText(segment.body.slice(0, 200));
    this.#claims.push({ type: "suspect", code: "lookalike", text, at: segment });
  }

  /** Keeps a console line for the test that is running, within bounds. */
  #output(running: Running, segment: Segment): void {
    if (running.stream.complete && running.block === undefined) this.#finish(running);
    if (running.over) {
      this.#claims.push({ type: "output", at: segment });
      return;
    }
    running.before.push(segment);
    if (running.before.length < 2 * MAX_BEFORE) return;
    running.stream.flush();
    this.#claims.push(...running.stream.take(), ...outputs(running.before.splice(0, MAX_BEFORE)));
  }

  #letGo({ stream, before }: Running): void {
    stream.flush();
    this.#claims.push(...stream.take(), ...outputs(before.splice(0)));
  }

  #finish(running: Running): void {
    if (running.over) return;
    running.over = true;
    running.mark = undefined;
    running.block = undefined;
    running.stream.end(running.wentOn);
    this.#claims.push(...running.stream.take(), ...outputs(running.before.splice(0)));
  }
}

const outputs = (segments: readonly Segment[]): readonly Claim[] =>
  segments.map((at) => ({ type: "output", at }));

/** True for the first line of a YAML block after a point. */
function opensBlock(running: Running, text: string, segment: Segment): boolean {
  const { mark, margin } = running;
  const indent = mark === undefined ? undefined : /^( {1,80})---\s*$/.exec(text)?.[1];
  if (mark === undefined || indent === undefined || indent.length <= margin.columnOf(mark.level))
    return false;
  running.block = { indent, lines: [] };
  mark.after.push(segment);
  return true;
}

/** Takes lines of a YAML block until its end, or until a protocol line further left shows that the end is lost. */
function inBlock(running: Running, text: string, segment: Segment): boolean {
  const { block, mark } = running;
  if (block === undefined || mark === undefined) return false;
  const inside = text.startsWith(block.indent);
  if (!inside && isProtocol(readTapLine(text.trimStart()))) {
    running.block = undefined;
    return false;
  }
  if (mark.after.length < MAX_KEPT) mark.after.push(segment);
  if (!inside) return true;
  if (text.trimEnd() !== `${block.indent}...`) {
    if (block.lines.length < MAX_KEPT) block.lines.push(text.slice(block.indent.length));
    return true;
  }
  mark.diagnostics = readDiagnostics(block.lines);
  running.block = undefined;
  return true;
}

export const dialect: Dialect = {
  name: "tap",
  summary: "TAP 13, TAP 14 and KTAP streams",
  open: () => new TapReader(false),
  // TAP 12, which has no version line, is read as well.
  openNamed: () => new TapReader(true),
};
