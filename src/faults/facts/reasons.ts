/**
 * What lib/ukvmem says in front of a crash screen: the address that could not be mapped, or the guard page of a stack that
 * was hit. Such a line alone is no fault, since another handler may still resolve it; with-reason.ts joins it to a screen.
 */
import type { Segment } from "../../core/segment.js";
import { accessOf } from "./page-fault.js";

/** Sources of the forms: Unikraft lib/ukvmem, arch pagefault.c and vma_stack.c, 0.14 to 0.21. */
const PAGE_FAULT =
  /^Cannot handle (read|write|exec(?:ute)?) page fault at 0x([0-9a-f]{1,16}) \(ec: 0x([0-9a-f]{1,16})\)/;
const GUARD_PAGE = /^Guard page 0x([0-9a-f]{1,16}) of stack VMA 0x[0-9a-f]{1,16} - 0x[0-9a-f]{1,16} hit!/;

/** True for a line that may say why the guest dies right after it. */
export const mayExplain = ({ prefix, body }: Segment): boolean =>
  prefix !== undefined &&
  (prefix.level === "crit" || prefix.level === "dbg") &&
  (prefix.library === undefined || prefix.library === "libukvmem") &&
  (body.startsWith("Cannot handle ") || body.startsWith("Guard page "));

export interface Reason {
  /** `0x7fff1ff8 (write, page not present)`; absent where only a guard page is named. */
  readonly access: string | undefined;
  /** The guard page that was hit, with 0x. */
  readonly guardPage: string | undefined;
}

/** What these lines say together; the last of each kind counts. Undefined where they say nothing that can be read. */
export function reasonOf(lines: readonly Segment[], isX86: boolean): Reason | undefined {
  let access: string | undefined;
  let guardPage: string | undefined;
  for (const { body } of lines) {
    const [, kind, address, code] = PAGE_FAULT.exec(body) ?? [];
    // On arm64 the code is the syndrome register, which the screen has in words.
    if (address !== undefined)
      access = `0x${address}${isX86 ? accessOf(code) : ` (${kind === "exec" ? "execute" : (kind ?? "")})`}`;
    const page = GUARD_PAGE.exec(body)?.[1];
    if (page !== undefined) guardPage = `0x${page}`;
  }
  return access === undefined && guardPage === undefined ? undefined : { access, guardPage };
}
