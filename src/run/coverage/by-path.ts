/** Hits of sources as they stand in reports: those that count, each source once. */
import type { FileHits } from "../../core/model/coverage.js";
import { joined } from "../../core/model/coverage/table.js";
import type { CoveredImage } from "./source.js";

/** In the order of the paths; hits of the same source are added up. */
export function byPath(files: readonly FileHits[], pathOf: CoveredImage["pathOf"]): readonly FileHits[] {
  const all = new Map<string, FileHits[]>();
  for (const hits of files) {
    const path = pathOf(hits.path);
    if (path === undefined) continue;
    const known = all.get(path);
    if (known === undefined) all.set(path, [{ ...hits, path }]);
    else known.push({ ...hits, path });
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => joined(own));
}
