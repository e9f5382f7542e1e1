/** What a way of finding out which lines run has to offer: types of reader.ts and of one file for each kind. A leaf. */
import type { Boot, BootOptions, GuestSnapshot, Machine } from "../../../runner/machine.js";
import type { FileHits } from "../../core/model/coverage.js";
import type { Plan } from "../../core/plan.js";
import type { ImageTask } from "../task.js";

/** What is known of an image and its sources, for all of its boots. */
export interface CoveredImage {
  readonly task: ImageTask;
  readonly machine: Machine;
  /** Root of the project, where it was compiled. */
  readonly root: string;
  /** The path of a source in reports; undefined for one that does not count. */
  readonly pathOf: (file: string) => string | undefined;
  readonly stop: AbortSignal;
}

/** What one boot ran. */
export interface BootHits {
  readonly files: readonly FileHits[];
  /** What some of its cases ran; empty where they were not looked at by themselves. */
  readonly cases: readonly CaseHits[];
}

export interface CaseHits {
  readonly suite: string;
  readonly name: string;
  readonly files: readonly FileHits[];
}

/** One boot of which it is found out what it runs. */
export interface CountedBoot {
  /** What the boot needs. */
  readonly options: (wanted: BootOptions) => BootOptions;
  /** Follows the boot, before it has run anything. */
  readonly follow: (boot: Boot) => void;
  /** What it ran, once it has stopped. @throws RigError where that is not known */
  readonly hits: (inside: GuestSnapshot) => Promise<BootHits>;
  /** Gives back what was held. */
  readonly release: () => void;
}

/** A way of finding it out; made once for an image. A boot runs a part of its plan. */
export type CoverageSource = (image: CoveredImage) => (part: Plan) => CountedBoot;
