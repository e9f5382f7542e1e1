import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { utf8Bytes } from "../../src/text/bytes.js";
import { digest } from "../../src/text/digest.js";
import { hostileText } from "../oracles/hostile.js";

test("a digest is 32 digits, the same for the same text, and another for another", (t) => {
  const texts = new Set<string>();
  for (let at = 0; at < amount(100_000, 10_000); at += 1)
    texts.add(`ubsan\0bounds\0lib/a.c\0index # out of bounds ${String(at)}`);
  const digests = new Set([...texts].map(digest));
  t.is(digests.size, texts.size);
  for (const one of digests) t.regex(one, /^[0-9a-f]{32}$/);
  t.is(digest("a"), digest("a"));
  t.is(new Set(["", "a", "b", "ab", "ba", "a\0", "\0a", "aa"].map(digest)).size, 8);
});

test("a digest never changes: baselines and scanners keep it", (t) => {
  t.is(digest("fault\0trap: read_from < parse"), "917496a3eb9f6543849504232bc77751");
});

test("bytes of UTF-8, as the encoder counts them", (t) => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      t.is(utf8Bytes(text), Buffer.byteLength(text));
    }),
    { numRuns: amount(3000, 500) },
  );
  for (const text of ["\ud83d\ude00\ud83d", "\ude00", "\u07ff\u0800", "\ud800a"])
    t.is(utf8Bytes(text), Buffer.byteLength(text));
});
