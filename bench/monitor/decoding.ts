/** Traces of a given size, as a guest of 64 bits keeps them, for measuring how fast they are decoded. */
import { decodeTrace, type KnownTracepoint, type TraceLayout } from "../../src/image/tracepoints.js";

const BASE = 0x200000n;
const MAGIC = 0x64685254;
const HEAD_BYTES = 24;

const POINTS: readonly KnownTracepoint[] = [
  {
    name: "opened",
    format: '"%s" 0x%x',
    arguments: [
      { kind: "text", bytes: 8 },
      { kind: "unsigned", bytes: 4 },
    ],
    cookie: 0n,
  },
  {
    name: "wrote",
    format: "%p %ld",
    arguments: [
      { kind: "unsigned", bytes: 8 },
      { kind: "signed", bytes: 8 },
    ],
    cookie: 32n,
  },
];

const LAYOUT: TraceLayout = { known: POINTS, word: 8, base: BASE };

/** One record of each tracepoint. */
function recordsAt(timeNs: bigint): readonly Buffer[] {
  const path = Buffer.from("/var/lib/some.file");
  const opened = Buffer.concat([Buffer.of(path.length), path, Buffer.alloc(4)]);
  return [opened, Buffer.alloc(16)].map((body, nth) => {
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(MAGIC, 0);
    head.writeUInt32LE(body.length, 4);
    head.writeBigUInt64LE(timeNs + BigInt(nth), 8);
    head.writeBigUInt64LE(POINTS[nth]?.cookie ?? 0n, 16);
    return Buffer.concat([head, body]);
  });
}

/** A full buffer of about so many bytes. */
export function traceOf(bytes: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let time = 0n; length < bytes; time += 2n)
    for (const one of recordsAt(time)) {
      pieces.push(one);
      length += one.length;
    }
  const word = (value: bigint): Buffer => {
    const all = Buffer.alloc(8);
    all.writeBigUInt64LE(value);
    return all;
  };
  return [word(BASE + BigInt(length)), word(0n), Buffer.concat(pieces)];
}

/** Decodes it. @returns the number of events */
export function decoded(pieces: readonly Buffer[]): number {
  const trace = decodeTrace(LAYOUT, pieces, false);
  if (trace?.damage !== undefined) throw new Error(trace.damage);
  return trace?.records.length ?? 0;
}
