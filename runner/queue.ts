/** Bytes that come by callback, for a reader that asks for them. */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  #waiting: Uint8Array[] = [];
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** Adds a chunk; it must not change any more. */
  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#wake?.();
  }

  /** Nothing comes any more; what waits is still handed over. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunks = this.#waiting;
      this.#waiting = [];
      yield* chunks;
      if (this.#waiting.length > 0) continue;
      if (this.#isClosed) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }
}
