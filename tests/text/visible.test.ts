import test from "ava";
import fc from "fast-check";
import { ascii, visible, visibleLine } from "../../src/text/visible.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { isPlain } from "../oracles/terminal.js";

test("removes escape sequences and keeps their text", (t) => {
  t.is(visible("\x1b[31mred\x1b[0m \x9b1mbold"), "red bold");
  t.is(visible("\x1b]8;;http://e.example\x1b\\link\x1b]8;;\x07"), "link");
  t.is(visible("\x1bcreset \x1b(Bcharset"), "reset charset");
  t.is(visible("\x1bPq#0\x1b\\dcs"), "dcs");
});

test("an unfinished sequence swallows nothing after it", (t) => {
  t.is(visible("\x1b]8;;never closed\nnext"), "8;;never closed\nnext");
  t.is(visible("end\x1b"), "end\\x1b");
  t.is(visible("\x1b\x1b[0m[31mx"), "\\x1b[31mx");
});

test("spells what has no shape", (t) => {
  t.is(visible("\x00\x07\x7f\x85"), "\\x00\\x07\\x7f\\x85");
  t.is(visible("a\u202eb\u2066\ufeff\u200b"), "a\\u202eb\\u2066\\ufeff\\u200b");
  t.is(visible("\ud800x\udc00"), "\\ud800x\\udc00");
  t.is(visible("\u{e0041}"), "\\u{e0041}");
  t.is(visible("漢字 \u{1f600} é ⚠\ufe0f"), "漢字 \u{1f600} é ⚠\ufe0f");
});

test("line ends", (t) => {
  t.is(visible("a\r\nb\rc\nd\te"), "a\nb\nc\nd\te");
  t.is(visibleLine("a\r\nb\rc\td"), "a\\nb\\nc d");
});

test("ascii leaves no byte that an 8-bit terminal could obey", (t) => {
  t.is(ascii("é\u009b漢\u{1f600}"), "\\xe9\\x9b\\u6f22\\u{1f600}");
});

test("nothing invisible survives, once or twice", (t) => {
  t.true(isPlain(visible(EVERYTHING)));
  fc.assert(
    fc.property(hostileText(), (text) => {
      const seen = visible(text);
      t.true(isPlain(seen));
      t.is(visible(seen), seen);
      t.true(isPlain(visibleLine(text)) && !/[\n\t]/.test(visibleLine(text)));
    }),
  );
});

test("linear on a megabyte of openings", (t) => {
  for (const opening of ["\x1b", "\x1b[", "\x1b]", "\x9d", "\x9b;", "\x1bP\x1b", "\r"]) {
    t.true(isPlain(visible(opening.repeat(500_000))));
  }
});
