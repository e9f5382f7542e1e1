/**
 * Keeps the frames of a call trace in bounded room: the innermost and the outermost ones, and how many stood in between. A
 * stack that has overflowed prints its chain for ever. It reads no lines.
 */
import type { Frame } from "../../core/fault.js";

/** Frames kept of the inner and the outer end. */
export const INNER_FRAMES = 64;
export const OUTER_FRAMES = 16;

export class Frames {
  readonly #inner: Frame[] = [];
  /** A ring: the oldest stands at `#next`. */
  readonly #outer: Frame[] = [];
  #next = 0;
  #leftOut = 0;

  get length(): number {
    return this.#inner.length + this.#outer.length + this.#leftOut;
  }

  /** The innermost frame. */
  get first(): Frame | undefined {
    return this.#inner[0];
  }

  push(frame: Frame): void {
    if (this.#inner.length < INNER_FRAMES) this.#inner.push(frame);
    else if (this.#outer.length < OUTER_FRAMES) this.#outer.push(frame);
    else {
      this.#outer[this.#next] = frame;
      this.#next = (this.#next + 1) % OUTER_FRAMES;
      this.#leftOut += 1;
    }
  }

  /** Innermost first; one frame stands for those that were not kept. */
  kept(): readonly Frame[] {
    const gap = this.#leftOut === 0 ? [] : [{ address: "", leftOut: this.#leftOut }];
    return [...this.#inner, ...gap, ...this.#outer.slice(this.#next), ...this.#outer.slice(0, this.#next)];
  }
}
