/** The architecture of the host, by the name that images have. It is what `auto` boots, and what needs no cross compiler. */
import type { Architecture } from "../machine.js";

/** Node's name of an architecture is not everybody's. */
const BY_NODE: Readonly<Record<string, Architecture>> = { x64: "x86_64", arm64: "arm64", ia32: "i386" };

/** Hosts of another architecture emulate x86_64. */
export const NATIVE: Architecture = BY_NODE[process.arch] ?? "x86_64";
