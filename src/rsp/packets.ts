/**
 * What packets of the GDB remote protocol say, as far as somebody in the middle has to know: which one lets the target run,
 * which one ends that, and how to say something in the target's place. It does not frame them.
 * Source: GDB manual, "Remote Protocol", "Packets", "Stop Reply Packets" and "General Query Packets".
 */

/** Bytes as the hexadecimal digits that most packets hold. */
export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");

/** The bytes of such digits; undefined where they are none. */
export const bytesOf = (hex: string): Uint8Array | undefined =>
  /^(?:[0-9a-f]{2})*$/i.test(hex) ? Buffer.from(hex, "hex") : undefined;

/** Whether a debugger lets the target run with it; the reply comes when it stops. */
export const isResume = (packet: string): boolean =>
  /^(?:[cs][0-9a-f]*$|[CS][0-9a-f]{2}(?:;[0-9a-f]+)?$|vCont;|b[cs]$)/.test(packet);

/** Whether a reply says that the target stopped or ended. */
export const isStop = (packet: string): boolean => /^[STWX][0-9a-f]{2}/i.test(packet);

/** Whether a reply says that there is no target any more. */
export const isEnd = (packet: string): boolean => /^[WX][0-9a-f]{2}/i.test(packet);

/** Whether a packet ends the target. */
export const isKill = (packet: string): boolean => packet === "k" || packet.startsWith("vKill");

/** Text that a running target prints: a debugger shows it between a resume and the stop. */
export const output = (bytes: Uint8Array): string => `O${hexOf(bytes)}`;

/** What a reply says that the target has printed; undefined for any other one. */
export const outputOf = (packet: string): Uint8Array | undefined =>
  packet.startsWith("O") && packet !== "OK" ? bytesOf(packet.slice(1)) : undefined;

/** The target has ended by itself. @param code 0 to 255 */
export const exited = (code: number): string => `W${(code & 0xff).toString(16).padStart(2, "0")}`;

/** The target was ended by a signal. @param signal in the numbers of gdb */
export const signalled = (signal: number): string => `X${(signal & 0xff).toString(16).padStart(2, "0")}`;

/** Signals, in the numbers of gdb. Source: gdb, `include/gdb/signals.def`. */
export const SIGNAL = { INT: 2, TRAP: 5, ABRT: 6 } as const;

/** The text of a `monitor` command; undefined for any other packet. */
export function monitorCommand(packet: string): string | undefined {
  const hex = /^qRcmd,(.*)$/s.exec(packet)?.[1];
  const bytes = hex === undefined ? undefined : bytesOf(hex);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
}

/** The list of a stub's features with one more. @param reply of `qSupported` */
export function withFeature(reply: string, feature: string): string {
  const features = reply.split(";").filter((one) => one !== "");
  return features.includes(feature) ? reply : [...features, feature].join(";");
}

/** A debugger may go back: what a stub that can adds to its features. */
export const REVERSIBLE = ["ReverseStep+", "ReverseContinue+"] as const;

/** How a debugger goes back; undefined for any other packet. */
export const backwards = (packet: string): "step" | "continue" | undefined =>
  packet === "bs" ? "step" : packet === "bc" ? "continue" : undefined;

/** The target has come to an end of what was recorded of it. */
export const atEndOfLog = (which: "begin" | "end"): string => `T05replaylog:${which};`;

/** The first thread has stopped: for its debugger alone, or as after Ctrl-C. */
export const stoppedBy = (signal: number): string => `T${signal.toString(16).padStart(2, "0")}thread:01;`;

/** Whether a stop is that of a breakpoint, a watchpoint or a step, and not one that was asked for. */
export const isTrap = (reply: string): boolean => reply.startsWith("T05");

/** Whether a stop is that of a watchpoint. */
export const isWatch = (reply: string): boolean => /^T[0-9a-f]{2}(?:.*;)?[ra]?watch:/.test(reply);

/** The address whose access has stopped the target; undefined for any other stop. */
export function watchedIn(reply: string): number | undefined {
  const [, address] = /^T[0-9a-f]{2}(?:.*;)?[ra]?watch:([0-9a-f]{1,16});/i.exec(reply) ?? [];
  return address === undefined ? undefined : Number.parseInt(address, 16);
}

/** A breakpoint or watchpoint that is set or removed, in the words of its packet; undefined for any other packet. */
export function pointOf(packet: string): { readonly isSet: boolean; readonly point: string } | undefined {
  const [, kind, point] = /^([zZ])([0-4],[0-9a-f]+,[0-9a-f]+)/.exec(packet) ?? [];
  return point === undefined ? undefined : { isSet: kind === "Z", point };
}
