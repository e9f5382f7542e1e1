/**
 * What a guest has printed by now. One that is replayed prints the same once more whenever it is taken back: that is passed over,
 * so that each line is shown and read once, where it was printed first. Text that comes again at every `reverse-step` would hide
 * what is new; what stood on the console at a place is what stands above on the terminal.
 */

export interface DebugConsole {
  /** Takes in what has come. @returns what of it was not printed before; a copy */
  readonly take: (chunk: Uint8Array) => Uint8Array;
  /** The guest stands where it had printed so many bytes. */
  readonly rewound: (bytes: number) => void;
  /** Bytes that the guest has printed from its start up to where it stands. */
  readonly bytes: () => number;
  /** All of them; empty where there are more than anything is read from at each stop. */
  readonly text: () => readonly Uint8Array[];
}

const MOST_BYTES = 8 << 20;

export function debugConsole(): DebugConsole {
  const chunks: Uint8Array[] = [];
  /** Where the guest stands, and how far it has ever been. */
  let at = 0;
  let known = 0;
  return {
    take: (chunk) => {
      const fresh = Uint8Array.from(chunk.subarray(Math.min(chunk.length, known - at)));
      at += chunk.length;
      known += fresh.length;
      if (known <= MOST_BYTES && fresh.length > 0) chunks.push(fresh);
      return fresh;
    },
    rewound: (bytes) => {
      at = bytes;
    },
    bytes: () => at,
    text: () => {
      if (known > MOST_BYTES) return [];
      let left = at;
      return chunks.flatMap((chunk) => {
        const part = chunk.subarray(0, Math.max(0, left));
        left -= chunk.length;
        return part.length === 0 ? [] : [part];
      });
    },
  };
}
