/** The options that ask for hardware of a guest, by what they ask for. A leaf: it checks nothing. */
import type { Hardware } from "../../../runner/machine.js";

/** Without the dashes, in the order in which they are shown. */
export const HARDWARE_OPTIONS: Readonly<Record<keyof Hardware, string>> = {
  initrd: "initrd",
  cpus: "cpus",
  networks: "net",
  drives: "drive",
  folders: "9p",
  devices: "device",
  words: "qemu-arg",
};

type Asked = readonly [key: keyof Hardware, option: string];
const ALL = Object.entries(HARDWARE_OPTIONS) as readonly Asked[];

/** Those that are repeatable, each with its list. */
export const HARDWARE_LISTS = ALL.filter(([key]) => key !== "initrd" && key !== "cpus");

/** The option that asks for the first of it. */
export const firstOption = (hardware: Hardware): string =>
  `--${ALL.find(([key]) => hardware[key] !== undefined)?.[1] ?? "device"}`;

/** What was asked for, as options and their values. */
export const givenOptions = (hardware: Hardware): readonly (readonly [option: string, value: string])[] =>
  ALL.flatMap(([key, option]) =>
    [hardware[key] ?? []].flat().map((value) => [`--${option}`, String(value)] as const),
  );

/** `PATH[,options]` with another path. */
export function withPath(text: string, change: (path: string) => string): string {
  const comma = text.indexOf(",");
  return comma < 0 ? change(text) : change(text.slice(0, comma)) + text.slice(comma);
}
