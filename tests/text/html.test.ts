import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { htmlCode, htmlText } from "../../src/text/html.js";
import { visibleLine } from "../../src/text/visible.js";
import { defang } from "../../src/text/workflow.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { elementsOf, readMarkdown } from "../oracles/markdown.js";
import { parseXml } from "../oracles/xml.js";

const shown = (text: string): string => defang(visibleLine(text));

test("text and attribute come back from an XML parser", (t) => {
  const check = (text: string): void => {
    const node = parseXml(`<a b="${htmlText(text)}">${htmlText(text)}</a>`);
    t.is(node.text, shown(text));
    t.is(node.attributes["b"], shown(text));
    t.is(node.children.length, 0);
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check), { numRuns: amount(3000, 500) });
});

test("code in an HTML block of Markdown is one element with that text", (t) => {
  const check = (text: string): void => {
    const page = readMarkdown(`<p>${htmlCode(text)}</p>\n\nafter\n`);
    t.deepEqual(elementsOf(page), ["page", "p", "code", "p"]);
    t.is(page.children[0]?.children[0]?.text, shown(text));
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check), { numRuns: amount(1000, 166) });
});
