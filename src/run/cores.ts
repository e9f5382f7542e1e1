/**
 * The cores of a run: for each guest that has died, its memory and the registers of the fault in a file that a debugger
 * opens, beside the run's record, with the image that ran. It judges nothing; a core that cannot be kept is said once.
 */
import { fileName } from "../../runner/files/file-name.js";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type FileCopy, storeCore } from "../../runner/files/core-files.js";
import type { GuestSnapshot } from "../../runner/machine.js";
import { RigError } from "../core/errors.js";
import type { FaultKind, Register } from "../core/fault.js";
import type { Plan } from "../core/plan.js";
import { messageOf } from "../core/reason.js";
import type { Say } from "../core/say.js";
import { type CoreMemory, coreLayout, PROGRAM_CHARS } from "../image/core-file.js";
import { symbolFileOf } from "./image-files.js";
import type { ImageTask } from "./task.js";

/** Version of the files that say what a core is of. */
const SCHEMA = "uktest-core/1";
const FOLDER = "cores";

/** A guest that has died, before its machine is given back. */
export interface DeadGuest {
  /** `suite.case` of the case that ran; absent outside of one. */
  readonly name?: string;
  readonly kind: FaultKind;
  readonly title: string;
  /** Those of the fault, where its screen has them; else those of the processor. */
  readonly registers: readonly Register[];
  readonly inside: GuestSnapshot;
}

/** What is known of a core. */
export interface CoreNote {
  readonly schema: typeof SCHEMA;
  readonly name: string;
  readonly title: string;
  readonly machine: string;
  readonly architecture: Plan["architecture"];
  /** Paths relative to the folder of the note. */
  readonly core: string;
  /** Length of the core. */
  readonly bytes: number;
  readonly image: string;
  readonly symbols: string;
  /** Root of the sources, absolute, on the host that ran it. */
  readonly root: string;
  readonly buildId?: string;
}

/** Linux' signals, which gdb shows as the reason of a core. */
const SIGNALS: Partial<Readonly<Record<FaultKind, number>>> = {
  "time-out": 2,
  trap: 11,
  assertion: 6,
  "boot-assertion": 6,
  "init-assertion": 6,
  "exit-assertion": 6,
  crash: 6,
};
const TRAP_SIGNALS: readonly (readonly [RegExp, number])[] = [
  [/invalid opcode|undefined instruction|unknown/i, 4],
  [/divide|floating/i, 8],
  [/breakpoint|debug/i, 5],
  [/alignment|stack segment|segment not present/i, 7],
];

function signalOf({ kind, title }: DeadGuest): number {
  const ofTrap = kind === "trap" ? TRAP_SIGNALS.find(([pattern]) => pattern.test(title)) : undefined;
  return ofTrap?.[1] ?? SIGNALS[kind] ?? 6;
}

/**
 * A name for an image beside its cores, as long as a core has room for: of a file with another name gdb warns that it may not
 * belong to the core. One without a build id is the only one of its run.
 */
function shortName(name: string, buildId: string | undefined): string {
  const end = buildId === undefined ? "" : `.${buildId.slice(0, 8)}`;
  return `${fileName(basename(name)).slice(0, PROGRAM_CHARS - end.length)}${end}`;
}

export interface CoreKeeper {
  /** Keeps the core of a guest. */
  readonly keep: (guest: DeadGuest) => Promise<void>;
}

export interface KeeperOptions {
  /** Folder of the record. */
  readonly folder: string;
  readonly task: Omit<ImageTask, "cell">;
  /** Name of the boot, which no other of the run has. */
  readonly boot: string;
  readonly machine: string;
  readonly root: string;
  readonly say: Say;
}

/** Keeps the cores of the boots of one image. */
export const coreKeeper = (options: KeeperOptions): CoreKeeper => ({
  keep: async (guest) => {
    try {
      await keep(options, guest);
    } catch (error) {
      options.say(`no core of ${guest.name ?? options.boot} is kept: ${messageOf(error)}`);
    }
  },
});

async function keep({ folder, task, boot, machine, root }: KeeperOptions, guest: DeadGuest): Promise<void> {
  const range = guest.inside.memory;
  if (range === undefined || guest.registers.length === 0) return;
  const { path: linked } = symbolFileOf(task.files);
  const { architecture, buildId } = task.whole;
  const symbols: FileCopy = { path: linked, name: shortName(task.name, buildId) };
  const image =
    linked === task.image.path ? symbols : { path: task.image.path, name: `${symbols.name}.image` };
  const what = guest.name ?? boot;
  const core = `${fileName(`${boot} ${what}`)}.core`;
  const memory: readonly CoreMemory[] = [range];
  const threads = [{ registers: guest.registers, signal: signalOf(guest) }];
  const layout = coreLayout({ architecture, threads, memory, program: symbols.name, what });
  const note: CoreNote = {
    ...{ schema: SCHEMA, name: what, title: guest.title, machine, architecture, core },
    ...{ image: image.name, symbols: symbols.name, bytes: layout.bytes, root: resolve(root) },
    ...(buildId !== undefined && { buildId }),
  };
  await storeCore(join(folder, FOLDER), {
    ...{ name: core, layout, memory, copies: [image, symbols] },
    read: (address, length) => guest.inside.read(address, length),
    note: { name: core.replace(/\.core$/, ".json"), text: `${JSON.stringify(note, null, 2)}\n` },
  });
}

/** A core that was kept, and what is known of it; paths are relative to the working directory. */
export type KeptCore = CoreNote;

const isNote = (value: unknown): value is CoreNote =>
  typeof value === "object" &&
  value !== null &&
  (value as Readonly<Record<string, unknown>>)["schema"] === SCHEMA &&
  typeof (value as Readonly<Record<string, unknown>>)["bytes"] === "number" &&
  ["name", "title", "machine", "architecture", "core", "image", "symbols", "root"].every(
    (key) => typeof (value as Readonly<Record<string, unknown>>)[key] === "string",
  );

/**
 * What is known of one core.
 * @param path of its description
 * @throws RigError where it cannot be read
 */
export function noteAt(path: string): KeptCore {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new RigError(`cannot read ${path}: ${messageOf(error)}`);
  }
  if (!isNote(value))
    throw new RigError(`${path} does not describe a core`, "it is written by uktest run --record");
  const at = (name: string): string => relative(".", resolve(dirname(path), name)) || ".";
  return { ...value, core: at(value.core), image: at(value.image), symbols: at(value.symbols) };
}

/**
 * The cores beside a record, in the order of their names; none where no guest has died.
 * @throws RigError for a description that cannot be read
 */
export function coresIn(record: string): readonly KeptCore[] {
  const folder = join(record, FOLDER);
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names.filter((name) => name.endsWith(".json")).map((name) => noteAt(join(folder, name)));
}
