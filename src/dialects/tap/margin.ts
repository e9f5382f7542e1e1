/**
 * Where the lines of one stream stand: who prints them, what is in front of each, how far a level is indented.
 * It says what belongs to the stream and at which level, not what it means.
 */
import type { Segment } from "../../core/segment.js";
import { type VersionLine, behindLead, isProtocol, readTapLine } from "./lines.js";

/** Who prints the stream: a line of another writer is output, whatever it says. */
const formOf = ({ prefix }: Segment): string =>
  prefix === undefined ? "bare" : `${prefix.level ?? ""} ${prefix.library ?? ""}`;

export class Margin {
  readonly #form: string;
  readonly #versionLead: string;
  /** What every line begins with; `undefined` until a line shows whether the version line's lead repeats. */
  #lead: string | undefined;
  /** Spaces of one level: four in TAP and KUnit, two in the KTAP of the kernel's documentation. */
  #unit: number | undefined;

  constructor(segment: Segment, { lead, dialect }: VersionLine) {
    this.#form = formOf(segment);
    this.#versionLead = lead;
    this.#lead = lead === "" ? "" : undefined;
    this.#unit = dialect === "ktap" ? undefined : 4;
  }

  /** True for the lines of whoever printed the version line. */
  owns(segment: Segment): boolean {
    return formOf(segment) === this.#form;
  }

  /** The line without what the version line has in front too; nothing for another writer's line. */
  textOf(segment: Segment): string | undefined {
    if (!this.owns(segment)) return undefined;
    const { body } = segment;
    if (this.#lead === undefined) {
      const behind = behindLead(body, this.#versionLead);
      if (behind !== undefined && isProtocol(readTapLine(behind.trimStart()))) this.#lead = this.#versionLead;
      else if (isProtocol(readTapLine(body.trimStart()))) this.#lead = "";
      else return undefined;
    }
    return behindLead(body, this.#lead);
  }

  /** True for a version line that stands inside a subtest. */
  isInner({ lead }: VersionLine): boolean {
    const indent = behindLead(lead, this.#lead ?? this.#versionLead);
    return indent !== undefined && indent !== "" && indent.trim() === "";
  }

  /** Level of a line; undefined where no line of the stream stands so far right. `depth` subtests are open. */
  levelOf(text: string, depth: number): number | undefined {
    const indent = text.length - text.trimStart().length;
    if (indent === 0) return 0;
    const unit = this.#unit ?? (indent === 2 || indent === 4 ? indent : undefined);
    if (unit === undefined || indent % unit !== 0 || indent / unit > depth + 1) return undefined;
    if (text.slice(0, indent).includes("\t")) return undefined;
    this.#unit = unit;
    return indent / unit;
  }

  /** Column at which a level begins. */
  columnOf(level: number): number {
    return level * (this.#unit ?? 0);
  }
}
