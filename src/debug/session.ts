/**
 * One debugging session: a guest under its emulator's stub, a proxy in front of it, a debugger that is ours or the user's. It
 * composes them and decides which end ends the others; what a debugger does in between is its own affair: on a terminal
 * it is in on-terminal.ts.
 */
import { findGdb } from "../../runner/debug/gdb.js";
import { sessionFolder } from "../../runner/debug/listening.js";
import { RigError, UsageError } from "../core/errors.js";
import type { Say } from "../core/say.js";
import { symbolFileOf } from "../run/image-files.js";
import type { DebugArguments, Surroundings } from "./arguments.js";
import { bootForDebugger, type DebuggedGuest } from "./guest.js";
import type { Narrator } from "./narrator.js";
import { MOST_RECORDINGS, record, type Recording } from "./recording.js";
import { type Stops, stopsOf } from "./stops.js";
import { profileOf, type Target, targetOf } from "./target.js";

/** What is debugged, before it is booted. */
export interface Prepared {
  readonly target: Target;
  readonly where: Stops;
  /** The file that holds the symbols of the image. */
  readonly symbols: string;
  readonly breaks: readonly string[];
}

/** Reads what is known of a target. @throws UsageError for a place that is not there */
export function prepared(args: DebugArguments, target: Target, say: Say): Prepared {
  const { task } = target;
  const { path: symbols, refused } = symbolFileOf(task.files);
  refused.forEach(say);
  const where = stopsOf(task.image.path, symbols === task.image.path ? undefined : symbols, task.plan);
  if (target.stub === "guest" && !where.hasFunction(OWN_STUB))
    throw new UsageError(
      "the image has no stub of its own",
      "link the library ukgdb, as --profile debug-stub does, or leave --stub out",
    );
  return { target, where, symbols, breaks: breaksOf(args, where) };
}

/** A function of the library that is the stub. */
const OWN_STUB = "uk_gdb_break";

/** What is to be stopped at besides failures. */
function breaksOf({ breaks }: DebugArguments, { cases, main, hasFunction }: Stops): readonly string[] {
  return breaks.flatMap((one) => {
    if (one === "case" && cases.length === 0)
      throw new UsageError(
        "the image has no symbols of its cases",
        "--symbols names the file that has them; FILE:LINE or a function is a place too",
      );
    if (one === "main" && main === undefined)
      throw new UsageError("the image has no function main", "--break case stops where the case begins");
    if (/^[A-Za-z_]\w*$/.test(one) && one !== "case" && !hasFunction(one))
      throw new UsageError(`--break ${one}: the image has no such function`, "FILE:LINE is a place too");
    return one === "case" ? cases.map(({ symbol }) => symbol) : [one];
  });
}

/** What there was to see, where no stop has shown it. */
function sayEnd(
  { account, stops }: DebuggedGuest,
  { where: { inits, cases } }: Prepared,
  args: DebugArguments,
  say: Say,
): void {
  if (stops() > 0) return;
  const [red] = account.reasons();
  const init =
    red?.[1].includes("init function") === true ? inits.get(red[0].replace(/\..*$/, "")) : undefined;
  if (red !== undefined && init !== undefined)
    return say(`${red[0]} is ${red[1]}: --break ${init} stops in that function`);
  if (red !== undefined)
    return say(
      `${red[0]} is ${red[1]}, and nothing of it could be stopped at: ${
        cases.length === 0
          ? "the image has no symbols, and --symbols names the file that has them"
          : "--break case stops where it begins"
      }`,
    );
  const names = [...account.statuses().keys()];
  if (names.length === 0 || account.isRed()) return;
  const what = names.length === 1 ? `${names.join()} passed` : `all ${String(names.length)} cases passed`;
  say(`${what}, so there was nothing to stop at: --break case stops where a case begins`);
  if (args.profile === "" && args.image === undefined)
    say(
      `it was built with --profile ${profileOf(args)}; --profile default debugs the image that uktest run boots`,
    );
}

