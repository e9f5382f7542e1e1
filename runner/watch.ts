/**
 * Reads a boot to its end within limits of time. It stops the machine when one fires and says which; it judges nothing.
 */
import type { MachineEnd } from "../src/core/fault.js";
import type { Boot } from "./machine.js";

export interface Limits {
  /** Of the whole boot. */
  readonly timeoutMs: number;
  /** Of the serial line, from the start or the last byte. */
  readonly silenceMs: number;
}

export const DEFAULT_LIMITS: Limits = { timeoutMs: 300_000, silenceMs: 20_000 };

const seconds = (ms: number): string => `${String(ms / 1000)} s`;

/** The bytes of a boot; what it returns is how the machine ended. */
export async function* watch(
  boot: Boot,
  { timeoutMs, silenceMs }: Limits,
): AsyncGenerator<Uint8Array, MachineEnd> {
  let fired: string | undefined;
  const fire = (detail: string) => (): void => {
    fired ??= detail;
    boot.stop();
  };
  const whole = setTimeout(fire(`stopped after ${seconds(timeoutMs)}, the limit of a boot,`), timeoutMs);
  const silence = setTimeout(fire(`stopped after ${seconds(silenceMs)} of silence`), silenceMs);
  try {
    for await (const chunk of boot.output) {
      silence.refresh();
      yield chunk;
    }
    const end = await boot.end;
    return fired === undefined ? end : { kind: "timed-out", detail: fired };
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
    // A reader that stops early leaves no machine behind.
    boot.stop();
  }
}
