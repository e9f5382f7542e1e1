/**
 * The lines of libtest's JSON (`--format json`), one event each. Tests may run side by side: then none of them is the one
 * that runs, and only their results count.
 *
 * Source: Rust 1.30 to 1.91 library/test/src/formatters/json.rs.
 */
import { decodeText } from "../../core/decode.js";
import type { Row, RowFailure } from "../../core/grammar/grammar.js";
import { panicIn } from "./panic.js";

const MESSAGE_CHARS = 2000;
const MESSAGE_LINES = 16;

type Event = Readonly<Record<string, unknown>>;

/** One character per byte, as on the console. */
const bytes = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

const textOf = (event: Event, key: string): string | undefined => {
  const value = event[key];
  return typeof value === "string" ? bytes(value) : undefined;
};

const numberOf = (event: Event, key: string): number => {
  const value = event[key];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
};

function eventIn(text: string): Event | undefined {
  if (!text.startsWith("{") || !text.endsWith("}") || !text.includes('"type"')) return undefined;
  try {
    const value: unknown = JSON.parse(decodeText(text));
    return typeof value === "object" && value !== null ? (value as Event) : undefined;
  } catch {
    return undefined;
  }
}

/** What a case printed that failed: the panic and its place, or else its last words. */
function failureIn(event: Event): RowFailure {
  const said = (textOf(event, "stdout") ?? textOf(event, "message") ?? "").slice(0, MESSAGE_CHARS);
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  const at = lines.findIndex((line) => panicIn(line) !== undefined);
  const panic = at < 0 ? undefined : panicIn(lines[at] ?? "");
  if (panic === undefined) return { message: lines.slice(-MESSAGE_LINES).join("\n") };
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line.startsWith("note: ") || line.startsWith("stack backtrace"));
  const more = rest.slice(0, end < 0 ? MESSAGE_LINES : Math.min(end, MESSAGE_LINES));
  return { ...panic, message: [panic.message, ...more].filter((line) => line !== "").join("\n") };
}

export class Json {
  #started: string | undefined;
  /** One test at a time; unknown up to the second event of a test. */
  #isSerial: boolean | undefined;

  rows(text: string): readonly Row[] | undefined {
    const event = eventIn(text);
    if (event === undefined) return undefined;
    const [type, what] = [event["type"], event["event"]];
    if (type === "suite" && typeof what === "string") return this.#suite(event, what);
    const name = textOf(event, "name");
    if (name === undefined) return undefined;
    if (type === "bench") return [{ type: "case", status: "passed", name, isClosed: true }];
    return type === "test" && typeof what === "string" ? this.#test(event, what, name) : undefined;
  }

  #suite(event: Event, what: string): readonly Row[] | undefined {
    if (what === "started") {
      this.#started = undefined;
      return [{ type: "group", cases: numberOf(event, "test_count"), isClosed: true }];
    }
    if (what !== "ok" && what !== "failed") return undefined;
    const passed = numberOf(event, "passed") + numberOf(event, "measured");
    const [failed, skipped] = [numberOf(event, "failed"), numberOf(event, "ignored")];
    const counts = { cases: passed + failed + skipped, passed, failed, skipped, ok: what === "ok" };
    return [{ type: "group-end", ...counts, isClosed: true }];
  }

  #test(event: Event, what: string, name: string): readonly Row[] {
    if (what === "started") return this.#begin(name);
    const status = { ok: "passed", failed: "failed", ignored: "skipped" } as const;
    if (!(what === "ok" || what === "failed" || what === "ignored")) return [{ type: "note" }];
    this.#isSerial ??= this.#started === name;
    this.#started = undefined;
    const time = event["exec_time"];
    const reason = what === "ignored" ? textOf(event, "message") : undefined;
    return [
      {
        type: "case",
        status: status[what],
        name,
        isClosed: true,
        ...(typeof time === "number" && time >= 0 && { durationMs: Math.round(time * 1e6) / 1e3 }),
        ...(reason !== undefined && { reason }),
        ...(what === "failed" && { failure: failureIn(event) }),
      },
    ];
  }

  #begin(name: string): readonly Row[] {
    if (this.#isSerial === undefined && this.#started !== undefined) this.#isSerial = false;
    this.#started = name;
    if (this.#isSerial === false) return [{ type: "note" }];
    const doubt = this.#isSerial === undefined ? { isDoubtful: true as const } : {};
    return [{ type: "begin", name, isClosed: true, ...doubt }];
  }
}
