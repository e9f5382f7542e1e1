/**
 * A limit of time that counts only what the guest could have used: when it would fire, the time for which the host had
 * no processor for the guest is given back. It stops nothing itself.
 */

/** How much of a limit the host may take away before that counts. */
const NEGLIGIBLE = 0.05;
/** So many times its limit, a guest gets at the most. */
const MOST = 10;

export class Deadline {
  readonly #limitMs: number;
  readonly #waitedMs: () => number;
  readonly #fire: () => void;
  #timer: NodeJS.Timeout | undefined;
  #waited: number;
  #granted = 0;

  /** @param waitedMs how long the guest has waited for the host, altogether */
  constructor(limitMs: number, waitedMs: () => number, fire: () => void) {
    this.#limitMs = limitMs;
    this.#waitedMs = waitedMs;
    this.#fire = fire;
    this.#waited = waitedMs();
    this.#arm(limitMs);
  }

  /** The time starts again. */
  restart(): void {
    if (this.#granted === 0) this.#timer?.refresh();
    else this.#arm(this.#limitMs);
    this.#granted = 0;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#expire();
    }, ms);
  }

  #expire(): void {
    const waited = this.#waitedMs();
    const lost = Math.min(waited - this.#waited, this.#limitMs * MOST - this.#granted);
    this.#waited = waited;
    if (lost <= this.#limitMs * NEGLIGIBLE) return this.#fire();
    this.#granted += lost;
    this.#arm(lost);
  }
}
