/**
 * Line ends and wrappers: what is around the lines of a log goes, what the guest prints itself stays, however the bytes
 * come in.
 */
import test from "ava";
import { LineEnds } from "../../src/serial/line-ends.js";
import type { RawLine } from "../../src/serial/lines.js";
import { Unwrapper } from "../../src/serial/wrapper.js";

const rawLine = (text: string, index: number): RawLine => ({
  number: index + 1,
  byteOffset: 0,
  text,
  droppedBytes: 0,
  terminated: true,
});

function unwrap(lines: readonly string[]): readonly string[] {
  const unwrapper = new Unwrapper();
  const out = lines.flatMap((text, index) => unwrapper.line(rawLine(text, index)));
  return [...out, ...unwrapper.rest()].map(({ text }) => text);
}

const WRAPPED: readonly (readonly [string, string, string])[] = [
  ["tio", "[12:00:01.001] ", "[12:00:02.000] "],
  ["minicom", "[2024-03-05 12:00:01] ", "[2024-03-05 12:00:02] "],
  ["Jenkins", "[2024-03-05T12:00:01.001Z] ", "[2024-03-05T12:00:01.002Z] "],
  ["GitLab", "2024-03-05T12:00:01.000001Z 00O ", "2024-03-05T12:00:02.000001Z 00O+"],
  ["Kubernetes", "2024-03-05T12:00:01.000000001Z stdout F ", "2024-03-05T12:00:01.000000002Z stdout P "],
  ["ts", "Mar 05 12:00:01 ", "Mar  5 12:00:02 "],
  ["journald", "Mar 05 12:00:01 vm-1 console[7]: ", "Mar 05 12:00:02 vm-1 console[7]: "],
  ["compose", "guest-1  | ", "guest-1  | "],
  ["grabserial", "[3.000001 0.000001] ", "[3.100001 0.100000] "],
  ["epoch", "1709640001.123456 ", "1709640001.223456 "],
  [
    "compose in GitHub",
    "2024-03-05T12:00:01.0000001Z guest-1  | ",
    "2024-03-05T12:00:02.0000001Z guest-1  | ",
  ],
];

for (const [name, first, second] of WRAPPED)
  test(`${name}: in front of all lines it goes, also after a line without it`, (t) => {
    const lines = [`${first}one`, "", `${second}two`, "bare", `${first}three`];
    t.deepEqual(unwrap(lines), ["one", "", "two", "bare", "three"]);
    t.deepEqual(unwrap(["connected", ...lines]), ["connected", "one", "", "two", "bare", "three"]);
  });

test("a clock that some lines have is the application's", (t) => {
  const lines = [
    "boot",
    "[12:00:01.001] app: up",
    "more",
    "[12:00:01.002] app: on",
    "more",
    "a",
    "b",
    "c",
    "d",
  ];
  t.deepEqual(unwrap(lines), lines);
  t.deepEqual(unwrap(["[12:00:01.001] app: alone"]), ["[12:00:01.001] app: alone"]);
  const late = [...Array.from("abcdefgh"), "[12:00:01.001] x", "[12:00:01.002] y"];
  t.deepEqual(unwrap(late), late);
});

test("another service's lines keep their name", (t) => {
  t.deepEqual(unwrap(["vm | a", "vm | b", "db | c", "vm | d"]), ["a", "b", "db | c", "d"]);
});

function ends(chunks: readonly string[]): string {
  const lineEnds = new LineEnds();
  const out = chunks.map((chunk) =>
    Buffer.from(lineEnds.feed(Buffer.from(chunk, "latin1"))).toString("latin1"),
  );
  return out.join("") + Buffer.from(lineEnds.rest()).toString("latin1");
}

test("carriage returns alone become line feeds, beside line feeds they stay", (t) => {
  for (const [text, want] of [
    ["a\rb\rc\r", "a\nb\nc\n"],
    ["a\r\nb\rc\r\n", "a\r\nb\rc\r\n"],
    ["progress\r50%\r100%\ndone\n", "progress\r50%\r100%\ndone\n"],
    ["no end", "no end"],
    ["one\r", "one\r"],
    ["", ""],
  ] as const) {
    t.is(ends([text]), want);
    t.is(ends(Array.from(text)), want, "byte by byte");
  }
});

test("a long log without a line feed is decided by its first 64 KiB, whatever its pieces", (t) => {
  const long = "x".repeat(999) + "\r";
  const text = long.repeat(100);
  const want = text.replaceAll("\r", "\n");
  for (const size of [1000, 4096, 65_535, 65_536, 65_537, text.length]) {
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    t.is(ends(chunks), want);
  }
  const endless = "x".repeat(200_000);
  t.is(ends([endless, "\r\n"]), `${endless}\r\n`);
});
