/**
 * Gives the faults in a stream of events the functions, places and source lines that their image knows. Without a fault
 * no image is opened; an image that cannot be read is said once, and its faults stay as they are.
 */
import { RigError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import type { FaultRecord } from "../core/fault.js";
import { ownFrames } from "../core/machinery.js";
import type { PlaceRules } from "../core/places.js";
import { hasAddress, symbolized } from "../core/symbolized.js";
import type { Symbols } from "../core/symbols.js";
import { type ImageFiles, symbolFileOf } from "./image-files.js";
import type { Say } from "./say.js";
import { sourceAround } from "./source-lines.js";

const LOOKED_AT: ReadonlySet<RunEvent["type"]> = new Set(["boot-started", "problem", "fault"]);

/** Knows the image of the boot that runs, and the symbols of those that have crashed. */
export class Symbolizer {
  #image: ImageFiles | undefined;
  /** The guest that runs is another one: its addresses mean something else. */
  #isWrong = false;
  readonly #opened = new Map<string, Symbols | undefined>();

  constructor(
    private readonly rules: PlaceRules,
    private readonly say: Say,
    image?: ImageFiles,
  ) {
    this.#image = image;
  }

  /** The image of the boots that begin from now on; none when it is not known. */
  use(image: ImageFiles | undefined): void {
    this.#image = image;
  }

  /** True when some of the events matter here; almost none do. */
  concerns(events: readonly RunEvent[]): boolean {
    return this.#image !== undefined && events.some(({ type }) => LOOKED_AT.has(type));
  }

  /** The events, those with a fault completed. */
  async complete(events: readonly RunEvent[]): Promise<readonly RunEvent[]> {
    const all: RunEvent[] = [];
    for (const event of events) {
      if (event.type === "boot-started") this.#isWrong = false;
      if (event.type === "problem" && event.code === "wrong-image") this.#isWrong = true;
      const isMine = event.type === "fault" && !this.#isWrong;
      all.push(isMine ? { ...event, fault: await this.#completed(event.fault) } : event);
    }
    return all;
  }

  async #completed(fault: FaultRecord): Promise<FaultRecord> {
    const symbols = hasAddress(fault) ? await this.#symbols() : undefined;
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

  async #symbols(): Promise<Symbols | undefined> {
    if (this.#image === undefined) return undefined;
    const path = symbolFileOf(this.#image);
    if (!this.#opened.has(path)) this.#opened.set(path, await this.#open(path));
    return this.#opened.get(path);
  }

  async #open(path: string): Promise<Symbols | undefined> {
    // Loaded where it is needed: most runs have no crash.
    const { readSymbolsOf } = await import("../image/read-symbols.js");
    try {
      const symbols = readSymbolsOf(path);
      if (symbols.lack !== undefined)
        this.say(`faults have no lines, since ${path} has none: ${symbols.lack}`);
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
  for await (const some of events) yield symbolizer.concerns(some) ? await symbolizer.complete(some) : some;
}
