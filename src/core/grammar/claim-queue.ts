/**
 * Claims on their way out. From one of them on they may be kept back: until it is certain that it holds, or until what
 * belongs in front of it was read. What they say is account.ts's business.
 */
import type { Claim } from "../claims.js";

/** Claims kept back at a time; more of them are let go of. */
const MOST = 20_000;

export class ClaimQueue {
  readonly #claims: Claim[] = [];
  #kept: Claim | undefined;

  /** True while claims are kept back. */
  get holds(): boolean {
    return this.#kept !== undefined;
  }

  /** True where more claims wait than may. */
  get isFull(): boolean {
    return this.holds && this.#claims.length > MOST;
  }

  get length(): number {
    return this.#claims.length;
  }

  get last(): Claim | undefined {
    return this.#claims.at(-1);
  }

  push(...claims: readonly Claim[]): void {
    this.#claims.push(...claims);
  }

  /** The claims since the last call, up to the first that is kept back. */
  take(): readonly Claim[] {
    const first = this.#kept === undefined ? -1 : this.#claims.indexOf(this.#kept);
    return this.#claims.splice(0, first < 0 ? this.#claims.length : first);
  }

  /** Keeps back this claim, which is in the queue, and all that follow; an earlier one stays the first. */
  keepFrom(claim: Claim): void {
    this.#kept ??= claim;
  }

  /** Keeps nothing back any more; with a claim, only where that is the first one. */
  release(claim = this.#kept): void {
    if (this.#kept === claim) this.#kept = undefined;
  }

  /** Puts other claims in the place of one that is kept back; one that has left stays as it is. */
  replace(claim: Claim, others: readonly Claim[]): void {
    const index = this.#claims.indexOf(claim);
    if (index < 0) return;
    this.#claims.splice(index, 1, ...others);
    this.release(claim);
  }
}
