/** The traces of a run while it goes on: shown as they come, or kept until all of the run is known. It reads none. */
import type { RunModel } from "../../core/model.js";
import type { Say } from "../../core/say.js";
import type { KeptTrace } from "../../trace/kept.js";
import type { TraceWish } from "../../run/arguments.js";

export interface TraceCollector {
  /** Takes the trace of a boot. */
  readonly heard: (kept: KeptTrace) => void;
  /** Takes lines for events as they come; absent where they are not shown then. */
  readonly live?: (source: string, lines: readonly string[]) => void;
  /** Writes what is asked for when the run is over. @throws RigError */
  readonly finish: (model: RunModel) => Promise<void>;
}

export function collectTraces(wish: TraceWish, say: Say): TraceCollector {
  const traces: KeptTrace[] = [];
  let shown = Promise.resolve();
  let last: string | undefined;
  return {
    ...(wish.format === "live" && {
      live: (source, lines) => {
        if (source !== last) say(`trace: ${source}:`);
        last = source;
        for (const line of lines) say(`  ${line}`);
      },
    }),
    heard: (kept) => {
      if (wish.format === "text") shown = shown.then(() => show(kept, say));
      if (wish.format === "ctf" || wish.format === "chrome") traces.push(kept);
    },
    finish: async (model) => {
      await shown;
      if (wish.format !== "ctf" && wish.format !== "chrome") return;
      const { writeChrome, writeCtf } = await import("./output.js");
      if (wish.format === "ctf") writeCtf(wish.path, traces);
      else writeChrome(wish.path, model, traces);
      say(`trace: ${wish.path}`);
    },
  };
}

async function show(kept: KeptTrace, say: Say): Promise<void> {
  const { eventLines, traceTitle } = await import("../../trace/text.js");
  say(`trace: ${traceTitle(kept)}`);
  for (const line of eventLines(kept.trace)) say(`  ${line}`);
}
