/** What comes by callback, for a reader that asks for it. */
export class Queue<T> implements AsyncIterable<T> {
  #waiting: T[] = [];
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** Adds one; it must not change any more. */
  push(one: T): void {
    this.#waiting.push(one);
    this.#wake?.();
  }

  /** Nothing comes any more; what waits is still handed over. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const all = this.#waiting;
      this.#waiting = [];
      yield* all;
      if (this.#waiting.length > 0) continue;
      if (this.#isClosed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
