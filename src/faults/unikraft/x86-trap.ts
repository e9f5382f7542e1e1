/**
 * CPU exceptions of x86_64 guests, 0.3 to 0.20, and the first line of a page fault in front of a newer crash screen.
 * It ignores the crash screen itself, and anything the kernel did not print unless `allowBare` says that nothing has a
 * prefix in this boot: then only a whole line in the exact form begins a fault.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";
import type { Register } from "../../core/fault.js";
import { Frames } from "../facts/frames.js";
import { accessOf } from "../facts/page-fault.js";

interface Opening {
  /** How the line begins; enough where the kernel's prefix vouches for it, also when the line is cut. */
  readonly start: RegExp;
  /** The whole line. */
  readonly whole: RegExp;
  readonly read: (line: string) => Cause;
}

interface Cause {
  readonly name: string;
  /** True when the name says where the fault is and needs no instruction pointer. */
  readonly placed?: boolean;
  readonly registers?: readonly Register[];
}

const field = (line: string, pattern: RegExp): string | undefined => pattern.exec(line)?.[1];

const pageFault = (address: string | undefined, code: string | undefined): Cause =>
  address === undefined
    ? { name: "page fault" }
    : { name: `page fault at 0x${address}${accessOf(code)}`, placed: true };

/** 0.3 to 0.7 print the registers of the fault in its first line too; the dump may be lost. */
function oldPageFault(line: string): Cause {
  const rip = field(line, /, [re]ip ([0-9a-f]{1,16})/);
  const sp = field(line, /, sp ([0-9a-f]{1,16})/);
  const registers = [
    ...(rip === undefined ? [] : [{ name: "RIP", value: rip }]),
    ...(sp === undefined ? [] : [{ name: "RSP", value: sp }]),
  ];
  const address = field(line, /^Page fault at linear address ([0-9a-f]{1,16})/);
  return { ...pageFault(address, field(line, /, code ([0-9a-f]{1,16})/)), registers };
}

function unhandledTrap(line: string): Cause {
  const code = field(line, /, error code=(?:0x)?([0-9a-f]{1,16})/) ?? "0";
  const suffix = /^0+$/.test(code) ? "" : `, error code 0x${code}`;
  const name = field(line, /\(([^)]{1,64})\)/);
  return {
    name: `trap ${field(line, /^Unhandled Trap (\d{1,3})/) ?? "?"}${name === undefined ? "" : ` (${name})`}${suffix}`,
  };
}

const OPENINGS: readonly Opening[] = [
  {
    start: /^Unhandled Trap \d/,
    whole: /^Unhandled Trap \d{1,3} \([^)]{1,64}\), error code=(?:0x)?[0-9a-f]{1,16}$/,
    read: unhandledTrap,
  },
  {
    start: /^Unhandled page fault vaddr=/,
    whole: /^Unhandled page fault vaddr=(?:0x)?[0-9a-f]{1,16}, error code=(?:0x)?[0-9a-f]{1,16}$/,
    read: (line) =>
      pageFault(
        field(line, /vaddr=(?:0x)?([0-9a-f]{1,16})/),
        field(line, /, error code=(?:0x)?([0-9a-f]{1,16})/),
      ),
  },
  {
    start: /^Page fault at linear address /,
    whole:
      /^Page fault at linear address [0-9a-f]{1,16}, [re]ip [0-9a-f]{1,16}, regs .{1,80}, code [0-9a-f]{1,16}$/,
    read: oldPageFault,
  },
  {
    start: /^GPF [re]ip: /,
    whole: /^GPF [re]ip: (?:0x)?[0-9a-f]{1,16}, error_code=(?:0x)?[0-9a-f]{1,16}$/,
    read: (line) => {
      const rip = field(line, /ip: (?:0x)?([0-9a-f]{1,16})/);
      const registers = rip === undefined ? [] : [{ name: "RIP", value: rip }];
      return { name: "general protection fault", registers };
    },
  },
  {
    start: /^Page fault in pagetable walk/,
    whole: /^Page fault in pagetable walk \(access to invalid memory\?\)\.$/,
    read: () => ({ name: "page fault in the page table walk" }),
  },
  {
    start: /^page fault handler returned error: /,
    whole: /^page fault handler returned error: -?\d{1,9}$/,
    read: (line) => ({
      name: `page fault (handler returned error ${field(line, /error: (-?\d{1,9})/) ?? "?"})`,
    }),
  },
  // A page fault of 0.8 to 0.20 says nothing before its registers; traps have their own first line.
  {
    start: /^RIP: [0-9a-f]{8,16} CS: /,
    whole: /^RIP: [0-9a-f]{8,16} CS: [0-9a-f]{4,16}$/,
    read: () => ({ name: "page fault" }),
  },
];

const REGISTER = /([A-Z][A-Z0-9]{1,5}): ([0-9a-f]{4,16})(?![0-9a-f])/g;
const CALLER = /^base is (?:0x)?[0-9a-f]{1,16} +caller is (?:0x)?([0-9a-f]{1,16})$/;
/** Frame chain without its end, memory dumps, disassembly. */
const DETAIL =
  /^(?:base is (?:0x)?[0-9a-f]{1,16}|[0-9a-f]{1,16}:(?: [0-9a-f]{2})*|[0-9a-f]{8,16} <\+\d{1,9}>: .*|)$/;

