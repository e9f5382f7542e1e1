/** A finding of a case that is not of what it printed but of what was measured of it. It measures and judges nothing. */
import type { CaseFacts } from "../evidence.js";
import { NO_FILE } from "../model/finding.js";
import type { FinishedCase } from "./boot.js";
import { mayKeepSite, type Work } from "./work.js";

/** Where a case is defined. */
export type Place = Pick<CaseFacts, "suite" | "file" | "line">;

export interface Report {
  readonly kind: "leak" | "limit";
  readonly check: string;
  readonly message: string;
  readonly trace: readonly string[];
}

/** A finding of the case; its place is the case's until symbols say which call it was. */
export function report(work: Work, one: Place, shown: FinishedCase, { trace, kind, ...rest }: Report): void {
  const { boot, emit } = work;
  const site = [kind, rest.check, shown.suite, shown.name, ...trace].join("\0");
  if (!mayKeepSite(work, site, kind)) return;
  emit({
    type: "finding",
    ...{ boot: boot.id, case: shown.id, kind, ...rest },
    ...{ file: one.file === "" ? NO_FILE : one.file, line: one.line ?? 0, column: 0 },
    ...(trace.length > 0 && { callTrace: trace.map((address) => ({ address })) }),
    origin: boot.spoken.last,
  });
}
