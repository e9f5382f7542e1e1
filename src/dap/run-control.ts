/**
 * How the guest runs and stops: what an editor asks for, and what it hears. A stop that the editor has not asked for is said to
 * the session too, whose limits of time end with it.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { UsageError } from "../core/errors.js";
import { REACHED, STOPPED } from "../debug/script.js";
import type { MiTuple } from "../mi/records.js";
import { numberOf, textOf, tupleOf, tuplesOf, wordOf } from "../mi/values.js";
import { logged } from "./log-point.js";
import type { Leg, Live, Placed, Stepping } from "./live.js";
import { fold, framesOf } from "./stack.js";

const CORE = new UsageError("a core does not run", "record the run again, or debug the case itself");

/** Forgets what was shown of a stop: it is another guest once that has run. */
async function forget({ mi, frames, views, roots, running }: Live): Promise<void> {
  frames.reset();
  views.reset();
  Object.assign(running, { folded: 0, wrong: undefined, isPauseWanted: false });
  running.hits.clear();
  await Promise.all(roots.splice(0).map((name) => mi.run(`-var-delete ${name}`)));
}

/**
 * Lets the guest run by a command of MI.
 * @param way what follows it, where it is only the beginning
 * @param stepping the step that it is, or belongs to
 */
export async function resume(
  live: Live,
  command: string,
  way: readonly Leg[] = [],
  stepping?: Stepping,
): Promise<void> {
  if (live.what === "core") throw CORE;
  if (live.running.isRunning) throw new UsageError("the guest runs already", "pause it first");
  await forget(live);
  // The stop may come together with the answer.
  Object.assign(live.running, { isRunning: true, isBackwards: isBackwards(command), way, stepping });
  try {
    await live.mi.run(command);
  } catch (error) {
    live.running.isRunning = false;
    throw error;
  }
}

/** An event of gdb: the target runs. What was typed in gdb's console may have let it. */
export function taken(live: Live): void {
  if (live.running.isRunning) return;
  live.running.isRunning = true;
  void forget(live).catch(() => undefined);
  live.client.send("continued", { threadId: 1, allThreadsContinued: true });
}

const CONTINUE = "-exec-continue";

/** The option of MI's commands that makes them go back. */
export const REVERSE = "--reverse";

/** Whether a command of MI, or one of gdb's console, lets the guest go back. */
export const isBackwards = (command: string): boolean =>
  command.endsWith(REVERSE) || /^\s*(?:reverse-\w+|rc|rn|rni|rs|rsi)\b/.test(command);

/** Lets the guest run from where it waits. */
export const goOn = (live: Live): Promise<void> => resume(live, CONTINUE);

const NEXT = "-exec-next";
const FINISH = "-exec-finish";

/** Leaves the frames that are inside of another one. @param count how many they are, one at least */
const finish = (count: number): string => `${FINISH} --thread 1 --frame ${String(count - 1)}`;

/**
 * Lets it run on as it has come here, and the editor hears nothing of the stop: in the same direction, and in a step to where that
 * ends. gdb's own step was ended by the stop.
 */
async function passOn(live: Live): Promise<void> {
  const { isBackwards: back, stepping } = live.running;
  if (back) return resume(live, `${CONTINUE} ${REVERSE}`);
  if (stepping === undefined) return resume(live, CONTINUE);
  const { command, depth, line } = stepping;
  const frames = await framesOf(live, 1);
  const inside = frames.length - depth;
  const isOther = (frame: MiTuple): boolean => textOf(frame, "line") !== line;
  if (command === FINISH && inside >= 0) return resume(live, finish(inside + 1), [], stepping);
  if (command === NEXT && inside > 0)
    return resume(live, finish(inside), [{ at: FINISHED, command, isDone: isOther }], stepping);
  if (inside === 0 && !frames.slice(0, 1).some(isOther)) return resume(live, command, [], stepping);
  return reached(live, 1, { reason: "step" });
}

/** What of a step has to be known where a log point may stop it. */
async function steppingOf(live: Live, command: string): Promise<Stepping | undefined> {
  if (![...live.placed.values()].some(({ kind }) => kind === "log")) return undefined;
  const frames = (await framesOf(live, 1)).slice(live.running.folded);
  return { command, depth: frames.length, line: frames.map((frame) => textOf(frame, "line"))[0] };
}

/** Why the guest stops once a function has returned. */
const FINISHED = "function-finished";

