/**
 * Reads Markdown as GitHub does: CommonMark with GitHub's extensions to HTML, by the parser that most tools share, and
 * that HTML to a tree by a strict reader. What is not well-formed throws.
 */
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { parseXml, type XmlNode } from "./xml.js";

/** The page as a tree; raw HTML of the text is part of it. */
export const readMarkdown = (markdown: string): XmlNode =>
  parseXml(
    `<page>${micromark(markdown, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    })}</page>`,
  );

/** Names of all elements in document order. */
export const elementsOf = (node: XmlNode): readonly string[] => [
  node.name,
  ...node.children.flatMap(elementsOf),
];

/** The text outside of code, and the text of each piece of code. */
export function textsOf(node: XmlNode): {
  readonly plain: readonly string[];
  readonly code: readonly string[];
} {
  const plain: string[] = [];
  const code: string[] = [];
  const walk = (one: XmlNode): void => {
    if (one.name === "code") code.push(one.text);
    else {
      if (one.text.trim() !== "") plain.push(one.text.trim());
      one.children.forEach(walk);
    }
  };
  walk(node);
  return { plain, code };
}
