/** QEMU's arm64 board `virt`, for images of our kit and for Unikraft's. */
import { debugExitCode, KIT_END, type Machine } from "../machine.js";
import { preparePipe } from "../pipe.js";
import { bootQemu, qemuLack } from "../qemu.js";

const BINARY = "qemu-system-aarch64";

/** Through semihosting the guest returns what the debug port of a PC would have made of its value. */
const KIT_ENDS = new Map<number, "normal" | "crash">([
  [debugExitCode(KIT_END.normal), "normal"],
  [debugExitCode(KIT_END.crash), "crash"],
]);

export const machine: Machine = {
  name: "qemu-arm64",
  summary: "arm64 in QEMU; boots Unikraft images too",
  architecture: "arm64",
  bootsAny: true,
  lack: () => qemuLack(BINARY, "qemu-system-arm"),
  warm: preparePipe,
  boot: (image, { memoryMiB }) => {
    const words = image.isKit ? ["uktest.exit=semihosting", ...image.words] : image.words;
    return bootQemu({
      binary: BINARY,
      board: "virt",
      image,
      memoryMiB,
      memoryBase: 0x4000_0000,
      arguments: [
        ...["-cpu", image.isKit ? "cortex-a53" : "max", "-accel", "tcg"],
        ...(image.isKit ? ["-semihosting-config", "enable=on,target=native"] : []),
        ...(words.length > 0 ? ["-append", words.join(" ")] : []),
      ],
      // Unikraft returns 0 whatever happened.
      ends: image.isKit ? KIT_ENDS : new Map(),
    });
  },
};