/** A step from a stop in the machinery: that is left first, to where the user sees the guest stand. */
async function step(live: Live, command: string): Promise<void> {
  const { folded, line, isRunning } = live.running;
  const stepping = isRunning ? undefined : await steppingOf(live, command);
  if (folded === 0) return resume(live, command, [], stepping);
  // What follows a call may be the next line: the machinery was all that was left of this one.
  const isDone = (frame: MiTuple): boolean => command === NEXT && textOf(frame, "line") !== line;
  await resume(live, finish(folded), [{ at: FINISHED, command, isDone }], stepping);
}

export const INSTRUCTION = "instruction";
type StepArguments = DebugProtocol.NextArguments;

export const next = (live: Live, { granularity }: StepArguments): Promise<void> =>
  step(live, granularity === INSTRUCTION ? "-exec-next-instruction" : NEXT);

export const stepIn = (live: Live, { granularity }: StepArguments): Promise<void> =>
  // What is left of the machinery is nothing to step into.
  step(
    live,
    granularity === INSTRUCTION ? "-exec-step-instruction" : live.running.folded > 0 ? NEXT : "-exec-step",
  );

export const stepOut = (live: Live): Promise<void> => step(live, FINISH);

export async function pause({ mi, running }: Live): Promise<void> {
  if (!running.isRunning) return;
  running.isPauseWanted = true;
  await mi.run("-exec-interrupt");
}

/** Does something that gdb does to a standing guest only; one that runs goes on afterwards. */
export async function whileStopped<T>(live: Live, work: () => Promise<T>): Promise<T> {
  const { running } = live;
  if (!running.isRunning) return work();
  const stopped = new Promise<boolean>((resolve) => (running.quiet = resolve));
  await live.mi.run("-exec-interrupt");
  const isOurs = await stopped;
  try {
    return await work();
  } finally {
    if (isOurs) await passOn(live);
  }
}

/** An event of gdb: a breakpoint counts one more hit. That the guest stops for it is another event. */
export function hit({ running }: Live, bkpt: MiTuple): void {
  const places = [bkpt, ...tuplesOf(bkpt, "locations")].map((one) => numberOf(one, "addr") ?? -1);
  running.hits.set(wordOf(bkpt, "number"), places);
}

const RANK: readonly Placed["kind"][] = ["user", "red", "log", "begins"];

/** What was hit, of all that lies at an address: what the user has set counts more than what only marks a beginning. */
function hitAt(
  { placed, running }: Live,
  number: string,
  address: number,
): readonly [string, Placed] | undefined {
  const beside = [...running.hits].flatMap(([one, places]) => (places.includes(address) ? [one] : []));
  return [...new Set([number, ...beside])]
    .flatMap((one) => {
      const what = placed.get(one);
      return what === undefined ? [] : [[one, what] as const];
    })
    .sort(([, one], [, other]) => RANK.indexOf(one.kind) - RANK.indexOf(other.kind))[0];
}

interface Seen {
  readonly reason: "exception" | "breakpoint" | "function breakpoint" | "data breakpoint" | "step" | "pause";
  readonly text?: string;
  readonly ids?: readonly number[];
}

/** Reports a stop to the editor. */
function report({ client }: Live, thread: number, { reason, text, ids }: Seen): void {
  client.send("stopped", {
    reason,
    threadId: thread,
    allThreadsStopped: true,
    ...(text !== undefined && { text, description: text }),
    ...(ids !== undefined && { hitBreakpointIds: ids }),
  });
}

/** What is said of the end of a recording, where nothing is wrong with it. */
const END = "the recording ends here";

/** Something is red, or has taken too long: says what, and shows the frame of the user's. */
async function wrong(live: Live, thread: number, kind: string, what = ""): Promise<void> {
  const { mi, client, running } = live;
  const said = (await mi.console(`monitor ${STOPPED} ${what}`.trim())).trim();
  await fold(live, thread);
  const text = said.replace(/^uktest: /, "");
  running.wrong = { kind, text };
  if (said !== "") client.print("console", `${said}\n`);
  const reason = text.endsWith(END) ? "pause" : "exception";
  report(live, thread, { reason, text: text === "" ? kind : text });
}

async function reached(live: Live, thread: number, seen: Seen): Promise<void> {
  await live.mi.console(`monitor ${REACHED}`);
  report(live, thread, seen);
}

