/**
 * CPU exceptions of arm64 guests, 0.3 to 0.20, with the syndrome register in words.
 * It ignores what the kernel did not print, unless `allowBare` says that nothing has a prefix in this boot: then only a
 * whole first line in the exact form begins a fault.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";
import type { Register } from "../../core/fault.js";
import { syndrome } from "../facts/syndrome.js";

const START = /^(?:Unikraft: )?(EL\d (?:sync|invalid [\w ]{1,32}) trap) caught/;
const WHOLE = /^Unikraft: EL\d (?:sync|invalid [\w ]{1,32}) trap caught$/;
const NAMED = /^\s*(SP|ESR_EL1|ELR_EL1|LR \(x30\)|PSTATE|FAR_EL1|PAR_EL1)\s*: 0x([0-9a-f]{1,16})$/;
const RANGE = /^\s*x(\d\d) ~ x\d\d: ((?:0x[0-9a-f]{1,16} ?){1,4})$/;
/** Lines of the screen that carry no value, and register lines that are cut. */
const DETAIL =
  /^(?:Unikraft: Dump registers:|event handler returned error: .*|\s+(?:[A-Z]\w{1,7}|x\d\d)\b.*)$/;

class Arm64TrapDraft implements FaultDraft {
  readonly #registers: Register[] = [];

  constructor(
    readonly name: string,
    readonly bare: boolean,
  ) {}

  take(segment: Segment): boolean {
    const { prefix } = segment;
    if ((prefix === undefined) !== this.bare || (this.bare && !segment.first)) return false;
    if (prefix !== undefined && prefix.level !== "crit") return false;
    const line = segment.body.trimEnd();
    const named = NAMED.exec(line);
    if (named !== null) {
      this.#registers.push({ name: (named[1] ?? "").replace(/ .*/, ""), value: named[2] ?? "" });
      return true;
    }
    const range = RANGE.exec(line);
    if (range === null) return DETAIL.test(line) && !(this.bare && line.startsWith("\t "));
    const values = (range[2] ?? "").trim().split(" ");
    values.forEach((value, index) => {
      const number = String(Number(range[1]) + index).padStart(2, "0");
      this.#registers.push({ name: `X${number}`, value: value.slice(2) });
    });
    return true;
  }

  finish(): FaultDescription {
    const valueOf = (name: string): string | undefined =>
      this.#registers.find((one) => one.name === name)?.value;
    const esr = valueOf("ESR_EL1");
    const words = esr === undefined ? undefined : syndrome(esr, valueOf("FAR_EL1"));
    const title =
      words === undefined ? this.name : this.name.endsWith(" sync trap") ? words : `${this.name}: ${words}`;
    return { kind: "trap", title, registers: this.#registers, callTrace: [] };
  }
}

/** The family. Source of the forms: Unikraft plat/common/arm/traps_arm64.c, 0.3 to 0.20. */
export const arm64Trap = ({ allowBare }: { readonly allowBare: boolean }): FaultFamily => ({
  name: "arm64-trap",
  begin(segment) {
    const { prefix } = segment;
    const line = segment.body.trimEnd();
    const bare = prefix === undefined;
    if (bare ? !(allowBare && segment.first && segment.last && WHOLE.test(line)) : prefix.level !== "crit")
      return undefined;
    const name = START.exec(line)?.[1];
    return name === undefined ? undefined : new Arm64TrapDraft(name, bare);
  },
});
