/**
 * A trace in the Common Trace Format 1.8 (diamon.org/ctf): a text that describes the events, and a stream of one packet. All
 * fields stand on whole bytes, little endian, whatever the guest's architecture was.
 */
import { baseIn } from "../image/trace-format.js";
import type { TraceArgument, TraceRecord, TracepointDefinition } from "../image/tracepoints.js";
import { casesOf } from "./cases.js";
import type { KeptTrace } from "./kept.js";
import { forwards } from "./times.js";

const MAGIC = 0xc1fc1fc1;
const HEAD_BYTES = 4 + 4 + 5 * 8;
const INTEGERS: readonly number[] = [1, 2, 4, 8];
const ENCODER = new TextEncoder();

export interface CtfFiles {
  readonly metadata: string;
  readonly stream: Uint8Array;
}

/** The two files of a trace. */
export const ctfOf = (kept: KeptTrace): CtfFiles => ({
  metadata: metadataOf(kept),
  stream: streamOf(kept),
});

const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[^\x20-\x7e]/g, "?")}"`;

function fieldOf({ kind, bytes }: TraceArgument, nth: number, format: string): string {
  const name = `arg${String(nth + 1)}`;
  if (kind === "text") return `string { encoding = UTF8; } ${name};`;
  if (!INTEGERS.includes(bytes))
    return `integer { size = 8; align = 8; signed = false; base = 16; } ${name}[${String(bytes)}];`;
  const base = baseIn(format)[nth] ?? 10;
  const size = String(8 * bytes);
  return `integer { size = ${size}; align = 8; signed = ${String(kind === "signed")}; base = ${String(base)}; } ${name};`;
}

function eventOf({ name, format, arguments: all }: TracepointDefinition, id: number): string {
  const fields = all.map((argument, nth) => `\t\t${fieldOf(argument, nth, format)}\n`).join("");
  const body = `\tfields := struct {\n${fields}\t};\n`;
  return `event {\n\tname = ${quoted(name)};\n\tid = ${String(id)};\n\tstream_id = 0;\n${body}};\n\n`;
}

const UNKNOWN: TracepointDefinition = { name: "(unknown)", format: "", arguments: [] };

function metadataOf({ boot, source, architecture, trace }: KeptTrace): string {
  const integer = (bits: number, name: string): string =>
    `typealias integer { size = ${String(bits)}; align = 8; signed = false; } := ${name};\n`;
  return `/* CTF 1.8 */

${integer(8, "uint8_t")}${integer(32, "uint32_t")}${integer(64, "uint64_t")}
trace {
	major = 1;
	minor = 8;
	byte_order = le;
	packet.header := struct {
		uint32_t magic;
		uint32_t stream_id;
	};
};

env {
	tracer_name = "uktest";
	boot = ${quoted(boot)};
	source = ${quoted(source)};
	architecture = ${quoted(architecture)};
};

clock {
	name = "guest";
	description = "nanoseconds since the boot of the guest";
	freq = 1000000000;
};

typealias integer { size = 64; align = 8; signed = false; map = clock.guest.value; } := guest_time_t;

stream {
	id = 0;
	packet.context := struct {
		guest_time_t timestamp_begin;
		guest_time_t timestamp_end;
		uint64_t content_size;
		uint64_t packet_size;
		uint64_t events_discarded;
	};
	event.header := struct {
		uint32_t id;
		guest_time_t timestamp;
	};
	event.context := struct {
		string { encoding = UTF8; } case;
	};
};

${[...trace.definitions, UNKNOWN].map(eventOf).join("")}`;
}

const littleEndian = (value: bigint, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, nth) => Number((value >> BigInt(8 * nth)) & 0xffn));

/** A text ends with a NUL there, and so holds none. */
const textBytes = (text: string): readonly number[] => [...ENCODER.encode(text.replaceAll("\0", "␀")), 0];

function fieldsOf({ values }: TraceRecord, { arguments: all }: TracepointDefinition): readonly number[] {
  return all.flatMap(({ kind, bytes }, nth) => {
    const value = values[nth];
    if (kind === "text") return textBytes(String(value ?? ""));
    return littleEndian(typeof value === "bigint" ? value : 0n, bytes);
  });
}

function streamOf({ trace, died }: KeptTrace): Uint8Array {
  const { definitions, records, lost } = trace;
  const times = forwards(records);
  const cases = casesOf(trace, died);
  const events = records.map((record, index) => {
    const id = record.definition ?? definitions.length;
    const definition = definitions[id] ?? UNKNOWN;
    return Uint8Array.from([
      ...littleEndian(BigInt(id), 4),
      ...littleEndian(times[index] ?? 0n, 8),
      ...textBytes(cases[index] ?? ""),
      ...fieldsOf(record, definition),
    ]);
  });
  const bytes = HEAD_BYTES + events.reduce((sum, event) => sum + event.length, 0);
  const bits = BigInt(8 * bytes);
  const stream = new Uint8Array(bytes);
  stream.set([
    ...littleEndian(BigInt(MAGIC), 4),
    ...littleEndian(0n, 4),
    ...[times[0] ?? 0n, times.at(-1) ?? 0n, bits, bits, lost].flatMap((value) => littleEndian(value, 8)),
  ]);
  let at = HEAD_BYTES;
  for (const event of events) {
    stream.set(event, at);
    at += event.length;
  }
  return stream;
}
