/**
 * One stream while its lines come in: what is known of it between two lines. It decides nothing; tap.ts does.
 */
import type { Segment } from "../../core/segment.js";
import { CutPoint } from "./cut.js";
import { KunitFailures } from "./kunit.js";
import type { VersionLine } from "./lines.js";
import type { TapLine } from "./lines.js";
import { Margin } from "./margin.js";
import { NestedStream } from "./nested.js";
import type { Mark } from "./points.js";
import { MAX_LEVEL, TapStream } from "./stream.js";

export class Running {
  readonly stream: TapStream;
  readonly margin: Margin;
  readonly ktap: boolean;
  /** Whether points carry ids: one that does not is then no point. */
  numbered: boolean | undefined;
  over = false;
  before: Segment[] = [];
  readonly failures = new KunitFailures();
  readonly nested = new NestedStream();
  readonly cut = new CutPoint();
  /** The kernel went on with what it does after all tests. */
  wentOn = false;
  /** The last protocol line. */
  anchor: Segment;
  /** The last point, while its diagnostics may still come. */
  mark: (Mark & { readonly level: number; readonly ok: boolean }) | undefined;
  /** The YAML block that is open. */
  block: { readonly indent: string; readonly lines: string[] } | undefined;

  constructor(segment: Segment, version: VersionLine) {
    this.ktap = version.dialect === "ktap";
    const isBare = version.lead === "" && segment.prefix === undefined;
    // Faults between the cases of Linux belong to them: its failures cannot wait.
    this.stream = new TapStream(segment, { excuses: !this.ktap && isBare, ktap: this.ktap });
    this.margin = new Margin(segment, version);
    this.anchor = segment;
  }

  levelOf(text: string, line: TapLine): number | undefined {
    const level = this.margin.levelOf(text, line, this.stream.depth);
    return level !== undefined && level <= MAX_LEVEL ? level : undefined;
  }
}
