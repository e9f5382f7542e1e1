/**
 * Claims that need no dialect and wait, because the dialect of the boot still holds back lines that stood in front of
 * them. It keeps them in the order of their lines.
 */
import type { Claim } from "../core/claims.js";

/** Claims that wait before the dialect is asked to make up its mind. */
const LIMIT = 4096;

export class WaitingClaims {
  #waiting: Claim[] = [];

  /** Keeps claims back; true where these are too many. */
  add(claims: readonly Claim[]): boolean {
    this.#waiting.push(...claims);
    return this.#waiting.length >= LIMIT;
  }

  /** All that wait. */
  take(): readonly Claim[] {
    return this.#waiting.splice(0);
  }

  /** These claims, each after those that wait and stand in front of it. */
  before(claims: readonly Claim[]): readonly Claim[] {
    if (this.#waiting.length === 0) return claims;
    let next = 0;
    const merged: Claim[] = [];
    const firstLines = firstLinesOf(claims);
    for (const [index, claim] of claims.entries()) {
      for (
        let early = this.#waiting[next];
        early !== undefined && early.at.line < (firstLines[index] ?? 0);
        early = this.#waiting[next]
      ) {
        merged.push(early);
        next += 1;
      }
      merged.push(claim);
    }
    this.#waiting.splice(0, next);
    return merged;
  }
}

/**
 * For each claim the first line that it or a later one is about: what a dialect says of a whole subtest may come in front of
 * the cases in it.
 */
function firstLinesOf(claims: readonly Claim[]): readonly number[] {
  const lines = claims.map(({ at }) => at.line);
  for (let index = lines.length - 2; index >= 0; index -= 1)
    lines[index] = Math.min(lines[index] ?? 0, lines[index + 1] ?? 0);
  return lines;
}
