/**
 * The draft of a report whose lines a table recognises: for families that need no more than that. It recognises no first
 * line and gives no report a name.
 */
import type { Frame, Register } from "../fault.js";
import type { Report, ReportDraft, ReportLine, Taken } from "./report.js";

export interface ListedReport {
  /** Lines that belong to it, without spaces around them. */
  readonly details: readonly RegExp[];
  /** The line that closes it. */
  readonly last?: RegExp;
  /** First lines of other reports that are a consequence of this one. */
  readonly adopts?: RegExp;
  /** Registers in a line: name and value. */
  readonly registers?: RegExp;
  /** Shown each line that follows, whether it is taken or not. */
  readonly notice?: (text: string) => void;
  /** The frame in a line. */
  readonly frameIn?: (text: string) => Frame | undefined;
  readonly finish: (read: {
    readonly registers: readonly Register[];
    readonly callTrace: readonly Frame[];
  }) => Report | undefined;
}

const MOST_FRAMES = 256;
const MOST_REGISTERS = 64;

class ListedDraft implements ReportDraft {
  readonly #registers: Register[] = [];
  readonly #callTrace: Frame[] = [];

  constructor(private readonly listed: ListedReport) {}

  take({ text: whole }: ReportLine): Taken {
    const text = whole.trim();
    const { listed } = this;
    listed.notice?.(text);
    if (listed.last?.test(text) === true) return "last";
    if (text === "") return "yes";
    const frame = listed.frameIn?.(text);
    if (frame !== undefined && this.#callTrace.length < MOST_FRAMES) this.#callTrace.push(frame);
    if (frame !== undefined || this.#registersOf(text)) return "yes";
    return listed.details.some((one) => one.test(text)) ? "yes" : "no";
  }

  adopts({ text }: ReportLine): boolean {
    return this.listed.adopts?.test(text) === true;
  }

  finish(): Report | undefined {
    return this.listed.finish({ registers: this.#registers, callTrace: this.#callTrace });
  }

  #registersOf(text: string): boolean {
    const { registers } = this.listed;
    if (registers === undefined) return false;
    const found = [...text.matchAll(registers)];
    for (const [, name = "", value = ""] of found)
      if (this.#registers.length < MOST_REGISTERS) this.#registers.push({ name, value });
    return found.length > 0;
  }
}

/** A report that takes the lines of a table. */
export const listedDraft = (listed: ListedReport): ReportDraft => new ListedDraft(listed);
