/** `uktest profile`: a run whose guests are sampled, and its profile in the format that is asked for. The run judges. */
import { writeTraceFile } from "../../../runner/files/trace-files.js";
import { plural } from "../../core/plural.js";
import type { Say } from "../../core/say.js";
import type { Outcome } from "../../delivery/outcome.js";
import { TOOL } from "../../delivery/tool.js";
import type { Profile } from "../../profile/profile.js";
import { run } from "../run.js";
import type { ProfileArguments } from "./arguments.js";

/**
 * Does what the command says.
 * @throws UsageError, RigError
 */
export async function profile(
  args: ProfileArguments,
  stop: AbortSignal,
  say: Say,
  write: (text: string) => Promise<void>,
): Promise<Outcome> {
  const profiles: Profile[] = [];
  const heard = (one: Profile): void => {
    profiles.push(one);
  };
  const outcome = await run(args.run, stop, say, undefined, undefined, { hz: args.hz, heard });
  // What has failed says so; a run that was stopped has its profile all the same.
  if (outcome.failures.length > 0 && profiles.length === 0) return outcome;
  const notes = [...profiles.map(noteOf), MEANING];
  for (const note of notes) say(`profile: ${note}`);
  const seen = profiles.filter(({ taken }) => taken > 0);
  if (seen.length === 0) {
    say("warning: no profile: every guest ended before its first sample (see --hz, --repeat)");
    return outcome;
  }
  const content = await written(args, seen, notes);
  if (args.output !== undefined) {
    writeTraceFile(args.output, content);
    say(`profile: ${args.output}`);
  } else if (typeof content === "string") await write(content);
  return outcome;
}

/** The shares are of an emulator's time: code that is slow on hardware may be fast there. */
const MEANING = "time is that of the host, which QEMU's TCG takes, and not that of hardware";

function noteOf({ source, taken, missed, stoodMs, totalMs }: Profile): string {
  const share = totalMs === 0 ? "" : `, it stood for ${((100 * stoodMs) / totalMs).toFixed(1)} % of the time`;
  return `${source}: ${plural(taken, "sample")}, ${String(missed)} missed${share}`;
}

async function written(
  { format, isByCase, run: { image } }: ProfileArguments,
  profiles: readonly Profile[],
  notes: readonly string[],
): Promise<string | Uint8Array> {
  switch (format) {
    case "folded": {
      const { foldedOf } = await import("../../profile/folded.js");
      const stacks = profiles.flatMap((one) => one.stacks);
      return foldedOf(stacks, isByCase);
    }
    case "speedscope": {
      const { speedscopeOf } = await import("../../profile/speedscope.js");
      return speedscopeOf(profiles, isByCase, `uktest ${TOOL.version}`);
    }
    case "pprof": {
      const { pprofOf } = await import("../../profile/pprof.js");
      return pprofOf(profiles, image ?? profiles.map(({ source }) => source).join(", "));
    }
    case "html": {
      const { flamegraphOf } = await import("../../profile/flamegraph.js");
      return flamegraphOf(profiles, isByCase, notes);
    }
  }
}
