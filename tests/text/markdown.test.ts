import test from "ava";
import fc from "fast-check";
import { markdownBlock, markdownText } from "../../src/text/markdown.js";
import { visible, visibleLine } from "../../src/text/visible.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";

const unescape = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The lines of a fenced block as CommonMark 4.5 delimits it, and what stands after it. */
function readBlock(markdown: string): { body: string; rest: string } {
  const lines = markdown.split("\n");
  const fence = /^`{3,}/.exec(lines[0] ?? "")?.[0] ?? "";
  const end = lines.findIndex(
    (line, at) => at > 0 && new RegExp(`^ {0,3}\`{${fence.length},}[ \\t]*$`).test(line),
  );
  return { body: lines.slice(1, end).join("\n"), rest: lines.slice(end + 1).join("\n") };
}

test("text keeps no punctuation that could be structure", (t) => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const escaped = markdownText(text);
      t.notRegex(escaped, /^\s|\n/);
      t.notRegex(escaped.replace(/&#\d+;/g, ""), /[!-/:-@[-`{-~]/);
      t.is(unescape(escaped), visibleLine(text).trim());
    }),
  );
});

test("a block ends where we end it", (t) => {
  const check = (text: string): void => {
    const body = visible(text).replace(/\n$/, "");
    t.deepEqual(readBlock(markdownBlock(text, "text")), { body, rest: "" });
  };
  check(EVERYTHING);
  check("````\n```");
  fc.assert(fc.property(hostileText(), check));
});
