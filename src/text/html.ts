/**
 * Writes guest text into HTML, also where that HTML stands in Markdown. It does not write elements of its own but the
 * one that says "this is code".
 */
import { jsonLine } from "./json.js";
import { visibleLine } from "./visible.js";
import { defang } from "./workflow.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text of an element or a quoted attribute: one line, every character that HTML reads as its own an entity. */
export const htmlText = (text: string): string =>
  defang(visibleLine(text)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

/** The same as code: what turns `@name`, `#12` and addresses of a page into links leaves code alone. */
export const htmlCode = (text: string): string => `<code>${htmlText(text)}</code>`;

/**
 * One line of JSON for `<script type="application/json">`. Its text ends at `</script`, and `<!--` changes how it is read;
 * there is no escape for either in HTML, but there is one in JSON.
 */
export const jsonInHtml = (value: unknown): string => jsonLine(value).replaceAll("<", "\\u003c");
