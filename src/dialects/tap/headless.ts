/**
 * Recognises a stream that begins without its version line: the suites of a KUnit module older than Linux 6.3, and TAP 12
 * where the user has said that the guest prints TAP. It remembers results that stand in front of a version line.
 */
import type { Segment } from "../../core/segment.js";
import { printkLead } from "./lead.js";
import { type VersionLine, readTapLine } from "./lines.js";

export interface Start {
  readonly version: VersionLine;
  /** The lines to read again, in order; the first of them opens the stream. */
  readonly lines: readonly Segment[];
  /** What is missing, in words; undefined where the form has no more to show. */
  readonly missing?: string;
}

/** Lines between the name of a suite and its plan: its module, its attributes. */
const MOST_BETWEEN = 4;

const INDENT = /^(?: {4}|\t)(?=# Subtest: \S)/;

const NO_HEAD =
  "neither version line nor plan: the start of the stream is missing, or a module older than Linux 6.3 printed it, " +
  "and nothing says how many suites there are";

/** What a boot has printed while no stream is open. */
export class Headless {
  #suite: { readonly indent: string; readonly lead: string; readonly lines: Segment[] } | undefined;
  #early: Segment | undefined;
  #sawPlan = false;

  constructor(private readonly isTap: boolean) {}

  /** A result without a stream, the first one. */
  get early(): Segment | undefined {
    return this.#early;
  }

  /** The first result of what is probably a whole TAP 12: a plan stands in front of it or after it. */
  get unread(): Segment | undefined {
    return this.#sawPlan ? this.#early : undefined;
  }

  /** Reads a line without a version; says when it opens a stream. */
  line(segment: Segment): Start | undefined {
    const { body } = segment;
    const lead = printkLead(body);
    const text = lead === "" ? body : body.slice(lead.length);
    if (this.#suite !== undefined) return this.#plan(this.#suite, segment, lead, text);
    const indent = INDENT.exec(text)?.[0];
    if (indent !== undefined) {
      this.#suite = { indent, lead, lines: [segment] };
      return undefined;
    }
    const first = text.trimStart().charCodeAt(0);
    // A digit, `o` or `n`: nothing else begins a plan or a point.
    if (first !== 0x6f && first !== 0x6e && !(first >= 0x30 && first <= 0x39)) return undefined;
    return this.#result(segment, lead, text);
  }

  #result(segment: Segment, lead: string, text: string): Start | undefined {
    const line = readTapLine(text.trimStart());
    if (line.type === "point" && line.id !== undefined) this.#early ??= segment;
    this.#sawPlan ||= line.type === "plan";
    const opens = line.type === "plan" || (line.type === "point" && (line.id ?? 1) === 1);
    if (!this.isTap || !opens || text.startsWith(" ") || text.startsWith("\t")) return undefined;
    return { version: { lead, dialect: "tap" }, lines: [segment] };
  }

  #plan(
    { indent, lead, lines }: { readonly indent: string; readonly lead: string; readonly lines: Segment[] },
    segment: Segment,
    ownLead: string,
    text: string,
  ): Start | undefined {
    lines.push(segment);
    const isOwn = (lead === "") === (ownLead === "") && text.startsWith(indent);
    if (isOwn && readTapLine(text.slice(indent.length)).type === "plan") {
      this.#suite = undefined;
      return { version: { lead, dialect: "ktap" }, lines, missing: NO_HEAD };
    }
    if (lines.length > MOST_BETWEEN) this.#suite = undefined;
    return undefined;
  }
}
