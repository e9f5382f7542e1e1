/**
 * Where the lines of one stream stand: who prints them, what is in front of each, how far a level is indented.
 * It says what belongs to the stream and at which level, not what it means.
 */
import { formOf } from "../../core/grammar/form.js";
import type { Segment } from "../../core/segment.js";
import { Lead } from "./lead.js";
import { type TapLine, type VersionLine, isProtocol, readTapLine } from "./lines.js";

export class Margin {
  readonly #form: string;
  readonly #versionLead: Lead;
  /** What every line begins with; `undefined` until a line shows whether the version line's lead repeats. */
  #lead: Lead | undefined;
  /**
   * What indents one level: four blanks in TAP and KUnit, two in the KTAP of the kernel's documentation, a TAB in the
   * KUnit of Linux 5.5 to 5.8.
   */
  #unit: number | "tab" | undefined;

  constructor(segment: Segment, { lead, dialect }: VersionLine) {
    this.#form = formOf(segment);
    this.#versionLead = new Lead(lead);
    this.#lead = lead === "" ? NO_LEAD : undefined;
    this.#unit = dialect === "ktap" ? undefined : 4;
  }

  /** True for the lines of whoever printed the version line. */
  owns(segment: Segment): boolean {
    return formOf(segment) === this.#form;
  }

  /** True where nothing is in front of the stream's lines. */
  get isBare(): boolean {
    return this.#form === "bare" && (this.#lead ?? this.#versionLead).text === "";
  }

  /** True for a stream whose levels are indented by TABs. */
  get isTabbed(): boolean {
    return this.#unit === "tab";
  }

  /** The line without what the version line has in front too; nothing for another writer's line. */
  textOf(segment: Segment): string | undefined {
    if (!this.owns(segment)) return undefined;
    const { body } = segment;
    if (this.#lead === undefined) {
      const after = this.#versionLead.rest(body);
      if (after !== undefined && isProtocol(readTapLine(after.trimStart()))) this.#lead = this.#versionLead;
      else if (isProtocol(readTapLine(body.trimStart()))) this.#lead = NO_LEAD;
      else return undefined;
    }
    return this.#lead.rest(body);
  }

  /** True for a version line that stands inside a subtest. */
  isInner({ lead }: VersionLine): boolean {
    const indent = (this.#lead ?? this.#versionLead).rest(lead);
    return indent !== undefined && indent !== "" && indent.trim() === "";
  }

  /** Level of a line; undefined where no line of the stream stands so far right. `depth` subtests are open. */
  levelOf(text: string, line: TapLine, depth: number): number | undefined {
    const indent = text.length - text.trimStart().length;
    if (indent === 0) return 0;
    if (text.charCodeAt(0) === 0x09) return this.#tabLevel(text.slice(0, indent), line, depth);
    if (this.#unit === "tab" || text.slice(0, indent).includes("\t")) return undefined;
    const unit = this.#unit ?? (indent === 2 || indent === 4 ? indent : undefined);
    if (unit === undefined || indent % unit !== 0 || indent / unit > depth + 1) return undefined;
    this.#unit = unit;
    return indent / unit;
  }

  /** Applications print TABs in front of anything: only a subtest that says its name makes them a level. */
  #tabLevel(indent: string, line: TapLine, depth: number): number | undefined {
    if (!/^\t+$/.test(indent) || indent.length > depth + 1) return undefined;
    if (this.#unit !== "tab" && (line.type !== "subtest" || line.name === "" || depth > 0)) return undefined;
    this.#unit = "tab";
    return indent.length;
  }

  /** Column at which a level begins. */
  columnOf(level: number): number {
    return level * (typeof this.#unit === "number" ? this.#unit : 1);
  }
}

const NO_LEAD = new Lead("");
