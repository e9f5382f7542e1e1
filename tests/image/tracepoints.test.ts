import test from "ava";
import fc from "fast-check";
import { cpuMs } from "../cpu.js";
import { decodeTrace, definitionsIn, type Trace, type TraceLayout } from "../../src/image/tracepoints.js";
import { baseIn, formatted, isSignedIn } from "../../src/image/trace-format.js";

/** Of a run of all damages below. */
const LIMIT_MS = 20_000;

const BUFFER_BYTES = 1024;
const BASE = 0x10_0000n;
const DEFINITION_MAGIC = 0x65645054;
const RECORD_MAGIC = 0x64685254;

interface Made {
  readonly name: string;
  readonly format: string;
  /** Bytes of each argument; 0 for a text. */
  readonly sizes: readonly number[];
}

/** A section as a compiler leaves it: each definition at the next multiple of `spacing`. */
function sectionOf(all: readonly Made[], spacing: number, word: number): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { name, format, sizes } of all) {
    const texts = Buffer.from(`${name}\0${format}\0`);
    const plain = 19 + 2 * sizes.length + texts.length;
    const bytes = Math.ceil(plain / word) * word;
    const one = Buffer.alloc(Math.ceil(bytes / spacing) * spacing);
    one.writeUInt32LE(DEFINITION_MAGIC, 0);
    one.writeUInt32LE(bytes, 4);
    one.writeBigUInt64LE(BigInt(at), 8);
    one.set([sizes.length, Buffer.byteLength(name) + 1, Buffer.byteLength(format) + 1], 16);
    one.set(
      [...sizes.map((size) => (size === 0 ? word : size)), ...sizes.map((size) => Number(size === 0))],
      19,
    );
    one.set(texts, 19 + 2 * sizes.length);
    pieces.push(one);
    at += one.length;
  }
  return Buffer.concat(pieces);
}

const DEFINITIONS: readonly Made[] = [
  { name: "trace_first", format: "", sizes: [] },
  { name: "trace_number", format: "%d", sizes: [4] },
  { name: "trace_open", format: '"%s" 0x%x', sizes: [0, 4] },
  { name: "trace_all", format: "%hhd %u %ld %p %i %x", sizes: [1, 2, 8, 8, 4, 4, 2] },
];

const SHAPES = [
  { name: "x86_64", word: 8, spacing: 32 },
  { name: "arm64", word: 8, spacing: 8 },
  { name: "i386", word: 4, spacing: 32 },
  { name: "i386 of clang", word: 4, spacing: 4 },
] as const;
type Shape = (typeof SHAPES)[number];

const layoutOf = ({ word, spacing }: Shape): TraceLayout => ({
  known: definitionsIn(sectionOf(DEFINITIONS, spacing, word)),
  word,
  base: BASE,
});

function recordOf(
  { known, word }: TraceLayout,
  name: string,
  timeNs: bigint,
  values: readonly (readonly [value: bigint, bytes: number] | string)[],
): Buffer {
  const args = values.map((value) => {
    if (typeof value === "string")
      return Buffer.concat([Buffer.of(Buffer.byteLength(value)), Buffer.from(value)]);
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value[0]));
    return bytes.subarray(0, value[1]);
  });
  const body = Buffer.concat(args);
  const head = Buffer.alloc(24);
  head.writeUInt32LE(RECORD_MAGIC, 0);
  head.writeUInt32LE(body.length, 4);
  head.writeBigUInt64LE(timeNs, 8);
  head.writeBigUInt64LE(known.find((one) => one.name === name)?.cookie ?? 0xdeadn, 16);
  return Buffer.concat([head.subarray(0, 16 + word), body]);
}

interface Ring {
  readonly keeps: number;
  readonly oldest: number;
  readonly end: number;
  readonly lost: bigint;
}

/** What a guest keeps: the pieces that `decodeTrace` wants. */
function memoryOf(layout: TraceLayout, content: Buffer, next: number, free: number, ring?: Ring): Buffer[] {
  const word = (value: bigint): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return bytes.subarray(0, layout.word);
  };
  const buffer = Buffer.alloc(BUFFER_BYTES);
  content.copy(buffer);
  const pieces = [word(BASE + BigInt(next)), word(BigInt(free)), buffer];
  if (ring === undefined) return pieces;
  const bytes = Buffer.alloc(24);
  [ring.keeps, ring.oldest, ring.end].forEach((value, nth) => bytes.writeUInt32LE(value, 4 * nth));
  bytes.writeBigUInt64LE(ring.lost, 16);
  return [...pieces, bytes];
}

