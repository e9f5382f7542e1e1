/**
 * Boots as data of the page: boots of one image on one machine share a lane. It does not invent when a boot began: where
 * nobody noted it, boots of a lane follow each other.
 */
import {
  MARK_TEXT_MAX,
  MAX_HELD_POINTS,
  MAX_TRACE_MARKS,
  MAX_TRACED_CASES,
  type TraceSummary,
} from "../../src/core/model/trace-summary.js";
import type { BootData, BootTraceData } from "./data.js";
import { given, type Scene } from "./scene.js";
import { nameOf, oneLine } from "../view/line.js";

/** A trace takes up to 150 KB of the page. */
const TRACED_BOOTS_MAX = 40;

/** A record may hold more than the run that wrote it would have. */
const traceOf = ({ events, lost, cases, marks, held }: TraceSummary): BootTraceData => ({
  events,
  lost,
  cases: cases
    .slice(-MAX_TRACED_CASES)
    .map(({ name, fromUs, toUs }) =>
      toUs === undefined ? ([nameOf(name), fromUs] as const) : ([nameOf(name), fromUs, toUs] as const),
    ),
  marks: marks
    .slice(0, MAX_TRACE_MARKS)
    .map((one) => [one.fromUs, one.toUs, one.events, oneLine(one.text, MARK_TEXT_MAX)] as const),
  ...given("held", held?.slice(0, MAX_HELD_POINTS)),
});

/** All boots, in the order of the run: everything else names them by their position. */
export function bootsOf({ model }: Scene): readonly BootData[] {
  const lanes = new Map<string, number>();
  const laneOf = (key: string): number => {
    const lane = lanes.get(key) ?? lanes.size;
    lanes.set(key, lane);
    return lane;
  };
  let traced = 0;
  return model.boots.map(({ id, source, group, why, end, startMs, wallMs, kernel, trace }) => ({
    name: nameOf(source),
    lane: laneOf(group ?? `\0${id}`),
    ...given("why", why),
    end: end ?? "unfinished",
    ...given("from", startMs),
    ...given("ms", wallMs),
    ...(kernel !== undefined && { kernel: nameOf(kernel) }),
    ...(trace !== undefined && (traced += 1) <= TRACED_BOOTS_MAX && { trace: traceOf(trace) }),
  }));
}
