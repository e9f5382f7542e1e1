/**
 * Keeps one status line below everything else that is written to a terminal, while a run goes on. It owns the line's
 * clock and knows how to draw and to take away; what the line says is status-line.ts.
 */
import { startTicker, type Ticker } from "../../runner/host/ticker.js";
import type { RunEvent } from "../core/events.js";
import type { Sink } from "./sink.js";
import {
  afterEvent,
  buildStatus,
  freshState,
  type RunState,
  type StatusLine,
  statusOf,
} from "./status-line.js";
import type { Screen } from "./terminal.js";

export interface Terminal {
  readonly sink: Sink;
  /** Asked before every drawing: a window changes its size. */
  readonly screen: () => Screen;
  /** True when a line longer than the window continues on the next row after the window has become narrower. */
  readonly reflows: boolean;
  /** Called when the process ends by whatever way is left to it; gives the means to take that back. */
  readonly onExit: (last: () => void) => () => void;
}

/** Never drawn more often; a run that is over sooner than the second time needs no status. */
export const REDRAW_MS = 100;
const FIRST_MS = 2 * REDRAW_MS;

interface Waiting {
  readonly sink: Sink;
  text: string;
}

export class LiveScreen {
  readonly #terminal: Terminal;
  readonly #start: typeof startTicker;
  #state: RunState = freshState();
  /** What the line says; absent while there is nothing to say. */
  #status: ((nowMs: number, screen: Screen) => StatusLine) | undefined;
  #ticker: Ticker | undefined;
  /** Columns of the line that is on the screen; 0 for none. */
  #drawn = 0;
  #drawnAt = 0;
  /** Written since the last drawing: goes out together with the next, so that the line does not flicker. */
  #waiting: Waiting[] = [];
  /** What was appended ended with its line: the status may stand below. */
  #atLineStart = true;
  readonly #failed = new Map<Sink, Error>();

  constructor(terminal: Terminal, start = startTicker) {
    this.#terminal = terminal;
    this.#start = start;
  }

  /** Passes a run's batches on and shows how far it is, until it is over or abandoned. */
  async *follow(
    batches: AsyncIterable<readonly RunEvent[]>,
    planned?: number,
  ): AsyncGenerator<readonly RunEvent[]> {
    this.#state = freshState(planned);
    const { ticker, forget } = this.#begin();
    this.#status = (now, screen) => statusOf(this.#state, now, screen);
    try {
      for await (const batch of batches) {
        const now = ticker.now();
        for (const event of batch) this.#state = afterEvent(this.#state, event, now);
        yield batch;
      }
    } finally {
      forget();
      this.#stop();
    }
  }

  /** Shows how far the building is that goes on in `work`. */
  async building<T>(
    work: (tell: (program: string, done: number, of: number) => void) => Promise<T>,
  ): Promise<T> {
    const { forget } = this.#begin();
    try {
      return await work((program, done, of) => {
        this.#status = (now, screen) => buildStatus({ program, done, of }, now, screen);
      });
    } finally {
      forget();
      this.#stop();
    }
  }

  #begin(): { readonly ticker: Ticker; readonly forget: () => void } {
    this.#status = undefined;
    const ticker = this.#start(REDRAW_MS, () => {
      this.#draw();
    });
    this.#ticker = ticker;
    const forget = this.#terminal.onExit(() => {
      this.#stop();
    });
    return { ticker, forget };
  }

  /** A sink whose text appears above the line; for sinks that write to this terminal. */
  over(sink: Sink): Sink {
    return {
      ...sink,
      write: async (text) => {
        const failure = this.#failed.get(sink);
        if (failure !== undefined) throw failure;
        if (this.#ticker === undefined) return sink.write(text);
        if (text !== "") this.#append(sink, text);
      },
      close: async () => {
        this.#flush();
        const failure = this.#failed.get(sink);
        if (failure !== undefined) throw failure;
        await sink.close();
      },
    };
  }

  #append(sink: Sink, text: string): void {
    const last = this.#waiting.at(-1);
    if (last?.sink === sink) last.text += text;
    else this.#waiting.push({ sink, text });
    if ((this.#ticker?.now() ?? 0) - this.#drawnAt >= REDRAW_MS) this.#draw();
  }

  #draw(): void {
    const { sink, screen } = this.#terminal;
    const now = this.#ticker?.now() ?? 0;
    this.#flush();
    this.#drawnAt = now;
    if (now < FIRST_MS || !this.#atLineStart || this.#status === undefined) return;
    const { text, columns } = this.#status(now, screen());
    this.#put(sink, this.#erasure() + text);
    this.#drawn = columns;
  }

  /** Writes what waits, where the line was. */
  #flush(): void {
    if (this.#waiting.length === 0) return;
    this.#put(this.#terminal.sink, this.#erasure());
    for (const { sink, text } of this.#waiting) {
      this.#put(sink, text);
      this.#atLineStart = text.endsWith("\n");
    }
    this.#waiting = [];
  }

  #stop(): void {
    if (this.#ticker === undefined) return;
    this.#flush();
    this.#put(this.#terminal.sink, this.#erasure());
    this.#ticker.stop();
    this.#ticker = undefined;
  }

  /** What takes the line off the screen; the cursor is then where it began. */
  #erasure(): string {
    if (this.#drawn === 0) return "";
    const rows = this.#terminal.reflows
      ? Math.ceil(this.#drawn / Math.max(1, this.#terminal.screen().width))
      : 1;
    this.#drawn = 0;
    return `\r${rows > 1 ? `\x1b[${String(rows - 1)}A` : ""}\x1b[J`;
  }

  /** A terminal takes text at once; the next write reports what failed. */
  #put(sink: Sink, text: string): void {
    if (text === "") return;
    sink.write(text).catch((error: unknown) => {
      this.#failed.set(sink, error instanceof Error ? error : new Error(String(error)));
    });
  }
}
