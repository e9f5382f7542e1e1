/**
 * The colours of a console: they change no text and no result, and reach whoever shows the console.
 */
import test from "ava";
import fc from "fast-check";
import { reporter as html } from "../../reporters/html.js";
import { DEFAULT_CAPS } from "../../src/core/assemble/case.js";
import { paintedText } from "../../src/core/decode.js";
import type { Segment } from "../../src/core/segment.js";
import { segmentsOf } from "../../src/serial/segments.js";
import { generations } from "../console.js";
import { dataOf } from "../oracles/html.js";
import { read, readChunks } from "../reading.js";
import { render } from "../reporters/render.js";
import { cpuMs } from "../cpu.js";

const ESC = "\x1b";

const cut = (text: string): readonly Segment[] =>
  segmentsOf({ number: 1, byteOffset: 0, text, droppedBytes: 0, terminated: true });

const coloursIn = (text: string): unknown =>
  cut(text).map(({ body, colours }) => [
    body,
    ...(colours ?? []).map(({ at, codes }) => `${String(at)}:${codes}`),
  ]);

test("each piece of a line has the colours in force and those inside", (t) => {
  t.deepEqual(coloursIn("plain"), [["plain"]]);
  t.deepEqual(coloursIn(`a${ESC}[31mred${ESC}[0m b`), [["ared b", "1:31", "4:0"]]);
  t.deepEqual(coloursIn(`${ESC}[1m${ESC}[32mok${ESC}[m`), [["ok", "0:1", "0:32"]]);
  t.deepEqual(coloursIn(`${ESC}[0mnone${ESC}[0m`), [["none"]]);
  t.deepEqual(coloursIn(`${ESC}[2Knone${ESC}]0;x\x07`), [["none"]]);
  t.deepEqual(coloursIn(`\0x${ESC}[33my\0`), [["xy", "1:33"]]);
  t.deepEqual(coloursIn(`2026-01-02T03:04:05Z ${ESC}[35mx`), [["x", "0:35"]]);
});

test("a colour goes on into what another writer prints in the same line", (t) => {
  t.deepEqual(coloursIn(`app ${ESC}[36m[    0.100000] Warn: deep${ESC}[0m end`), [
    ["app "],
    ["deep end", "0:36", "4:0"],
  ]);
  t.deepEqual(coloursIn(`${ESC}[36m[    0.100000] Warn: ${ESC}[0mplain`), [["plain"]]);
});

test("colours never change a text", (t) => {
  const piece = fc.oneof(
    fc.constantFrom(`${ESC}[1;31m`, `${ESC}[38;5;7m`, `${ESC}[m`),
    fc.constantFrom("[    0.100000] Warn: ", "x", "test: ", "\xc3\xa9", "\t"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const plain = pieces.filter((one) => !one.startsWith(ESC)).join("");
      const segments = cut(pieces.join(""));
      t.is(
        segments.map(({ body }) => body).join("|"),
        cut(plain)
          .map(({ body }) => body)
          .join("|"),
      );
      for (const { body, colours = [] } of segments) {
        t.true(colours.every(({ at }) => at >= 0 && at <= body.length));
        const painted = paintedText({ body, colours }, 9999);
        if (painted !== undefined)
          t.is(painted.replaceAll(/\x1b\[[\d;]*m/g, ""), Buffer.from(body, "latin1").toString("utf8"));
      }
    }),
  );
});

test("a line with thousands of colours and writers takes no more than its length", (t) => {
  const line = (count: number): string => `${ESC}[31m${"[    0.100000] Warn: x\x1b[32my".repeat(count)}`;
  const timed = (count: number): number => {
    const text = line(count);
    const start = cpuMs();
    t.is(cut(text).length, count);
    return cpuMs() - start;
  };
  timed(1000);
  const ratios = [1, 2, 3].map(() => timed(16_000) / Math.max(timed(4_000), 0.5));
  t.true(Math.min(...ratios) < 9, ratios.join(", "));
});

const guest = generations["0.11-0.20 with time"];
const said = `${ESC}[1;33mwarm\xc3\xa9${ESC}[0m and plain`;
const log = [
  guest.header("s", "c"),
  `${said}\r\n`,
  "just plain\r\n",
  guest.passed("expected `1` to be true"),
].join("");

test("the console of a case keeps its colours beside its text, up to the page", async (t) => {
  const [one] = read(log).suites[0]?.cases ?? [];
  t.deepEqual(
    one?.output.map(({ text, painted }) => [text, painted]),
    [
      ["warm\u00e9 and plain", `${ESC}[1;33mwarm\u00e9${ESC}[0m and plain`],
      ["just plain", undefined],
    ],
  );
  const page = dataOf(await render(html, readChunks([Buffer.from(log, "latin1")])));
  t.deepEqual(page.suites[0]?.cases[0]?.output?.[0]?.spans, [["warm\u00e9", "b f3"], " and plain"]);
});

test("what is too long is kept without colours", (t) => {
  const caps = { ...DEFAULT_CAPS, textChars: 20 };
  const [one] = read(log, { caps }).suites[0]?.cases ?? [];
  t.is(one?.output[0]?.text, "warm\u00e9 and plain");
  t.is(one?.output[0]?.painted, undefined);
});