/** What a debugger of a session has to do with. */
export interface Debuggee {
  readonly guest: DebuggedGuest;
  readonly ready: Prepared;
  /** Path of the gdb; empty where the session needs none of ours. */
  readonly gdb: string;
}

/** Debugs a guest that waits at its first instruction. @returns an exit code: 0 where nothing is left to be said */
export type Debug = (debuggee: Debuggee) => Promise<number>;

/**
 * Runs a session to its end.
 * @param debug what happens between the boot and the end of the guest
 * @returns what `debug` returns
 * @throws UsageError, RigError
 */
export async function runSession(
  args: DebugArguments,
  surroundings: Surroundings,
  debug: Debug,
): Promise<number> {
  const { stop, say } = surroundings;
  const target = await targetOf(args, stop, say);
  const gdb = args.server === undefined ? await findGdb(target.machine.architecture) : "";
  const ready = prepared(args, target, say);
  return withHooks(target, surroundings, () => debugged(args, { target, ready, gdb }, surroundings, debug));
}

/** The commands of the project around its boots, around this one. */
async function withHooks(
  { project, task, machine: { name: machine } }: Target,
  { stop, say }: Surroundings,
  session: () => Promise<number>,
): Promise<number> {
  const { hooks: commands } = project;
  if (commands === undefined) return session();
  const { RunHooks } = await import("../run/hooks.js");
  const hooks = new RunHooks({ project, hooks: commands, say });
  const leave = new AbortController();
  let code = 0;
  const job = Object.assign(
    async () => {
      if (!leave.signal.aborted) code = await session();
      return [];
    },
    { expectedMs: () => undefined },
  );
  try {
    await hooks.begin(stop);
    const program = { name: task.name, image: task.image.path, machine };
    const around = hooks.around(program, [job], {
      stop: AbortSignal.any([stop, leave.signal]),
      quit: (reason) => {
        leave.abort(reason);
      },
    });
    await around[0]?.(() => undefined);
    if (leave.signal.aborted)
      throw new RigError(String(leave.signal.reason), "uktest run shows what it printed");
    return code;
  } finally {
    await hooks.finish();
  }
}

/** The session itself, between those commands. */
async function debugged(
  args: DebugArguments,
  what: { readonly target: Target; readonly ready: Prepared; readonly gdb: string },
  surroundings: Surroundings,
  debug: Debug,
): Promise<number> {
  const { target, ready } = what;
  if (!args.recordReplay) return withGuest(args, what, surroundings, debug);
  const folder = sessionFolder();
  try {
    const isAnyGood = ready.breaks.length > 0;
    const recording = await record(target, { ...surroundings, ...args }, folder, isAnyGood);
    if (surroundings.stop.aborted) return 0;
    const { account, instructions } = recording;
    if (!isAnyGood && !account.isRed()) {
      surroundings.say(greenIn(account));
      return 0;
    }
    surroundings.say(`recorded ${String(instructions)} instructions; gdb goes back in them too`);
    return await withGuest(args, what, surroundings, debug, recording);
  } finally {
    folder.remove();
  }
}

/** A case that is red in a run, and in no recording. */
function greenIn(account: Narrator): string {
  const names = [...account.statuses().keys()];
  const what = names.length === 1 ? names.join() : `each of ${String(names.length)} cases`;
  return `${what} passed in ${String(MOST_RECORDINGS)} recordings, where time goes by instructions: leave --record-replay out, or name a place with --break`;
}

/** A guest that a debugger has. */
async function withGuest(
  args: DebugArguments,
  { target, ready, gdb }: { readonly target: Target; readonly ready: Prepared; readonly gdb: string },
  surroundings: Surroundings,
  debug: Debug,
  recording?: Recording,
): Promise<number> {
  const { stop, say } = surroundings;
  const guest = await bootForDebugger(target, { ...surroundings, ...args }, recording);
  try {
    const code = await debug({ guest, ready, gdb });
    guest.boot.stop();
    await guest.ended;
    if (gdb !== "" && code === 0 && !stop.aborted) sayEnd(guest, ready, args, say);
    return code;
  } finally {
    guest.boot.stop();
    guest.proxy.close();
    guest.boot.release();
  }
}
