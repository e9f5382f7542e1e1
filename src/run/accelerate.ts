/**
 * What --accel means here: KVM only where a guest has proved it, and TCG where it has not. It boots no image of the user.
 */
import { type ProbeCache, probeCache } from "../../runner/kvm/cache.js";
import { distrustKvm, missingForKvm } from "../../runner/kvm.js";
import type { BootOptions, MissingTool, Machine } from "../../runner/machine.js";
import { RigError, UsageError } from "../core/errors.js";

export type AccelerationWish = "auto" | "kvm" | "tcg";

/** Asks whether KVM works; a test asks somebody else. */
export type AskKvm = (binary: string, cache: ProbeCache) => Promise<MissingTool | undefined>;

/** The way guests are run from now on. */
export interface Acceleration {
  readonly now: BootOptions["acceleration"];
  /** Turns to TCG for the rest of the run, where the user left the choice; false where there is nothing to turn to. */
  fallBack(why: string): boolean;
}

/**
 * Decides how a machine runs guests.
 * @param folder what a run leaves behind is there; the answer is kept in it
 * @throws UsageError where the machine never has KVM, RigError where the host has none that works
 */
export async function accelerate(
  wish: AccelerationWish,
  machine: Machine,
  folder: string,
  say: (line: string) => void,
  ask: AskKvm = missingForKvm,
): Promise<Acceleration> {
  const tcg: Acceleration = { now: "tcg", fallBack: () => false };
  if (wish === "tcg") return tcg;
  const binary = machine.kvmBinary;
  if (binary === undefined) {
    if (wish === "auto") return tcg;
    throw new UsageError(
      `${machine.name} cannot use KVM`,
      "take --machine qemu-x86_64, or leave --accel out",
    );
  }
  const cache = probeCache(folder);
  const lack = await ask(binary, cache);
  if (lack !== undefined) {
    if (wish === "kvm") throw new RigError(`KVM does not work here: ${lack.what}`, lack.hint);
    say(`acceleration: tcg, since KVM does not work here: ${lack.what}`);
    return tcg;
  }
  if (wish === "auto") say("acceleration: kvm, a probe guest proved it");
  let now: BootOptions["acceleration"] = "kvm";
  return {
    get now() {
      return now;
    },
    fallBack: (why) => {
      if (wish !== "auto" || now === "tcg") return false;
      now = "tcg";
      distrustKvm(binary, cache, why);
      say(`acceleration: tcg from here on, since KVM failed: ${why}`);
      return true;
    },
  };
}
