/** What must not change a conclusion does not: every capture goes through every change. */
import test from "ava";
import fc from "fast-check";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { amount } from "../amount.js";
import { bytesOf, conclusions, read, readChunks, serialLogs } from "../reading.js";

/** One byte per character, so that a change of text is a change of bytes. */
const textOf = (name: string): string => bytesOf(name).toString("latin1");

const CHANGES: readonly (readonly [string, (text: string) => string])[] = [
  ["CRLF", (text) => text.replace(/\r?\n/g, "\r\n")],
  ["LF only", (text) => text.replace(/\r\n/g, "\n")],
  ["doubled CR", (text) => text.replace(/\r?\n/g, "\r\r\n")],
  ["a colour around each line", (text) => text.replace(/^(.*?)(\r?)$/gm, "\x1b[33m$1\x1b[0m$2")],
  [
    "cursor and title sequences",
    (text) => text.replace(/^/gm, "\x1b[2K\x1b[1G\x1b]0;title\x07\x1b]8;;http://x\x1b\\"),
  ],
  ["CI time stamps", (text) => text.replace(/^(?=.)/gm, "2026-11-23T10:11:12.1234567Z ")],
  ["time stamps with a zone", (text) => text.replace(/^(?=.)/gm, "2026-11-23 10:11:12,123+01:00 ")],
  ["tio's time stamps", (text) => text.replace(/^(?=.)/gm, "[12:00:01.001] ")],
  ["the prefix of docker compose", (text) => text.replace(/^(?=.)/gm, "guest-1  | ")],
  ["carriage returns as the only line end", (text) => text.replace(/\r?\n/g, "\r")],
  [
    "escapes made visible",
    (text) => text.replaceAll("\x1b[", "^[[").replaceAll("\0", "^@").replaceAll("\r\n", "^M\n"),
  ],
  ["escapes lost, their rest left", (text) => text.replaceAll("\x1b[", "[")],
  ["a NUL in front of each line and at its end", (text) => text.replace(/^(.*?)(\r?)$/gm, "\0$1\0$2")],
  ["a NUL between all words", (text) => text.replace(/ /g, "\0 \0")],
  ["empty lines", (text) => text.replace(/\n/g, "\n\r\n")],
  [
    "firmware in front",
    (text) => `\x1bc\x1b[?7l\x1b[2J\x1b[0mSeaBIOS (version 1.16.2)\r\nBooting from ROM..${text}`,
  ],
];

for (const name of serialLogs) {
  const expected = conclusions(read(bytesOf(name)));

  for (const [change, apply] of CHANGES) {
    test(`${name} with ${change}: same conclusions`, (t) => {
      t.deepEqual(conclusions(read(apply(textOf(name)))), expected);
    });
  }

  test(`${name} byte by byte, and in any chunks: same events`, (t) => {
    const bytes = bytesOf(name);
    const whole = readChunks([bytes]);
    t.deepEqual(readChunks(Array.from(bytes, (byte) => Uint8Array.of(byte))), whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 40 }), (sizes) => {
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) chunks.push(bytes.subarray(at, (at += size)));
        chunks.push(bytes.subarray(at));
        t.deepEqual(readChunks(chunks), whole);
      }),
      { numRuns: amount(10, 3) },
    );
  });

  test(`${name} keeps the promises of the event stream`, (t) => {
    const open: string[] = [];
    for (const event of readChunks([bytesOf(name)])) {
      t.deepEqual(JSON.parse(JSON.stringify(event)), event);
      if (event.type === "boot-started") open.push(event.boot);
      if (event.type === "suite-started") open.push(event.suite);
      if (event.type === "case-started") open.push(event.case);
      if (event.type === "case-finished") t.is(open.pop(), event.case);
      if (event.type === "suite-finished") t.is(open.pop(), event.suite);
      if (event.type === "boot-finished") t.is(open.pop(), event.boot);
    }
    t.deepEqual(open, []);
  });
}

for (const name of serialLogs) {
  test(`${name} without any escape: read the same, or not at all`, (t) => {
    const stripped = read(textOf(name).replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|c)/g, ""));
    const own = read(bytesOf(name));
    t.false(judge(own).verdict === "failed" && judge(stripped).verdict === "passed");
    const cases = (model: RunModel): readonly string[] =>
      conclusions(model).filter((line) => /^(?:case| )/.test(line));
    if (cases(stripped).length > 0) t.deepEqual(cases(stripped), cases(own));
    else t.true(stripped.faults.length > 0 || stripped.problems.some(({ grade }) => grade !== "note"));
  });
}
