/**
 * Ports of the host that a guest's network opens, for the commands that talk to the guest: a port that is left to the host
 * (`hostfwd=tcp::0-:80`) is chosen before the guest boots. It opens none; the emulator does.
 */
import type { Hardware } from "../../../runner/machine.js";

/** Ports of the host, by those of the guest that they lead to. */
export type Ports = ReadonlyMap<string, number>;

/** Source: QEMU, qemu-options.hx, `hostfwd=[tcp|udp]:[hostaddr]:hostport-[guestaddr]:guestport`. */
const RULE = /^(hostfwd=(?:tcp|udp)?:[^:]*:)(\d{1,5})(-[^:]*:(\d{1,5}))$/;

/** What listens is loaded where a port is left to the host. */
const chosenPort = async (): Promise<number> =>
  (await import("../../../runner/host/free-port.js")).freePort();

/** The hardware with a number for each port, and those numbers. */
export async function withPorts(
  hardware: Hardware | undefined,
): Promise<{ readonly hardware: Hardware | undefined; readonly ports: Ports }> {
  const ports = new Map<string, number>();
  if (hardware?.networks === undefined) return { hardware, ports };
  const networks: string[] = [];
  for (const network of hardware.networks) {
    const words: string[] = [];
    for (const word of network.split(",")) {
      const [, before, given, after, guest] = RULE.exec(word) ?? [];
      if (before === undefined || after === undefined || guest === undefined) {
        words.push(word);
        continue;
      }
      const port = Number(given) === 0 ? await chosenPort() : Number(given);
      ports.set(guest, port);
      words.push(`${before}${String(port)}${after}`);
    }
    networks.push(words.join(","));
  }
  return { hardware: { ...hardware, networks }, ports };
}
