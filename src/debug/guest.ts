/**
 * The guest of a debugging session: booted under its emulator's stub, read to its end, and what is known of it at a stop. How
 * a debugger gets to it is in session.ts.
 */
import { drained } from "../../runner/debug/drained.js";
import { openProxy, type Proxy } from "../../runner/debug/proxy.js";
import { replayedStub } from "../../runner/debug/replayed-stub.js";
import type { Boot, Connection } from "../../runner/machine.js";
import { DEFAULT_LIMITS } from "../../runner/watch.js";
import { RigError } from "../core/errors.js";
import { messageOf } from "../core/reason.js";
import type { RunEvent } from "../core/events.js";
import type { MachineEnd } from "../core/fault.js";
import { exited, SIGNAL, signalled } from "../rsp/packets.js";
import { bootOptions } from "../run/boots/options.js";
import { readerOf } from "../run/boots/reader.js";
import { Symbolizer } from "../run/symbolize.js";
import { visibleLine } from "../text/visible.js";
import { guestLine, opening } from "./guest-stub.js";
import { debugConsole, type DebugConsole } from "./console.js";
import { type FirstStop, firstStop, NO_FIRST_STOP } from "./first-stop.js";
import { narrator, type Narrator } from "./narrator.js";
import { REACHED, STOPPED } from "./script.js";
import type { Recording } from "./recording.js";
import { type GuestOptions, selected, type Target } from "./target.js";

/** A guest that runs for a debugger, and what is known of it. */
export interface DebuggedGuest {
  readonly boot: Boot;
  readonly proxy: Proxy;
  readonly account: Narrator;
  /** How often it has stopped for something that is red, or for its limit. */
  readonly stops: () => number;
  /** Resolves when the debugger has left. */
  readonly left: Promise<void>;
  /** How the machine ended, once all that the guest printed was read. */
  readonly ended: Promise<MachineEnd>;
}

/**
 * How the end of a machine looks to a debugger that waits for its guest. A machine that does not say how it has ended is
 * taken at the word of its console.
 */
const replyFor = (end: MachineEnd, isRed: boolean): string =>
  end.kind === "ended" &&
  (end.how === "normal" || (end.how === "unknown" && end.cause === undefined && !isRed))
    ? exited(0)
    : signalled(SIGNAL.ABRT);

type Read = (chunks: readonly Uint8Array[]) => readonly RunEvent[];

/**
 * Boots the guest; it waits at its first instruction.
 * @param recording what is replayed; absent for a boot like every other
 * @throws RigError where the machine has no stub
 */
export async function bootForDebugger(
  target: Target,
  options: GuestOptions,
  recording?: Recording,
): Promise<DebuggedGuest> {
  const { task, machine, project } = target;
  const readerFor = () =>
    readerOf({
      ...{ tool: options.tool, policy: { ubsan: "fail" }, number: 1, extensions: project.extensions },
      ...(!task.image.isKit && { files: task.files }),
    });
  const [reader, last] = await Promise.all([readerFor(), readerFor()]);
  const rules = { root: project.root, stripPrefixes: [] };
  const symbolizer = new Symbolizer(task.files, rules, options.say);
  /** What a report would conclude from a console that ends here: a crash is none before its screen is over. */
  const concluded: Read = (chunks) => {
    last.open(machine.name, task.plan);
    const events = chunks.flatMap((chunk) => last.feed(chunk));
    return symbolizer.complete([...events, ...last.close({ kind: "stopped", detail: "at a stop" })]);
  };
  reader.open(machine.name, task.plan);
  const image = selected(target);
  if (machine.notice !== undefined) options.say(machine.notice);
  const boot = machine.boot(image, {
    ...bootOptions(image, { ...options, acceleration: "tcg" }),
    ...opening(target.stub, machine),
    ...(recording !== undefined && { recording: { mode: "replay", files: recording.files } }),
  });
  const line = target.stub === "guest" ? await guestLine(boot, options.stop) : undefined;
  const stub = line?.stub ?? boot.stub;
  if (stub === undefined) throw new RigError(`${machine.name} has no stub`, "take a machine of QEMU");
  const { print: heard, output = boot.output } = line ?? {};
  return followed({ ...boot, output }, stub, { target, options, reader, concluded, recording, heard });
}