async function atBreakpoint(live: Live, thread: number, number: string, address: number): Promise<void> {
  const [id, what] = hitAt(live, number, address) ?? [number, { kind: "user" } as const];
  if (what.kind === "begins") return passOn(live);
  if (what.kind === "log") {
    live.client.print("console", `${await logged(live, what.text)}\n`);
    return passOn(live);
  }
  if (what.kind === "red") return wrong(live, thread, what.stop.kind, what.stop.what);
  return reached(live, thread, { reason: "breakpoint", ids: [Number(id)] });
}

/** A watchpoint in an answer or a stop of gdb, whose name says what it watches for. */
export const watchpointIn = (values: MiTuple): MiTuple => ({
  ...tupleOf(values, "wpt"),
  ...tupleOf(values, "hw-rwpt"),
  ...tupleOf(values, "hw-awpt"),
});

/** What a watchpoint has seen, as text. On the way back gdb calls new what was there before. */
function watched({ running }: Live, values: MiTuple): string {
  const exp = wordOf(watchpointIn(values), "exp");
  const value = tupleOf(values, "value");
  const now = textOf(value, "new") ?? wordOf(value, "value");
  const before = textOf(value, "old");
  if (before === undefined) return `${exp} is ${now}`;
  const [from, to] = running.isBackwards ? [now, before] : [before, now];
  return `${exp}: ${from} -> ${to}`;
}

/** The stop of a watchpoint. One that was typed for a variable of a function ends with it. */
function atWatchpoint(live: Live, values: MiTuple): Seen {
  const ended = textOf(values, "wpnum");
  if (ended !== undefined) return { reason: "step", text: `what watchpoint ${ended} has watched is gone` };
  const ids = [Number(wordOf(watchpointIn(values), "number"))];
  return { reason: "data breakpoint", text: watched(live, values), ids };
}

/** The first case has begun: stops that only count in cases count from here on. */
async function begun(live: Live): Promise<void> {
  live.running.hasBegun = true;
  for (const [number, what] of live.placed)
    if (what.kind === "red" && what.stop.isOfCases === true && !live.unwanted.has(number))
      await live.mi.run(`-break-enable ${number}`);
}

/** The recording is over in this direction. Why it ends is known to the session, if anything has ended it. */
async function atEnd(live: Live, thread: number): Promise<void> {
  if (live.running.isBackwards)
    return reached(live, thread, { reason: "pause", text: "the recording begins here" });
  return wrong(live, thread, "end", END);
}

/** The next command on the way of the guest, where it has come to the place for it. */
async function legAt({ mi }: Live, [leg]: readonly Leg[], at: string): Promise<Leg | undefined> {
  if (leg === undefined || leg.at === at) return leg;
  // A breakpoint that was set for the way, which has ended elsewhere.
  if (/^\d/.test(leg.at)) await mi.run(`-break-delete ${leg.at}`);
  return undefined;
}

/** An event of gdb: the target has stopped. */
export async function stopped(live: Live, values: MiTuple): Promise<void> {
  const { running } = live;
  const reason = wordOf(values, "reason");
  const thread = numberOf(values, "thread-id") ?? 1;
  const frame = tupleOf(values, "frame");
  const { quiet, way, stepping } = running;
  Object.assign(running, { isRunning: false, quiet: undefined, way: [] });
  const isInterrupt = reason === "signal-received" && textOf(values, "signal-name") === "SIGINT";
  quiet?.(isInterrupt && !running.isPauseWanted);
  if (reason.startsWith("exited")) {
    live.over();
    return;
  }
  const number = textOf(values, "bkptno");
  const leg = await legAt(live, way, number ?? reason);
  if (quiet !== undefined && isInterrupt && !running.isPauseWanted) return;
  if (leg?.isDone(frame) === false) return resume(live, leg.command, way.slice(1), stepping);
  if (leg !== undefined) return reached(live, thread, { reason: "step" });
  const symbol = textOf(frame, "func");
  if (!running.hasBegun && live.cases.some((one) => one.symbol === symbol)) await begun(live);
  if (number !== undefined && reason === "breakpoint-hit")
    return atBreakpoint(live, thread, number, Number(wordOf(frame, "addr")));
  if (/watchpoint/.test(reason)) return reached(live, thread, atWatchpoint(live, values));
  if (isInterrupt && !running.isPauseWanted) return wrong(live, thread, "limit");
  if (isInterrupt) return reached(live, thread, { reason: "pause" });
  // gdb 13 and older give no reason for it.
  if (reason === "no-history" || (reason === "" && live.what === "recording")) return atEnd(live, thread);
  if (reason === "signal-received")
    return wrong(live, thread, "signal", textOf(values, "signal-meaning") ?? "a signal");
  return reached(live, thread, { reason: "step" });
}
