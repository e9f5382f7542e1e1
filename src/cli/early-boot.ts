/**
 * A guest that boots ahead of its turn: the emulator takes longer to start than reports and dialects to load, so that the
 * two go on at once. It reads nothing; whoever does takes the boot over, and nobody else.
 */
import type { Boot, BootImage } from "../../runner/machine.js";

/** A boot that has begun, until it is taken. */
export class EarlyBoot {
  #waiting: { readonly image: BootImage; readonly boot: Boot } | undefined;

  constructor(
    /** Boots an image; for the first one it is called at once. */
    private readonly start: (image: BootImage) => Boot,
    first: BootImage | undefined,
  ) {
    if (first !== undefined) this.#waiting = { image: first, boot: start(first) };
  }

  /** The boot of an image: the one that has begun, or a new one. */
  take(image: BootImage): Boot {
    const waiting = this.#waiting;
    if (waiting?.image !== image) return this.start(image);
    this.#waiting = undefined;
    return waiting.boot;
  }

  /** Ends the boot that nobody has taken. */
  stop(): void {
    this.#waiting?.boot.stop();
    this.#waiting = undefined;
  }
}