const linesOf = ({ definitions, records }: Trace): readonly string[] =>
  records.map(({ timeNs, definition, values }) => {
    const known = definition === undefined ? undefined : definitions[definition];
    return `${String(timeNs)} ${known?.name ?? "?"} ${known === undefined ? "" : formatted(known.format, values)}`.trim();
  });

/** Records that a buffer of the test holds, with all kinds of arguments. */
const someRecords = (layout: TraceLayout): readonly Buffer[] => [
  recordOf(layout, "trace_first", 1n, []),
  recordOf(layout, "trace_number", 2n, [[-42n, 4]]),
  recordOf(layout, "trace_open", 3n, ["/etc/motd", [66n, 4]]),
  recordOf(layout, "trace_all", 4n, [
    [-1n, 1],
    [65_534n, 2],
    [-2n, 8],
    [0x1000n, 8],
    [-7n, 4],
    [255n, 4],
    [9n, 2],
  ]),
];

const EXPECTED = [
  "1 trace_first",
  "2 trace_number -42",
  '3 trace_open "/etc/motd" 0x42',
  "4 trace_all -1 65534 -2 0x1000 -7 ff 9",
];

for (const shape of SHAPES) {
  const layout = layoutOf(shape);
  const whole = Buffer.concat(someRecords(layout));

  test(`${shape.name}: definitions wherever the linker puts them, records as they were written`, (t) => {
    t.deepEqual(
      layout.known.map(({ name }) => name),
      DEFINITIONS.map(({ name }) => name),
    );
    t.is(layout.known[0]?.cookie, 0n);
    const trace = decodeTrace(layout, memoryOf(layout, whole, whole.length, 100), false);
    t.deepEqual(linesOf(trace ?? t.fail()), EXPECTED);
    t.like(trace, { lost: 0n, isFull: false, damage: undefined });
  });

  test(`${shape.name}: a full buffer, as Unikraft leaves it`, (t) => {
    const trace = decodeTrace(layout, memoryOf(layout, whole, whole.length, 0), false);
    t.like(trace, { isFull: true });
    t.is(trace?.records.length, 4);
    // One byte less than a record begins with: Unikraft notes no further one, and counts none.
    const [most, head] = [16 + layout.word - 1, 16 + layout.word];
    const full = (free: number, ring?: Ring) =>
      decodeTrace(layout, memoryOf(layout, whole, whole.length, free, ring), ring !== undefined)?.isFull;
    t.deepEqual([full(most), full(head)], [true, false]);
    // The kit says so itself.
    const first = { keeps: 1, oldest: 0, end: 0, lost: 0n };
    t.deepEqual([full(most, first), full(0, first)], [false, true]);
  });

  test(`${shape.name}: a ring holds the lap before, then this one`, (t) => {
    const [first = whole, ...later] = someRecords(layout);
    const gap = Buffer.alloc(10, 0xa5);
    const content = Buffer.concat([...later, gap, first]);
    const next = content.length - first.length - gap.length;
    const ring = { keeps: 0, oldest: next + gap.length, end: content.length, lost: 3n };
    const trace = decodeTrace(layout, memoryOf(layout, content, next, 1024 - next, ring), true);
    t.deepEqual(linesOf(trace ?? t.fail()), EXPECTED);
    t.like(trace, { lost: 3n, isFull: false, damage: undefined });
    // The guest stopped while it began a lap: what the ring says is not yet true.
    const early = decodeTrace(layout, memoryOf(layout, content, next, 9, { ...ring, oldest: 0 }), true);
    t.is(early?.records.length, 3);
  });

  test(`${shape.name}: a record without its magic was being written`, (t) => {
    const content = Buffer.from(whole);
    content.writeUInt32LE(0, whole.length - (someRecords(layout).at(-1)?.length ?? 0));
    const trace = decodeTrace(layout, memoryOf(layout, content, whole.length, 9), false);
    t.is(trace?.records.length, 3);
    t.is(trace?.damage, "bytes in the buffer are no record");
  });

  test(`${shape.name}: an unknown cookie, or arguments that do not fit, hide no other record`, (t) => {
    const stray = recordOf(layout, "nothing", 5n, [[1n, 4]]);
    const short = recordOf(layout, "trace_open", 6n, ["text"]);
    const content = Buffer.concat([stray, short, whole]);
    const trace = decodeTrace(layout, memoryOf(layout, content, content.length, 9), false);
    t.deepEqual(linesOf(trace ?? t.fail()), ["5 ?", "6 ?", ...EXPECTED]);
  });

  test(`${shape.name}: memory cut anywhere is what is left of it`, (t) => {
    const pieces = memoryOf(layout, whole, whole.length, 9);
    for (let bytes = 0; bytes < whole.length; bytes += 1) {
      const cut = pieces.map((piece, nth) => (nth === 2 ? piece.subarray(0, bytes) : piece));
      const lines = linesOf(decodeTrace(layout, cut, false) ?? t.fail());
      t.deepEqual(lines, EXPECTED.slice(0, lines.length));
    }
    t.is(decodeTrace(layout, [undefined, pieces[1], pieces[2]], false), undefined);
    t.is(decodeTrace(layout, [pieces[0]?.subarray(1), pieces[1], pieces[2]], false), undefined);
  });
}

