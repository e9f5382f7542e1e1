/**
 * The reader of one boot's console, with the dialects and faults that may stand on it. It is loaded while the machine starts.
 */
import type { RunReader } from "../../console/reader.js";
import type { Policy, Tool } from "../../core/events.js";
import type { Extensions } from "../extensions.js";
import { type ImageFiles, withFound } from "../image-files.js";

export interface ReaderWishes {
  /** What stands at the head of the events. */
  readonly tool: Tool;
  readonly policy: Pick<Policy, "ubsan" | "maxLeak">;
  /** Number of the boot in its run, from 1. */
  readonly number: number;
  readonly extensions: Extensions;
  /**
   * The files of an image that the kit did not build: any dialect may stand on its console, and its symbols say whose init
   * function runs. Absent: a guest of the kit, which says that itself.
   */
  readonly files?: ImageFiles;
}

/** Makes it. */
export async function readerOf(wishes: ReaderWishes): Promise<RunReader> {
  const { tool, policy, number, extensions, files } = wishes;
  const [{ RunReader: Reader }, { dialectsFor }, { familiesWith }, inits] = await Promise.all([
    import("../../console/reader.js"),
    import("../../console/dialects.js"),
    import("../../console/report-families.js"),
    files === undefined ? undefined : import("../../image/suite-inits.js"),
  ]);
  const initAt = files === undefined ? undefined : inits?.suiteInitsOf(() => withFound(files));
  const info = { tool, sources: [], policy, partOf: number };
  return new Reader(
    { ...info, ...(initAt !== undefined && { initAt }) },
    await dialectsFor(files === undefined ? "unikraft" : "auto", extensions.dialects),
    extensions.faults.length === 0 ? undefined : familiesWith(extensions.faults),
  );
}
