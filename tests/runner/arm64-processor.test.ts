/** The processor that arm64 images of somebody else's get. */
import { join } from "node:path";
import test from "ava";
import { machine } from "../../runner/machines/qemu-arm64.js";
import { onStage } from "../../runner/host/stages.js";
import { ROOT, runKit } from "./kit.js";

test.serial(
  "everything that QEMU has, but no larger addresses: Unikraft 0.21 is silent with them",
  async (t) => {
    t.is((await runKit("ukbits", "-m", "qemu-arm64")).code, 0);
    const commands: string[] = [];
    onStage(({ what }) => commands.push(what));
    const path = join(ROOT, ".uktest/build/arm64-gcc/ukbits.elf");
    const image = { path, architecture: "arm64", isKit: false, words: [] } as const;
    const boot = machine.boot(image, { memoryMiB: 64, acceleration: "tcg" });
    for await (const chunk of boot.output) {
      t.true(chunk.length > 0, "it runs");
      break;
    }
    boot.stop();
    await boot.end;
    boot.release();
    t.regex(commands.find((one) => one.includes("-cpu")) ?? "", / -cpu max,lpa2=off /);
  },
);