/** A row of a dump whose memory cannot be read: the next fault is printed on the same line. */
const GLUED = /^[0-9a-f]{1,16}:(?: [0-9a-f]{2}){0,16} ?([A-Z].*)$/;

/** What lib/ukvmem says of a fault inside the dump. */
const NESTED = /^(?:Cannot handle \w{1,16} page fault at 0x|Guard page 0x)/;

/** A row of a dump: address and bytes. */
const ROW = /^([0-9a-f]{1,16}):((?: [0-9a-f]{2}){16})$/;
const WORD_BYTES = 8;

class X86TrapDraft implements FaultDraft {
  #cause: Cause;
  readonly #registers: Register[] = [];
  readonly #callTrace = new Frames();
  #over = false;
  /** A fault inside the dump prints registers and frames of its own: those of the first are meant. */
  #isNested = false;
  #stackTop: string | undefined;

  constructor(
    cause: Cause,
    readonly bare: boolean,
  ) {
    this.#cause = cause;
  }

  take(segment: Segment): boolean {
    const { prefix } = segment;
    const line = segment.body.trimEnd();
    if (this.#over || (prefix === undefined) !== this.bare || !(this.bare ? segment.first : true))
      return false;
    if (/^Regs address \S{1,20}$/.test(line)) return true;
    if (prefix !== undefined && prefix.level !== "crit") return false;
    // The chain of a stack that has overflowed is endless: its lines come first.
    if (line.startsWith("base is ")) return this.#frameOf(line);
    if (line === "Crashing") return (this.#over = true);
    if (this.#registersOf(line) || this.#openingOf(line)) return true;
    const rest = GLUED.exec(line)?.[1];
    if (rest !== undefined && (this.#registersOf(rest) || this.#openingOf(rest))) return true;
    if (NESTED.test(rest ?? line)) return (this.#isNested = true);
    this.#stackTop ??= this.#topIn(line);
    return DETAIL.test(line) && !(this.bare && line === "");
  }

  #frameOf(line: string): boolean {
    const caller = CALLER.exec(line)?.[1];
    if (caller === undefined) return DETAIL.test(line);
    // The end of the chain has no caller.
    if (!this.#isNested && /[1-9a-f]/.test(caller)) this.#callTrace.push({ address: caller });
    return true;
  }

  finish(): FaultDescription {
    const known = new Set(this.#registers.map((one) => one.name));
    const early = (this.#cause.registers ?? []).filter((one) => !known.has(one.name));
    const registers = [...early, ...this.#registers];
    const rip = registers.find((one) => one.name === "RIP")?.value;
    const at =
      this.#cause.placed === true || rip === undefined ? "" : ` at rip 0x${rip.replace(/^0+(?=.)/, "")}`;
    return {
      kind: "trap",
      title: `${this.#cause.name}${at}`,
      registers,
      callTrace: this.#callTrace.kept(),
      ...(this.#stackTop !== undefined && { stackTop: this.#stackTop }),
    };
  }

  /** The word that the stack pointer points to, where this row of a dump holds it. */
  #topIn(line: string): string | undefined {
    const [, address, bytes] = ROW.exec(line) ?? [];
    const pointer = this.#registers.find(({ name }) => name === "RSP")?.value;
    if (address === undefined || bytes === undefined || pointer === undefined) return undefined;
    const from = Number(BigInt(`0x${pointer}`) - BigInt(`0x${address}`));
    const word =
      from < 0
        ? []
        : bytes
            .trim()
            .split(" ")
            .slice(from, from + WORD_BYTES);
    return word.length === WORD_BYTES ? word.reverse().join("") : undefined;
  }

  #registersOf(line: string): boolean {
    if (line === "" || line.replace(REGISTER, "").trim() !== "") return false;
    for (const [, name = "", value = ""] of line.matchAll(REGISTER)) {
      this.#isNested ||= name === "RIP" && this.#registers.some((one) => one.name === name);
      if (!this.#isNested) this.#registers.push({ name, value });
    }
    return true;
  }

  /** A fault inside the dump belongs to the first one; only an address makes the cause more exact. */
  #openingOf(line: string): boolean {
    const opening = OPENINGS.find((one) => one.start.test(line));
    if (opening === undefined) return false;
    const cause = opening.read(line);
    if (cause.placed === true && this.#cause.name.startsWith("page fault")) this.#cause = cause;
    return true;
  }
}

/** The family. Source of the forms: Unikraft plat/common/x86 and plat/kvm/x86, traps.c and trace.c, 0.3 to 0.20. */
export const x86Trap = ({ allowBare }: { readonly allowBare: boolean }): FaultFamily => ({
  name: "x86-trap",
  begin(segment) {
    const { prefix } = segment;
    const line = segment.body.trimEnd();
    const bare = prefix === undefined;
    if (bare ? !(allowBare && segment.first && segment.last) : prefix.level !== "crit") return undefined;
    const opening = OPENINGS.find((one) => (bare ? one.whole : one.start).test(line));
    if (opening === undefined) return undefined;
    const draft = new X86TrapDraft(opening.read(line), bare);
    draft.take(segment);
    return draft;
  },
});
