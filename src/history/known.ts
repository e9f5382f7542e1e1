/**
 * Brings what is known to be red into the stream: the lists that the user gave, an earlier run to compare with, and words
 * about entries that nothing needs any more. What it means is decided in core/known.ts.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { today } from "../../runner/host/clock.js";
import { readKnownFindings, readQuarantine } from "../config/known.js";
import { UsageError } from "../core/errors.js";
import type { BaselineGiven, HistoryGiven, Policy, RunEvent } from "../core/events.js";
import { anyText } from "../../runner/files/any-text.js";
import { readBaseline } from "./baseline.js";
import { Growth } from "./growth.js";
import { KNOWN_FINDINGS, QUARANTINE, type KnownArguments } from "./known-arguments.js";
import { reasonOf } from "../core/reason.js";
import { type Passes, UnusedEntries } from "./unused-entries.js";

export interface KnownLists {
  readonly policy: Pick<Policy, "onlyNew" | "quarantine" | "knownFindings">;
  readonly baseline: readonly BaselineGiven[];
  readonly history: readonly HistoryGiven[];
}

/**
 * Reads the lists.
 * @param root where the project's own file would be
 * @param reported records that are reported themselves, and no history of theirs
 * @param stop ends the wait for a list that comes through a pipe: then there is none, and the run is incomplete anyway
 * @throws UsageError for a list that is no list
 */
export async function readKnown(
  args: KnownArguments,
  root: string,
  reported: readonly string[] = [],
  stop?: AbortSignal,
): Promise<KnownLists | undefined> {
  if (args.onlyNew && args.baseline === undefined)
    throw new UsageError("--only-new goes with --baseline", "name the run that decides what is new");
  const own = (name: string): string | undefined =>
    existsSync(join(root, name)) ? join(root, name) : undefined;
  const findings = args.knownFindings ?? own(KNOWN_FINDINGS);
  const quarantine = args.quarantine ?? own(QUARANTINE);
  const lists = [quarantine, findings, args.baseline, args.history];
  if (lists.every((list) => list === undefined)) return undefined;
  try {
    return await listsIn(args, { quarantine, findings }, reported, stop);
  } catch (error) {
    if (stop?.aborted === true) return undefined;
    throw error;
  }
}

async function listsIn(
  { onlyNew, baseline, history }: KnownArguments,
  { quarantine, findings }: Readonly<Record<"quarantine" | "findings", string | undefined>>,
  reported: readonly string[],
  stop: AbortSignal | undefined,
): Promise<KnownLists> {
  const day = today();
  const text = (path: string): Promise<string> => readable(path, anyText(path, stop));
  return {
    policy: {
      ...(onlyNew && { onlyNew: true }),
      ...(quarantine !== undefined && {
        quarantine: { today: day, entries: readQuarantine(quarantine, await text(quarantine)) },
      }),
      ...(findings !== undefined && {
        knownFindings: { today: day, entries: readKnownFindings(findings, await text(findings)) },
      }),
    },
    baseline: baseline === undefined ? [] : await readBaseline(baseline, stop),
    history: history === undefined ? [] : await pastFrom(history, reported, stop),
  };
}

const readable = (path: string, text: Promise<string>): Promise<string> =>
  text.catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  });

/** Loaded where it is asked for: most runs have no history. */
async function pastFrom(
  given: readonly string[],
  own: readonly string[],
  stop: AbortSignal | undefined,
): Promise<readonly HistoryGiven[]> {
  const { readPast } = await import("./history-records.js");
  return readPast(given, own, stop);
}

/**
 * The stream with the lists in it: what is given now replaces what a record had.
 * @param maxGrowth percent by which benchmarks may take more instructions than in the baseline; of a run that goes on
 */
export async function* withKnown(
  events: AsyncIterable<readonly RunEvent[]>,
  lists: KnownLists | undefined,
  passes?: Passes,
  maxGrowth?: number,
): AsyncGenerator<readonly RunEvent[]> {
  if (lists === undefined) {
    yield* events;
    return;
  }
  const { policy, baseline, history } = lists;
  const unused = new UnusedEntries(policy, passes);
  const growth = maxGrowth === undefined ? undefined : new Growth(maxGrowth, baseline);
  for await (const some of events) {
    yield some.flatMap((event): readonly RunEvent[] => {
      if (event.type === "run-started")
        return [{ ...event, policy: { ...event.policy, ...policy } }, ...baseline, ...history];
      if (event.type === "baseline" && baseline.length > 0) return [];
      if (event.type === "history" && history.length > 0) return [];
      unused.see(event);
      return event.type === "run-finished"
        ? [...unused.warnings(), event]
        : [event, ...(growth?.see(event) ?? [])];
    });
  }
}
