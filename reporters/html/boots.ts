/**
 * Boots as data of the page: boots of one image on one machine share a lane. It does not invent when a boot began: where
 * nobody noted it, boots of a lane follow each other.
 */
import type { BootData } from "./data.js";
import { given, type Scene } from "./scene.js";
import { nameOf } from "../view/line.js";

/** All boots, in the order of the run: everything else names them by their position. */
export function bootsOf({ model }: Scene): readonly BootData[] {
  const lanes = new Map<string, number>();
  const laneOf = (key: string): number => {
    const lane = lanes.get(key) ?? lanes.size;
    lanes.set(key, lane);
    return lane;
  };
  return model.boots.map(({ id, source, group, why, end, startMs, wallMs, kernel }) => ({
    name: nameOf(source),
    lane: laneOf(group ?? `\0${id}`),
    ...given("why", why),
    end: end ?? "unfinished",
    ...given("from", startMs),
    ...given("ms", wallMs),
    ...(kernel !== undefined && { kernel: nameOf(kernel) }),
  }));
}
