/**
 * Failed cases that have ended and whose explanation is printed later, at the end of their group. Their ends wait within
 * bounds, and all that follows them: claims leave in the order of the console.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import { type Explained, explained, failureClaims } from "./explained.js";
import type { ClaimQueue } from "./claim-queue.js";
import type { RowBody } from "./grammar.js";
import { type Named, keyOf } from "./names.js";

export type CaseEnd = Extract<Claim, { readonly type: "case-end" }>;

/** The end of a case in the guest's words. */
type Ending = Pick<
  Extract<RowBody, { readonly type: "case" }>,
  "status" | "reason" | "durationMs" | "failure"
>;

export interface LateCase {
  readonly failure: Explained;
  readonly end: Ending;
  /** Its end in the queue, as long as nothing explains it. */
  readonly claim: CaseEnd;
}

/** Cases that wait at a time. */
const MOST = 256;

export class LateCases {
  readonly #waiting = new Map<string, LateCase>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Adds a case whose claims are in the queue; that of its end, and what follows it, is kept back. */
  add(end: Ending, raw: Named, claim: CaseEnd, queue: ClaimQueue): void {
    const key = keyOf(raw);
    if (this.#waiting.size >= MOST) {
      this.release(queue);
      queue.release();
    }
    this.#waiting.set(key, { failure: explained(end.failure ?? { message: "" }), end, claim });
    queue.keepFrom(claim);
  }

  /** The case that an explanation is about; `name` as the guest prints it. */
  find(raw: Named): LateCase | undefined {
    return this.#waiting.get(keyOf(raw));
  }

  /** Claims what is known of all of them. */
  release(queue: ClaimQueue): void {
    for (const late of this.#waiting.values()) queue.replace(late.claim, endClaims(late));
    this.#waiting.clear();
  }
}

function endClaims({ end, failure, claim: { at } }: LateCase): readonly Claim[] {
  const isExplained = failure.message !== "" || failure.lines.length > 0;
  return [...(isExplained ? failureClaims(failure, at) : []), endClaim(end, at, isExplained)];
}

/** Why a case failed of which the guest says no more. */
const UNEXPLAINED = "the guest reports it as failed, and not why";

/** The end of a case as the guest states it. */
export function endClaim(
  { status, reason, durationMs }: Omit<Ending, "failure">,
  at: Segment,
  isExplained: boolean,
): CaseEnd {
  const words = reason ?? (status === "failed" && !isExplained ? UNEXPLAINED : undefined);
  return {
    type: "case-end",
    status,
    ...(words !== undefined && { reason: decodeText(words) }),
    ...(durationMs !== undefined && { durationMs }),
    at,
  };
}