interface Followed {
  readonly recording: Recording | undefined;
  readonly target: Target;
  readonly options: GuestOptions;
  readonly reader: Awaited<ReturnType<typeof readerOf>>;
  readonly concluded: Read;
  /** Takes what the guest prints from its stub, where that has it. */
  readonly heard: ((bytes: Uint8Array) => void) | undefined;
}

/** What went wrong by now, in a line; empty where nothing can be said. */
function explained(printed: DebugConsole, concluded: Read): string {
  const account = narrator();
  account.follow(concluded(printed.text()));
  return account.news() ?? "";
}

/** What a debugger connects to, and what stops the guest besides it. */
function stubFor(
  boot: Boot,
  stub: Connection,
  printed: DebugConsole,
  { target: { machine, project }, options, recording }: Followed,
  interrupt: () => void,
): { readonly stub: Connection; readonly first: FirstStop } {
  const { history } = boot;
  if (recording === undefined || history === undefined) {
    const limitMs = options.caseMs ?? project.limits.caseMs ?? DEFAULT_LIMITS.caseMs;
    return { stub, first: firstStop(boot, limitMs, interrupt) };
  }
  const settled = async (): Promise<number> => {
    await drained(printed.bytes);
    return printed.bytes();
  };
  const replayed = replayedStub({
    ...{ stub, history, last: recording.instructions, architecture: machine.architecture },
    printing: { settled, rewound: printed.rewound },
    failed: (why) => {
      options.say(messageOf(why));
    },
  });
  // Its limits have ended the recording, if anything did.
  const why = (): string | undefined => (replayed.isAtEnd() ? recording.why : undefined);
  return { stub: replayed.stub, first: { ...NO_FIRST_STOP, why } };
}

/** The case that has to be meant, before the guest has named one. */
function nameOf({ target: { task } }: Followed): string {
  const names = task.plan.suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name}`));
  return names.length === 1 ? (names[0] ?? "") : "the guest";
}

/** What helps with an init function in front of all cases: a run goes on without it. */
const hintFor = (text: string): string =>
  /^init function .* stopped the boot/.test(text)
    ? "uktest: uktest run leaves it out and names it, and uktest debug does so after that\n"
    : "";

/** How the boot has ended. A board whose guest was killed may take its line with it: that is what was asked for. */
async function endOf({ end }: Boot, wasKilled: () => boolean): Promise<MachineEnd> {
  try {
    return await end;
  } catch (error) {
    if (wasKilled()) return { kind: "ended", how: "unknown", detail: "killed" };
    throw error;
  }
}

function followed(boot: Boot, stub: Connection, order: Followed): DebuggedGuest {
  const { options, reader, concluded, heard } = order;
  const account = narrator();
  const printed = debugConsole();
  let stops = 0;
  let wasKilled = false;
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  const { stub: asked, first } = stubFor(boot, stub, printed, order, () => {
    proxy.interrupt();
  });
  const proxy = openProxy(asked, {
    ...(heard !== undefined && { printed: heard }),
    resumed: first.resumed,
    stopped: async () => {
      first.stopped();
      await drained(printed.bytes);
    },
    monitor: (command) => {
      if (command !== REACHED && !command.startsWith(STOPPED)) return undefined;
      stops += 1;
      first.over();
      if (command === REACHED) return "";
      const why = first.why();
      const inWords = why ?? command.slice(STOPPED.length).trim();
      const text =
        inWords === "" ? explained(printed, concluded) : `${account.running() ?? nameOf(order)}: ${inWords}`;
      return text === "" ? "" : `uktest: ${visibleLine(text)}\n${hintFor(text)}`;
    },
    killed: () => {
      wasKilled = true;
    },
    left: () => {
      leave();
    },
  });
  const read = async (): Promise<MachineEnd> => {
    for await (const chunk of boot.output) {
      const fresh = printed.take(chunk);
      if (fresh.length === 0) continue;
      const before = account.running();
      account.follow(reader.feed(fresh));
      first.printed(account.running() !== before);
      proxy.show(fresh);
    }
    const end = await endOf(boot, () => wasKilled);
    first.over();
    account.follow([...reader.close(end), ...reader.finish()]);
    proxy.end(replyFor(end, account.isRed()));
    return end;
  };
  // An emulator that has failed leaves no limit that would keep this process.
  const ended = read().finally(first.over);
  ended.catch(() => undefined);
  options.stop.addEventListener("abort", () => {
    boot.stop();
  });
  return { boot, proxy, account, stops: () => stops, left, ended };
}
