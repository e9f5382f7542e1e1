import test from "ava";
import fc from "fast-check";
import { createRequire } from "node:module";
import { SaxesParser } from "saxes";
import type { Builder } from "junit-report-builder";
import { xmlAttribute, xmlText } from "../../src/text/xml.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";

const builder = createRequire(import.meta.url)("junit-report-builder") as Builder;

/** Writes a text as attribute and as content through the builder and reads both back. */
function roundTrip(attribute: string, content: string): { attribute: string; content: string } {
  const document = builder.newBuilder();
  const testCase = document.testCase().name(attribute).className("c");
  const build = testCase.build.bind(testCase);
  // Not standardOutput(): the builder's CDATA splits only the first `]]>` of a text.
  testCase.build = (parent) => {
    const element = build(parent);
    element.ele("system-out").txt(content);
    return element;
  };
  const seen = { attribute: "", content: "" };
  const parser = new SaxesParser();
  let depth = 0;
  parser.on("opentag", (tag) => {
    if (tag.name === "testcase") seen.attribute = tag.attributes["name"] ?? "";
    depth = tag.name === "system-out" ? 1 : 0;
  });
  const text = (part: string): void => {
    if (depth > 0) seen.content += part;
  };
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", () => (depth = 0));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(document.build()).close();
  return seen;
}

test("round trip through a real parser", (t) => {
  const check = (text: string): void => {
    const content = xmlText(text);
    const attribute = xmlAttribute(text);
    t.deepEqual(roundTrip(attribute, content), { attribute, content });
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check));
});

test("ordinary text is not touched", (t) => {
  t.is(xmlText('a < b && c ]]> "d"\n\te'), 'a < b && c ]]> "d"\n\te');
});

test("a guest attaches no file", (t) => {
  t.is(xmlText("[[ATTACHMENT|/etc/passwd]]"), "[[ATTACHMENT\\|/etc/passwd]]");
});
