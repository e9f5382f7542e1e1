/**
 * Breakpoints of an editor: each request names all of one kind, so those of before are removed first. Where one cannot be set,
 * the answer has gdb's reason, and the others are.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { messageOf } from "../core/reason.js";
import type { RedStop } from "../debug/stops.js";
import type { MiTuple } from "../mi/records.js";
import { quoted } from "../mi/text.js";
import { numberOf, textOf, tupleAt, tupleOf, tuplesOf, wordOf } from "../mi/values.js";
import type { Live, Placed } from "./live.js";
import { watchpointIn, whileStopped } from "./run-control.js";
import { nameOfSource, type SourceFile } from "./sources.js";

/** What every kind may have. */
interface Wish {
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== "";

/** `5` and `>= 5` stop at the fifth hit and at each after it. @throws Error for what says something else */
function ignoredHits(hitCondition: string | undefined): number {
  if (!isGiven(hitCondition)) return 0;
  const count = /^\s*(?:>=\s*)?(\d{1,9})\s*$/.exec(hitCondition)?.[1];
  if (count === undefined) throw new Error("a hit count is a number, as 5 or >= 5");
  return Math.max(Number(count) - 1, 0);
}

/** Inserts one. @param place options and words of `-break-insert` */
async function insert(live: Live, place: string, wish: Wish): Promise<MiTuple> {
  const ignored = ignoredHits(wish.hitCondition);
  const words = [
    ...(isGiven(wish.condition) ? ["-c", quoted(wish.condition)] : []),
    ...(ignored > 0 ? ["-i", String(ignored)] : []),
  ];
  const bkpt = tupleOf(await live.mi.run(["-break-insert", ...words, place].join(" ")), "bkpt");
  const what: Placed = isGiven(wish.logMessage) ? { kind: "log", text: wish.logMessage } : { kind: "user" };
  live.placed.set(wordOf(bkpt, "number"), what);
  return bkpt;
}

/** What an editor hears of one that was set. A place that is inlined has several addresses, and one line. */
function described(live: Live, bkpt: MiTuple): DebugProtocol.Breakpoint {
  const place = textOf(bkpt, "line") === undefined ? tupleAt(bkpt, "locations", 0) : bkpt;
  const [id, line, path] = [numberOf(bkpt, "number"), numberOf(place, "line"), textOf(place, "fullname")];
  return {
    verified: true,
    ...(id !== undefined && { id }),
    ...(line !== undefined && { line: line + live.client.lineOffset() }),
    ...(path !== undefined && { source: { path } }),
  };
}

async function remove(live: Live, key: string): Promise<void> {
  const numbers = live.own.get(key) ?? [];
  live.own.delete(key);
  if (numbers.length > 0) await live.mi.run(`-break-delete ${numbers.join(" ")}`);
  for (const number of numbers) live.placed.delete(number);
}

/** Removes those of one kind, and sets these. */
function replace<T>(
  live: Live,
  key: string,
  wishes: readonly T[],
  set: (wish: T) => Promise<MiTuple>,
): Promise<{ readonly breakpoints: DebugProtocol.Breakpoint[] }> {
  return whileStopped(live, async () => {
    await remove(live, key);
    const breakpoints: DebugProtocol.Breakpoint[] = [];
    const numbers: string[] = [];
    for (const wish of wishes)
      try {
        const one = await set(wish);
        numbers.push(wordOf(one, "number"));
        breakpoints.push(described(live, one));
      } catch (error) {
        breakpoints.push({ verified: false, message: messageOf(error) });
      }
    live.own.set(key, numbers);
    return { breakpoints };
  });
}

/** The files of the image; they do not change in a session. */
const files = new WeakMap<Live, readonly SourceFile[]>();

async function filesOf(live: Live): Promise<readonly SourceFile[]> {
  const known = files.get(live);
  if (known !== undefined) return known;
  const all = tuplesOf(await live.mi.run("-file-list-exec-source-files"), "files").map((one) => ({
    file: wordOf(one, "file"),
    fullname: wordOf(one, "fullname"),
  }));
  files.set(live, all);
  return all;
}

export function setBreakpoints(
  live: Live,
  { source: { path = "" }, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
): Promise<DebugProtocol.SetBreakpointsResponse["body"]> {
  return replace(live, `file ${path}`, breakpoints, async (wish) => {
    const name = nameOfSource(path, await filesOf(live));
    if (name === undefined) throw new Error("the image has no code of this file");
    const line = wish.line - live.client.lineOffset();
    return insert(live, `--source ${quoted(name)} --line ${String(line)}`, wish);
  });
}

export const setFunctionBreakpoints = (
  live: Live,
  { breakpoints }: DebugProtocol.SetFunctionBreakpointsArguments,
): Promise<DebugProtocol.SetFunctionBreakpointsResponse["body"]> =>
  replace(live, "function", breakpoints, (wish) => insert(live, quoted(wish.name), wish));

export const setInstructionBreakpoints = (
  live: Live,
  { breakpoints }: DebugProtocol.SetInstructionBreakpointsArguments,
): Promise<DebugProtocol.SetInstructionBreakpointsResponse["body"]> =>
  replace(live, "instruction", breakpoints, (wish) =>
    insert(live, quoted(`*(${wish.instructionReference} + ${String(wish.offset ?? 0)})`), wish),
  );

const ACCESS = { read: "-r ", write: "", readWrite: "-a " } as const;

/** Sets a watchpoint; one whose condition gdb does not accept is removed. */
async function watch(live: Live, wish: DebugProtocol.DataBreakpoint): Promise<MiTuple> {
  const { dataId, accessType = "write", condition } = wish;
  const ignored = ignoredHits(wish.hitCondition);
  const point = watchpointIn(await live.mi.run(`-break-watch ${ACCESS[accessType]}${quoted(dataId)}`));
  const number = wordOf(point, "number");
  try {
    if (isGiven(condition)) await live.mi.run(`-break-condition ${number} ${condition}`);
    if (ignored > 0) await live.mi.run(`-break-after ${number} ${String(ignored)}`);
  } catch (error) {
    await live.mi.run(`-break-delete ${number}`);
    throw error;
  }
  live.placed.set(number, { kind: "user" });
  return point;
}

/** Watches memory; what is watched has an address, so that it is watched in whatever function the guest is. */
export const setDataBreakpoints = (
  live: Live,
  { breakpoints }: DebugProtocol.SetDataBreakpointsArguments,
): Promise<DebugProtocol.SetDataBreakpointsResponse["body"]> =>
  replace(live, "data", breakpoints, (wish) => watch(live, wish));

/** Sets the stops for what goes wrong, those that the user has asked for, and what says that cases begin. */
export async function setSessionStops(
  live: Live,
  { stops, breaks }: { readonly stops: readonly RedStop[]; readonly breaks: readonly string[] },
): Promise<void> {
  for (const place of breaks) await insert(live, quoted(place), {});
  for (const stop of stops) {
    const words = [
      ...(stop.isOfCases === true ? ["-d"] : []),
      ...(stop.condition === undefined ? [] : ["-c", quoted(stop.condition)]),
    ];
    const answer = await live.mi.run(["-break-insert", ...words, stop.place].join(" "));
    live.placed.set(wordOf(tupleOf(answer, "bkpt"), "number"), { kind: "red", stop });
  }
  if (!stops.some(({ isOfCases }) => isOfCases === true)) return;
  for (const { symbol } of live.cases) {
    const answer = await live.mi.run(`-break-insert -t ${symbol}`);
    live.placed.set(wordOf(tupleOf(answer, "bkpt"), "number"), { kind: "begins" });
  }
}

/** Which kinds of red the guest stops for; of those that count in cases only once one has begun. */
export function setExceptionBreakpoints(
  live: Live,
  { filters }: DebugProtocol.SetExceptionBreakpointsArguments,
): Promise<DebugProtocol.SetExceptionBreakpointsResponse["body"]> {
  return whileStopped(live, async () => {
    for (const [number, what] of live.placed) {
      if (what.kind !== "red") continue;
      const isWanted = filters.includes(what.stop.kind);
      live.unwanted.delete(number);
      if (!isWanted) live.unwanted.add(number);
      const isEarly = what.stop.isOfCases === true && !live.running.hasBegun;
      await live.mi.run(`-break-${isWanted && !isEarly ? "enable" : "disable"} ${number}`);
    }
    return {};
  });
}
