/** What keeps the core of a boot beside the record of its run. What does so is loaded when a guest has died. */
import type { Say } from "../../core/say.js";
import type { BootOrder } from "./boot.js";
import { type Chain, logName } from "./chain.js";

interface Around {
  readonly say: Say;
  readonly root: string;
  /** Folder of the record. */
  readonly folder: string;
}

export function keepingCore(chain: Chain, more: Around): NonNullable<BootOrder["core"]> {
  const boot = logName(chain);
  const machine = chain.task.cell.choice.machine.name;
  return async (guest) => {
    const { coreKeeper } = await import("../cores.js");
    await coreKeeper({ ...more, task: chain.task, boot, machine }).keep(guest);
  };
}
