/**
 * Reads a page as a browser would, with the parser of the HTML standard, and tells what of it is markup, code and data.
 */
import { createHash } from "node:crypto";
import { type DefaultTreeAdapterTypes, html, parse } from "parse5";
import type { PageData } from "../../reporters/html/data.js";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: Node): node is Element => "tagName" in node;
const childrenOf = (node: Node): readonly Node[] => ("childNodes" in node ? node.childNodes : []);

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

/** All elements, in order. What stands in `<noscript>` is read as markup: that is how a browser without scripts reads it. */
export function elementsOf(text: string): readonly Element[] {
  const errors: string[] = [];
  const document = parse(text, {
    scriptingEnabled: false,
    onParseError: ({ code, startLine }) => errors.push(`${code} at line ${String(startLine)}`),
  });
  if (errors.length > 0) throw new Error(errors.join("; "));
  const all: Element[] = [];
  const walk = (node: Node): void => {
    if (isElement(node)) all.push(node);
    childrenOf(node).forEach(walk);
  };
  walk(document);
  return all;
}

/** The text in an element and below it. */
export const textIn = (node: Node): string =>
  "value" in node ? node.value : childrenOf(node).map(textIn).join("");

export const named = (all: readonly Element[], tagName: string): readonly Element[] =>
  all.filter((element) => element.tagName === tagName);

/** The data of a page. */
export function dataOf(text: string): PageData {
  const [data] = named(elementsOf(text), "script");
  return JSON.parse(data === undefined ? "" : textIn(data)) as PageData;
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What the policy of a page allows beside nothing, and what the page holds of it. */
export function policyOf(text: string): {
  readonly policy: ReadonlyMap<string, string>;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
} {
  const all = elementsOf(text);
  const meta = named(all, "meta").find((one) => attributeOf(one, "http-equiv") === "Content-Security-Policy");
  const words = (meta === undefined ? "" : (attributeOf(meta, "content") ?? "")).split("; ");
  return {
    policy: new Map(words.map((word) => [word.split(" ")[0] ?? "", word.split(" ").slice(1).join(" ")])),
    scripts: named(all, "script")
      .filter((one) => attributeOf(one, "type") !== "application/json")
      .map((one) => hashOf(textIn(one))),
    styles: named(all, "style").map((one) => hashOf(textIn(one))),
  };
}

/** Everything in a page that the run may not change by what it says: elements with their attributes, and code. */
export function shapeOfPage(text: string): unknown {
  const all = elementsOf(text);
  const { suites, findings, faults, problems, boots } = dataOf(text);
  const attributes = (element: Element): readonly string[] =>
    element.attrs.map(({ name, value }) =>
      /^(?:href|title|content)$/.test(name)
        ? `${name} ${/^\W?\w*:/.exec(value)?.[0] ?? ""}`
        : `${name}=${value}`,
    );
  return {
    elements: all.map((element) => [element.tagName, ...attributes(element)].join(" ")),
    allSvgIsSvg: all.every(({ tagName, namespaceURI }) => tagName !== "svg" || namespaceURI === html.NS.SVG),
    code: [...named(all, "style"), ...named(all, "script").slice(1)].map(textIn),
    suites: suites.map(({ cases }) => cases.map(({ status }) => status)),
    counts: [findings, faults, problems, boots].map(({ length }) => length),
  };
}

/** A page without its script and style, and what they are named by. */
export const withoutAssets = (text: string): string =>
  text
    .replace(/<style>[^<]*<\/style>/, "<style>…</style>")
    .replace(/<script>[^]*?<\/script>/, "<script>…</script>")
    .replace(/'sha256-[^']*'/g, "'sha256-…'");
