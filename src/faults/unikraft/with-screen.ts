/**
 * The one rule that spans two families: a crash screen that follows a fault belongs to it, so there is one record.
 * It recognises nothing itself; both halves are given to it.
 */
import type { Segment } from "../../core/segment.js";
import type { FaultDescription, FaultDraft, FaultFamily } from "../../core/fault/family.js";

class JoinedDraft implements FaultDraft {
  #screen: FaultDraft | undefined;

  constructor(
    readonly front: FaultDraft,
    readonly screens: FaultFamily,
  ) {}

  take(segment: Segment): boolean {
    if (this.#screen !== undefined) return this.#screen.take(segment);
    if (this.front.take(segment)) return true;
    this.#screen = this.screens.begin(segment);
    return this.#screen !== undefined;
  }

  /** The front says what happened and where, the screen has the registers. */
  finish(): FaultDescription {
    const front = this.front.finish();
    const screen = this.#screen?.finish();
    if (screen === undefined) return front;
    // Whoever prints a screen is the guest itself.
    const { outlook: _, ...said } = front;
    return {
      ...said,
      registers: screen.registers.length > 0 ? screen.registers : front.registers,
      callTrace: screen.callTrace.length > 0 ? screen.callTrace : front.callTrace,
    };
  }
}

/** A family whose faults may be followed by a screen of `screens`. */
export const withScreen = (family: FaultFamily, screens: FaultFamily): FaultFamily => ({
  name: family.name,
  begin(segment, before) {
    const front = family.begin(segment, before);
    return front === undefined ? undefined : new JoinedDraft(front, screens);
  },
});
