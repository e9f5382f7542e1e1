/** Events of the Trace Event Format as values, and what all of them are made by. */

export interface ChromeEvent {
  readonly name: string;
  /** A span, an instant, a counter, a name of a process or thread. */
  readonly ph: "X" | "i" | "C" | "M";
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts?: number;
  readonly dur?: number;
  /** Scope of an instant: its thread, or all. */
  readonly s?: "t" | "g";
  readonly cat?: string;
  /** Of a counter numbers only. */
  readonly args?: Readonly<Record<string, string | number>>;
}

/** The name of a process or a thread. */
export const named = (
  name: "process_name" | "thread_name",
  pid: number,
  tid: number,
  text: string,
): ChromeEvent => ({ name, ph: "M", pid, tid, args: { name: text } });

/** Thousandths of a microsecond are nanoseconds; less is the error of a sum. */
export const rounded = (us: number): number => Math.round(us * 1000) / 1000;

/** A span; its end is rounded like the beginning of what follows it, so that the two never overlap. */
export const span = (
  name: string,
  cat: string,
  on: { readonly pid: number; readonly tid: number },
  ts: number,
  dur: number,
  args: NonNullable<ChromeEvent["args"]>,
): ChromeEvent => ({
  ...{ name, cat, ph: "X", ...on, ts: rounded(ts), dur: rounded(rounded(ts + dur) - rounded(ts)) },
  // Readers show them beside the name, empty ones too.
  ...(Object.keys(args).length > 0 && { args }),
});
