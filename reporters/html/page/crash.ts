/**
 * One crash: what it was, the source around it, the frames of the program, then registers and console. Frames of the machinery
 * are folded where they stand; it does not drop one.
 */
import type { FaultData, FrameData } from "../data.js";
import { el, fold, type Child } from "./dom.js";
import { consoleLine, lines } from "./console.js";
import { plural } from "../../../src/core/plural.js";

function frame({ name, at, address, inlined }: FrameData, depth: number): HTMLElement {
  return el(
    "li",
    {},
    el("span.depth", { "aria-hidden": "true" }, String(depth)),
    el(
      "span.what",
      {},
      el("code.function", {}, name),
      at !== undefined && el("code.at", {}, at),
      inlined === true && el("span.pill", {}, "inlined"),
    ),
    name !== address && el("code.address", {}, `0x${address}`),
  );
}

/** Frames in their order; each run of machinery is one thing to unfold. */
function* frames(all: readonly FrameData[]): Generator<HTMLElement> {
  for (let at = 0; at < all.length;) {
    const end = all.findIndex((one, index) => index >= at && one.fold === undefined);
    const until = end < 0 ? all.length : end;
    if (until > at) {
      const run = all.slice(at, until);
      const words = [...new Set(run.flatMap(({ fold: word }) => word ?? []))].join(" and ");
      const first = at;
      const inner = (): readonly Child[] => [
        el("ol.frames", {}, ...run.map((one, index) => frame(one, first + index))),
      ];
      yield el("li.machinery", {}, fold([`${plural(run.length, "frame")} of ${words}`], inner));
      at = until;
      continue;
    }
    const one = all[at];
    if (one !== undefined) yield frame(one, at);
    at += 1;
  }
}

function source({ at, first, meant, texts }: NonNullable<FaultData["source"]>): HTMLElement {
  const all = texts.map((text, index) => ({
    line: first + index,
    content: [text],
    marked: first + index === meant,
  }));
  return el("figure", {}, el("figcaption", {}, el("code.at", {}, at)), lines("source", `Source, ${at}`, all));
}

/** A crash as a block; its title only where nobody has said it yet. */
export function crash(fault: FaultData, said?: string): HTMLElement {
  const { title, kind, at, fingerprint, frames: trace, registers, console: log } = fault;
  return el(
    "section.crash",
    {},
    title !== said && el("p.title", {}, title),
    el(
      "p.quiet",
      {},
      el("span.pill", {}, kind),
      at !== undefined && fault.source === undefined && el("code.at", {}, at),
    ),
    fault.source && source(fault.source),
    trace.length > 0 && el("ol.frames", { "aria-label": "Call trace, innermost first" }, ...frames(trace)),
    fingerprint !== undefined &&
      el(
        "p.quiet",
        { title: "The same for the same crash in another run or build" },
        "fingerprint ",
        el("code", {}, fingerprint),
      ),
    registers.length > 0 &&
      fold([plural(registers.length, "register")], () => [
        el(
          "dl.registers",
          {},
          ...registers.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
        ),
      ]),
    log.length > 0 &&
      fold(
        ["Console around it"],
        () => [lines("log", "Console around the crash", log.map(consoleLine))],
        trace.length === 0,
      ),
  );
}
