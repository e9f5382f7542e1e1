/**
 * Times whole commands, and tells how much of the host others used meanwhile: a round that was disturbed is no
 * measurement. Source: Linux, proc(5), /proc/stat and /proc/[pid]/stat.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const MAIN = fileURLToPath(new URL("../../bin/uktest/uktest.cjs", import.meta.url));
export const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 5);

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One line of a table: a name, what was measured, and what is wanted where anything is. */
export function row(name: string, value: string, goal = ""): void {
  say(`${name.padEnd(58)}${value.padStart(14)}${goal === "" ? "" : `  ${goal}`}`);
}

/** Ticks of all processors that were used, and those of our children that are over; a tick is 10 ms. */
function ticks(): { readonly all: number; readonly ours: number } {
  const numbers = (text: string): readonly number[] => text.trim().split(/\s+/).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = numbers(
    (readFileSync("/proc/stat", "latin1").split("\n")[0] ?? "").replace(/^cpu\s+/, ""),
  );
  const own = numbers(readFileSync("/proc/self/stat", "latin1").replace(/^.*\)/s, ""));
  // After the name: user, system, those of children that are over.
  const ours = own.slice(11, 15).reduce((sum, one) => sum + one, 0);
  return { all: user + nice + system + irq + soft + steal, ours };
}

const TICK_MS = 10;

/** What is known of a command that has ended. */
export interface Timed {
  readonly wallMs: number;
  /** Part of one processor that others used. */
  readonly others: number;
  readonly stdout: string;
  /** Each line of stdout, and when it came, on the clock of `performance.now()`. */
  readonly lines: readonly { readonly text: string; readonly atMs: number }[];
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are fine. */
  readonly codes?: readonly number[];
}

/** Runs a command to its end; a failure is no measurement. */
export async function timed({ program, args, cwd = ROOT, env = {}, codes = [0] }: Command): Promise<Timed> {
  const before = ticks();
  const start = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: { text: string; atMs: number }[] = [];
  let [rest, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) lines.push({ text, atMs: performance.now() });
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const wallMs = performance.now() - start;
  if (code === null || !codes.includes(code))
    throw new Error(`${program} ${args.join(" ")} ended with ${String(code)}: ${errors}`);
  const after = ticks();
  const others = ((after.all - before.all - (after.ours - before.ours)) * TICK_MS) / wallMs;
  return { wallMs, others, stdout: lines.map(({ text }) => text).join("\n"), lines };
}

/** `uktest run`, with further words. */
export const uktest = (words: readonly string[], more: Partial<Command> = {}): Promise<Timed> =>
  timed({ program: process.execPath, args: [MAIN, "run", ...words], ...more });
