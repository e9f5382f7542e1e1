/**
 * The few fields of a test point's YAML block that a report shows.
 * It reads plain keys of two levels and block scalars, and nothing else of YAML: no tags, anchors or merges, so that
 * what a guest prints can neither build objects nor grow.
 */
import { decodeText } from "../../core/decode.js";

export interface Diagnostics {
  readonly message?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly file?: string;
  readonly line?: number;
  readonly durationMs?: number;
}

/** Lines and characters of a block that are read; the rest is only console. */
const LINES = 200;
const CHARS = 500;

const KEY = /^( *)["']?([A-Za-z_][\w.-]{0,40})["']? *:(?: +(.*))?$/;

/** A scalar as the guest meant it: without its quotes. */
function scalar(text: string): string {
  const value = text.trim();
  if (value.length > 1 && value.startsWith('"') && value.endsWith('"')) {
    try {
      const parsed: unknown = JSON.parse(value);
      if (typeof parsed === "string") return parsed;
    } catch {
      return value.slice(1, -1);
    }
  }
  return value.length > 1 && value.startsWith("'") && value.endsWith("'")
    ? value.slice(1, -1).replaceAll("''", "'")
    : value;
}

/** Keys with their values; a key of a nested map is `parent.key`. The first of two equal keys counts. */
function fieldsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let parent = "";
  for (let index = 0; index < lines.length; index += 1) {
    const match = KEY.exec(lines[index] ?? "");
    if (match === null) continue;
    const indent = (match[1] ?? "").length;
    const [, , key = "", rest = ""] = match;
    if (indent === 0) parent = key;
    const name = indent === 0 ? key : `${parent}.${key}`;
    let value = scalar(rest);
    if (/^[|>][+-]?\d?$/.test(value)) {
      const block: string[] = [];
      for (; /^ *$/.test(lines[index + 1] ?? "x") || leading(lines[index + 1]) > indent; index += 1)
        block.push((lines[index + 1] ?? "").trim());
      value = block.join("\n").trim();
    }
    if (!fields.has(name) && value !== "") fields.set(name, value);
  }
  return fields;
}

const leading = (line: string | undefined): number =>
  line === undefined ? -1 : line.length - line.trimStart().length;

/** File and line of `at: {file: a.c, line: 3}`, `at: a.c:3:5` and their like. */
function placeOf(fields: ReadonlyMap<string, string>): { readonly file?: string; readonly line?: number } {
  const at = fields.get("at") ?? "";
  const flow = /^\{.{0,500}$/.test(at);
  const inline = flow ? null : /^(.{1,400}?):(\d{1,9})(?::\d{1,9})?\)?$/.exec(at);
  const file =
    fields.get("at.file") ??
    fields.get("at.fileName") ??
    (flow ? /\bfile(?:Name)?["']?: *["']?([^"',}]{1,400})/.exec(at)?.[1]?.trim() : inline?.[1]) ??
    fields.get("file");
  const line =
    fields.get("at.line") ??
    fields.get("at.lineNumber") ??
    (flow ? /\bline(?:Number)?["']?: *["']?(\d{1,9})/.exec(at)?.[1] : inline?.[2]) ??
    fields.get("line");
  if (file === undefined || line === undefined || !/^\d{1,9}$/.test(line)) return {};
  return { file: decodeText(file), line: Number(line) };
}

/** Reads a block whose lines have lost the indentation of the block. */
export function readDiagnostics(block: readonly string[]): Diagnostics {
  const fields = fieldsOf(block.slice(0, LINES).map((line) => line.slice(0, CHARS)));
  const pick = (...names: readonly string[]): string | undefined => {
    const value = names.map((name) => fields.get(name)).find((one) => one !== undefined);
    return value === undefined ? undefined : decodeText(value);
  };
  const message = pick("message", "error", "msg");
  const expected = pick("expected", "wanted", "data.expect", "data.expected");
  const actual = pick("actual", "found", "got", "data.got", "data.actual");
  const duration = pick("duration_ms", "duration");
  return {
    ...(message !== undefined && { message }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...placeOf(fields),
    ...(duration !== undefined &&
      /^\d{1,12}(?:\.\d{1,12})?$/.test(duration) && { durationMs: Number(duration) }),
  };
}
