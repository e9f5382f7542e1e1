/** Checks what events.ts promises of a stream, event by event. Each broken promise is one line. */
import { isDeepStrictEqual } from "node:util";
import type { RunEvent } from "../../src/core/events.js";

/** The promises that `events` breaks; empty for a stream as it must be. */
export function brokenPromises(events: readonly RunEvent[]): readonly string[] {
  const broken: string[] = [];
  const open: string[] = [];
  const ids = new Set<string>();
  const say = (index: number, what: string): void => {
    broken.push(`${String(index)} ${events[index]?.type ?? ""}: ${what}`);
  };
  const begin = (index: number, id: string, depth: number, parent?: string): void => {
    if (open.length !== depth) say(index, `begins at depth ${String(open.length)}`);
    if (parent !== undefined && open.at(-1) !== parent) say(index, `begins outside ${parent}`);
    if (ids.has(id)) say(index, `${id} is not unique`);
    ids.add(id);
    open.push(id);
  };
  const finished = new Set<string>();
  const end = (index: number, id: string): void => {
    if (open.pop() !== id) say(index, `${id} ends out of order`);
  };
  events.forEach((event, index) => {
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(event)), event)) say(index, "is not what its JSON says");
    if ((index === 0) !== (event.type === "run-started")) say(index, "run-started is first and once");
    if ((index === events.length - 1) !== (event.type === "run-finished"))
      say(index, "run-finished is last and once");
    if ("boot" in event && event.type !== "boot-started" && open[0] !== event.boot)
      say(index, `${event.boot} is not open`);
    switch (event.type) {
      case "boot-started":
        return begin(index, event.boot, 0);
      case "suite-started":
        return begin(index, event.suite, 1, event.boot);
      case "case-started":
        return begin(index, event.case, 2, event.suite);
      case "case-finished":
        finished.add(event.case);
        return end(index, event.case);
      case "suite-finished":
        return end(index, event.suite);
      case "boot-finished":
        return end(index, event.boot);
      case "assertion":
      case "console":
        if (open[2] !== event.case) say(index, `${event.case} is not open`);
        return;
      case "finding":
        if (event.case !== undefined && open[2] !== event.case && !finished.has(event.case))
          say(index, `${event.case} has not begun`);
        return;
      case "fault":
      case "problem":
        if (event.case !== undefined && open[2] !== event.case) say(index, `${event.case} is not open`);
        return;
      case "evidence":
      case "measurement":
        if (!finished.has(event.case)) say(index, `${event.case} has not finished`);
        return;
      case "coverage":
        if (event.case !== undefined && !finished.has(event.case))
          say(index, `${event.case} has not finished`);
        return;
      case "baseline":
      case "changes":
      case "history":
      case "build":
        if (ids.size > 0) say(index, "comes after the first boot");
        return;
      case "fault-repeated":
        if (event.times < 2) say(index, "a fault met once is not repeated");
        return;
      case "boot-proven":
      case "artifact":
      case "trace":
        return;
      case "value":
        if (open[0] !== event.boot) say(index, `${event.boot} is not open`);
        return;
      case "run-started":
      case "run-finished":
        if (open.length > 0) say(index, `${open.join(" ")} still open`);
        return;
    }
  });
  return broken;
}
