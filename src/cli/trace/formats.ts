/** The words for what becomes of traces: `--trace`, and the formats of `uktest trace`. It reads and writes nothing. */
import { UsageError } from "../../core/errors.js";
import type { TraceWish } from "../../run/arguments.js";
import { single } from "../values.js";

export const TRACE_FORMATS = ["text", "ctf", "chrome"] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

/**
 * What `--trace` means; undefined where it is not given.
 * @throws UsageError
 */
export function traceWish(args: Readonly<Record<string, unknown>>): TraceWish | undefined {
  const given = single(args, "trace");
  if (given === undefined) return undefined;
  if (given === "tail" || given === "text" || given === "live") return { format: given };
  const [, format, path = ""] = /^(ctf|chrome):(.*)$/s.exec(given) ?? [];
  if (format === undefined || path === "")
    throw new UsageError(
      `--trace does not take ${given}`,
      "--trace, or --trace=text, live, ctf:FOLDER, chrome:FILE",
    );
  return { format: format === "ctf" ? "ctf" : "chrome", path };
}
