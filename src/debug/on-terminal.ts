/**
 * The debugger of a session as a user of the command has it: gdb on the terminal of this process, or one of the user's own
 * that connects to a port or a path. The session around it is in session.ts.
 */
import { KIT_ROOT } from "../../runner/build/kit.js";
import { type Debugger, startGdb } from "../../runner/debug/gdb.js";
import { listenOn } from "../../runner/debug/listening.js";
import type { DebugArguments, Surroundings } from "./arguments.js";
import { listenFor } from "./listen-for.js";
import { scriptFor, settingsFor } from "./script.js";
import { type Debuggee, runSession } from "./session.js";

/**
 * Runs a session to its end.
 * @returns the exit code of the debugger; 0 for one that is not ours
 * @throws UsageError, RigError
 */
export const debugSession = (args: DebugArguments, surroundings: Surroundings): Promise<number> =>
  runSession(args, surroundings, (debuggee) =>
    args.server === undefined
      ? withGdb(debuggee, args, surroundings)
      : asServer(debuggee, args.server, surroundings),
  );

/** The debugger of this session, on the terminal of this process. */
async function withGdb(
  { guest, ready: { target, where, symbols, breaks }, gdb }: Debuggee,
  { gdbWords }: DebugArguments,
  { handOver, stop }: Surroundings,
): Promise<number> {
  const { address, folder, close } = await listenFor(guest);
  let debug: Debugger | undefined;
  const end = (): void => {
    debug?.stop();
  };
  stop.addEventListener("abort", end);
  try {
    const sources = [KIT_ROOT, target.project.root];
    const { architecture } = target.machine;
    const order = { address, architecture, sources, breaks, stops: where.stops, cases: where.cases };
    const script = folder.write("commands.gdb", scriptFor(order));
    handOver();
    const settings = settingsFor(target).flatMap((one) => ["-iex", one]);
    debug = startGdb(gdb, ["-q", ...settings, symbols, "-x", script, ...gdbWords]);
    // An emulator that fails says why; its debugger would ask what to do.
    const failed = guest.ended.then(() => new Promise<never>(() => undefined));
    return await Promise.race([debug.end, failed]);
  } finally {
    stop.removeEventListener("abort", end);
    debug?.stop();
    close();
  }
}

/** A debugger that is not ours connects to the port or path. */
async function asServer(
  { guest: { proxy, left, ended }, ready: { symbols } }: Debuggee,
  place: string,
  { say, stop }: Surroundings,
): Promise<number> {
  const listening = await listenOn(place, (socket) => {
    proxy.attach(socket);
  });
  try {
    say(`waiting for a debugger: gdb ${symbols} -ex "target remote ${listening.address}"`);
    const aborted = new Promise<void>((resolve) => {
      stop.addEventListener("abort", () => {
        resolve();
      });
    });
    const over = left.then(() => {
      say("the debugger has left, and the guest was ended");
    });
    await Promise.race([over, ended, aborted]);
    return 0;
  } finally {
    listening.close();
  }
}
