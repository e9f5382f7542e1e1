/**
 * Follows a stream of events and hands out each case when it finishes, whole. It keeps no case that has finished.
 */
import type { RunEvent } from "../../src/core/events.js";
import type { FindingKind } from "../../src/core/finding-kinds.js";
import type { AssertionModel, CaseModel, FaultModel, OutputLine } from "../../src/core/model.js";

export interface FinishedCase {
  readonly one: CaseModel;
  readonly boot: string;
  readonly faults: readonly FaultModel[];
  /** Kinds of the findings reported in it, repetitions included. */
  readonly findings: readonly FindingKind[];
}

interface OpenCase {
  readonly started: Extract<RunEvent, { type: "case-started" }>;
  readonly assertions: AssertionModel[];
  readonly output: OutputLine[];
  readonly faults: FaultModel[];
  readonly findings: FindingKind[];
}

export class LiveCases {
  readonly #suites = new Map<string, { readonly boot: string; readonly name: string }>();
  readonly #open = new Map<string, OpenCase>();

  /** Takes an event; gives the case that it finished, if any. */
  add(event: RunEvent): FinishedCase | undefined {
    switch (event.type) {
      case "suite-started":
        this.#suites.set(event.suite, { boot: event.boot, name: event.name });
        return undefined;
      case "suite-finished":
        this.#suites.delete(event.suite);
        return undefined;
      case "case-started":
        this.#open.set(event.case, { started: event, assertions: [], output: [], faults: [], findings: [] });
        return undefined;
      case "assertion":
        this.#open.get(event.case)?.assertions.push(event);
        return undefined;
      case "console":
        this.#open.get(event.case)?.output.push({ line: event.origin.line, text: event.text });
        return undefined;
      case "finding": {
        const open = event.case === undefined ? undefined : this.#open.get(event.case);
        open?.findings.push(event.kind);
        return undefined;
      }
      case "fault":
        if (event.case !== undefined)
          this.#open.get(event.case)?.faults.push({ ...event.fault, boot: event.boot, origin: event.origin });
        return undefined;
      case "case-finished":
        return this.#finish(event);
      case "run-started":
      case "baseline":
      case "history":
      case "boot-started":
      case "evidence":
      case "measurement":
      case "boot-proven":
      case "artifact":
      case "value":
      case "trace":
      case "build":
      case "coverage":
      case "changes":
      case "fault-repeated":
      case "problem":
      case "boot-finished":
      case "run-finished":
        return undefined;
    }
  }

  #finish(event: Extract<RunEvent, { type: "case-finished" }>): FinishedCase | undefined {
    const open = this.#open.get(event.case);
    if (open === undefined) return undefined;
    this.#open.delete(event.case);
    const { started, assertions, output, faults, findings } = open;
    const suite = this.#suites.get(started.suite);
    const one: CaseModel = {
      ...started,
      ...event,
      id: event.case,
      boot: suite?.boot ?? "",
      suite: suite?.name ?? "",
      assertions,
      output,
    };
    return { one, boot: suite?.boot ?? "", faults, findings };
  }
}
