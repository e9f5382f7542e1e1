/** Where a boot has spoken last, and as whom: what any line says, whatever stands in it. */
import type { Segment } from "../segment.js";
import type { BootState } from "./boot.js";
import { placeOf } from "./cases.js";

/** Notes one line. */
export function noticeLine({ spoken, end, head }: BootState, at: Segment): void {
  const { line, prefix } = at;
  spoken.last = placeOf(at);
  const [, last] = spoken.lines;
  if (last !== line && at.body.trim() !== "") spoken.lines = [last, line];
  end.stopsInMessage = prefix !== undefined && at.last && !at.terminated;
  if (prefix === undefined) return;
  const [, lastOfKernel] = spoken.kernelLines;
  if (lastOfKernel !== line) spoken.kernelLines = [lastOfKernel, line];
  head.sawKernel = true;
  if (prefix.level === "info" && prefix.library === "libkvmplat") head.announcesHalt = true;
}
