/**
 * Joins what lib/ukvmem says in front of a crash screen to the fault that follows, so that its title names the address or
 * the stack that overflowed. It recognises nothing itself.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";
import type { Exception } from "../../core/fault.js";
import { accessOf } from "../facts/page-fault.js";
import { type Reason, reasonOf } from "../facts/reasons.js";

const isX86 = ({ registers }: FaultDescription): boolean => !registers.some(({ name }) => name === "ESR_EL1");

/** A page fault that does not say where, or a screen that says nothing but where the guest was. */
const lacksReason = ({ title }: FaultDescription): boolean =>
  /^(?:page fault at rip |page fault$|page fault \(handler|crash\b|Cannot handle |Guard page )/.test(title);

function titleOf(said: FaultDescription, { access, guardPage }: Reason): string {
  const own = lacksReason(said);
  const what = own ? (access === undefined ? undefined : `page fault at ${access}`) : said.title;
  if (guardPage === undefined) return what ?? said.title;
  return `stack overflow: guard page ${guardPage} hit${what === undefined ? "" : `, ${what}`}`;
}

/** A family whose faults may have such lines in front of them. */
export const withReason = (family: FaultFamily): FaultFamily => ({
  name: family.name,
  begin(segment, before, why = []) {
    const draft = family.begin(segment, before);
    return draft === undefined || why.length === 0 ? draft : new ExplainedDraft(draft, why);
  },
});

class ExplainedDraft implements FaultDraft {
  constructor(
    readonly draft: FaultDraft,
    readonly why: readonly Segment[],
  ) {}

  take(segment: Segment): boolean {
    return this.draft.take(segment);
  }

  finish(): FaultDescription {
    const said = this.draft.finish();
    const reason = reasonOf(this.why, isX86(said));
    const isFault = said.kind === "trap" || said.kind === "crash";
    if (reason === undefined || !isFault || !(lacksReason(said) || reason.guardPage !== undefined))
      return said;
    // The line of lib/ukvmem is not where the program went wrong.
    const { file: _, line: __, ...rest } = said;
    return { ...rest, kind: "trap", title: titleOf(said, reason) };
  }
}

const PAGE_FAULT = 14;

/** True for the screen of 0.21 and later, which shows the code of an exception and not which one it was. */
export const isUnexplained = ({ kind, title, registers }: FaultDescription): boolean =>
  kind === "crash" && title.startsWith("crash at ") && registers.some(({ name }) => name === "ORIG_RAX");

/** The same fault with what memory says of it. */
export function explained(
  said: FaultDescription,
  { number, name, code, address }: Exception,
): FaultDescription {
  const counter = said.registers.find((one) => one.name === "RIP")?.value.replace(/^0+(?=.)/, "");
  const rest = /^0+$/.test(code) ? "" : `, error code 0x${code}`;
  const title =
    number === PAGE_FAULT
      ? `page fault at 0x${address}${accessOf(code)}`
      : `trap ${number} (${name})${rest}${counter === undefined ? "" : ` at rip 0x${counter}`}`;
  return { ...said, kind: "trap", title };
}
