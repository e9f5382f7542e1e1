/**
 * Stages of a command, for `--debug`: each says what has just happened. Without a listener nothing is noted, and no clock
 * is read.
 */
import { channel, subscribe } from "node:diagnostics_channel";

/** What has happened, in words, and when: milliseconds since the process began. */
export interface Stage {
  readonly what: string;
  readonly atMs: number;
}

const NAME = "uktest:stage";
const stages = channel(NAME);

/** Notes a stage; `what` is asked only where somebody listens. */
export function stage(what: () => string): void {
  if (stages.hasSubscribers) stages.publish({ what: what(), atMs: performance.now() } satisfies Stage);
}

/** Hears of every stage from now on. */
export function onStage(hear: (stage: Stage) => void): void {
  subscribe(NAME, (message) => {
    hear(message as Stage);
  });
}
