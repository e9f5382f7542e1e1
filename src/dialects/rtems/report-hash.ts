/**
 * The hash that T, the test framework of RTEMS, prints at the end of its report: SHA-256 of every character it printed
 * before, from the line `A:` to the line `Z:` with its line end, which is one `\n` whatever the console makes of it. The
 * line of the hash has it as 64 digits (until 2021) or as base64url.
 *
 * What other writers print between these lines is not in the hash, what a test prints with T_printf() is: with lines in
 * between that are not T's both are tried, and a hash that does not match proves nothing.
 *
 * Source: RTEMS cpukit/libtest/t-test-hash-sha256.c; the logs kept in its testsuites match.
 */
import { Sha256 } from "./sha256.js";

/** The lines of T: a letter for its kind, and fields. */
const LINE = /^[ABEFLMPRSUYZ]:/;
const DIGITS = /^[0-9a-f]{64}$/;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export type Match =
  /** The console shows the report as it was printed. */
  | "proves"
  /** It does not, and nothing else stands in it. */
  | "contradicts"
  /** Something else stands in it, so that nothing follows. */
  | "says nothing";

export class ReportHash {
  readonly #own = new Sha256();
  readonly #all = new Sha256();
  #isPure = true;
  #lines = 0;

  /** Lines of the report so far. */
  get lines(): number {
    return this.#lines;
  }

  /** A line of the console, without its line end. */
  line(text: string): void {
    this.#all.update(`${text}\n`);
    if (!LINE.test(text)) return this.foreign();
    this.#own.update(`${text}\n`);
    this.#lines += 1;
  }

  /** A line that was not T's, or is not whole. */
  foreign(): void {
    this.#isPure = false;
  }

  /** @param said the hash as the guest prints it */
  match(said: string): Match {
    const textOf = DIGITS.test(said) ? digitsOf : base64Of;
    if (textOf(this.#own.digest()) === said || textOf(this.#all.digest()) === said) return "proves";
    return this.#isPure ? "contradicts" : "says nothing";
  }
}

const digitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** RFC 4648, section 5, with padding. */
function base64Of(bytes: Uint8Array): string {
  const byte = (at: number): number => bytes[at] ?? 0;
  const groups = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, group) => {
    const at = 3 * group;
    const bits = (byte(at) << 16) | (byte(at + 1) << 8) | byte(at + 2);
    return [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63)).join("");
  });
  const padding = (3 - (bytes.length % 3)) % 3;
  const text = groups.join("");
  return text.slice(0, text.length - padding) + "=".repeat(padding);
}
