/** What the requests of an editor share while a guest, or a core, is open in gdb. It speaks to neither. */
import { Handles } from "@vscode/debugadapter";
import type { Mi } from "../../runner/debug/mi.js";
import type { CaseFunction, RedStop } from "../debug/stops.js";
import type { MiTuple } from "../mi/records.js";

/** The editor. */
export interface Client {
  readonly send: (event: string, body?: object) => void;
  /** Shows a text: `stdout` is the guest's console, `console` is uktest and gdb, `stderr` what they complain of. */
  readonly print: (category: "stdout" | "console" | "stderr", text: string) => void;
  /** What the editor adds to a number of a line that counts from 1. */
  readonly lineOffset: () => number;
}

/** What a breakpoint of gdb is for. */
export type Placed =
  /** The guest comes there only when it goes wrong. */
  | { readonly kind: "red"; readonly stop: RedStop }
  /** A case begins: what may come on the way of a kernel counts from there on. */
  | { readonly kind: "begins" }
  | { readonly kind: "user" }
  /** Prints and goes on; `{EXPRESSION}` in the text stands for a value. */
  | { readonly kind: "log"; readonly text: string };

/** A frame of gdb's own count, the innermost is 0. */
export interface FrameOf {
  readonly thread: number;
  readonly level: number;
}

/** What can be expanded in a view of variables. */
export type View =
  | { readonly kind: "arguments" | "locals" | "registers"; readonly frame: FrameOf }
  /** A variable object of gdb. */
  | {
      readonly kind: "object";
      readonly object: string;
      /** Expression of C that stands for it. */
      readonly path: string;
      readonly type: string;
    };

/** Where the guest stops on a way of several commands, and what follows there. */
export interface Leg {
  /** The reason of that stop, or the number of the breakpoint that was set for it. */
  readonly at: string;
  /** A command of MI. */
  readonly command: string;
  /** Whether the guest, which stands in this frame, has come far enough by now. */
  readonly isDone: (frame: MiTuple) => boolean;
}

/** A step of the editor's, so that what passes on its way does not end it. */
export interface Stepping {
  /** Its command of MI. */
  readonly command: string;
  /** How many frames there were, from that on which the user saw the guest stand. */
  readonly depth: number;
  readonly line: string | undefined;
}

/** How the guest runs and why it stands. */
export interface Running {
  isRunning: boolean;
  /** It runs, or has run, back in its recording. */
  isBackwards: boolean;
  /** The editor has asked for a stop. */
  isPauseWanted: boolean;
  /** Hears whether the next stop is the one that we have asked for ourselves, and the editor not. */
  quiet: ((isOurs: boolean) => void) | undefined;
  /** Breakpoints that were hit since the guest was let run, and where each lies. */
  readonly hits: Map<string, readonly number[]>;
  /** How many of the innermost frames are the machinery of tests and crashes, and are not shown. */
  folded: number;
  /** The line of the frame that is shown first, where the machinery is folded. */
  line: string | undefined;
  /** What is left of a way: the machinery is left first, and what the editor has asked for is done after that. */
  way: readonly Leg[];
  /** The step that the guest takes; known where something may pass on its way. */
  stepping: Stepping | undefined;
  /** What went wrong at this stop, in words. */
  wrong: { readonly kind: string; readonly text: string } | undefined;
  /** A case has begun. */
  hasBegun: boolean;
}

export interface Live {
  readonly mi: Mi;
  readonly client: Client;
  readonly cases: readonly CaseFunction[];
  /** A recording goes back too; a core does not run. */
  readonly what: "guest" | "recording" | "core";
  /** What each breakpoint of gdb is for, by its number. */
  readonly placed: Map<string, Placed>;
  /** Breakpoints that the editor has set, by what they were set for: a path, `function`, `data`, `instruction`. */
  readonly own: Map<string, readonly string[]>;
  /** Stops for what goes wrong that the editor has turned off. */
  readonly unwanted: Set<string>;
  readonly frames: Handles<FrameOf>;
  readonly views: Handles<View>;
  /** Variable objects without a parent: gdb keeps them until they are deleted. */
  readonly roots: string[];
  readonly running: Running;
  /** The guest has ended, or the core was closed. */
  readonly over: () => void;
}

/** One that stands still and knows no breakpoint yet. */
export const newLive = (given: Pick<Live, "mi" | "client" | "cases" | "what" | "over">): Live => ({
  ...given,
  placed: new Map(),
  own: new Map(),
  unwanted: new Set(),
  frames: new Handles<FrameOf>(),
  views: new Handles<View>(),
  roots: [],
  running: {
    isRunning: false,
    isBackwards: false,
    isPauseWanted: false,
    quiet: undefined,
    hits: new Map(),
    folded: 0,
    line: undefined,
    way: [],
    stepping: undefined,
    wrong: undefined,
    hasBegun: false,
  },
});

/** Options of MI that select a frame. */
export const inFrame = ({ thread, level }: FrameOf): string =>
  `--thread ${String(thread)} --frame ${String(level)}`;
