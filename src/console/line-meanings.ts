/**
 * What each line of a log is taken for, in words: for a person who wonders why a result was not read, or who describes
 * a dialect. It judges nothing.
 */
import type { Claim } from "../core/claims.js";
import type { Dialect } from "../core/dialect.js";
import { plural } from "../core/plural.js";
import { BootReader } from "./boot-reader.js";
import type { ReportFamilies } from "./report-families.js";

export interface LineMeanings {
  /** The dialect that has the boot; absent where none has. */
  readonly dialect: string | undefined;
  /** By line number, from 1; lines of output are not in it. */
  readonly meanings: ReadonlyMap<number, readonly string[]>;
}

/** Reads one boot. */
export function lineMeanings(
  chunks: Iterable<Uint8Array>,
  dialects: readonly Dialect[],
  families: ReportFamilies,
): LineMeanings {
  const meanings = new Map<number, string[]>();
  const claim = (one: Claim): void => {
    const words = inWords(one);
    if (words === undefined) return;
    const { line } = one.at;
    const known = meanings.get(line);
    if (known === undefined) meanings.set(line, [words]);
    else if (!known.includes(words)) known.push(words);
  };
  const reader = new BootReader({ claim, countsPassesOnly: false }, dialects, true, families);
  for (const chunk of chunks) reader.feed(chunk);
  reader.end();
  return { dialect: reader.dialect, meanings };
}

function inWords(claim: Claim): string | undefined {
  switch (claim.type) {
    case "output":
      return claim.means;
    case "header":
      return `case ${claim.suite}.${claim.name}`;
    case "result":
      return claim.status === "failed" ? "failure" : claim.status;
    case "location":
      return `place ${claim.file}:${String(claim.line)}`;
    case "case-end":
      return `case ${claim.status}`;
    case "passes":
      return plural(claim.count, "passed result");
    case "suspect":
      return `${claim.code}: ${claim.text}`;
    case "fault":
      return `fault: ${claim.fault.title}`;
    case "finding":
      return `finding: ${claim.message}`;
    case "milestone":
      return claim.text === undefined ? claim.milestone : `${claim.milestone} ${claim.text}`;
    case "statistics":
      return `counts: ${String(claim.total)} ${claim.what}, ${String(claim.failed)} failed`;
    case "suite-begins":
      return `suite ${claim.suite}`;
    case "suite-done":
      return `suite ${claim.suite} ends`;
    case "last-words":
      return `may be why the guest dies: ${claim.title}`;
    case "tests-begin":
      return "tests begin";
    case "tests-ended":
      return "tests end";
    case "boot-init-failed":
    case "case-again":
    case "case-limit":
    case "parameters":
    case "restarted":
    case "suite-exits":
    case "suite-init-failed":
    case "suite-skipped":
    case "tests-planned":
      return claim.type.replaceAll("-", " ");
  }
}
