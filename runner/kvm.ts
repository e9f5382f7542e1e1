/**
 * Whether KVM truly works here: the processor, the module, the device, and a guest that runs to its end. A device that
 * opens proves nothing: there are modules that make a virtual machine and then stall it or stop inside an interrupt.
 */
import { codeOf, messageOf } from "../src/core/reason.js";
import { accessSync, constants, readFileSync } from "node:fs";
import { type ProbeCache, CACHE_NAME } from "./kvm/cache.js";
import { PROBE_END, probeImage } from "./kvm/guest.js";
import type { MissingTool } from "./machine.js";
import { bootQemu } from "./qemu.js";
import { NO_CASES, watch } from "./watch.js";
import { KIT_BOARD, KIT_DEVICES } from "./qemu/pc.js";

/** What is looked at before a guest is tried; the real one is `thisHost`. */
export interface KvmHost {
  /** As Node names them. */
  readonly platform: string;
  readonly architecture: string;
  /** The text of a file; undefined where it is missing or closed to us. */
  readonly read: (path: string) => string | undefined;
  readonly access: (path: string) => "usable" | "forbidden" | "missing";
}

const thisHost: KvmHost = {
  platform: process.platform,
  architecture: process.arch,
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  access: (path) => {
    try {
      accessSync(path, constants.R_OK | constants.W_OK);
      return "usable";
    } catch (error) {
      const code = codeOf(error);
      return code === "ENOENT" || code === "ENOTDIR" ? "missing" : "forbidden";
    }
  },
};

const DEVICE = "/dev/kvm";
const HARDWARE_MODULES = ["kvm_intel", "kvm_amd"];
const TCG = "leave --accel out: TCG runs everywhere";

const isLoaded = ({ access }: KvmHost, module: string): boolean =>
  access(`/sys/module/${module}`) !== "missing";

/** The first thing that already the host's files say against KVM. */
export function missingOnHost(host: KvmHost): MissingTool | undefined {
  if (host.platform !== "linux")
    return { what: `KVM is part of Linux, and this is ${host.platform}`, hint: TCG };
  if (host.architecture !== "x64" && host.architecture !== "ia32")
    return { what: `KVM is used on x86 hosts, and this one is ${host.architecture}`, hint: TCG };
  if (isLoaded(host, "kvm_pvm"))
    return {
      what: "the module kvm_pvm imitates KVM without the processor's help, and stalls guests",
      hint: TCG,
    };
  if (!/^flags\s*:.*\b(?:vmx|svm)\b/m.test(host.read("/proc/cpuinfo") ?? ""))
    return {
      what: "the processor shows neither vmx nor svm (/proc/cpuinfo)",
      hint: `switch virtualization on in the firmware, or nested virtualization in the hypervisor; or ${TCG}`,
    };
  if (!HARDWARE_MODULES.some((module) => isLoaded(host, module)))
    return {
      what: "neither kvm_intel nor kvm_amd is loaded",
      hint: `modprobe kvm_intel or kvm_amd; or ${TCG}`,
    };
  switch (host.access(DEVICE)) {
    case "missing":
      return { what: `${DEVICE} does not exist`, hint: `give the container --device ${DEVICE}; or ${TCG}` };
    case "forbidden":
      return {
        what: `${DEVICE} may not be used by this user`,
        hint: `add the user to the group kvm; or ${TCG}`,
      };
    case "usable":
      return undefined;
  }
}

/** Real KVM needs a tenth of it; the rest is for a host that is busy. */
const PROBE_LIMIT_MS = 2000;

const PROBE_MIB = 32;

/** Runs the probe guest; the sentence says why it did not come to its end, and is empty where it did. */
async function runProbe(binary: string, limitMs: number): Promise<string> {
  const image = { path: "the probe guest", content: probeImage() };
  const boot = bootQemu({
    binary,
    board: KIT_BOARD,
    arguments: [...KIT_DEVICES, "-accel", "kvm", "-cpu", "host"],
    image,
    commandLine: [],
    memoryMiB: PROBE_MIB,
    memoryBase: 0,
    ends: new Map([[PROBE_END, "normal"]]),
  });
  try {
    const limits = { timeoutMs: limitMs, silenceMs: limitMs, caseMs: limitMs };
    const bytes = watch(boot, limits, NO_CASES);
    for (;;) {
      const next = await bytes.next();
      if (next.done !== true) continue;
      const { end } = next.value;
      if (end.kind !== "ended")
        return `the probe guest did not come to its end within ${String(limitMs / 1000)} s`;
      return end.how === "normal" ? "" : `the probe guest ended in a wrong way: ${end.detail}`;
    }
  } catch (error) {
    return `the probe guest failed: ${messageOf(error)}`;
  } finally {
    boot.release();
  }
}

/** A boot of this host: what was found out holds until the next one. */
const keyOf = ({ read }: KvmHost, binary: string): string =>
  ["/proc/sys/kernel/osrelease", "/proc/sys/kernel/random/boot_id"]
    .map((path) => (read(path) ?? "").trim())
    .concat(binary)
    .join(" ");

/**
 * Why KVM cannot be used with a QEMU program here; undefined where it truly works. Boots the probe guest, unless it was
 * booted since the host was. Never throws.
 */
export async function missingForKvm(
  binary: string,
  cache: ProbeCache,
  { host = thisHost, limitMs = PROBE_LIMIT_MS }: { readonly host?: KvmHost; readonly limitMs?: number } = {},
): Promise<MissingTool | undefined> {
  const lack = missingOnHost(host);
  if (lack !== undefined) return lack;
  const key = keyOf(host, binary);
  let why = cache.read(key);
  if (why === undefined) {
    why = await runProbe(binary, limitMs);
    cache.write(key, why);
  }
  return why === "" ? undefined : { what: why, hint: `remove .uktest/${CACHE_NAME} to try again; or ${TCG}` };
}

/** Remembers that a guest failed under KVM although the probe did not, so that nobody takes it again on this boot. */
export const distrustKvm = (binary: string, cache: ProbeCache, why: string, host = thisHost): void => {
  cache.write(keyOf(host, binary), why);
};