const changes = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    value: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
  }),
  { minLength: 1, maxLength: 16 },
);

test("damaged memory is data: records in bounds, whatever was overwritten", (t) => {
  const startMs = cpuMs();
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES), fc.integer({ min: 0, max: 3 }), changes, (shape, which, all) => {
      const layout = layoutOf(shape);
      const whole = Buffer.concat([...someRecords(layout), ...someRecords(layout)]);
      const ring = { keeps: 0, oldest: whole.length / 2, end: whole.length, lost: 1n };
      const pieces = memoryOf(layout, whole, whole.length / 2, 9, ring);
      const piece = pieces[which] ?? Buffer.alloc(0);
      for (const { place, value } of all) piece[Math.floor(place * piece.length)] = value;
      const trace = decodeTrace(layout, pieces, true);
      t.true((trace?.records.length ?? 0) <= (2 * BUFFER_BYTES) / 20);
      linesOf(trace ?? t.fail());
    }),
    { numRuns: 2000 },
  );
  t.true(cpuMs() - startMs < LIMIT_MS);
});

test("a damaged section is what is left of it", (t) => {
  const section = sectionOf(DEFINITIONS, 32, 8);
  for (let bytes = 0; bytes < section.length; bytes += 1)
    t.true(definitionsIn(section.subarray(0, bytes)).length <= DEFINITIONS.length);
  fc.assert(
    fc.property(changes, (all) => {
      const copy = Buffer.from(section);
      for (const { place, value } of all) copy[Math.floor(place * copy.length)] = value;
      t.true(definitionsIn(copy).length <= section.length / 19);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      t.true(definitionsIn(Buffer.from(bytes)).length <= bytes.length / 19);
    }),
  );
});

test("formats are C's, and any other text is itself", (t) => {
  t.is(
    formatted("%5d|%-5d|%05d|%x|%#x|%X", [-1n, -1n, -1n, 255n, 255n, 255n]),
    "   -1|-1   |-0001|ff|0xff|FF",
  );
  t.is(
    formatted("%s %.2s %c 100%% %lu", ["a", "bcd", 65n, 18446744073709551615n]),
    "a bc A 100% 18446744073709551615",
  );
  t.is(formatted("none", [1n, "x"]), 'none 1 "x"');
  t.is(formatted("%d %d", [1n]), "1 %d");
  t.is(formatted("%d", ["text"]), "text");
  t.is(formatted("%s", [7n]), "7");
  t.is(formatted("%", []), "%");
  t.is(formatted("%9999d", [7n]).length, 200);
  t.is(formatted("0%o 0x%p", [8n, 16n]), "010 0x0x10");
  t.deepEqual(isSignedIn("%d %u %% %li %s"), [true, false, true, false]);
  t.deepEqual(baseIn("%d %x %p %o"), [10, 16, 16, 8]);
  fc.assert(
    fc.property(fc.string(), fc.array(fc.oneof(fc.bigInt(), fc.string())), (format, values) => {
      t.is(typeof formatted(format, values), "string");
    }),
  );
});
