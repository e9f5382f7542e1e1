/** Frames of the GDB remote protocol: any bytes in any pieces, and lines that damage them. */
import test from "ava";
import fc from "fast-check";
import { escaped, expanded, frame, type Framed, frameReader, unescaped } from "../../src/rsp/framing.js";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const read = (...pieces: readonly Uint8Array[]): readonly Framed[] => {
  const reader = frameReader();
  return pieces.flatMap((piece) => reader.feed(piece));
};
const packet = (data: string): Framed => ({ kind: "packet", data });
const anyText = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all).toString("latin1"));

test("a frame holds its text and its sum", (t) => {
  t.deepEqual(frame("OK"), bytes("$OK#9a"));
  t.deepEqual(frame(""), bytes("$#00"));
  t.deepEqual(read(bytes("+$OK#9a-$#00\x03$OK#9A")), [
    { kind: "ack" },
    packet("OK"),
    { kind: "nak" },
    packet(""),
    { kind: "interrupt" },
    packet("OK"),
  ]);
});

test("any bytes come out as they went in, however they are cut", (t) => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 5 }), fc.array(fc.nat(400)), (texts, cuts) => {
      const line = Buffer.concat(texts.map((text) => frame(escaped(text))));
      const ends = [...new Set([0, ...cuts.map((cut) => cut % (line.length + 1)), line.length])].sort(
        (a, b) => a - b,
      );
      const pieces = ends.slice(1).map((end, at) => line.subarray(ends[at], end));
      const seen = read(...pieces).map((one) => (one.kind === "packet" ? unescaped(one.data) : one.kind));
      t.deepEqual(seen, texts);
    }),
  );
});

test("run lengths are written out", (t) => {
  t.is(expanded("0* "), "0000");
  t.is(expanded("a0*%b"), `a${"0".repeat(9)}b`);
  t.is(expanded("ab"), "ab");
  for (const bad of ["*a", "0*", "0*\x1d", "0*\x1f"]) t.is(expanded(bad), undefined, bad);
  t.is(expanded("0*~".repeat(20_000)), undefined);
});

test("noise is passed over, and what follows it is read", (t) => {
  t.deepEqual(read(bytes("\0\xffBooting...\r\n$OK#9a")), [packet("OK")]);
  t.deepEqual(read(bytes("$OK#9b$OK#zz$OK#9a")), [{ kind: "damaged" }, { kind: "damaged" }, packet("OK")]);
  t.deepEqual(read(bytes("$cut off$OK#9a")), [{ kind: "damaged" }, packet("OK")]);
  t.deepEqual(read(bytes("$a\x03b#c6")), [packet("a\x03b")]);
});

test("every byte of a frame that is lost or changed is noticed, and the next frame is read", (t) => {
  const line = frame(escaped("T05thread:01;#$}*"));
  const next = frame("OK");
  for (let at = 0; at < line.length; at += 1) {
    const changed = Buffer.from(line);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    for (const bad of [changed, Buffer.concat([line.subarray(0, at), line.subarray(at + 1)])]) {
      const seen = read(bad, next, next);
      t.false(
        seen.some(
          (one) => one.kind === "packet" && one.data !== "OK" && one.data !== escaped("T05thread:01;#$}*"),
        ),
        `byte ${String(at)}`,
      );
      t.deepEqual(seen.at(-1), packet("OK"), `byte ${String(at)}`);
    }
  }
});

test("a frame without an end takes no more memory than any packet", (t) => {
  const reader = frameReader();
  const piece = bytes("x".repeat(1 << 16));
  reader.feed(bytes("$"));
  const seen = Array.from({ length: 40 }, () => reader.feed(piece)).flat();
  t.deepEqual(seen, [{ kind: "damaged" }]);
  t.deepEqual(reader.feed(bytes("$OK#9a")), [packet("OK")]);
});
