/** What a run is asked to do, as every command that runs something hands it on. It parses no words. */
import type { Limits } from "../../runner/watch.js";
import type { Policy } from "../core/events.js";
import type { Evidence } from "../core/evidence.js";
import type { Isolation } from "../core/plan/rounds.js";
import type { Shard } from "../core/plan/shards.js";
import type { ColorChoice } from "../delivery/terminal.js";
import type { KnownArguments } from "../history/known-arguments.js";
import type { AccelerationWish } from "./accelerate.js";
import type { ProjectArguments } from "./task.js";

/** What a run does with traces besides keeping them with its record. */
export type TraceWish =
  | { readonly format: "tail" | "text" | "live" }
  | { readonly format: "ctf" | "chrome"; readonly path: string };

export interface RunArguments extends ProjectArguments, KnownArguments {
  readonly reporters: readonly string[];
  /** Adds what the host of a job shows; see destinations.ts. */
  readonly autoReporters: boolean;
  readonly ubsan: Policy["ubsan"];
  readonly require: Evidence;
  /** Absent: the root of the project. */
  readonly root?: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
  readonly memoryMiB?: number;
  readonly acceleration: AccelerationWish;
  readonly limits: Partial<Limits>;
  readonly isolation: Isolation;
  readonly verifyIsolation: boolean;
  /** Further boots that one image gets for those that died. */
  readonly maxCrashes: number;
  /** Further tries of a red case, and what it means when one passes. */
  readonly retries: number;
  readonly flaky: "pass" | "fail";
  readonly failFast?: number;
  readonly shard?: Shard;
  /** Record of an earlier run, by whose durations shards are made. */
  readonly times?: string;
  readonly shuffle?: number;
  readonly repeat: number;
  readonly untilFail: boolean;
  /** Longest time of the whole run. */
  readonly runTimeoutMs?: number;
  /** Boots side by side, as far as memory goes; absent: one for each processor. */
  readonly jobs?: number;
  /** Keeps image and raw log, and says where. */
  readonly keep: boolean;
  /** Folder in which the run is kept: its events, and the raw console of each boot. */
  readonly record?: string;
  /** Keeps a core of each failed case too, which boots once more for that. */
  readonly keepCore: boolean;
  /** What becomes of the traces of guests; absent where none is read. */
  readonly trace?: TraceWish;
  /** Its stacks are sampled, which takes the stub of its machine. */
  readonly isProfiled?: true;
  /** Standard output belongs to something else: reports for people go to standard error. */
  readonly isStdoutTaken?: true;
  /** Reads the values of ukstore when a guest has stopped. */
  readonly store?: true;
  /** Port on which metrics are served while the run lasts; 0 for any that is free. */
  readonly metrics?: number;
  /** Percent by which a benchmark may take more instructions than in the baseline; absent: any number. */
  readonly benchMaxGrowth?: number;
  /** Runs just what was red the last time. */
  readonly lastFailed: boolean;
  /**
   * Leaves out what no change matters to, by recorded coverage, and by what has changed
   * since this commit; absent: leaves out nothing.
   */
  readonly changed?: string;
}
