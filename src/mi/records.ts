/**
 * The lines that gdb prints under `-i=mi3`, as records. It reads one line at a time and sends nothing. Whatever a line holds is
 * a record: what is none of MI's is kept as text.
 *
 * Own code, since what there is on npm for MI are whole adapters with processes of their own, and the syntax is five rules.
 * Source: GDB manual, "GDB/MI Output Syntax".
 */
import { textIn } from "./text.js";

/** A constant, a list or a tuple. A list of named results, as `stack=[frame={…},frame={…}]`, has their values. */
export type MiValue = string | readonly MiValue[] | MiTuple;
export interface MiTuple {
  readonly [name: string]: MiValue;
}

export type MiRecord =
  /** The answer to a command: its number, `done`, `running`, `connected`, `error` or `exit`, and what was asked for. */
  | { readonly kind: "result"; readonly token?: number; readonly name: string; readonly values: MiTuple }
  /** What happens besides: `stopped` and `running` of the target (`exec`), changes that are not the caller's (`notify`). */
  | { readonly kind: "exec" | "status" | "notify"; readonly name: string; readonly values: MiTuple }
  /** Text of gdb's console, of the target, and of gdb's own log. */
  | { readonly kind: "console" | "target" | "log"; readonly text: string }
  | { readonly kind: "prompt" }
  | { readonly kind: "other"; readonly text: string };

const ASYNC = { "*": "exec", "+": "status", "=": "notify" } as const;
const STREAM = { "~": "console", "@": "target", "&": "log" } as const;

/** Where a value ends, and the value; undefined where there is none. */
type Read<T> = { readonly value: T; readonly end: number } | undefined;

/** Deeper than any structure of C that is looked at: a line of brackets is none. */
const MOST_DEPTH = 200;

function valueAt(line: string, at: number, depth: number): Read<MiValue> {
  if (depth > MOST_DEPTH) return undefined;
  const first = line[at];
  if (first === '"') return textIn(line, at);
  if (first === "{") return tupleAt(line, at, depth);
  return first === "[" ? listAt(line, at, depth) : undefined;
}

const NAME = /[A-Za-z_][\w-]*=/y;

/** `name=value`. */
function namedAt(line: string, at: number, depth: number): Read<readonly [name: string, value: MiValue]> {
  NAME.lastIndex = at;
  const name = NAME.exec(line)?.[0];
  const read = name === undefined ? undefined : valueAt(line, at + name.length, depth);
  return name === undefined || read === undefined
    ? undefined
    : { value: [name.slice(0, -1), read.value], end: read.end };
}

/** Items with commas between them, up to a closing bracket; `at` is after the opening one. */
function itemsAt<T>(
  line: string,
  at: number,
  close: string,
  itemAt: (at: number) => Read<T>,
): Read<readonly T[]> {
  const items: T[] = [];
  let next = at;
  if (line[next] === close) return { value: items, end: next + 1 };
  for (;;) {
    const item = itemAt(next);
    if (item === undefined) return undefined;
    items.push(item.value);
    next = item.end + 1;
    if (line[item.end] === close) return { value: items, end: next };
    if (line[item.end] !== ",") return undefined;
  }
}

/** A tuple of names; of a name that comes twice the first counts, since older ones of a breakpoint follow it. */
const tupleOf = (items: readonly (readonly [string, MiValue])[]): MiTuple =>
  Object.fromEntries([...items].reverse());

function tupleAt(line: string, at: number, depth: number): Read<MiTuple> {
  const items = itemsAt(line, at + 1, "}", (one) => namedAt(line, one, depth + 1));
  return items === undefined ? undefined : { value: tupleOf(items.value), end: items.end };
}

const listAt = (line: string, at: number, depth: number): Read<readonly MiValue[]> =>
  itemsAt(line, at + 1, "]", (one) => {
    const named = namedAt(line, one, depth + 1);
    return named === undefined ? valueAt(line, one, depth + 1) : { value: named.value[1], end: named.end };
  });

/** `,name=value` up to the end of the line. */
function resultsAt(line: string, at: number): MiTuple | undefined {
  const items: (readonly [string, MiValue])[] = [];
  for (let next = at; next < line.length;) {
    const item = line[next] === "," ? namedAt(line, next + 1, 0) : undefined;
    if (item === undefined) return undefined;
    items.push(item.value);
    next = item.end;
  }
  return tupleOf(items);
}

/** One line of gdb, without its end. */
export function recordOf(line: string): MiRecord {
  const other = { kind: "other", text: line } as const;
  if (/^\(gdb\) ?$/.test(line)) return { kind: "prompt" };
  const stream = STREAM[line[0] as keyof typeof STREAM] as (typeof STREAM)["~"] | undefined;
  if (stream !== undefined) {
    const text = textIn(line, 1);
    return text?.end === line.length ? { kind: stream, text: text.value } : other;
  }
  const head = /^(\d*)([\^*+=])([\w-]+)/.exec(line);
  if (head === null) return other;
  const [all, token = "", sign = "", name = ""] = head;
  const values = resultsAt(line, all.length);
  if (values === undefined) return other;
  if (sign === "^") return { kind: "result", ...(token !== "" && { token: Number(token) }), name, values };
  return { kind: ASYNC[sign as keyof typeof ASYNC], name, values };
}
