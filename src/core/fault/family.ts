/** The contract of a fault family of Unikraft: one kind of crash screen. It sees segments and decides nothing of a run. */
import type { FaultRecord, Outlook } from "../fault.js";
import type { Segment } from "../segment.js";

/** A fault while its lines still come in. */
export interface FaultDraft {
  /** Takes the segment if it belongs to this fault. */
  take(segment: Segment): boolean;
  /** What the lines so far say. */
  finish(): FaultDescription;
}

/** A fault record before the console around it is known. */
export type FaultDescription = Omit<FaultRecord, "excerpt"> & {
  /**
   * The word at the top of the stack, in hexadecimal without 0x, where the screen shows the stack: a function that keeps
   * no frame returns there, and the call trace leaves its caller out.
   */
  readonly stackTop?: string;
  /** Absent: it ends the boot. */
  readonly outlook?: Outlook;
};

/** One kind of crash screen. */
export interface FaultFamily {
  readonly name: string;
  /**
   * A draft when this segment begins such a fault.
   * @param before the segment in front of it, which may say why
   * @param why lines of other libraries in front of it that explain a fault
   */
  begin(segment: Segment, before?: Segment, why?: readonly Segment[]): FaultDraft | undefined;
}
