/**
 * Reports of Unikraft's kernel address sanitizer, which stop the guest.
 * It ignores what the kernel did not print at level CRIT: the sanitizer has never been built without the prefix.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";

class KasanDraft implements FaultDraft {
  #address: string | undefined;
  #access: string | undefined;
  #over = false;

  constructor(readonly opening: Segment) {}

  take(segment: Segment): boolean {
    const { prefix, body } = segment;
    if (this.#over || prefix?.level !== "crit") return false;
    // Rows of shadow memory have no fixed form: what vouches for them is the library that prints them.
    if (prefix.library !== this.opening.prefix?.library) return false;
    this.#address ??= /^\* invalid access to address (?:0x)?([0-9a-f]{1,16})/.exec(body)?.[1];
    this.#access ??= /^\* ((?:read|write) of size \d{1,9})/.exec(body)?.[1];
    this.#over = body.startsWith("address sanitizer detected an error");
    return true;
  }

  finish(): FaultDescription {
    const address = this.#address === undefined ? "" : ` at 0x${this.#address}`;
    return {
      kind: "crash",
      title: `KASAN: ${this.#access ?? "invalid access"}${address}`,
      registers: [],
      callTrace: [],
    };
  }
}

/** The family. Source of the form: Unikraft pull request 191, lib/kasan/kasan.c. */
export const kasan: FaultFamily = {
  name: "kasan",
  begin: (segment) =>
    segment.prefix?.level === "crit" && /^={3,}KernelAddressSanitizer/.test(segment.body)
      ? new KasanDraft(segment)
      : undefined,
};
