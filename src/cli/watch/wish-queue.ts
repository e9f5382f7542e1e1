/**
 * Where keys, signals and changed folders wait until the watch has time for them. It forgets what a later wish makes
 * pointless, and knows no file and no process.
 */

/** `look`: something happened in a folder; `glance`: maybe. The others are the user's. */
export type Wish = "all" | "failed" | "quit" | "interrupt" | "terminate" | "look" | "glance";

const isUrgent = (wish: Wish): boolean => wish !== "look" && wish !== "glance";
const isLast = (wish: Wish | undefined): boolean =>
  wish === "quit" || wish === "interrupt" || wish === "terminate";

export class WishQueue {
  #urgent: Wish | undefined;
  #wake: (wish: Wish) => void = () => undefined;
  #hurry: () => void = () => undefined;

  constructor(stop: AbortSignal) {
    const heard = (): void => {
      this.put(stop.reason === "SIGINT" ? "interrupt" : "terminate");
    };
    if (stop.aborted) heard();
    else stop.addEventListener("abort", heard, { once: true });
  }

  put(wish: Wish): void {
    if (isUrgent(wish)) {
      // Nothing comes after the end.
      if (!isLast(this.#urgent)) this.#urgent = wish;
      this.#hurry();
    }
    this.#wake(wish);
  }

  /** What the user wants, once. */
  urgent(): Wish | undefined {
    const wish = this.#urgent;
    this.#urgent = undefined;
    return wish;
  }

  /** Resolves with the next thing that happens; at once where the user waits already. */
  next(): Promise<Wish> {
    if (this.#urgent !== undefined) return Promise.resolve(this.#urgent);
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Calls back when the user wants something while a run goes on; gives the means to take that back. */
  onUrgent(then: () => void): () => void {
    this.#hurry = then;
    if (this.#urgent !== undefined) then();
    return () => {
      this.#hurry = () => undefined;
    };
  }
}
