/**
 * The contract of a reporter. A reporter turns events into text and nothing else: no file, no process, no clock.
 * The command line owns destinations; fan-out owns failures.
 */
import type { RunEvent } from "./events.js";
import type { RunModel } from "./model.js";

/** How a guest's file name relates to the user's tree. */
export interface Place {
  /** What to show: below the root where possible, else as the guest said it. */
  readonly path: string;
  /** True only when `path` is relative and stays below the root: then it may be annotated. */
  readonly inTree: boolean;
}

export interface ReporterContext {
  /** The whole run. Valid once the events are exhausted; shared by all reporters. */
  model(): RunModel;
  /** Maps a file name of the guest to the user's tree (`--root`, `--strip-prefix`). */
  place(file: string): Place;
  /** 0 none, 1 16 colours, 2 256, 3 true colour: of the destination, not of the process. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Columns of the destination. */
  readonly width: number;
  /** True when the destination shows UTF-8. */
  readonly unicode: boolean;
  /** The lines of a source of the user's tree, as it is now; undefined where there is none to show. */
  readonly source?: (file: string) => readonly string[] | undefined;
  /** Options given after the reporter's name: `junit,stack=dorny`. */
  readonly options: Readonly<Record<string, string>>;
  /** Bytes that the destination takes; absent: what the format itself allows. */
  readonly maxBytes?: number;
  /** Address of a page that shows a place of the user's tree. */
  readonly link?: (path: string, line: number | undefined) => string;
  /** The command that runs what was red again; absent where none would. */
  readonly again?: (model: RunModel) => string | undefined;
}

export interface Reporter {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** Names of the options it knows, with the values each takes; any other is a usage error. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Renders a run. Must consume all events. */
  render(events: AsyncIterable<RunEvent>, context: ReporterContext): AsyncIterable<string>;
}

/** Makes the `render` of a format that needs only the end out of a pure function of the model. */
export function atEnd(
  render: (model: RunModel, context: ReporterContext) => Iterable<string>,
): Reporter["render"] {
  return async function* (events, context) {
    const all = events[Symbol.asyncIterator]();
    while ((await all.next()).done !== true);
    yield* render(context.model(), context);
  };
}
