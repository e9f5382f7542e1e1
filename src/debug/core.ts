/**
 * A core of an earlier run in gdb, with the image that ran. Nothing is built and nothing boots; which core is meant is found
 * out here, how it was kept is in src/run/cores.ts.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { findGdb, startGdb } from "../../runner/debug/gdb.js";
import { sessionFolder } from "../../runner/debug/listening.js";
import { findRecord, latestRecord } from "../../runner/files/record-folders.js";
import { RigError, UsageError } from "../core/errors.js";
import type { Say } from "../core/say.js";
import { withImage } from "../image/elf/bytes.js";
import { readElf } from "../image/elf.js";
import { buildIdOf } from "../image/identity.js";
import { coresIn, type KeptCore, noteAt } from "../run/cores.js";
import { describe } from "../run/image-files.js";
import { runFolderOf } from "../run/project.js";
import { matching } from "../run/select.js";
import type { DebugArguments, Surroundings } from "./arguments.js";
import { scriptForCore, SETTINGS } from "./script.js";
import { type CaseFunction, stopsOf } from "./stops.js";

/** The cores that a word stands for: `latest`, a record, a folder of records, a core or what describes it. */
function coresAt(path: string, args: DebugArguments): readonly KeptCore[] {
  if (/\.(?:core|json)$/.test(path)) return [noteAt(path.replace(/\.core$/, ".json"))];
  if (existsSync(join(path, "cores"))) return coresIn(path);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const events = isFolder
    ? findRecord(path)
    : path === "latest"
      ? latestRecord(runFolderOf(args))
      : undefined;
  if (events === undefined)
    throw new UsageError(
      `${path} is no record of a run`,
      "uktest run --record FOLDER keeps one, with the cores of what died",
    );
  return coresIn(dirname(events));
}

/** The one that the patterns mean. */
function chosen(path: string, args: DebugArguments, say: Say): KeptCore {
  const all = coresAt(path, args);
  if (all.length === 0)
    throw new UsageError(`${path} has no cores`, "a core is kept of each guest that has died or hung");
  const matchers = args.patterns.map(matching);
  const isMeant = ({ name }: KeptCore): boolean => {
    const dot = name.indexOf(".");
    return matchers.length === 0 || matchers.some((is) => is(name.slice(0, dot), name.slice(dot + 1)));
  };
  const [first, ...others] = all.filter(isMeant);
  const names = all.map(({ name }) => name).join(", ");
  if (first === undefined)
    throw new UsageError(`there is no core of ${args.patterns.join(" ")}`, `there are: ${names}`);
  if (others.length > 0) say(`${first.name}, the first of ${String(others.length + 1)} cores: ${names}`);
  return first;
}

/** The build id of a file; undefined where it has none. */
const buildIdIn = (path: string): string | undefined => withImage(path, (bytes) => buildIdOf(readElf(bytes)));

/** A core of another build shows wrong names for right addresses. */
function refuseOtherBuild(path: string, { buildId, core, image, symbols }: KeptCore): void {
  const own = buildIdIn(path);
  if (own === undefined || buildId === undefined) {
    const isSame = [image, symbols].some((kept) => readFileSync(kept).equals(readFileSync(path)));
    if (isSame) return;
    throw new RigError(
      `${path} has no build id, and is not the image that was kept beside ${core}`,
      "leave --image out: what has run is taken then",
    );
  }
  if (own === buildId) return;
  throw new RigError(
    `${path} is of another build than the core: ${own}, and ${core} is of ${buildId}`,
    "leave --image out: the image that ran was kept beside the core",
  );
}

/** A core that can be opened, and what a gdb needs for that. */
export interface OpenableCore {
  /** Path of the gdb. */
  readonly gdb: string;
  /** Files of the core and of the symbols of the image that ran. */
  readonly core: string;
  readonly symbols: string;
  /** Folders of the sources. */
  readonly sources: readonly string[];
  readonly cases: readonly CaseFunction[];
  /** What has died, and of what, in a line. */
  readonly what: string;
}

/**
 * Finds out which core is meant, and checks it.
 * @throws UsageError, RigError
 */
export async function coreFor(path: string, args: DebugArguments, say: Say): Promise<OpenableCore> {
  const kept = chosen(path, args, say);
  const { core, architecture, root } = kept;
  const image = args.image ?? kept.image;
  const symbols = args.symbols ?? args.image ?? kept.symbols;
  for (const needed of [core, image, symbols])
    if (!existsSync(needed)) throw new RigError(`${needed} is not there any more`, "the record is not whole");
  const { size } = statSync(core);
  if (size !== kept.bytes)
    throw new RigError(
      `${core} has ${String(size)} bytes, and was written with ${String(kept.bytes)}`,
      "the record is not whole",
    );
  if (args.image !== undefined) refuseOtherBuild(image, kept);
  const { plan } = describe(image === symbols ? { image } : { image, symbols });
  const { cases } = stopsOf(image, image === symbols ? undefined : symbols, plan);
  return {
    gdb: await findGdb(architecture),
    ...{ core, symbols, cases },
    sources: [KIT_ROOT, ...(existsSync(root) ? [root] : [])],
    what: `${kept.name}: ${kept.title}`,
  };
}

/**
 * Opens a core on the terminal of this process.
 * @returns the exit code of the debugger
 * @throws UsageError, RigError
 */
export async function debugCore(
  path: string,
  args: DebugArguments,
  { say, stop, handOver }: Surroundings,
): Promise<number> {
  const { gdb, core, symbols, ...order } = await coreFor(path, args, say);
  const folder = sessionFolder();
  try {
    const script = folder.write("commands.gdb", scriptForCore(order));
    handOver();
    const settings = SETTINGS.flatMap((one) => ["-iex", one]);
    const debug = startGdb(gdb, ["-q", ...settings, symbols, "-c", core, "-x", script, ...args.gdbWords]);
    stop.addEventListener("abort", debug.stop);
    return await debug.end;
  } finally {
    folder.remove();
  }
}
