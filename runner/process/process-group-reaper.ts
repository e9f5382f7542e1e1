/**
 * Ends process groups when we die, however we die: a program of its own waits for that. It ends nothing while we live, and
 * nothing that has left its group.
 */
import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Writable } from "node:stream";

/** What runs has so many tenths of a second to clean up. */
const GRACE_TENTHS = 20;

/**
 * Reads which groups there are from a pipe that only we hold: its end means that we are no more.
 *
 * A signal to the child (parent-death-signal.ts) would reach one process of each, and cost every compiler the start of a further program.
 */
const WATCH = `
groups=' '
while read -r word group; do
  case $word,$groups in
    group,*) groups="$groups$group " ;;
    over,*" $group "*) groups="\${groups%" $group "*} \${groups#*" $group "}" ;;
  esac
done
each() {
  any=1
  for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null && any=0; done
  return $any
}
left=${String(GRACE_TENTHS)}
each TERM
while [ $left -gt 0 ] && each 0; do sleep 0.1; left=$((left - 1)); done
each KILL
`;

let guard: Writable | undefined;

function guarding(): Writable {
  if (guard !== undefined) return guard;
  // In a session of its own, or whoever kills our group would kill the guard first.
  const child = spawn("sh", ["-c", WATCH], { cwd: "/", stdio: ["pipe", "ignore", "ignore"], detached: true });
  // A host without a shell has no guard.
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  // We end when everything else is done, and need not wait for it.
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return (guard = child.stdin);
}

export interface Reaper {
  /** Guards a group, by the id of the process that leads it. */
  readonly begin: (group: number) => void;
  readonly end: (group: number) => void;
  /**
   * For the `stdio` of a child that says `group ID` itself and closes it: then there is no moment in which it runs and
   * nobody guards it.
   */
  readonly words: Socket | "ignore";
}

/** Makes sure that a guard is there, in front of what it will guard: starting one takes a while. */
export function readyReaper(): Reaper {
  const pipe = guarding();
  return {
    begin: (group) => void pipe.write(`group ${String(group)}\n`),
    end: (group) => void pipe.write(`over ${String(group)}\n`),
    words: pipe instanceof Socket && !pipe.destroyed ? pipe : "ignore",
  };
}
