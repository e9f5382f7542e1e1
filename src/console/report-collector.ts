/**
 * Collects the lines of reports that other systems than Unikraft print: asks the families who begins, lets the open report
 * take what belongs to it, and makes a claim of it. It knows no family by name, and takes no line of a test.
 */
import type { Claim } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { ExcerptLine, Frame } from "../core/fault.js";
import { NO_FILE } from "../core/model/finding.js";
import { cutLead } from "../core/fault/lead.js";
import type {
  FindingDescription,
  Report,
  ReportDraft,
  ReportFamily,
  ReportLine,
} from "../core/fault/report.js";
import { RESET_MARK, type Segment } from "../core/segment.js";
import type { FaultDescription } from "../core/fault/family.js";
import { Lead } from "../dialects/tap/lead.js";
import { type ReportFamilies, reportFamilies } from "./report-families.js";

/** Characters at the front of a line in which a report can begin. */
const FRONT_CHARS = 240;
const LINES_KEPT = 120;
const EXCERPT_CHARS = 300;
/** Lines of other writers in a row after which a report is over. */
const FOREIGN_LINES = 48;
/** A line of TAP or KTAP, or a marked line of Unikraft's tests: whatever was open is over. */
const TEST_LINE = /^\s*(?:(?:not )?ok\b|(?:# )?K?TAP version \d|\d{1,9}\.\.\d|Bail out!|# Subtest\b)/i;

interface Open {
  readonly family: ReportFamily;
  readonly draft: ReportDraft;
  readonly begun: Segment;
  readonly excerpt: ExcerptLine[];
}

export class ReportCollector {
  #open: Open | undefined;
  #foreign = 0;
  /** What stands in front of the version line of the tests and is no lead that anybody knows: every line has it. */
  #lead: Lead | undefined;

  constructor(private readonly families: ReportFamilies = reportFamilies) {}

  /** True while a report still takes lines. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /**
   * Shows a segment to the open report or to all families. Claims of reports that end here are returned.
   * @param isTest whether a line is one of the tests in the form that this boot prints
   */
  see(
    segment: Segment,
    isTest: (segment: Segment) => boolean = () => false,
  ): { readonly claims: readonly Claim[]; readonly taken: boolean } {
    const { body } = segment;
    if (this.#lead === undefined && body.length <= VERSION_CHARS && body.includes("TAP version "))
      this.#lead = leadOf(body);
    // A panic may stand after output that has no line end.
    const mayBegin =
      this.families.hint.test(body.length > FRONT_CHARS ? body.slice(0, FRONT_CHARS) : body) ||
      body.includes("Kernel panic - ");
    if (this.#open === undefined && !mayBegin) return NOTHING;
    const line = lineOf(segment, this.#lead);
    if (isTest(segment) || (this.#open !== undefined && isTestLine(line)))
      return { claims: this.flush(), taken: false };
    const next =
      mayBegin && this.#open?.draft.adopts?.(line) !== true ? beginning(line, this.families) : undefined;
    if (next === undefined) return this.#open === undefined ? NOTHING : this.#more(this.#open, line);
    const claims = this.flush();
    this.#open = { ...next, begun: segment, excerpt: [quote(segment)] };
    this.#foreign = 0;
    return { claims, taken: true };
  }

  /** The open report, finished. */
  flush(): readonly Claim[] {
    const open = this.#open;
    this.#open = undefined;
    const report = open?.draft.finish();
    return open === undefined || report === undefined ? [] : [claimOf(open, report)];
  }

  #more(open: Open, line: ReportLine): { readonly claims: readonly Claim[]; readonly taken: boolean } {
    const taken = open.draft.take(line);
    if (taken !== "no") {
      this.#foreign = 0;
      if (open.excerpt.length < LINES_KEPT) open.excerpt.push(quote(line.segment));
      return { claims: taken === "last" ? this.flush() : [], taken: true };
    }
    this.#foreign += 1;
    return { claims: this.#foreign > FOREIGN_LINES ? this.flush() : [], taken: false };
  }
}

const NOTHING = { claims: [], taken: false } as const;

/** A version line with its lead is no longer. */
const VERSION_CHARS = 240;

const VERSION = /^(.{0,120}?)(?:KTAP|TAP) version \d{1,3}\s*$/;

/** The lead of a version line that is neither indentation nor the mark of a comment. */
function leadOf(body: string): Lead | undefined {
  const lead = VERSION.exec(cutLead(body))?.[1];
  return lead === undefined || /^[\s#]*$/.test(lead) ? undefined : new Lead(lead);
}

function lineOf(segment: Segment, lead: Lead | undefined): ReportLine {
  const known = cutLead(segment.body);
  const rest = lead?.rest(known);
  const text = rest === undefined ? known : cutLead(rest);
  return { text, isStamped: segment.prefix !== undefined || text.length !== segment.body.length, segment };
}

const isTestLine = ({ text, segment }: ReportLine): boolean =>
  TEST_LINE.test(text) || segment.body.includes(RESET_MARK);

function beginning(line: ReportLine, { all }: ReportFamilies): Pick<Open, "family" | "draft"> | undefined {
  for (const family of all) {
    if (!family.hints.some((hint) => line.segment.body.includes(hint))) continue;
    const draft = family.begin(line);
    if (draft !== undefined) return { family, draft };
  }
  return undefined;
}

const quote = (segment: Segment): ExcerptLine => ({
  line: segment.line,
  text: decodeText(segment.body.slice(0, EXCERPT_CHARS)),
});

/** Families read one character per byte; a record is text. */
const decoded = (frame: Frame): Frame => ({
  ...frame,
  ...(frame.symbol !== undefined && { symbol: decodeText(frame.symbol) }),
  ...(frame.function !== undefined && { function: decodeText(frame.function) }),
  ...(frame.file !== undefined && { file: decodeText(frame.file) }),
});

function claimOf({ family, begun, excerpt }: Open, report: Report): Claim {
  const { system } = family;
  return report.type === "finding"
    ? { ...findingClaim(report.finding), system, excerpt, at: begun }
    : {
        type: "fault",
        outlook: report.outlook,
        fault: { ...faultText(report.fault), system, excerpt },
        at: begun,
      };
}

function faultText({ stackTop: _, ...fault }: FaultDescription): Omit<FaultDescription, "stackTop"> {
  return {
    ...fault,
    title: decodeText(fault.title),
    ...(fault.file !== undefined && { file: decodeText(fault.file) }),
    callTrace: fault.callTrace.map(decoded),
  };
}

type FindingClaim = Omit<Extract<Claim, { readonly type: "finding" }>, "at">;

function findingClaim(finding: FindingDescription): FindingClaim {
  const { kind, check, message, file, line = 0, column = 0, callTrace } = finding;
  return {
    type: "finding",
    kind,
    check: decodeText(check),
    message: decodeText(message),
    file: file === undefined ? NO_FILE : decodeText(file),
    line,
    column,
    ...(finding.function !== undefined && { function: decodeText(finding.function) }),
    ...(callTrace.length > 0 && { callTrace: callTrace.map(decoded) }),
  };
}
