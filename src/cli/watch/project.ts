/**
 * What a watch watches: the programs of the project, the files they are made from, and what to run when some changed.
 * It builds and runs nothing.
 */
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { imageIn, objectsIn } from "../../../runner/build/image.js";
import {
  changedSince,
  foldersBelow,
  foldersOf,
  type Made,
  type Picture,
  pictureOf,
} from "../../../runner/build/build-inputs.js";
import { KIT_ROOT } from "../../../runner/build/kit.js";
import { programsOf } from "../../../runner/build/program.js";
import { stateOf } from "../../../runner/build/stamp.js";
import { compilerNamed } from "../../../runner/build/toolchain.js";
import { chooseMachine } from "../../../runner/machines.js";
import { configAt, loadConfig, type LoadedConfig } from "../../config/load.js";
import { extensionsOf } from "../../run/extensions.js";
import { readPlan } from "../../image/plan.js";
import { runFolderOf } from "../../run/project.js";
import { countOf, selectIn } from "../../run/select.js";
import type { WatchArguments } from "./arguments.js";

/** What there was to see at a moment. */
export interface Look {
  readonly config: string;
  readonly configState: string;
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** What changed since, and what that affects. */
export interface Change {
  /** Relative to the root of the project. */
  readonly files: readonly string[];
  /** Patterns for a run; none means everything that the watch is about. */
  readonly patterns: readonly string[];
}

export class WatchedProject {
  private constructor(
    private readonly args: WatchArguments,
    private readonly file: string,
    private loaded: LoadedConfig,
    private objects: string,
  ) {}

  /** @throws UsageError when the configuration cannot be read or names no machine that exists */
  static async open(args: WatchArguments): Promise<WatchedProject> {
    const found = configAt(args.config);
    const file = found ?? join(KIT_ROOT, "uktest.config.json");
    const loaded = await loadConfig(file);
    return new WatchedProject(args, file, loaded, await objectsOf(args, loaded));
  }

  /** Reads the configuration again; the next run reports one that is wrong. */
  async reload(): Promise<void> {
    try {
      this.loaded = await loadConfig(this.file);
      this.objects = await objectsOf(this.args, this.loaded);
    } catch {
      // As it was.
    }
  }

  #made(): readonly (Made & { readonly onlyByName: boolean })[] {
    const { loaded, objects } = this;
    return Object.entries(loaded.config.suites).map(([name, { onlyByName = false }]) => ({
      name,
      onlyByName,
      sources: sourcesOf(loaded, this.args.profile, name),
      image: imageIn(objects, name),
    }));
  }

  /** The state of everything now. */
  look(): Look {
    const pictures = this.#made()
      .filter((one) => this.#isWanted(one))
      .map((one) => [one.name, pictureOf(one, this.loaded.root)] as const);
    return { config: this.file, configState: stateOf(this.file), pictures: new Map(pictures) };
  }

  /** A further look: what was known keeps the state in which it was known, so that nothing slips in between. */
  lookAgain(before: Look): Look {
    const now = this.look();
    const pictures = [...now.pictures].map(([name, picture]) => {
      const known = before.pictures.get(name);
      return [name, new Map([...picture].map(([path, state]) => [path, known?.get(path) ?? state]))] as const;
    });
    return { ...before, pictures: new Map(pictures) };
  }

  /** Whether a file that is known has changed: cheap enough for every second. */
  hasChanged({ config, configState, pictures }: Look): boolean {
    if (stateOf(config) !== configState) return true;
    return [...pictures.values()].some((picture) =>
      [...picture].some(([path, state]) => stateOf(path) !== state),
    );
  }

  /** The folders whose changes may matter. */
  folders(look: Look): readonly string[] {
    const { root } = this.loaded;
    const ofFiles = [...look.pictures.values()].flatMap(foldersOf);
    return [...new Set([dirname(look.config), ...foldersBelow(root), ...ofFiles])].filter(exists);
  }

  /** Number of files that are looked at. */
  static count({ pictures }: Look): number {
    return new Set([...pictures.values()].flatMap((picture) => [...picture.keys()])).size;
  }

  /** What changed since a look; undefined where nothing did. */
  change(before: Look): Change | undefined {
    const { root } = this.loaded;
    if (stateOf(before.config) !== before.configState)
      return { files: [relative(root, before.config)], patterns: this.args.patterns };
    const affected = this.#made().flatMap((one) => {
      const picture = before.pictures.get(one.name);
      const files = picture === undefined ? [] : changedSince(picture, one);
      return files.length === 0 ? [] : [{ name: one.name, files }];
    });
    if (affected.length === 0) return undefined;
    const files = [...new Set(affected.flatMap((one) => one.files))]
      .map((path) => relative(root, path))
      .sort();
    return {
      files,
      patterns: this.#patternsFor(
        affected.map(({ name }) => name),
        before,
      ),
    };
  }

  #patternsFor(affected: readonly string[], { pictures }: Look): readonly string[] {
    const { patterns } = this.args;
    if (affected.length === pictures.size) return patterns;
    if (patterns.length === 0) return affected;
    // A pattern that is no program may mean suites of any.
    return patterns.filter((pattern) => affected.includes(pattern) || !pictures.has(pattern));
  }

  /** Whether a run of all that the watch is about boots a program; one that was not built yet may be. */
  #isWanted({ name, image, onlyByName }: Made & { readonly onlyByName: boolean }): boolean {
    const { patterns } = this.args;
    if (patterns.length === 0) return !onlyByName;
    if (patterns.includes(name)) return true;
    if (patterns.every((pattern) => Object.hasOwn(this.loaded.config.suites, pattern))) return false;
    try {
      return countOf(selectIn(readPlan(image), patterns)) > 0;
    } catch {
      return true;
    }
  }
}

function exists(folder: string): boolean {
  try {
    readdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

async function objectsOf(args: WatchArguments, loaded: LoadedConfig): Promise<string> {
  const { machines } = await extensionsOf(loaded);
  const wish = args.machine ?? loaded.config.machine ?? "auto";
  const { machine } = await chooseMachine(wish, undefined, machines);
  const folder = join(runFolderOf(args), "build");
  return objectsIn(folder, machine.architecture, compilerNamed(args.compiler), args.profile);
}

function sourcesOf(loaded: LoadedConfig, profile: string, name: string): readonly string[] {
  try {
    return programsOf(loaded, profile, [name]).flatMap(({ sources }) => sources);
  } catch {
    // A file that is gone for the moment it takes to save it, or for good: the run will say.
    return [];
  }
}
