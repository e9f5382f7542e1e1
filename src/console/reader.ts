/** Reads the boots of one run, one after the other: bytes in, conclusions out. How a boot is read is boot-reader.ts's. */
import { Assembler, type BootSummary, type RunInfo } from "../core/assemble.js";
import type { BootPart } from "../core/assemble/boot.js";
import type { Unrun } from "../core/assemble/unseen.js";
import type { MemoryFacts } from "../core/evidence.js";
import type { RunEvent } from "../core/events.js";
import type { FaultRecord, MachineEnd } from "../core/fault.js";
import type { Plan } from "../core/plan.js";
import type { Dialect } from "../core/dialect.js";
import type { FaultCollector } from "./fault-collector.js";
import { type ReportFamilies, reportFamilies } from "./report-families.js";
import { BootReader } from "./boot-reader.js";

/** Reads the boots of a run, one after the other. */
export class RunReader {
  readonly #assembler: Assembler;
  readonly #dialects: readonly Dialect[];
  readonly #ubsan: boolean;
  readonly #families: ReportFamilies;
  #boot: BootReader | undefined;
  #hasRead = false;

  /** @param families those of a project besides ours; absent: ours */
  constructor(info: RunInfo, dialects: readonly Dialect[], families: ReportFamilies = reportFamilies) {
    this.#families = families;
    this.#assembler = new Assembler(info);
    this.#dialects = dialects;
    this.#ubsan = info.policy.ubsan !== "off";
  }

  /** Begins the boot of a source; `plan` is that of its image, where not all boots share one. */
  open(source: string, plan?: Plan, part?: BootPart): void {
    this.#boot = new BootReader(this.#assembler, this.#dialects, this.#ubsan, this.#families);
    this.#assembler.openBoot(source, plan, part);
  }

  /** What runs in the guest, as far as its console tells. */
  get running(): Assembler["running"] {
    return this.#assembler.running;
  }

  /** True once the guest of the running boot has said its last. */
  get isOver(): boolean {
    return this.#assembler.isOver;
  }

  /** What collects the crash screens of the running boot. */
  get faults(): FaultCollector | undefined {
    return this.#boot?.faults;
  }

  /** The running boot's stream is over; which of the missing cases never run is for `settle`. */
  end(end?: MachineEnd, facts?: MemoryFacts): BootSummary | undefined {
    this.#boot?.end(end?.kind === "ended" && end.isCut === true);
    return this.#assembler.endBoot(end, facts);
  }

  /** Finishes the boot that has ended, and returns the last of its conclusions. */
  settle(missing: readonly Unrun[], wallMs?: number): readonly RunEvent[] {
    this.#assembler.finishBoot(missing, wallMs);
    return this.#assembler.take();
  }

  /** A boot that never came to be, and why. */
  failed(source: string, fault: FaultRecord): readonly RunEvent[] {
    this.#assembler.openBoot(source);
    this.#assembler.fault(fault);
    this.#assembler.closeBoot();
    return this.#assembler.take();
  }

  /** True once anything of the running boot was read. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** Takes bytes of the running boot and returns the conclusions they allow. */
  feed(chunk: Uint8Array): readonly RunEvent[] {
    this.#hasRead = true;
    this.#boot?.feed(chunk);
    return this.#assembler.take();
  }

  /** The running boot's stream is over; `end` is what its machine says of that. */
  close(end?: MachineEnd): readonly RunEvent[] {
    this.#boot?.end();
    this.#assembler.closeBoot(end);
    return this.#assembler.take();
  }

  /** The run is over. */
  finish(): readonly RunEvent[] {
    this.#assembler.finish();
    return this.#assembler.take();
  }
}
