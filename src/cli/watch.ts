/**
 * `uktest watch`: runs, waits until a file or a key says so, and runs again what that affects. Each run is the command
 * `uktest run` in a process of its own, so that it looks the same, can be ended at any time, and leaves nothing here.
 */
import type { WatchArguments } from "./watch/arguments.js";
import { respawn, type Respawned } from "../../runner/process/respawn.js";
import { FolderWatch } from "../../runner/files/folder-watch.js";
import { type Key, openKeys } from "../../runner/process/keys.js";
import { onStdoutClosed } from "../../runner/process/stdout-closed.js";
import { EXIT, type ExitCode } from "../core/errors.js";
import type { Say } from "../core/say.js";
import { WishQueue, type Wish } from "./watch/wish-queue.js";
import { type Look, WatchedProject } from "./watch/project.js";

/** Files that are named when they changed. */
const NAMED_FILES = 3;

/**
 * Runs the command, until the user has enough.
 * @returns the exit code: 0 for `q`, that of the signal, or 2 when the arguments of the first run are invalid
 * @throws UsageError for a configuration that cannot be read
 */
export async function watch(args: WatchArguments, stop: AbortSignal, say: Say): Promise<ExitCode> {
  const project = await WatchedProject.open(args);
  const wishes = new WishQueue(stop);
  const giveBack = openKeys((key) => {
    const wish = WISHES[key];
    if (wish !== undefined) wishes.put(wish);
  });
  // Nobody would see what a further run says, and nobody would end it.
  const forget = onStdoutClosed(() => {
    wishes.put("quit");
  });
  const folders = new FolderWatch((how) => {
    wishes.put(how === "something" ? "look" : "glance");
  });
  try {
    return await rounds(args, project, wishes, folders, say);
  } finally {
    giveBack();
    forget();
    folders.close();
  }
}

const WISHES: Readonly<Record<Key, Wish>> = {
  enter: "all",
  f: "failed",
  q: "quit",
  end: "quit",
  interrupt: "interrupt",
};

async function rounds(
  args: WatchArguments,
  project: WatchedProject,
  wishes: WishQueue,
  folders: FolderWatch,
  say: Say,
): Promise<ExitCode> {
  let words = ["run", ...args.words, "--", ...args.patterns];
  for (let isFirst = true; ; isFirst = false) {
    // Before the run: what is changed while it goes on is run again.
    const before = project.look();
    const code = await once(respawn(process.argv[1] ?? "", words), wishes);
    if (isFirst && code === EXIT.usage) return EXIT.usage;
    const order = await nextOrder(project, before, wishes, folders, say);
    if (typeof order === "number") return order;
    words = [
      "run",
      ...(order.wish === "failed" ? ["--last-failed"] : []),
      ...args.words,
      "--",
      ...(order.wish === "failed" ? [] : (order.patterns ?? args.patterns)),
    ];
  }
}

/** One run; a key ends it early. */
async function once(run: Respawned, wishes: WishQueue): Promise<number> {
  const forget = wishes.onUrgent(() => {
    run.stop();
  });
  try {
    return await run.end;
  } finally {
    forget();
  }
}

interface Order {
  readonly wish: "all" | "failed";
  /** Absent: all that the watch is about. */
  readonly patterns?: readonly string[];
}

/** Waits for the next thing to do; an exit code where there is none. */
async function nextOrder(
  project: WatchedProject,
  before: Look,
  wishes: WishQueue,
  folders: FolderWatch,
  say: Say,
): Promise<Order | ExitCode> {
  let known = before;
  let isTold = false;
  for (;;) {
    const urgent = wishes.urgent();
    if (urgent !== undefined) return orderOf(urgent);
    const change = project.change(known);
    if (change !== undefined) {
      await project.reload();
      const { files, patterns } = change;
      const more = files.length > NAMED_FILES ? ` and ${String(files.length - NAMED_FILES)} more` : "";
      say(`changed: ${files.slice(0, NAMED_FILES).join(", ")}${more}`);
      return { wish: "all", patterns };
    }
    // What a build has read is known only now.
    known = project.lookAgain(known);
    folders.follow(project.folders(known));
    if (!isTold)
      say(`watching ${String(WatchedProject.count(known))} files: Enter runs all, f what failed, q quits`);
    isTold = true;
    // Now and then, only what is known is looked at.
    while ((await wishes.next()) === "glance" && !project.hasChanged(known));
  }
}

const orderOf = (wish: Wish): Order | ExitCode => {
  switch (wish) {
    case "quit":
      return EXIT.passed;
    case "interrupt":
      return EXIT.interrupted;
    case "terminate":
      return EXIT.terminated;
    case "failed":
      return { wish: "failed" };
    case "all":
    case "look":
    case "glance":
      return { wish: "all" };
  }
};
