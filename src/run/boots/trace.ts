/**
 * What is kept of a guest when it has stopped, besides its console: its core where it has died; its trace, the values of
 * its store and what it ran where they are wanted. What does so is loaded then.
 */
import type { Machine } from "../../../runner/machine.js";
import type { Plan } from "../../core/plan.js";
import type { PlaceRules } from "../../core/places.js";
import type { Say } from "../../core/say.js";
import type { Project } from "../task.js";
import type { CoverageBoot, CoverageOptions } from "../coverage/reader.js";
import type { ProfiledBoot, ProfileWish } from "../profile.js";
import type { LiveTrace } from "./live-trace.js";
import type { TraceReader, TraceReaderOptions } from "../traces.js";
import type { BootOrder } from "./boot.js";
import type { Chain } from "./chain.js";
import { keepingCore } from "./core.js";

export interface Traced {
  /** Hears of the trace of each boot; absent where no trace is wanted. */
  readonly traced?: Pick<TraceReaderOptions, "heard" | "live"> | undefined;
  /** Reads the values of ukstore of each guest that has stopped. */
  readonly store?: true;
  /** Profiles each boot; absent where no profile is wanted. */
  readonly profiled?: ProfileWish | undefined;
}

interface Around {
  readonly args: Traced & { readonly logs?: string | undefined; readonly rules: PlaceRules };
  readonly project: Project;
  readonly say: Say;
  readonly stop: AbortSignal;
  /** What the boot runs. */
  readonly part: Plan;
}

/** What keeps what a boot leaves. */
export async function keeping(
  chain: Chain,
  { args: { logs, rules, traced, store, profiled }, project, say, stop, part }: Around,
): Promise<Pick<BootOrder, "core" | "trace" | "values" | "coverage" | "profile">> {
  const { coverage: wish, root } = project;
  const { machine } = chain.task.cell.choice;
  return {
    ...(logs !== undefined && { core: keepingCore(chain, { say, ...rules, folder: logs }) }),
    ...(traced !== undefined && { trace: tracing(chain, { say, folder: logs, ...traced }) }),
    ...(store === true && { values: reading(chain, machine, say) }),
    ...(wish !== undefined && { coverage: await covered(chain, part, { wish, machine, root, rules, stop }) }),
    ...(profiled !== undefined && { profile: await profiling(chain, machine, profiled) }),
  };
}

function reading(chain: Chain, machine: Machine, say: Say): NonNullable<BootOrder["values"]> {
  return async (ended) => {
    const { valueReader } = await import("./values.js");
    chain.values ??= valueReader(chain.task, machine, say);
    return chain.values.read(ended);
  };
}

async function covered(
  chain: Chain,
  part: Plan,
  around: Pick<CoverageOptions, "wish" | "machine" | "root" | "rules" | "stop">,
): Promise<CoverageBoot> {
  const { coveredBoots } = await import("../coverage/reader.js");
  chain.covered ??= await coveredBoots({ ...around, task: chain.task, source: chain.source });
  return chain.covered(part);
}

async function profiling(chain: Chain, machine: Machine, wish: ProfileWish): Promise<ProfiledBoot> {
  const { profiledBoots } = await import("../profile.js");
  const { task, source } = chain;
  chain.profiled ??= profiledBoots({ task, source, machine }, wish);
  return chain.profiled();
}

function tracing(
  chain: Chain,
  around: Pick<TraceReaderOptions, "say" | "folder" | "heard" | "live">,
): NonNullable<BootOrder["trace"]> {
  const readerOnce = async (): Promise<TraceReader> => {
    const { traceReader } = await import("../traces.js");
    return (chain.traces ??= traceReader({ ...around, task: chain.task, source: chain.source }));
  };
  let live: LiveTrace | undefined;
  let isOver = false;
  return {
    follow: (boot) => {
      if (around.live === undefined) return;
      void readerOnce().then((reader) => {
        if (!isOver) live = reader.follow(boot);
      });
    },
    read: async (guest) => (await readerOnce()).read(guest, live),
    release: () => {
      isOver = true;
      live?.stop();
    },
  };
}
