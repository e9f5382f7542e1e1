/**
 * What a guest has besides a processor, memory and a serial line, as words for QEMU. A guest has none of it unless it is
 * asked for; drives and folders of the host are not written to unless that is asked for too.
 *
 * Source: QEMU 7.2 to 10, qemu-options.hx (-netdev, -drive, -fsdev, -smp).
 */
import type { Hardware } from "../machine.js";

/** `FIRST[,key=value…]`: what stands in front of the first comma, and the rest by key. */
function partsOf(text: string): { readonly first: string; readonly rest: ReadonlyMap<string, string> } {
  const [first = "", ...more] = text.split(",");
  return {
    first,
    rest: new Map(
      more.map((one) => {
        const at = one.indexOf("=");
        return at < 0 ? [one, "on"] : [one.slice(0, at), one.slice(at + 1)];
      }),
    ),
  };
}

/** Ports of the host are opened on its loopback interface, unless an address is given. */
const onLoopback = (rule: string): string => rule.replace(/^(tcp|udp)::/, "$1:127.0.0.1:");

/** A network: `user[,hostfwd=RULE…][,model=DEVICE][,…]`. */
function networkWords(text: string, nth: number): readonly string[] {
  const [kind = "user", ...options] = text.split(",");
  const model = options.find((one) => one.startsWith("model="))?.slice("model=".length) ?? "virtio-net-pci";
  const given = options
    .filter((one) => !one.startsWith("model="))
    .map((one) => (one.startsWith("hostfwd=") ? `hostfwd=${onLoopback(one.slice(8))}` : one));
  return [
    ...["-netdev", [kind, `id=net${String(nth)}`, ...given].join(",")],
    ...["-device", `${model},netdev=net${String(nth)}`],
  ];
}

/** A disk: `FILE[,format=raw][,snapshot=on][,model=DEVICE][,…]`; what the guest writes is dropped by default. */
function driveWords(text: string, nth: number): readonly string[] {
  const { first, rest } = partsOf(text);
  const model = rest.get("model") ?? "virtio-blk-pci";
  const options = new Map([
    ...([
      ["format", "raw"],
      ["snapshot", "on"],
    ] as const),
    ...[...rest].filter(([key]) => key !== "model"),
  ]);
  const words = [...options].map(([key, one]) => `${key}=${one}`);
  return [
    ...["-drive", [`file=${first}`, "if=none", `id=drive${String(nth)}`, ...words].join(",")],
    ...["-device", `${model},drive=drive${String(nth)}`],
  ];
}

/** A folder of the host by 9P: `FOLDER[,tag=fs0][,writable]`. */
function folderWords(text: string, nth: number): readonly string[] {
  const { first, rest } = partsOf(text);
  const id = `fs${String(nth)}`;
  const model = rest.get("model") ?? "virtio-9p-pci";
  const access = rest.has("writable") ? [] : ["readonly=on"];
  return [
    ...["-fsdev", [`local,id=${id}`, `path=${first}`, "security_model=none", ...access].join(",")],
    ...["-device", `${model},fsdev=${id},mount_tag=${rest.get("tag") ?? id}`],
  ];
}

/** The words of all of it, in a steady order. */
export function hardwareWords(hardware: Hardware | undefined): readonly string[] {
  if (hardware === undefined) return [];
  const { initrd, cpus, networks = [], drives = [], folders = [], devices = [], words = [] } = hardware;
  return [
    ...(initrd === undefined ? [] : ["-initrd", initrd]),
    ...(cpus === undefined ? [] : ["-smp", String(cpus)]),
    ...networks.flatMap(networkWords),
    ...drives.flatMap(driveWords),
    ...folders.flatMap(folderWords),
    ...devices.flatMap((one) => ["-device", one]),
    ...words,
  ];
}

/** What of it reaches outside of the guest, in words for a report. */
export function openings(hardware: Hardware | undefined): readonly string[] {
  if (hardware === undefined) return [];
  const { initrd, cpus, networks = [], drives = [], folders = [], devices = [], words = [] } = hardware;
  return [
    ...(initrd === undefined ? [] : [`initrd ${initrd}`]),
    ...(cpus === undefined ? [] : [`${String(cpus)} processors`]),
    ...networks.map((one) => `network ${one}`),
    ...drives.map((one) => `drive ${one}`),
    ...folders.map((one) => `folder ${one}`),
    ...devices.map((one) => `device ${one}`),
    ...(words.length === 0 ? [] : [`QEMU's words ${words.join(" ")}`]),
  ];
}
