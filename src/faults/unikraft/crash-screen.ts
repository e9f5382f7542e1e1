/**
 * The uniform crash screen: of the slides, of pull request 1114 and of 0.21, x86_64 and arm64.
 * It ignores what the kernel did not print, unless `allowBare` says that nothing has a prefix in this boot; a trap or an
 * assertion in front of the screen is another family's, and with-screen.ts joins the two.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";
import type { Register } from "../../core/fault.js";
import { Frames } from "../facts/frames.js";
import { syndrome } from "../facts/syndrome.js";

const TITLE = /^\s{0,16}Unikraft [cC]rash - (\S{1,64})(?: \(([^)]{1,128})\))?/;
const WHOLE = /^Unikraft [cC]rash - \S{1,64} \([^)]{1,128}\)$/;
/** `RIP: 0008:000000000011be55`, `RCX:0000000000000780`, `X0 : 000000005ffffdd0`, `SP:      0x000000004000ff70`. */
const REGISTER = /([A-Za-z][A-Za-z0-9_]{1,8}) ?: {0,8}(?:[0-9a-f]{4}:)?(?:0x)?([0-9a-f]{8,16})(?![0-9a-f])/g;
const FRAME = /^ ?\[(?:0x)?([0-9a-f]{8,16})\](?: (\S{1,256}))?$/;
const HEX = /^(?:0x)?[0-9a-f]{8,16}$/;

/** Lines of the screen that carry nothing a record keeps. */
const DETAIL: readonly RegExp[] = [
  /^\s*(?:Registers|Stack):$/,
  /^Thread ".{0,128}"@\S{1,32}$/,
  /^Current thread information corrupted$/,
  /^ {0,2}[0-9a-f]{4,16} {1,2}(?:[0-9a-f]{2} ){1,16} ?\|/, // a row of the stack
  /^ {0,2}(?:[0-9a-f]{4,16} {1,2})?Bad (?:stack address|frame pointer)$/,
  /^\s*System rebooting in \S{1,16} seconds\.\.\.$/,
  /^=+$|^The system crashed\. Continuing or stepping$|^will (?:halt|reboot) the system!$/,
  /^ {0,16}(?:|_|cx xo|\(\|O\|\)\/V)$/, // the unicorn of 0.21
];

class CrashScreenDraft implements FaultDraft {
  readonly #registers: Register[] = [];
  readonly #callTrace = new Frames();
  #inTrace = false;
  #reason: Segment | undefined;

  constructor(
    readonly bare: boolean,
    reason: Segment | undefined,
  ) {
    this.#reason = reason;
  }

  take(segment: Segment): boolean {
    const { prefix } = segment;
    const line = segment.body.trimEnd();
    // The registers left out on the arm64 slide are three dots of nobody.
    if (prefix === undefined && line === "..." && this.#callTrace.length === 0) return true;
    if ((prefix === undefined) !== this.bare || (this.bare && !segment.first)) return false;
    if (prefix !== undefined && prefix.level !== "crit") return false;
    if (this.#frame(segment, line) || this.#registersOf(line)) return true;
    if (/^\s*Call Trace:$/.test(line)) return (this.#inTrace = true);
    if (DETAIL.some((one) => one.test(line))) return !(this.bare && line === "");
    return this.#after(segment);
  }

  finish(): FaultDescription {
    const source = this.#reason?.prefix?.source;
    return {
      kind: "crash",
      title: this.#reason?.body.trim().slice(0, 240) ?? this.#where(),
      ...(source !== undefined && { file: source.file, line: source.line }),
      registers: this.#registers,
      callTrace: this.#callTrace.kept(),
    };
  }

  #where(): string {
    const top = this.#callTrace.first;
    const counter = this.#registers.find((one) => ["RIP", "PC", "ELR_EL1"].includes(one.name));
    const address = top?.address ?? counter?.value;
    const valueOf = (name: string): string | undefined =>
      this.#registers.find((one) => one.name === name)?.value;
    const esr = valueOf("ESR_EL1");
    if (esr !== undefined) return syndrome(esr, valueOf("FAR_EL1"));
    if (address === undefined) return "crash";
    // Since 0.21 the processor's error code stands in the place of the system call's number, and nothing names the trap.
    const code = valueOf("ORIG_RAX")?.replace(/^0+(?=.)/, "");
    const why = code === undefined || code === "0" ? "" : ` (error code 0x${code})`;
    return `crash at ${top?.symbol ?? `0x${address.replace(/^0+(?=.)/, "")}`}${why}`;
  }

  /** A frame without 0x reads like the library field of a kernel prefix: `[0000000040107b04] ukplat_entry+424`. */
  #frame(segment: Segment, line: string): boolean {
    const library = segment.prefix?.library;
    const match =
      library !== undefined && HEX.test(library) ? [line, library, line.trim()] : FRAME.exec(line);
    const address = match?.[1]?.replace(/^0x/, "");
    if (!this.#inTrace || address === undefined) return false;
    const symbol = match?.[2];
    // The chain ends in a zero, which is no frame.
    if (/[1-9a-f]/.test(address))
      this.#callTrace.push({ address, ...(symbol !== undefined && symbol !== "" && { symbol }) });
    return true;
  }

  #registersOf(line: string): boolean {
    if (line === "" || line.replace(REGISTER, "").trim() !== "") return false;
    for (const [, name = "", value = ""] of line.matchAll(REGISTER))
      this.#registers.push({ name: name.toUpperCase(), value });
    return true;
  }

  /** The message of the crash follows the trace in the screen of the slides, without library or source. */
  #after(segment: Segment): boolean {
    if (this.bare || !this.#inTrace || this.#reason !== undefined) return false;
    if (segment.prefix?.library !== undefined || segment.body.trim() === "") return false;
    this.#reason = segment;
    return true;
  }
}

/** A family that can make use of the line in front: a message of UK_CRASH() there says why. */
interface ScreenFamily extends FaultFamily {
  begin(segment: Segment, before?: Segment): FaultDraft | undefined;
}

/** The family. Sources of the forms: the slides, Unikraft lib/ukdebug/crash.c and crashdump.c (`testing`, 0.21). */
export const crashScreen = ({ allowBare }: { readonly allowBare: boolean }): ScreenFamily => ({
  name: "crash-screen",
  begin(segment, before?) {
    const { prefix } = segment;
    const line = segment.body.trimEnd();
    const bare = prefix === undefined;
    if (bare ? !(allowBare && segment.first && segment.last && WHOLE.test(line)) : prefix.level !== "crit")
      return undefined;
    if (!TITLE.test(line)) return undefined;
    const saysWhy = before?.prefix?.level === "crit" && before.body.trim() !== "";
    return new CrashScreenDraft(bare, saysWhy ? before : undefined);
  },
});
