/**
 * What a line reports besides the life of cases: counts of the guest, findings, lines in doubt, output. It opens and
 * closes nothing.
 */
import type { ClaimBody } from "../claims.js";
import type { Segment } from "../segment.js";
import * as cases from "./cases.js";
import * as ending from "./ending.js";
import { contradiction } from "./statistics.js";
import { noteOutside } from "./outside.js";
import { postpone, waitsForMemory } from "./quiet.js";
import { type Work, clip, mayKeepSite, problem } from "./work.js";

type Said<T extends ClaimBody["type"]> = Extract<ClaimBody, { readonly type: T }>;

/** The guest's own counts. */
export function statistics(work: Work, claim: Said<"statistics">, at: Segment): void {
  cases.returned(work, at);
  work.boot.countsSeen.add(claim.what);
  if (postpone(work.boot, claim)) return;
  const words = contradiction(work.boot, claim);
  if (words === undefined) return;
  const origin = cases.placeOf(at);
  if (!waitsForMemory(work, claim, { words, origin }))
    problem(work, "statistics-mismatch", "error", words, origin);
}

const COUNTS = ["suites", "cases", "assertions"] as const;

/** The guest prints its three counts together: where one is missing, lines were lost. */
export function countsMissing(work: Work): void {
  const {
    countsSeen,
    end: { proven },
    protocol,
    spoken: { last },
  } = work.boot;
  if (protocol !== undefined) return;
  const missing = COUNTS.filter((what) => !countsSeen.has(what));
  if (missing.length === 0 || missing.length === COUNTS.length) return;
  const words = `the guest's count of ${missing.join(" and of ")} is missing: lines were lost`;
  problem(work, "statistics-mismatch", proven ? "warning" : "error", words, last);
}

/** A report of the sanitizer. */
export function finding(work: Work, claim: Said<"finding">, at: Segment): void {
  const { boot, emit } = work;
  ending.believeBanner(work);
  const { check, message, file, line, column, kind = "ubsan", function: where, system } = claim;
  if (kind === "ubsan") boot.tally.findings += 1;
  const site = [kind, check, file, line, column, where].join("\0");
  const isNew = !boot.sites.has(site);
  if (!mayKeepSite(work, site, kind)) return;
  const charged = boot.open === undefined ? {} : { case: boot.open.id };
  const origin = cases.placeOf(at);
  emit({
    type: "finding",
    boot: boot.id,
    ...charged,
    kind,
    check,
    message: clip(message, work.caps.textChars),
    file,
    line,
    column,
    ...(where !== undefined && { function: where }),
    ...(system !== undefined && { system }),
    // What the first report at a place shows need not be shown again.
    ...(isNew && claim.callTrace !== undefined && { callTrace: claim.callTrace }),
    ...(isNew && claim.excerpt !== undefined && { excerpt: claim.excerpt }),
    origin,
  });
}

/** A line that cannot be believed and cannot be ignored. */
export function suspect(work: Work, { code, text }: Said<"suspect">, at: Segment): void {
  const quoted = clip(text, 200);
  const origin = cases.placeOf(at);
  output(work, at);
  switch (code) {
    case "garbled-line":
      return problem(work, code, "error", `a damaged line that may have been a result: ${quoted}`, origin);
    case "form-conflict":
      return problem(work, code, "error", `a second kind of result line in one boot: ${quoted}`, origin);
    case "tap-invalid":
    case "stream-invalid":
      return problem(work, code, "error", quoted, origin);
    case "ambiguous-line":
      return problem(
        work,
        code,
        "warning",
        `a test line inside another message was not counted: ${quoted}`,
        origin,
      );
    case "lookalike":
      return problem(
        work,
        code,
        "note",
        `application output that looks like a test line was not counted: ${quoted}`,
        origin,
      );
    case "unplanned-stream":
      return problem(work, code, "note", quoted, origin);
    case "unread-stream":
    case "line-too-long":
      return problem(work, code, "warning", quoted, origin);
  }
}

/** The case that runs has passed and begins once more. */
export function again(work: Work, at: Segment): void {
  if (work.boot.open !== undefined) work.boot.open.runsAgain = true;
  output(work, at);
}

/** Output that may say why the guest dies. */
export function lastWords({ boot }: Work, { kind, title }: Said<"last-words">, at: Segment): void {
  boot.death.lastWords = { kind, text: clip(title, 200), line: at.line };
}

/** Everything else that is printed. */
export function output(work: Work, at: Segment): void {
  noteOutside(work, at);
  if (work.boot.open !== undefined && work.boot.end.banner === "none")
    cases.keepConsole(work, work.boot.open, at);
}
