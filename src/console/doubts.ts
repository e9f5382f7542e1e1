/**
 * Lines that may be damaged results of Unikraft's, in a boot of which nobody knows yet whose it is: held back until a
 * dialect has it. In the boot of another kernel they were never results.
 */
import type { Claim } from "../core/claims.js";
import { cutLead } from "../core/fault/lead.js";
import type { Segment } from "../core/segment.js";

/** More of them are handed over at once. */
const MOST = 4096;

/** Lines that only a Linux kernel prints while it starts. */
const LINUX =
  /^(?:Linux version \d|Command line: |Kernel command line: |Booting Linux on |Machine model: |Freeing unused kernel |Run \/\S{1,80} as init|NET: Registered |random: crng |pci_bus \S+: |pci \d{4}:|ACPI: |clocksource: |mmc\d: |usb \d-|usbcore: |systemd\[1\]: |Zone ranges:|Dentry cache |rcu: (?:Hier|\tRCU|Preempt)|SLUB: |BIOS-e820: |EXT4-fs |VFS: Mounted )/;

const isOfLinux = (claim: Claim): boolean =>
  (claim.type === "finding" && claim.system === "linux") ||
  (claim.type === "fault" && claim.fault.system === "linux");

const isDoubt = (claim: Claim): boolean => claim.type === "suspect" && claim.code === "garbled-line";

export class Doubts {
  #held: Claim[] = [];
  #isLinux = false;

  /** Takes note of a line of a boot that nobody has yet. */
  see(segment: Segment): void {
    this.#isLinux ||= LINUX.test(cutLead(segment.body));
  }

  /** Reports that were read. */
  reported(claims: readonly Claim[]): void {
    this.#isLinux ||= claims.some(isOfLinux);
  }

  /** Keeps the doubtful ones of these claims back, and returns the others. */
  hold(claims: readonly Claim[]): readonly Claim[] {
    if (!claims.some(isDoubt)) return claims;
    this.#held.push(...claims.filter(isDoubt));
    const others = claims.filter((claim) => !isDoubt(claim));
    return this.#held.length > MOST ? [...this.#held.splice(0), ...others] : others;
  }

  /** What was held back, for the boot of whoever has it; nothing where that is no Unikraft. */
  release(isUnikraft: boolean): readonly Claim[] {
    const held = this.#held.splice(0);
    return isUnikraft && !this.#isLinux ? held : [];
  }
}
