/**
 * Failed cases that have ended and whose explanation is printed later, at the end of their group. They wait within
 * bounds, and are claimed whole.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import { type Explained, explained, failureClaims } from "./explained.js";
import type { RowBody } from "./grammar.js";
import { type Named, keyOf } from "./names.js";

type CaseRow = Extract<RowBody, { readonly type: "case" }>;

export interface LateCase extends Named {
  readonly at: Segment;
  readonly end: CaseRow;
  readonly failure: Explained;
}

/** Cases that wait at a time. */
const MOST = 256;

export class LateCases {
  readonly #waiting = new Map<string, LateCase>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Adds a case; claims of those that had to make room for it are returned. */
  add(end: CaseRow, named: Named, at: Segment): readonly Claim[] {
    const gone = this.#waiting.size >= MOST ? this.take() : [];
    const failure = explained(end.failure ?? { message: "" });
    this.#waiting.set(keyOf({ ...named, name: end.name }), { ...named, at, end, failure });
    return gone;
  }

  /** The case that an explanation is about. */
  find(named: Named): LateCase | undefined {
    return this.#waiting.get(keyOf(named));
  }

  /** The claims of all of them. */
  take(): readonly Claim[] {
    const claims = [...this.#waiting.values()].flatMap(claimsOf);
    this.#waiting.clear();
    return claims;
  }
}

function claimsOf({ suite, name, at, end, failure }: LateCase): readonly Claim[] {
  const isExplained = failure.message !== "" || failure.lines.length > 0;
  return [
    { type: "header", suite, name, at },
    ...(isExplained ? failureClaims(failure, at) : []),
    endClaim(end, at, isExplained),
  ];
}

/** Why a case failed of which the guest says no more. */
const UNEXPLAINED = "the guest reports it as failed, and not why";

/** The end of a case as the guest states it. */
export function endClaim(
  { status, reason, durationMs }: Pick<CaseRow, "status" | "reason" | "durationMs">,
  at: Segment,
  isExplained: boolean,
): Claim {
  const words = reason ?? (status === "failed" && !isExplained ? UNEXPLAINED : undefined);
  return {
    type: "case-end",
    status,
    ...(words !== undefined && { reason: decodeText(words) }),
    ...(durationMs !== undefined && { durationMs }),
    at,
  };
}
