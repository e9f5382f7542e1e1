/**
 * The traces of a run: what the memory of each stopped guest holds of its tracepoints, beside the record and for the formats
 * that were asked for. It judges nothing; a trace that cannot be read is said once.
 */
import { keepTrace } from "../../runner/files/trace-files.js";
import type { Boot, GuestSnapshot } from "../../runner/machine.js";
import type { ArtifactKept, TraceSummed } from "../core/events.js";
import { messageOf } from "../core/reason.js";
import type { Say } from "../core/say.js";
import { withLinked } from "../image/elf/linked.js";
import { hasSymbols } from "../image/elf/symbols.js";
import { type Trace, type TraceMap, tracepointsIn } from "../image/tracepoints.js";
import { type KeptTrace, TRACE_MEDIA_TYPE, traceLines } from "../trace/kept.js";
import { summaryOf } from "../trace/summary.js";
import { eventLines } from "../trace/text.js";
import { followTrace, type LiveTrace } from "./boots/live-trace.js";
import { whereSymbolsAre, withFound } from "./image-files.js";
import type { ImageTask } from "./task.js";

/** Events that are shown of a guest that has died. */
const TAIL = 8;

/** A guest that has stopped, before its machine is given back. */
export interface StoppedGuest {
  /** Id of its boot. */
  readonly boot: string;
  readonly inside: GuestSnapshot;
  /** What has ended it before its time, and in which case. */
  readonly died?: { readonly title: string; readonly name?: string };
}

export type TraceEvent = ArtifactKept | TraceSummed;

export interface TraceReader {
  /** Shows the events of a guest while it runs. */
  readonly follow: (boot: Boot) => LiveTrace | undefined;
  /** Takes the trace of a guest, and returns what is to be said of it in the stream. */
  readonly read: (guest: StoppedGuest, live: LiveTrace | undefined) => Promise<readonly TraceEvent[]>;
}

export interface TraceReaderOptions {
  readonly task: ImageTask;
  readonly source: string;
  /** Folder of the record; absent where the run is not recorded. */
  readonly folder?: string | undefined;
  readonly say: Say;
  /** Hears of each trace. */
  readonly heard: (kept: KeptTrace) => void;
  /** Takes lines for events as they come; absent where nothing shows them. */
  readonly live?: ((source: string, lines: readonly string[]) => void) | undefined;
}

/** Reads the traces of the boots of one image. */
export function traceReader(options: TraceReaderOptions): TraceReader {
  const { task, source, say } = options;
  let map: { readonly found: TraceMap | undefined } | undefined;
  const mapOnce = (): TraceMap | undefined => (map ??= { found: mapOf(task, say) }).found;
  return {
    follow: (boot) => {
      const { live } = options;
      if (live === undefined) return undefined;
      try {
        const found = mapOnce();
        return (
          found &&
          followTrace(found, boot, (lines) => {
            live(source, lines);
          })
        );
      } catch {
        // What is wrong with it is said when the guest has stopped.
        return undefined;
      }
    },
    read: async (guest, live) => {
      try {
        const found = mapOnce();
        const trace = found && (await traceIn(found, guest.inside));
        if (trace !== undefined) live?.finish(trace);
        return trace === undefined ? [] : keep(options, guest, trace);
      } catch (error) {
        say(`no trace of ${source} is kept: ${messageOf(error)}`);
        return [];
      }
    },
  };
}

function mapOf({ name, files }: ImageTask, say: Say): TraceMap | undefined {
  const { image, symbols } = withFound(files);
  const { found, isNamed } = withLinked(image, symbols, (elf) => ({
    found: tracepointsIn(elf),
    isNamed: hasSymbols(elf),
  }));
  if (found !== undefined) return found;
  say(
    isNamed
      ? `${name} has no tracepoints, or none that is live`
      : `${name} has no symbols, so its tracepoints are not known: ${whereSymbolsAre(files)}`,
  );
  return undefined;
}

async function traceIn(map: TraceMap, inside: GuestSnapshot): Promise<Trace | undefined> {
  return map.decode(await Promise.all(map.ranges.map(({ address, bytes }) => inside.read(address, bytes))));
}

function keep(
  { task, source, folder, say, heard }: TraceReaderOptions,
  { boot, died }: StoppedGuest,
  trace: Trace,
): readonly TraceEvent[] {
  const name = died?.name;
  const { architecture } = task.whole;
  const kept = { boot, source, architecture, trace, ...(name !== undefined && { died: name }) };
  heard(kept);
  if (died !== undefined) for (const line of tail(kept, died.title)) say(line);
  const summed: TraceSummed = { type: "trace", boot, ...summaryOf(trace) };
  if (folder === undefined) return [summed];
  const path = keepTrace(folder, boot, source, traceLines(kept));
  return [summed, { type: "artifact", boot, kind: "trace", path, mediaType: TRACE_MEDIA_TYPE }];
}

/** The last events before a guest died. */
function tail({ source, trace }: KeptTrace, died: string): readonly string[] {
  const last = eventLines({ ...trace, records: trace.records.slice(-TAIL) });
  if (last.length === 0) return [];
  const count = String(last.length);
  return [
    trace.isFull
      ? `trace: the last ${count} of ${source} that its buffer had room for, some time before "${died}":`
      : `trace: the last ${count} of ${source} before "${died}":`,
    ...last.map((line) => `  ${line}`),
  ];
}
