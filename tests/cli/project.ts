/**
 * A project in a folder of its own, and what still runs in it: for tests of commands that build, boot and wait.
 */
import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { ExecutionContext } from "ava";
import { putKitObjects } from "../kit-objects.js";
import { type Scratch, scratch, uktest } from "./run.js";

export interface Demo extends Scratch {
  /** Replaces a part of a file; the part has to be there. */
  readonly change: (name: string, from: string, to: string) => void;
}

/** The project that `uktest init` makes, with the kit compiled for these machines. */
export async function demo(t: ExecutionContext, machines: readonly string[] = ["v86"]): Promise<Demo> {
  const folder = scratch(t);
  const said = await uktest(["init", "--name", "demo", "--ci", "none"], { cwd: folder.path });
  t.is(said.code, 0, said.stderr);
  await putKitObjects(folder.path, machines);
  const change = (name: string, from: string, to: string): void => {
    const text = folder.text(name);
    t.true(text.includes(from), `${name} holds ${from}`);
    folder.put(name, text.replace(from, to));
  };
  return { ...folder, change };
}

/** Processes whose working folder is below `path`. */
export function runningIn(path: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(path);
    } catch {
      return false;
    }
  });
}

/** Waits until nothing runs below `path`; false where something still does after ten seconds. */
export async function isQuiet(path: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (runningIn(path).length === 0) return true;
    await pause(100);
  }
  return false;
}
