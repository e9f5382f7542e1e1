/** What a run is made of, as types: the project, its images and what is asked of them. A leaf; project.ts opens one. */
import type { BuildFailure } from "../../runner/build/compile.js";
import type { BootImage, Hardware, Machine } from "../../runner/machine.js";
import type { Choice } from "../../runner/machines.js";
import type { Limits } from "../../runner/watch.js";
import type { Hooks } from "../config/hooks.js";
import type { ProgramBuilt } from "../core/events.js";
import type { CoverageKind } from "../core/model/coverage.js";
import type { Plan } from "../core/plan.js";
import type { Policy } from "../core/policy.js";
import type { EvidenceMap } from "../image/evidence.js";
import type { Ports } from "./images/ports.js";
import type { Extensions } from "./extensions.js";
import type { ImageFiles } from "./image-files.js";
import type { Setting } from "../core/plan/settings.js";

/** One way of building and booting the images of a run. */
export interface Cell {
  readonly choice: Choice;
  /** Name of the profile of the configuration; empty where there is none. */
  readonly profile: string;
  /** The profile's name in reports, where the run has several of them. */
  readonly label?: string;
}

export interface ProjectArguments {
  readonly patterns: readonly string[];
  /** Only cases that this expression means, of those that the patterns do; see core/plan/filter.ts. */
  readonly filter?: string;
  /** An image that exists already, instead of the project's. */
  readonly image?: string;
  /** The file that holds the image's symbols and test table, where the image itself does not. */
  readonly symbols?: string;
  readonly machine?: string;
  /** Several machines, each of which runs everything; `machine` is absent then. */
  readonly machines?: readonly string[];
  /** Several profiles, with each of which everything is built; they overrule `profile`. */
  readonly profiles?: readonly string[];
  /** Where no machines and no profiles are named, those of the configuration's matrix count. */
  readonly isMatrix?: true;
  readonly config?: string;
  /** Words for the command line of the guest. */
  readonly append?: readonly string[];
  /** What its guests have besides a processor, memory and a serial line. */
  readonly hardware?: Hardware;
  /** Values of ukstore that the guest sets before its first suite. */
  readonly set?: readonly Setting[];
  /** Bytes that a passed case may still hold after its end; absent: any number. */
  readonly maxLeak?: number;
  /** The project limits what some of its cases do with memory. */
  readonly isMeasured?: boolean;
  /** Rounds in which each benchmark is counted; absent where they run once, as all cases do. */
  readonly bench?: number;
  /** How often each case runs in its boot; absent: once. */
  readonly stress?: number;
  readonly profile: string;
  readonly compiler: string;
  /** Builds with the tracepoints of all files. */
  readonly isTraced?: true;
  /** How it is found out which lines run; absent where nothing asks. */
  readonly coverage?: CoverageKind;
  /** Percent of the lines that have to run; it overrides the configuration. */
  readonly coverageMin?: number;
  /** A commit of git: what has changed since is looked at by itself. */
  readonly coverageBase?: string;
  /** Names that mean nothing any more are passed over, as long as others do. */
  readonly mayBeGone?: true;
  /** False: boot what was built before. */
  readonly build: boolean;
}

export interface CoverageMinimum {
  readonly lines?: number | undefined;
  readonly file?: number | undefined;
  readonly changed?: number | undefined;
}

/** How it is found out which lines run, and of which sources. */
export interface CoverageWish {
  readonly kind: CoverageKind;
  /** Globs; see SourceRules. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** The libraries of the kit count as well. */
  readonly libraries?: boolean | undefined;
  /** See Policy. */
  readonly minimum?: CoverageMinimum | undefined;
}

/** One image that is to be booted, or that could not be built. */
export type Task =
  | {
      readonly name: string;
      readonly cell: Cell;
      readonly image: BootImage;
      /** Ports of the host that lead to its guest. */
      readonly ports?: Ports;
      /** What to ask about it. */
      readonly files: ImageFiles;
      /** The ELF that tells where its tests are, where it does not itself. */
      readonly symbols?: string;
      /** What the image holds, and what of it was asked for. */
      readonly whole: Plan;
      readonly plan: Plan;
      /** Where the memory of its guest tells of the tests; absent where nobody knows the image. */
      readonly evidence?: EvidenceMap;
      /** Nobody knows the image: the plan is empty, and says nothing. */
      readonly isUnknown?: true;
    }
  | { readonly name: string; readonly cell: Cell; readonly failure: BuildFailure };

/** One that was built. */
export type ImageTask = Extract<Task, { image: unknown }>;

/** How long a program took to be built, or to be found as it was. */
export interface BuildTime {
  readonly name: string;
  readonly architecture: string;
  readonly outcome: ProgramBuilt["outcome"];
  readonly durationMs: number;
  /** Milliseconds of the host's clock since it began. */
  readonly sinceMs: () => number;
}

export interface Project {
  /** Root of the sources, absolute: locations in the images are relative to it. */
  readonly root: string;
  /** Folder for everything that a run leaves behind. */
  readonly folder: string;
  /** Name of the image of the configuration that it is, where it is one. */
  readonly named?: string;
  /** What its images are built for and booted on; those of a matrix in its order. */
  readonly cells: readonly [Cell, ...Cell[]];
  readonly tasks: readonly Task[];
  /** In their order; absent where nothing of the project is built. */
  readonly builds?: readonly BuildTime[];
  readonly limits: Partial<Limits>;
  /** Of which sources it is found out which lines run; absent where nothing asks. */
  readonly coverage?: CoverageWish;
  /** See Policy. */
  readonly memoryLimits?: Policy["memoryLimits"];
  readonly benchLimits?: Policy["benchLimits"];
  /** What is to be said of limits that mean no case, once the run is over. */
  readonly idle?: readonly string[];
  /** Dialects, fault families and machines of its own. */
  readonly extensions: Extensions;
  /** What its guests have of the host, in words for a report. */
  readonly openings?: readonly string[];
  /** Commands around its boots. */
  readonly hooks?: Hooks;
}

/** Who hears of what happens while a project is opened. */
export interface Listener {
  readonly log: (line: string) => void;
  readonly stop: AbortSignal;
  /** Of the machine, as soon as it is known. */
  readonly expect?: (machine: Machine) => void;
  /** Of an image that will be booted as it is, before its plan has been read. */
  readonly begin?: (machine: Machine, image: BootImage) => void;
  readonly building?: Building | undefined;
}

/** Hears how far a program is built: files that are compiled, and all of them. */
export type Building = (program: string, done: number, of: number) => void;
