/**
 * SHA-256 (FIPS 180-4) of bytes that come in pieces. Dialects may import nothing of the host, so this is one of our own;
 * it keeps one block and no text, and takes no more than 2^53 bytes.
 */

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

/** The first 32 bits of the fractional parts of roots of the first primes, as the standard defines its constants. */
function fractions(root: (prime: number) => number, count: number): Uint32Array {
  const words: number[] = [];
  for (let candidate = 2; words.length < count; candidate += 1) {
    let isPrime = true;
    for (let by = 2; by * by <= candidate; by += 1) isPrime &&= candidate % by !== 0;
    const value = root(candidate);
    if (isPrime) words.push(Math.floor((value - Math.floor(value)) * 2 ** 32));
  }
  return Uint32Array.from(words);
}

const START = fractions(Math.sqrt, 8);
const ROUND = fractions(Math.cbrt, 64);

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

export class Sha256 {
  readonly #state = Uint32Array.from(START);
  readonly #block = new Uint8Array(BLOCK_BYTES);
  readonly #schedule = new Uint32Array(BLOCK_BYTES);
  #fill = 0;
  #bytes = 0;

  /** Takes text of one character per byte. */
  update(text: string): void {
    for (let at = 0; at < text.length; at += 1) this.#byte(text.charCodeAt(at) & 0xff);
    this.#bytes += text.length;
  }

  /** The 32 bytes of the hash; nothing may be added after that. */
  digest(): Uint8Array {
    const bits = this.#bytes * 8;
    this.#byte(0x80);
    while (this.#fill !== BLOCK_BYTES - LENGTH_BYTES) this.#byte(0);
    for (const word of [Math.floor(bits / 2 ** 32), bits >>> 0])
      for (const shift of [24, 16, 8, 0]) this.#byte((word >>> shift) & 0xff);
    const state = this.#state;
    return Uint8Array.from({ length: 32 }, (_, at) => (state[at >> 2] ?? 0) >>> (24 - 8 * (at & 3)));
  }

  #byte(value: number): void {
    this.#block[this.#fill] = value;
    this.#fill += 1;
    if (this.#fill < BLOCK_BYTES) return;
    this.#fill = 0;
    this.#compress();
  }

  #compress(): void {
    const words = this.#schedule;
    const word = (at: number): number => words[at] ?? 0;
    const byte = (at: number): number => this.#block[at] ?? 0;
    for (let at = 0; at < 16; at += 1)
      words[at] =
        (byte(4 * at) << 24) | (byte(4 * at + 1) << 16) | (byte(4 * at + 2) << 8) | byte(4 * at + 3);
    for (let at = 16; at < 64; at += 1) {
      const early = word(at - 15);
      const late = word(at - 2);
      const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
      const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
      words[at] = word(at - 16) + s0 + word(at - 7) + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.#state;
    for (let at = 0; at < 64; at += 1) {
      const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[at] ?? 0) + word(at)) | 0;
      const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    for (const [at, value] of [a, b, c, d, e, f, g, h].entries())
      this.#state[at] = (this.#state[at] ?? 0) + value;
  }
}
