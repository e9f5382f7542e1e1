/**
 * Gives the faults and leaks in a stream of events the functions, places and source lines that their image knows. Without
 * one no image is opened; an image that cannot be read is said once, and its faults stay as they are.
 */
import { RigError } from "../core/errors.js";
import type { FindingReported, RunEvent } from "../core/events.js";
import type { FaultRecord } from "../core/fault.js";
import { placedFinding } from "../core/fault/allocation.js";
import { ownFrames } from "../core/fault/machinery.js";
import type { PlaceRules } from "../core/places.js";
import { isMeasured } from "../core/finding-kinds.js";
import { hasAddress, symbolized } from "../core/fault/symbolized.js";
import type { Symbols } from "../core/fault/symbols.js";
import { readSymbolsOf } from "../image/read-symbols.js";
import { type ImageFiles, symbolFileOf } from "./image-files.js";
import type { Say } from "../core/say.js";
import { sourceAround } from "./source-lines.js";

const LOOKED_AT: ReadonlySet<RunEvent["type"]> = new Set(["boot-started", "problem", "fault", "finding"]);

/** Knows the image of the boots whose events it is shown, and its symbols once one of them has crashed. */
export class Symbolizer {
  /** The guest that runs is another one: its addresses mean something else. */
  #isWrong = false;
  #opened: { readonly symbols: Symbols | undefined } | undefined;

  constructor(
    private readonly image: ImageFiles,
    private readonly rules: PlaceRules,
    private readonly say: Say,
  ) {}

  /** The events, those with a fault completed. */
  complete(events: readonly RunEvent[]): readonly RunEvent[] {
    if (!events.some(({ type }) => LOOKED_AT.has(type))) return events;
    return events.map((event) => {
      if (event.type === "boot-started") this.#isWrong = false;
      if (event.type === "problem" && event.code === "wrong-image") this.#isWrong = true;
      if (this.#isWrong) return event;
      if (event.type === "fault") return { ...event, fault: this.#completed(event.fault) };
      return event.type === "finding" ? this.#placed(event) : event;
    });
  }

  /** A finding that was measured names addresses; what a guest printed has its place already. */
  #placed(finding: FindingReported): FindingReported {
    if (!isMeasured(finding.kind) || finding.callTrace === undefined) return finding;
    const symbols = this.#symbols();
    return symbols === undefined ? finding : placedFinding(finding, symbols);
  }

  #completed(fault: FaultRecord): FaultRecord {
    const symbols = hasAddress(fault) ? this.#symbols() : undefined;
    if (symbols === undefined) return fault;
    const known = symbolized(fault, symbols);
    const own = ownFrames(known.callTrace).find(({ line }) => line !== undefined);
    const { file, line } = own ?? known;
    const source =
      known === fault || file === undefined || line === undefined
        ? undefined
        : sourceAround(file, line, this.rules);
    return source === undefined ? known : { ...known, source };
  }

  #symbols(): Symbols | undefined {
    this.#opened ??= { symbols: this.#open() };
    return this.#opened.symbols;
  }

  #open(): Symbols | undefined {
    try {
      const { path, refused } = symbolFileOf(this.image);
      for (const line of refused) this.say(line);
      const symbols = readSymbolsOf(path);
      if (symbols.lack !== undefined)
        this.say(`faults have no lines, since ${path} has none: ${symbols.lack}`);
      else if (symbols.gap !== undefined) this.say(`traces of ${path} are not whole: ${symbols.gap}`);
      return symbols;
    } catch (error) {
      if (!(error instanceof RigError)) throw error;
      this.say(`faults have no functions and lines: ${error.message}`);
      return undefined;
    }
  }
}

/** A whole stream, completed batch by batch. */
export async function* completed(
  events: AsyncIterable<readonly RunEvent[]>,
  symbolizer: Symbolizer,
): AsyncGenerator<readonly RunEvent[]> {
  for await (const some of events) yield symbolizer.complete(some);
}
