/**
 * A trace as the record of a run keeps it: one JSON document a line, the first of them about the boot, the others one
 * event each. It comes from a file, so every line is checked before anything believes it.
 */
import * as v from "valibot";
import { RigError } from "../core/errors.js";
import type { Trace, TraceRecord } from "../image/tracepoints.js";

/** Version of the file. */
const SCHEMA = "uktest-trace/1";
export const TRACE_MEDIA_TYPE = "application/x-ndjson";

/** A trace, and the boot that it is of. */
export interface KeptTrace {
  /** Id of the boot in the events of its run. */
  readonly boot: string;
  /** As the boot's source there. */
  readonly source: string;
  readonly architecture: string;
  /** The case that ran when the guest died, as `suite.case`. */
  readonly died?: string;
  readonly trace: Trace;
}

const text = v.string();
const digits = v.pipe(text, v.regex(/^-?\d{1,80}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const head = v.strictObject({
  schema: v.literal(SCHEMA),
  // It becomes the name of a folder.
  boot: v.pipe(text, v.regex(/^\w[\w.-]{0,79}$/)),
  source: text,
  architecture: text,
  died: v.exactOptional(text),
  lost: digits,
  isFull: v.boolean(),
  damage: v.exactOptional(text),
  definitions: v.array(
    v.strictObject({
      name: text,
      format: text,
      // A size is a byte in the guest; a writer makes so many of a number.
      arguments: v.array(
        v.strictObject({
          kind: v.picklist(["signed", "unsigned", "text"]),
          bytes: v.pipe(count, v.maxValue(255)),
        }),
      ),
    }),
  ),
});

/** Time, index of the definition or null, values: numbers as digits, since JSON has none of 64 bits. */
const record = v.tuple([digits, v.nullable(count), v.array(text)]);

/** The lines of a trace, each with its line feed. */
export function traceLines({ boot, source, architecture, died, trace }: KeptTrace): string {
  const { definitions, lost, isFull, damage, records } = trace;
  const first = {
    ...{ schema: SCHEMA, boot, source, architecture, lost: String(lost), isFull },
    ...(died !== undefined && { died }),
    ...(damage !== undefined && { damage }),
    definitions,
  };
  const rest = records.map(({ timeNs, definition, values }) => [
    String(timeNs),
    definition ?? null,
    values.map(String),
  ]);
  return [first, ...rest].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/**
 * Reads the lines of a trace.
 * @param name of the file, for messages
 * @throws RigError for what is no trace, or one that is damaged
 */
export function readTrace(content: string, name: string): KeptTrace {
  const [first = "", ...rest] = content.split("\n");
  const { schema: _, boot, source, architecture, died, lost, ...more } = checked(head, first, name, 1);
  const lines = rest.at(-1) === "" ? rest.slice(0, -1) : rest;
  const records = lines.map((line, index): TraceRecord => {
    const [time, definition, values] = checked(record, line, name, index + 2);
    const kinds = definition === null ? [] : (more.definitions[definition]?.arguments ?? []);
    if (definition !== null && (more.definitions[definition] === undefined || values.length !== kinds.length))
      throw damaged(name, index + 2);
    return {
      timeNs: BigInt(time),
      definition: definition ?? undefined,
      values: values.map((value, nth) =>
        kinds[nth]?.kind === "text" ? value : BigInt(checkedDigits(value, name, index + 2)),
      ),
    };
  });
  const trace = { ...more, lost: BigInt(lost), records };
  return { boot, source, architecture, ...(died !== undefined && { died }), trace };
}

const damaged = (name: string, line: number): RigError =>
  new RigError(`${name}: line ${String(line)} is not one of a trace`, "it is written by uktest run --trace");

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  line: string,
  name: string,
  number: number,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw damaged(name, number);
  }
  const result = v.safeParse(schema, value);
  if (!result.success) throw damaged(name, number);
  return result.output;
}

function checkedDigits(value: string, name: string, line: number): string {
  if (!/^-?\d{1,700}$/.test(value)) throw damaged(name, line);
  return value;
}
