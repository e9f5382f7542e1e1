/** What comes by callback, for a reader that asks for it; and for a writer that waits where the reader is slow. */
export class Queue<T> implements AsyncIterable<T> {
  #waiting: T[] = [];
  #isClosed = false;
  #isAbandoned = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  /** Adds some; they must not change any more. After `abandon` they are dropped. */
  push(...some: readonly T[]): void {
    if (this.#isAbandoned) return;
    for (const one of some) this.#waiting.push(one);
    this.#wakeReader?.();
  }

  /** Waits until no more than `most` are waiting, or the reader has gone. */
  async room(most: number): Promise<void> {
    while (this.#waiting.length > most && !this.#isGone())
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
  }

  /** A method, because it changes while `room` waits. */
  #isGone(): boolean {
    return this.#isAbandoned;
  }

  /** Nothing comes any more; what waits is still handed over. */
  close(): void {
    this.#isClosed = true;
    this.#wakeReader?.();
  }

  /** The reader has gone. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#waiting = [];
    this.#wakeWriter?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const all = this.#waiting;
      this.#waiting = [];
      this.#wakeWriter?.();
      yield* all;
      if (this.#waiting.length > 0) continue;
      if (this.#isClosed) return;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
      this.#wakeReader = undefined;
    }
  }
}
