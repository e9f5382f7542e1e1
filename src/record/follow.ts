/**
 * Follows a record event by event and refuses what assemble.ts never writes: an end without a beginning, a beginning in
 * the wrong place, an id twice. A line that was lost must not make a run look better than it was.
 */
import type { Origin, RunEvent } from "../core/events.js";

interface OpenCase {
  readonly id: string;
  passed: number;
  failed: number;
}

type Finished = Extract<RunEvent, { type: `${string}-finished` }>;

/** What has begun and not finished. */
export class Follower {
  #run: "before" | "open" | "over" = "before";
  #boot: string | undefined;
  #suite: string | undefined;
  #case: OpenCase | undefined;
  #last: Origin = { line: 1, byteOffset: 0 };
  readonly #ids = new Set<string>();
  /** Cases of the open boot that have finished. */
  readonly #finished = new Set<string>();

  get begun(): boolean {
    return this.#run !== "before";
  }

  /** Takes the next event, or says in words why it cannot stand here; then nothing has changed. */
  take(event: RunEvent): string | undefined {
    const wrong = this.#wrong(event);
    if (wrong === undefined) this.#apply(event);
    return wrong;
  }

  /** The events that a record which stops here still owes. */
  *closing(message: string): Generator<RunEvent> {
    if (this.#run !== "open") return;
    yield { type: "problem", code: "incomplete-run", grade: "error", message };
    const origin = this.#last;
    if (this.#case !== undefined) {
      const { id, passed, failed } = this.#case;
      const rest = { evidence: "console", evaluations: { passed, failed }, droppedConsoleLines: 0 } as const;
      yield { type: "case-finished", case: id, status: "crashed", reason: message, ...rest, origin };
    }
    if (this.#suite !== undefined) yield { type: "suite-finished", suite: this.#suite, origin };
    if (this.#boot !== undefined) yield { type: "boot-finished", boot: this.#boot, end: "cut", origin };
    yield { type: "run-finished" };
  }

  #wrong(event: RunEvent): string | undefined {
    if (this.#run === "over") return "something follows the end of the run";
    if (event.type !== "run-started" && !this.begun) return "the run has not begun";
    switch (event.type) {
      case "run-started":
        return this.begun ? "a second run begins" : undefined;
      case "baseline":
      case "changes":
      case "history":
      case "build":
        return this.#ids.size > 0 ? "a boot has begun already" : undefined;
      case "boot-started":
        return still("boot", this.#boot) ?? this.#known(event.boot);
      case "suite-started":
        return still("suite", this.#suite) ?? within(event.boot, this.#boot) ?? this.#known(event.suite);
      case "case-started":
        return still("case", this.#case?.id) ?? within(event.suite, this.#suite) ?? this.#known(event.case);
      case "assertion":
      case "console":
        return within(event.case, this.#case?.id);
      case "finding":
        // What a case did with memory is known once it is over.
        if (event.case !== undefined && this.#finished.has(event.case)) return within(event.boot, this.#boot);
        return (
          within(event.boot, this.#boot) ??
          (event.case === undefined ? undefined : within(event.case, this.#case?.id))
        );
      case "fault":
      case "problem":
        return (
          (event.boot === undefined ? undefined : within(event.boot, this.#boot)) ??
          (event.case === undefined ? undefined : within(event.case, this.#case?.id))
        );
      case "evidence":
      case "measurement":
        return this.#finished.has(event.case)
          ? undefined
          : `it belongs to ${event.case}, which has not finished`;
      case "coverage":
        return (
          within(event.boot, this.#boot) ??
          (event.case === undefined || this.#finished.has(event.case)
            ? undefined
            : `it belongs to ${event.case}, which has not finished`)
        );
      case "fault-repeated":
      case "boot-proven":
      case "artifact":
      case "value":
      case "trace":
        return within(event.boot, this.#boot);
      case "case-finished":
      case "suite-finished":
      case "boot-finished":
      case "run-finished":
        return this.#wrongEnd(event);
    }
  }

  #wrongEnd(event: Finished): string | undefined {
    switch (event.type) {
      case "case-finished": {
        const { passed, failed } = event.evaluations;
        const open = this.#case;
        const lost = open !== undefined && (passed < open.passed || failed < open.failed);
        return within(event.case, open?.id) ?? (lost ? "it has more evaluations than it counts" : undefined);
      }
      case "suite-finished":
        return still("case", this.#case?.id) ?? within(event.suite, this.#suite);
      case "boot-finished":
        return still("suite", this.#suite) ?? within(event.boot, this.#boot);
      case "run-finished":
        return still("boot", this.#boot);
    }
  }

  #apply(event: RunEvent): void {
    if ("origin" in event) this.#last = event.origin;
    switch (event.type) {
      case "run-started":
        this.#run = "open";
        return;
      case "boot-started":
        this.#ids.add((this.#boot = event.boot));
        return;
      case "suite-started":
        this.#ids.add((this.#suite = event.suite));
        return;
      case "case-started":
        this.#ids.add(event.case);
        this.#case = { id: event.case, passed: 0, failed: 0 };
        return;
      case "assertion":
        if (this.#case !== undefined) this.#case[event.status] += 1;
        return;
      case "case-finished":
        this.#finished.add(event.case);
        this.#case = undefined;
        return;
      case "suite-finished":
        this.#suite = undefined;
        return;
      case "boot-finished":
        this.#boot = undefined;
        this.#finished.clear();
        return;
      case "run-finished":
        this.#run = "over";
        return;
      case "baseline":
      case "changes":
      case "history":
      case "console":
      case "finding":
      case "fault":
      case "fault-repeated":
      case "problem":
      case "evidence":
      case "measurement":
      case "boot-proven":
      case "artifact":
      case "value":
      case "trace":
      case "build":
      case "coverage":
        return;
    }
  }

  #known(id: string): string | undefined {
    return this.#ids.has(id) ? `${id} begins a second time` : undefined;
  }
}

const within = (named: string, open: string | undefined): string | undefined =>
  named === open ? undefined : `it belongs to ${named}, which is not open`;

const still = (what: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `the ${what} ${id} has no end`;
